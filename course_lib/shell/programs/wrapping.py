"""nice, setsid, stdbuf, time, envsubst, pgrep, pkill: commands around commands."""

from __future__ import annotations

import errno
import re
from typing import TYPE_CHECKING

from course_lib.shell.options import missing_operand, parse
from course_lib.shell.programs.system import start
from course_lib.shell.regex import compiled
from course_lib.shell.regexsyntax import RegexError
from course_lib.shell.sayings import words
from course_lib.shell.signals import signal_name
from course_lib.shell.task import decoded
from course_lib.shell.users import accounts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from course_lib.shell.task import Task

_NOT_FOUND, _REFUSED = 127, 126
_OPTIONS = {"nice": "n:", "ionice": "c:n:p:t", "setsid": "cfw", "stdbuf": "i:o:e:"}
_VARIABLE = re.compile(r"\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))")


def _around(task: Task) -> int:
    """Run the command as it is: its priority, session and buffers are not to be seen."""
    given = parse(
        task, _OPTIONS[task.name], {"adjustment=": "n", "fork": "f", "wait": "w"}, in_order=True
    )
    if not given.operands:
        if task.name == "nice":
            task.out("0\n")
            return 0
        raise missing_operand(task)
    return _handed_over(task, given.operands)


def _handed_over(task: Task, argv: tuple[str, ...]) -> int:
    name = task.name
    try:
        return start(task, argv)
    except OSError as error:
        shown = f"can't execute '{argv[0]}'" if task.busybox else f"'{argv[0]}'"
        task.err(f"{name}: {shown}: {words(error)}")
        return _NOT_FOUND if error.errno == errno.ENOENT else _REFUSED


def _time(task: Task) -> int:
    given = parse(task, "pvo:f:a", {}, in_order=True)
    if not given.operands:
        raise missing_operand(task)
    began = task.machine.elapsed()
    child = task.fork()
    status = _handed_over(child, given.operands)
    seconds = task.machine.elapsed() - began
    if task.busybox and "p" not in given:
        task.err(f"real\t{seconds // 60}m {seconds % 60}.00s\nuser\t0m 0.00s\nsys\t0m 0.00s")
    else:
        task.err(f"real {seconds}.00\nuser 0.00\nsys 0.00")
    return status


def _envsubst(task: Task) -> int:
    given = parse(task, "v", {"variables": "v"})
    text = decoded(task.stdin.read())
    if "v" in given:
        named = [a or b for a, b in _VARIABLE.findall(given.operands[0] if given.operands else "")]
        task.out("".join(name + "\n" for name in named))
        return 0
    only: set[str] | None = None
    if given.operands:
        only = {one or other for one, other in _VARIABLE.findall(given.operands[0])}

    def value(match: re.Match[str]) -> str:
        name = match[1] or match[2]
        if only is not None and name not in only:
            return match.group()
        return task.env.get(name, "")

    task.out(_VARIABLE.sub(value, text))
    return 0


# -- processes by name ---------------------------------------------------------------------------


def _fitting(task: Task, pattern: str, *, full: bool, exact: bool, user: str) -> Iterator[Task]:
    wanted = compiled(f"^({pattern})$" if exact else pattern, extended=True)
    names = {account.uid: account.name for account in reversed(accounts(task.machine.fs))}
    for one in task.machine.processes(task):
        if one is task:
            continue
        who = one.files.who.uid
        if user and user not in {names.get(who), str(who)}:
            continue
        text = " ".join(one.argv) if full else one.argv[0].rpartition("/")[2][:15]
        if wanted.search(text):
            yield one


def _pgrep(task: Task) -> int:
    arguments = list(task.args)
    signal: str | None = "TERM"
    if task.name == "pkill" and arguments and re.match(r"-(\d+|[A-Z]+)\Z", arguments[0]):
        signal = signal_name(arguments.pop(0)[1:])
    given = parse(
        task, "flxu:oncav", {"full": "f", "exact": "x", "list-name": "l", "count": "c"},
        arguments=arguments, status=2,
    )  # fmt: skip
    if not given.operands:
        task.complain("no matching criteria specified")
        return 2
    try:
        found = list(
            _fitting(
                task,
                given.operands[0],
                full="f" in given,
                exact="x" in given,
                user=given.value("u"),
            )
        )
    except RegexError as error:
        return task.complain(f"{error}", 2)
    if "c" in given:
        task.out(f"{len(found)}\n")
    for one in found:
        if task.name == "pkill":
            task.machine.signal(one.pid, signal or "TERM", task)
        elif "c" not in given:
            name = f" {one.argv[0].rpartition('/')[2]}" if "l" in given else ""
            name = f" {' '.join(one.argv)}" if "a" in given else name
            task.out(f"{one.pid}{name}\n")
    return int(not found)


def _killall(task: Task) -> int:
    arguments = list(task.args)
    signal: str | None = "TERM"
    while arguments and arguments[0].startswith("-"):
        option = arguments.pop(0)
        if option not in {"-q", "-w", "-v"}:
            signal = signal_name(option[1:])
    status = int(not arguments)
    for name in arguments:
        found = [
            one
            for one in task.machine.processes(task)
            if one.argv[0].rpartition("/")[2] == name and one is not task
        ]
        for one in found:
            task.machine.signal(one.pid, signal or "TERM", task)
        if not found:
            status = task.complain(
                f"{name}: no process killed" if task.busybox else f"{name}: no process found"
            )
    return status


def _pidof(task: Task) -> int:
    names = [word for word in task.args if not word.startswith("-")]
    found = [
        one.pid for one in task.machine.processes(task) if one.argv[0].rpartition("/")[2] in names
    ]
    if found:
        task.out(" ".join(str(pid) for pid in reversed(found)) + "\n")
    return int(not found)


COMMANDS: dict[str, Callable[[Task], int]] = {
    **dict.fromkeys(_OPTIONS, _around),
    "time": _time,
    "envsubst": _envsubst,
    "pgrep": _pgrep,
    "pkill": _pgrep,
    "killall": _killall,
    "pidof": _pidof,
}
