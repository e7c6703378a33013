"""awk: the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.awk.errors import AwkError, AwkSyntaxError
from course_lib.shell.awk.machine import AwkMachine
from course_lib.shell.awk.parser import parse as parse_program
from course_lib.shell.awk.runtime import Runtime
from course_lib.shell.awk.tokens import unescaped
from course_lib.shell.awk.values import from_input
from course_lib.shell.options import parse
from course_lib.shell.sayings import words
from course_lib.shell.task import decoded

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.options import Given
    from course_lib.shell.task import Task

_FAILED = 2


def _awk(task: Task) -> int:
    given = parse(task, "F:v:f:", {}, real="Wei", status=_FAILED, in_order=True)
    operands = list(given.operands)
    try:
        source = _source(task, given, operands)
    except OSError as error:
        return task.complain(f"cannot open {error.filename} ({words(error)})", _FAILED)
    if source is None:
        return _usage(task)
    try:
        program = parse_program(source)
    except AwkSyntaxError as error:
        return _refuse(task, error)
    run = Runtime(task, operands)
    try:
        _prepare(run, given)
        return AwkMachine(run, program).main()
    except AwkError as error:
        return _fail(task, str(error))


def _source(task: Task, given: Given, operands: list[str]) -> str | None:
    names = given.values("f")
    if names:
        pieces = (task.stdin.read() if name == "-" else task.files.read(name) for name in names)
        return "\n".join(decoded(piece) for piece in pieces)
    return operands.pop(0) if operands else None


def _prepare(run: Runtime, given: Given) -> None:
    for letter, value in given.options:
        if letter == "F":
            run.set("FS", "\t" if value == "t" else unescaped(value))
        elif letter == "v":
            name, _, text = value.partition("=")
            run.set(name, from_input(unescaped(text)))


def _usage(task: Task) -> int:
    if task.busybox:
        task.err("BusyBox: usage: awk [OPTIONS] [AWK_PROGRAM] [FILE]...")
        return 1
    task.err("Usage: mawk [Options] [Program] [file ...]")
    return _FAILED


def _refuse(task: Task, error: AwkSyntaxError) -> int:
    near = error.near if error.near != "\n" else "end of line" if not task.busybox else error.near
    if task.busybox:
        return task.complain(f"cmd. line:{error.line}: Unexpected token")
    if not near:
        return task.complain(f"line {error.line + 1}: missing }} near end of file", _FAILED)
    if near == ")":
        return task.complain(f"line {error.line}: extra ')'", _FAILED)
    return task.complain(f"line {error.line}: syntax error at or near {near}", _FAILED)


def _fail(task: Task, message: str) -> int:
    if task.busybox:
        return task.complain(f"cmd. line:1: {message}")
    if message.endswith("never defined"):
        return task.complain(f"line 2: {message}", _FAILED)
    return task.complain(message, _FAILED)


COMMANDS: dict[str, Callable[[Task], int]] = {"awk": _awk, "mawk": _awk, "gawk": _awk}
