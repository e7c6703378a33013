"""Signal names and numbers of Linux."""

from __future__ import annotations

from course_lib.shell.numbers import whole

NUMBERS = {
    "HUP": 1, "INT": 2, "QUIT": 3, "ILL": 4, "TRAP": 5, "ABRT": 6, "BUS": 7, "FPE": 8, "KILL": 9,
    "USR1": 10, "SEGV": 11, "USR2": 12, "PIPE": 13, "ALRM": 14, "TERM": 15, "STKFLT": 16,
    "CHLD": 17, "CONT": 18, "STOP": 19, "TSTP": 20, "TTIN": 21, "TTOU": 22, "URG": 23,
    "XCPU": 24, "XFSZ": 25, "VTALRM": 26, "PROF": 27, "WINCH": 28, "IO": 29, "PWR": 30,
    "SYS": 31,
}  # fmt: skip
SIGNALLED = 128  # a process that signal 15 ended has status 128 + 15
_NAMES = {number: name for name, number in NUMBERS.items()}


def signal_name(text: str) -> str | None:
    """`15`, `TERM`, `SIGTERM` -> `TERM`; `0` and `EXIT` -> `EXIT`; None for anything else."""
    if text.isdecimal():
        return "EXIT" if whole(text) == 0 else _NAMES.get(whole(text))
    name = text.upper().removeprefix("SIG")
    return name if name in NUMBERS or name == "EXIT" else None
