"""ps, kill, expr, groups, timeout, nohup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.shell.numbers import whole
from course_lib.shell.options import missing_operand, parse
from course_lib.shell.programs.system import start
from course_lib.shell.regex import compiled
from course_lib.shell.regexsyntax import RegexError
from course_lib.shell.signals import signal_name
from course_lib.shell.users import accounts

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task


def _ps(task: Task) -> int:
    words = [word.lstrip("-") for word in task.args]
    if set("".join(words)) - set("aefuxwAo"):
        raise task.not_simulated(" ".join(task.args))
    if "o" in words:
        msg = "-o"
        raise task.not_simulated(msg)
    names = {account.uid: account.name for account in reversed(accounts(task.machine.fs))}
    full = any("f" in word or "u" in word for word in words)
    rows = [
        ["PID", "USER", "TIME", "COMMAND"]
        if task.busybox
        else ["UID", "PID", "PPID", "CMD"]
        if full
        else ["PID", "CMD"],
    ]
    for one in task.machine.processes(task):
        user = str(names.get(one.files.who.uid, one.files.who.uid))
        command = " ".join(one.argv)
        parent = str(one.parent.pid if one.parent else 0)
        if task.busybox:
            rows.append([str(one.pid), user, "0:00", command])
        elif full:
            rows.append([user, str(one.pid), parent, command])
        else:
            rows.append([str(one.pid), one.argv[0].rpartition("/")[2]])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell.rjust(width) if cell.isdecimal() or cell == "PID" else cell.ljust(width)
            for cell, width in zip(row[:-1], widths, strict=False)
        ]
        task.out(" ".join([*cells, row[-1]]) + "\n")
    return 0


def _kill(task: Task) -> int:
    arguments = list(task.args)
    name: str | None = "TERM"
    if arguments[:1] == ["-s"]:
        name = signal_name(arguments[1]) if len(arguments) > 1 else None
        del arguments[:2]
    elif arguments and arguments[0].startswith("-") and len(arguments[0]) > 1:
        name = signal_name(arguments.pop(0)[1:])
    if name is None or not arguments:
        return task.complain("invalid signal or no process named")
    status = 0
    for word in arguments:
        if not word.isdecimal() or not task.machine.signal(whole(word), name, task):
            shown = f"can't kill pid {word}" if task.busybox else f"({word})"
            status = task.complain(f"{shown}: No such process")
    return status


def _timeout(task: Task) -> int:
    given = parse(
        task,
        "k:s:v",
        {"kill-after=": "k", "signal=": "s", "foreground": "f"},
        in_order=True,
        status=125,
    )
    if len(given.operands) < 2:  # noqa: PLR2004 - a time and a command
        raise missing_operand(task)
    match = re.fullmatch(r"(\d+\.?\d*)([smhd]?)", given.operands[0])
    if match is None:
        return task.complain(f"invalid time interval '{given.operands[0]}'", 125)
    machine = task.machine
    seconds = int(
        min(1e9, float(match[1])) * {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}[match[2]]
    )
    before, began = machine.patience, machine.elapsed()
    from course_lib.shell.task import Parked  # noqa: PLC0415 - only here

    limit = began + seconds
    machine.patience = limit if before is None else min(before, limit)
    try:
        return start(task.fork(), given.operands[1:])
    except Parked:
        if before is not None and before < limit:
            raise
        machine.patience = before
        machine.wait(max(0, limit - machine.elapsed()))
        return 143 if task.busybox else 124
    except OSError:
        return task.complain(
            f"failed to run command '{given.operands[1]}': No such file or directory",
            127,
        )
    finally:
        machine.patience = before


def _nohup(task: Task) -> int:
    if not task.args:
        raise missing_operand(task)
    return start(task, task.args)


# -- expr ----------------------------------------------------------------------------------------


class _ExprProblem(Exception):  # noqa: N818 - said by expr itself
    pass


def _expr(task: Task) -> int:
    words = list(task.args)
    if not words:
        missing_operand(task)
        return 2
    try:
        reader = _Expr(words)
        value = reader.whole()
    except (_ExprProblem, RegexError) as problem:
        return task.complain(str(problem), 2)
    task.out(value + "\n")
    return int(value in {"", "0"} or re.fullmatch("-?0+", value) is not None)


class _Expr:
    _LEVELS = (
        ("|",),
        ("&",),
        ("<", "<=", "=", "==", "!=", ">=", ">"),
        ("+", "-"),
        ("*", "/", "%"),
        (":",),
    )

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._position = 0

    def whole(self) -> str:
        value = self._level(0)
        if self._position < len(self._words):
            msg = f"syntax error: unexpected argument '{self._words[self._position]}'"
            raise _ExprProblem(msg)
        return value

    def _peek(self) -> str:
        return self._words[self._position] if self._position < len(self._words) else ""

    def _level(self, level: int) -> str:
        if level == len(self._LEVELS):
            return self._primary()
        value = self._level(level + 1)
        while self._position < len(self._words) and self._peek() in self._LEVELS[level]:
            operator = self._peek()
            self._position += 1
            value = _expr_apply(operator, value, self._level(level + 1))
        return value

    def _primary(self) -> str:
        if self._position >= len(self._words):
            msg = f"syntax error: missing argument after '{self._words[-1]}'"
            raise _ExprProblem(msg)
        word = self._peek()
        self._position += 1
        if word == "(":
            value = self._level(0)
            if self._peek() != ")":
                msg = f"syntax error: expecting ')' after '{self._words[self._position - 1]}'"
                raise _ExprProblem(msg)
            self._position += 1
            return value
        if word == "length" and self._position < len(self._words):
            return str(len(self._primary()))
        if word == "substr" and self._position < len(self._words):
            text, at, size = self._primary(), _whole(self._primary()), _whole(self._primary())
            return text[at - 1 : at - 1 + size] if at > 0 and size > 0 else ""
        if word == "match" and self._position < len(self._words):
            text = self._primary()
            return _expr_apply(":", text, self._primary())
        if word == "index" and self._position < len(self._words):
            text, chars = self._primary(), self._primary()
            return str(min((text.find(char) + 1 for char in chars if char in text), default=0))
        return word


def _whole(text: str) -> int:
    """A number; 0, which is no place in a string, for anything else."""
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else 0


def _expr_apply(operator: str, left: str, right: str) -> str:  # noqa: PLR0911 - one return per operator
    if operator == "|":
        return left if left not in {"", "0"} else right or "0"
    if operator == "&":
        return left if left not in {"", "0"} and right not in {"", "0"} else "0"
    if operator == ":":
        expression = compiled(right, extended=False)
        match = expression.search(left)
        if match is None or match.start() > 0:
            return "" if expression.groups else "0"
        return match.group(1) or "" if expression.groups else str(match.end())
    numbers = [whole(text) for text in (left, right) if re.fullmatch(r"-?\d+", text)]
    if operator in _COMPARISONS:
        if len(numbers) == len((left, right)):
            return str(int(_COMPARISONS[operator](numbers[0] - numbers[1])))
        return str(int(_COMPARISONS[operator]((left > right) - (left < right))))
    if len(numbers) < len((left, right)):
        msg = "non-integer argument"
        raise _ExprProblem(msg)
    a, b = numbers
    if operator in {"/", "%"}:
        if b == 0:
            msg = "division by zero"
            raise _ExprProblem(msg)
        quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
        return str(quotient if operator == "/" else a - b * quotient)
    return str({"+": a + b, "-": a - b, "*": a * b}[operator])


_COMPARISONS: dict[str, Callable[[int], bool]] = {
    "<": lambda difference: difference < 0,
    "<=": lambda difference: difference <= 0,
    "=": lambda difference: difference == 0,
    "==": lambda difference: difference == 0,
    "!=": lambda difference: difference != 0,
    ">=": lambda difference: difference >= 0,
    ">": lambda difference: difference > 0,
}
COMMANDS: dict[str, Callable[[Task], int]] = {
    "ps": _ps,
    "kill": _kill,
    "timeout": _timeout,
    "nohup": _nohup,
    "expr": _expr,
}
