"""trap, wait, kill, jobs, times, ulimit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.builtins.variables import single_quoted
from course_lib.shell.control import ExitShell, ShellError
from course_lib.shell.numbers import whole
from course_lib.shell.signalling import handler
from course_lib.shell.signals import NUMBERS, SIGNALLED, signal_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.shell.interpreter import Interpreter

_BASH_TRAPS = frozenset({"ERR", "DEBUG", "RETURN"})


def _trap(shell: Interpreter, fields: Sequence[str]) -> int:
    arguments = list(fields[1:])
    if arguments and arguments[0] == "--":
        arguments.pop(0)
    if not arguments or arguments == ["-p"]:
        for known in sorted(shell.traps, key=lambda signal: NUMBERS.get(signal, 0)):
            bash = shell.dialect.name == "bash"
            shown = f"SIG{known}" if bash and known != "EXIT" else known
            shell.task.out(f"trap -- {quoted_action(shell.traps[known], bash=bash)} {shown}\n")
        return 0
    if arguments == ["-l"]:
        shell.task.out("".join(f"{number}) SIG{known}\n" for known, number in NUMBERS.items()))
        return 0
    reset = len(arguments) == 1 or arguments[0].isdecimal()
    action: str | None = None
    if not reset:
        action = arguments.pop(0)
        action = None if action == "-" else action
    status = 0
    for word in arguments:
        name = signal_name(word)
        if name is None and word in _BASH_TRAPS and shell.dialect.name == "bash":
            msg = f"trap {word}"
            raise shell.not_simulated(msg)
        if name is None:
            shell.messages.say(_bad_signal(shell, word))
            status = 1
        elif action is None:
            shell.traps.pop(name, None)
        else:
            shell.traps[name] = action
    shell.task.handles = frozenset(
        f"SIG{name}" for name, action in shell.traps.items() if action and name != "EXIT"
    )
    shell.task.on_signal = handler(shell)
    return status


def quoted_action(action: str, *, bash: bool) -> str:
    """A trap's action as `trap` lists it."""
    return "'" + action.replace("'", "'\\''") + "'" if bash else single_quoted(action)


def _bad_signal(shell: Interpreter, word: str) -> str:
    if shell.dialect.name == "bash":
        return f"trap: {word}: invalid signal specification"
    if shell.dialect.name == "busybox":
        return f"trap: {word}: invalid signal specification"
    return f"trap: {word}: bad trap"


def _wait(shell: Interpreter, fields: Sequence[str]) -> int:
    wanted = [word for word in fields[1:] if not word.startswith("-")]
    pids = [whole(word) for word in wanted if word.isdecimal()]
    status = 0
    for pid in pids or list(shell.jobs):
        if pid not in shell.jobs:
            if shell.dialect.name == "bash":
                shell.messages.say(f"wait: pid {pid} is not a child of this shell")
            status = 127
            continue
        ended = shell.jobs[pid]
        if ended is None:
            raise shell.task.block(shell.task.handles)
        status = ended
    return status if pids else 0


def _kill(shell: Interpreter, fields: Sequence[str]) -> int:
    arguments = list(fields[1:])
    name: str | None = "TERM"
    if arguments[:1] == ["-l"]:
        return _list_signals(shell, arguments[1:])
    if arguments and arguments[0] == "-s":
        name = signal_name(arguments[1]) if len(arguments) > 1 else None
        del arguments[:2]
    elif (
        arguments
        and arguments[0].startswith("-")
        and len(arguments[0]) > 1
        and arguments[0] != "--"
    ):
        name = signal_name(arguments.pop(0)[1:])
    if arguments[:1] == ["--"]:
        arguments.pop(0)
    if name is None or not arguments:
        msg = "kill: bad signal or no process named"
        raise ShellError(msg)
    status = 0
    for word in arguments:
        if not word.lstrip("-").isdecimal():
            if word.startswith("%"):
                msg = "job control"
                raise shell.not_simulated(msg)
            msg = f"kill: Illegal number: {word}"
            raise ShellError(msg)
        status |= _send(shell, name, whole(word))
    return status


def _list_signals(shell: Interpreter, arguments: list[str]) -> int:
    if not arguments:
        shell.task.out(" ".join(NUMBERS) + "\n")
        return 0
    for word in arguments:
        number = whole(word) - SIGNALLED if word.isdecimal() and whole(word) > SIGNALLED else word
        name = signal_name(str(number))
        if name is None:
            msg = f"kill: Illegal number: {word}"
            raise ShellError(msg)
        shell.task.out((str(NUMBERS[name]) if not word.isdecimal() else name) + "\n")
    return 0


def _send(shell: Interpreter, name: str, pid: int) -> int:
    if pid == shell.task.pid:
        return _to_itself(shell, name)
    if shell.task.machine.signal(pid, name, shell.task):
        if (
            name not in {"EXIT", "CONT"}
            and shell.jobs.get(pid, 0) is None
            and not shell.task.machine.alive(pid)
        ):
            shell.jobs[pid] = SIGNALLED + NUMBERS[name]
        return 0
    if shell.dialect.name == "bash":
        shell.messages.say(f"kill: ({pid}) - No such process")
    elif shell.dialect.name == "busybox":
        shell.task.err(f"{shell.name}: can't kill pid {pid}: No such process")
    else:
        shell.messages.say("kill: No such process")
        shell.task.err("")
    return 1


def _to_itself(shell: Interpreter, name: str) -> int:
    """A signal to the shell itself: its trap, nothing for PID 1, or its end."""
    if name == "EXIT":
        return 0
    action = shell.traps.get(name)
    if action is not None:
        if action:
            status = shell.status
            shell.run(action)
            shell.status = status
        return 0
    if name in {"CHLD", "CONT", "URG", "WINCH"} or (shell.task.pid == 1 and not shell.subshell):
        return 0
    shell.traps.pop("EXIT", None)
    raise ExitShell(SIGNALLED + NUMBERS[name])


def _jobs(shell: Interpreter, fields: Sequence[str]) -> int:
    del shell, fields
    return 0


def _times(shell: Interpreter, fields: Sequence[str]) -> int:
    del fields
    shell.task.out("0m0.000000s 0m0.000000s\n" * 2)
    return 0


def _ulimit(shell: Interpreter, fields: Sequence[str]) -> int:
    if fields[2:]:
        return 0
    shell.task.out("1048576\n" if fields[1:] == ["-n"] else "unlimited\n")
    return 0


BUILTINS = {
    "trap": _trap,
    "wait": _wait,
    "kill": _kill,
    "jobs": _jobs,
    "times": _times,
    "ulimit": _ulimit,
}
