"""Signals to a container: who gets them, what PID 1 makes of them, how long it takes.

`docker stop` sends the stop signal to PID 1 and to no other process. The kernel drops a
signal for PID 1 of a namespace unless the process has a handler for it; only SIGKILL always
works. When the time is up (10 s), `docker stop` sends SIGKILL: exit code 137.
"""

from __future__ import annotations

import math
import posixpath
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.shell import Chunk, ProcessInfo

STOP_TIMEOUT = 10  # seconds, the daemon's default
_NUMBERS = {
    "HUP": 1, "INT": 2, "QUIT": 3, "ILL": 4, "TRAP": 5, "ABRT": 6, "BUS": 7, "FPE": 8, "KILL": 9,
    "USR1": 10, "SEGV": 11, "USR2": 12, "PIPE": 13, "ALRM": 14, "TERM": 15, "STKFLT": 16,
    "CHLD": 17, "CONT": 18, "STOP": 19, "TSTP": 20, "TTIN": 21, "TTOU": 22, "URG": 23,
    "XCPU": 24, "XFSZ": 25, "VTALRM": 26, "PROF": 27, "WINCH": 28, "IO": 29, "PWR": 30,
    "SYS": 31,
}  # fmt: skip
_NAMES = {number: name for name, number in _NUMBERS.items()}
KILLED = 128 + _NUMBERS["KILL"]
INIT = "/sbin/docker-init"
"""PID 1 of a container with `--init`."""

_HARMLESS = frozenset({"SIGCHLD", "SIGCONT", "SIGURG", "SIGWINCH"})  # ignored unless handled
_SHELLS = frozenset({"sh", "ash", "bash", "dash"})
_FEW = 3


class InvalidSignalError(Exception):
    """`invalid signal: FOO`: neither a name, with or without SIG, nor a number."""

    def __init__(self, signal: str) -> None:
        super().__init__(f"invalid signal: {signal}")


@dataclass(frozen=True, slots=True)
class Ending:
    """How PID 1 ended: its exit code, the signals that were sent, the seconds it took.

    `exit_code` is None when it goes on. `output` is what its handler printed.
    """

    exit_code: int | None
    sent: tuple[str, ...]
    seconds: int
    because: tuple[Text, ...]
    output: tuple[Chunk, ...] = ()


def signal_name(text: str) -> str:
    """`15`, `TERM`, `sigterm` -> `SIGTERM`.

    Raises:
        InvalidSignalError: for a signal that Linux does not have.

    """
    name = _NAMES.get(int(text), "") if text.isdigit() else text.upper().removeprefix("SIG")
    if name not in _NUMBERS:
        raise InvalidSignalError(text)
    return f"SIG{name}"


def stop(
    processes: Sequence[ProcessInfo], signal: str = "SIGTERM", timeout: int = STOP_TIMEOUT
) -> Ending:
    """`docker stop`: the stop signal, and SIGKILL after `timeout` seconds."""
    first = deliver(processes, signal, patience=timeout)
    if first.exit_code is not None:
        return first
    return Ending(
        exit_code=KILLED,
        sent=(*first.sent, "SIGKILL"),
        seconds=timeout,
        because=(
            *first.because,
            Text(
                f"After {timeout} s docker sends SIGKILL, which no process can refuse: exit code 137.",
                f"过了 {timeout} 秒，docker 发出任何进程都无法拒绝的 SIGKILL：退出码 137。",
            ),
        ),
        output=first.output,
    )


