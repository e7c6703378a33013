"""Simple commands: which function, builtin or program a name stands for, and calling it."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from course_lib.shell import launcher, redirection
from course_lib.shell.builtins import find_builtin, is_special
from course_lib.shell.control import ExitShell, ShellError
from course_lib.shell.task import decoded
from course_lib.shell.tracing import trace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.shell.builtins import Builtin
    from course_lib.shell.grammar import Assignment, Simple
    from course_lib.shell.interpreter import Interpreter
    from course_lib.shell.task import Task

_NOT_FOUND, _NOT_EXECUTABLE = 127, 126
_FULL_TAIL = 2


def call(shell: Interpreter, node: Simple, *, tail: int) -> None:
    """Run a simple command and set the shell's status."""
    fields = shell.expander.fields(node.words)
    if not fields:
        _assign_only(shell, node)
        return
    name = fields[0]
    body = shell.state.functions.get(name)
    builtin = find_builtin(name, shell.dialect)
    special = is_special(name) and body is None
    values = _values(shell, node.assignments)
    if shell.options.xtrace:
        trace(shell, values, fields)
    if name == "exec" and body is None:
        _exec(shell, node, fields, values)
        return
    try:
        before_fds = redirection.apply(shell, node.redirects)
    except ShellError as error:
        if error.fatal or (special and shell.dialect.name == "dash"):
            raise
        shell.messages.say(str(error))
        shell.status = error.status
        return
    try:
        if body is not None:
            before = _with_values(shell, values)
            try:
                shell.call_function(body, fields[1:], tail=0)
            finally:
                shell.state.restore(before)
        elif builtin is not None:
            before = _with_values(shell, values)
            try:
                shell.status = _builtin(shell, builtin, fields, special=special)
            finally:
                if not special or shell.dialect.name == "bash":
                    shell.state.restore(before)
        else:
            may_replace = tail == _FULL_TAIL or (tail and not node.redirects)
            external(shell, fields, values, replace=bool(may_replace) and not shell.traps)
    finally:
        redirection.restore(shell, before_fds)


def _builtin(shell: Interpreter, builtin: Builtin, fields: list[str], *, special: bool) -> int:
    try:
        return builtin(shell, fields)
    except ShellError as error:
        if error.fatal or (special and shell.dialect.name != "bash"):
            raise
        shell.messages.say(str(error))
        return error.status


def _values(shell: Interpreter, assignments: Sequence[Assignment]) -> dict[str, str]:
    values: dict[str, str] = {}
    for assignment in assignments:
        value = shell.expander.text(assignment.value, assignment=True)
        if assignment.append:
            value = shell.state.value(assignment.name) + value
        values[assignment.name] = value
    return values


def _assign_only(shell: Interpreter, node: Simple) -> None:
    try:
        before = redirection.apply(shell, node.redirects)
    except ShellError as error:
        shell.messages.say(str(error))
        shell.status = error.status
        return
    try:
        traced: dict[str, str] = {}
        for assignment in node.assignments:
            value = shell.expander.text(assignment.value, assignment=True)
            if assignment.append:
                value = shell.state.value(assignment.name) + value
            shell.state.assign(assignment.name, value)
            traced[assignment.name] = value
        shell.status = shell.assignment_status()
        if shell.options.xtrace:
            trace(shell, traced, [])
    finally:
        redirection.restore(shell, before)


def _with_values(shell: Interpreter, values: dict[str, str]) -> dict[str, tuple[str | None, bool]]:
    before = shell.state.remember(values)
    for name, value in values.items():
        shell.state.assign(name, value)
        shell.state.exported.add(name)
    return before


def _exec(shell: Interpreter, node: Simple, fields: list[str], values: dict[str, str]) -> None:
    redirection.apply(shell, node.redirects)
    arguments = fields[1:]
    if arguments and arguments[0] == "--":
        arguments = arguments[1:]
    shell.status = 0
    if not arguments:
        for name, value in values.items():
            shell.state.assign(name, value)
        return
    path = shell.variables.get("PATH", launcher.DEFAULT_PATH)
    try:
        launcher.look_up(shell.task.files, arguments[0], path)
    except OSError as error:
        missing = error.errno == errno.ENOENT
        status = _NOT_FOUND if missing else _NOT_EXECUTABLE
        words = "not found" if missing else "Permission denied"
        msg = f"exec: {arguments[0]}: {words}"
        raise ShellError(msg, status, fatal=True) from error
    shell.traps.clear()
    external(shell, arguments, values, replace=True)


def run_named(shell: Interpreter, fields: list[str], path: str | None = None) -> int:
    """`command name`: a builtin or a program, never a function."""
    if fields[0] == "exec":
        msg = "command exec"
        raise shell.not_simulated(msg)
    builtin = find_builtin(fields[0], shell.dialect)
    if builtin is not None:
        return _builtin(shell, builtin, fields, special=False)
    external(shell, fields, {}, path=path)
    return shell.status


def external(
    shell: Interpreter,
    fields: list[str],
    values: dict[str, str],
    *,
    replace: bool = False,
    path: str | None = None,
) -> None:
    """Run a program as a child, or, with `replace`, in place of the shell."""
    name = fields[0]
    search = path or values.get("PATH", shell.variables.get("PATH", launcher.DEFAULT_PATH))
    if not name:
        if shell.dialect.name == "bash":
            shell.messages.not_found(name)
        else:
            shell.messages.say(": Permission denied")
        shell.status = _NOT_FOUND
        return
    try:
        found = launcher.look_up(shell.task.files, name, search)
    except OSError as error:
        _failed(shell, name, error.errno or 0)
        return
    task = shell.task if replace else shell.task.fork()
    task.argv = tuple(fields)
    task.env = (
        {**shell.state.environment(), **values, "_": found}
        if shell.dialect.name == "bash"
        else {**shell.state.environment(), **values}
    )
    task.flavour = "gnu"
    try:
        shell.status = launcher.run(task, found)
    except OSError as error:
        if error.errno == errno.ENOEXEC:
            shell.status = _run_as_script(shell, task, found)
        else:
            _failed(shell, name, error.errno or 0)
    if replace:
        raise ExitShell(shell.status)


def _failed(shell: Interpreter, name: str, number: int) -> None:
    if number == errno.EACCES:
        directory = shell.dialect.name == "bash" and shell.task.files.is_directory(name)
        shell.messages.say(f"{name}: {'Is a directory' if directory else 'Permission denied'}")
        shell.status = _NOT_EXECUTABLE
    else:
        shell.messages.not_found(name)
        shell.status = _NOT_FOUND


def _run_as_script(shell: Interpreter, task: Task, path: str) -> int:
    """Run a file without `#!`: the shell takes it for a script of its own."""
    child = shell.spawn(task, path, task.args)
    return child.main(decoded(task.files.read(path)))
