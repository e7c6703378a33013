"""break, continue, return, exit, eval, `.`, shift, `:`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.control import ExitShell, LeaveLoop, ReturnFunction, ShellError
from course_lib.shell.numbers import whole
from course_lib.shell.sayings import words
from course_lib.shell.task import decoded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.shell.interpreter import Interpreter


def _number(shell: Interpreter, fields: Sequence[str], default: int) -> int:
    if len(fields) == 1:
        return default
    if not fields[1].isdecimal():
        if shell.dialect.name == "bash":
            shell.messages.say(f"{fields[0]}: {fields[1]}: numeric argument required")
            raise ExitShell(2)
        msg = f"{fields[0]}: Illegal number: {fields[1]}"
        raise ShellError(msg)
    return whole(fields[1])


def _nothing(shell: Interpreter, fields: Sequence[str]) -> int:
    del shell, fields
    return 0


def _break(shell: Interpreter, fields: Sequence[str]) -> int:
    levels = _number(shell, fields, 1)
    if not shell.loops:
        if shell.dialect.name == "bash":
            shell.messages.say(f"{fields[0]}: only meaningful in a `for', `while', or `until' loop")
        return 0
    if levels < 1:
        msg = f"{fields[0]}: Illegal number: {fields[1]}"
        raise ShellError(msg)
    shell.status = 0
    raise LeaveLoop(min(levels, shell.loops), again=fields[0] == "continue")


def _return(shell: Interpreter, fields: Sequence[str]) -> int:
    status = _number(shell, fields, shell.status) & 0xFF
    if not shell.functions and shell.dialect.name == "bash":
        shell.messages.say("return: can only `return' from a function or sourced script")
        return 2
    raise ReturnFunction(status)


def _exit(shell: Interpreter, fields: Sequence[str]) -> int:
    raise ExitShell(_number(shell, fields, shell.status) & 0xFF)


def _shift(shell: Interpreter, fields: Sequence[str]) -> int:
    count = _number(shell, fields, 1)
    if count > len(shell.parameters):
        if shell.dialect.name == "dash":
            msg = "shift: can't shift that many"
            raise ShellError(msg)
        return 1
    del shell.parameters[:count]
    return 0


def _eval(shell: Interpreter, fields: Sequence[str]) -> int:
    source = " ".join(fields[1:])
    if not source.strip():
        return 0
    shell.status = 0
    shell.meter.enter()
    try:
        return shell.run(source, first_line=shell.line)
    finally:
        shell.meter.leave()


def _dot(shell: Interpreter, fields: Sequence[str]) -> int:
    if len(fields) == 1:
        if shell.dialect.name == "bash":
            msg = f"{fields[0]}: filename argument required"
            raise ShellError(msg)
        return 2 if shell.dialect.name == "busybox" else 0
    name = fields[1]
    source = _script(shell, fields[0], name)
    before = shell.parameters
    line = shell.line
    own = shell.dialect.name != "dash" and bool(fields[2:])
    if own:
        shell.parameters = list(fields[2:])
    shell.functions += 1
    shell.status = 0
    shell.meter.enter()
    try:
        return shell.run(source)
    except ReturnFunction as leaving:
        return leaving.status
    finally:
        shell.meter.leave()
        shell.functions -= 1
        shell.line = line
        if own:
            shell.parameters = before


def _script(shell: Interpreter, command: str, name: str) -> str:
    files = shell.task.files
    candidates = [name]
    if "/" not in name:
        folders = shell.state.value("PATH").split(":")
        candidates = [f"{folder or '.'}/{name}" for folder in folders]
        if shell.dialect.name != "dash":
            candidates.append(name)
    problem: OSError | None = None
    for candidate in candidates:
        try:
            return decoded(files.read(candidate))
        except OSError as error:
            problem = error
    reason = words(problem) if problem else ""
    if shell.dialect.name == "bash":
        msg = f"{name}: {reason}"
        raise ShellError(msg, 1)
    if shell.dialect.name == "busybox":
        msg = f"{command}: can't open '{name}': {reason}"
        raise ShellError(msg)
    if "/" not in name:
        msg = f"{command}: {name}: not found"
        raise ShellError(msg)
    msg = f"{command}: cannot open {name}: {_dash_words(reason)}"
    raise ShellError(msg)


def _dash_words(reason: str) -> str:
    return "No such file" if reason == "No such file or directory" else reason


BUILTINS = {
    ":": _nothing,
    ".": _dot,
    "source": _dot,
    "break": _break,
    "continue": _break,
    "eval": _eval,
    "exit": _exit,
    "return": _return,
    "shift": _shift,
}