def deliver(processes: Sequence[ProcessInfo], signal: str, *, patience: float = math.inf) -> Ending:
    """`docker kill -s SIGNAL`: one signal to PID 1, and what comes of it within `patience` seconds."""
    name = signal_name(signal)
    if processes[0].argv[0] == INIT and name != "SIGKILL":
        return _forwarded(processes, name, patience)
    pid1 = processes[0]
    program = " ".join(pid1.argv)
    if name == "SIGKILL":
        return Ending(
            KILLED,
            (name,),
            0,
            (
                Text(
                    f"SIGKILL ends PID 1 ({program}) at once: exit code 137.",
                    f"SIGKILL 立刻结束 PID 1（{program}）：退出码 137。",
                ),
            ),
        )
    if name in pid1.handles and pid1.busy and pid1.busy >= patience:
        return Ending(None, (name,), 0, (_too_busy(processes, name),))
    if name in pid1.handles and pid1.on_signal is not None:
        outcome = pid1.on_signal(name)
        why = _handled if outcome.exit_code is not None else _handled_and_on
        # Somewhere within a foreground command of one second: at once, to whom counts in seconds.
        seconds = int(pid1.busy) if 1 < pid1.busy < math.inf else 0
        return Ending(outcome.exit_code, (name,), seconds, (why(program, name),), outcome.output)
    if name in pid1.handles:
        return Ending(
            0,
            (name,),
            0,
            (_handled(program, name),),
        )
    others = () if pid1.handles else _not_forwarded(processes, name)
    return Ending(None, (name,), 0, (_ignored(pid1, name), *others))


def _forwarded(processes: Sequence[ProcessInfo], name: str, patience: float) -> Ending:
    """`docker run --init`: PID 1 passes each signal on, and its child is an ordinary process."""
    below = processes[1:]
    program = " ".join(below[0].argv)
    why = Text(
        f"PID 1 is docker's own init: it passes {name} on to {program}.",
        f"PID 1 是 docker 自带的 init：它把 {name} 转给 {program}。",
    )
    if name in below[0].handles or name in _HARMLESS:
        ending = deliver(below, name, patience=patience)
        return replace(ending, because=(why, *ending.because))
    ends = Text(
        f"{program} has no handler for it; as it is not PID 1, {name} ends it.",
        f"{program} 没有处理函数；但它不是 PID 1，所以 {name} 会结束它。",
    )
    return Ending(128 + _NUMBERS[name.removeprefix("SIG")], (name,), 0, (why, ends))


def _handled(program: str, name: str) -> Text:
    return Text(
        f"PID 1 ({program}) has a handler for {name} and ends by itself at once.",
        f"PID 1（{program}）有 {name} 的处理函数，收到后立刻自行退出。",
    )


def _too_busy(processes: Sequence[ProcessInfo], name: str) -> Text:
    program, child = " ".join(processes[0].argv), " ".join(processes[-1].argv)
    return Text(
        f"PID 1 ({program}) has a trap for {name}, but a shell runs a trap only when its foreground "
        f"command has ended, and {child} goes on. `{child} & wait` would let the trap run at once.",
        f"PID 1（{program}）为 {name} 设了 trap，但 shell 要等前台命令结束才执行 trap，"
        f"而 {child} 还在运行。写成 `{child} & wait`，trap 就会立刻执行。",
    )


def _handled_and_on(program: str, name: str) -> Text:
    return Text(
        f"PID 1 ({program}) has a handler for {name}, but it does not end the process: no exit in it.",
        f"PID 1（{program}）有 {name} 的处理函数，但里面没有 exit，进程并不结束。",
    )


def _ignored(pid1: ProcessInfo, name: str) -> Text:
    program = " ".join(pid1.argv)
    known = ", ".join(sorted(pid1.handles)) if len(pid1.handles) <= _FEW else ""
    only = Text(f" (it has one for {known})", f"（它处理的是 {known}）") if known else same("")
    return (
        Text(
            f"PID 1 ({program}) has no handler for {name}",
            f"PID 1（{program}）没有 {name} 的处理函数",
        )
        + only
        + Text(
            ", and for PID 1 the kernel then drops the signal.",
            "；对 PID 1，内核会把这样的信号直接丢掉。",
        )
    )


def _not_forwarded(processes: Sequence[ProcessInfo], name: str) -> tuple[Text, ...]:
    shell = posixpath.basename(processes[0].argv[0])
    if len(processes) == 1 or shell not in _SHELLS:
        return ()
    child = " ".join(processes[1].argv)
    return (
        Text(
            f"{shell} does not pass {name} on, so {child} (PID {processes[1].pid}) never gets it. "
            "The exec form, or `exec` in the script, would make it PID 1.",
            f"{shell} 不转发 {name}，所以 {child}（PID {processes[1].pid}）根本收不到。"
            "用 exec 形式，或在脚本里加 `exec`，它就会成为 PID 1。",
        ),
    )
