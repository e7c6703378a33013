"""A script that is typed at a terminal: each line after its prompt, and an error does not end the shell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.shell.control import ExitShell, ReturnFunction
from course_lib.shell.parser import Parser
from course_lib.shell.scripterrors import ScriptSyntaxError
from course_lib.shell.users import accounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.shell.dialect import Dialect
    from course_lib.shell.interpreter import Interpreter

_ESCAPE = re.compile(r"\\(.)")
_VERSION = "5.2"
_MORE = "> "


def run_typed(shell: Interpreter, source: str) -> int:
    """Run a script line by line, showing what a terminal shows; return the shell's status."""
    for piece in pieces(source, shell.dialect):
        shell.task.out(_as_typed(piece, prompt(shell)))
        try:
            shell.run(piece)
        except ExitShell as leaving:
            shell.status = leaving.status
            if leaving.__cause__ is None:  # `exit`, and not an error that ends a script only
                return shell.end()
        except ReturnFunction as leaving:
            shell.status = leaving.status
    return shell.end()


def pieces(source: str, dialect: Dialect) -> Iterator[str]:
    """The commands of a script, each with all of its lines; joined they are the script."""
    begin = 0
    parser = Parser(source, dialect)
    while begin < len(source):
        try:
            line = parser.next_line()
            end = parser.line_end if line is not None else len(source)
        except ScriptSyntaxError:  # the shell says so when this line is its turn
            end = (source.find("\n", begin) + 1) or len(source)
            yield source[begin:end]
            begin = end
            parser = Parser(source, dialect, position=begin)
            continue
        yield source[begin:end]
        begin = end


def _as_typed(piece: str, prompt_text: str) -> str:
    shown: list[str] = []
    more = False
    for line in piece.splitlines():
        shown.append(f"{_MORE if more else prompt_text}{line}\n")
        more = more or (bool(line.strip()) and not line.lstrip().startswith("#"))
    return "".join(shown)


def prompt(shell: Interpreter) -> str:
    """PS1 with its escapes filled in; the prompt of the distribution where nobody has set it."""
    given = shell.task.env.get("PS1") or _default(shell)
    return _ESCAPE.sub(lambda match: _escape(match[1], shell), given)


def _default(shell: Interpreter) -> str:
    if shell.dialect.name == "busybox":
        return "\\w \\$ "
    if shell.dialect.name != "bash":
        return "\\$ "
    files = shell.task.machine.fs
    if files.get("/etc/bash.bashrc") is not None:
        return "\\u@\\h:\\w\\$ "
    if files.get("/etc/bashrc") is not None:
        return "[\\u@\\h \\W]\\$ "
    return f"bash-{_VERSION}\\$ "


def _escape(letter: str, shell: Interpreter) -> str:  # noqa: PLR0911 - one case per escape
    who = shell.task.files.who
    cwd = shell.variables.get("PWD") or shell.task.files.cwd
    home = shell.variables.get("HOME") or "/"
    short = "~" + cwd[len(home) :] if home != "/" and f"{cwd}/".startswith(f"{home}/") else cwd
    match letter:
        case "$":
            return "#" if who.uid == 0 else "$"
        case "u":
            named = (a.name for a in accounts(shell.task.machine.fs) if a.uid == who.uid)
            return next(named, "I have no name!")
        case "h":
            return shell.task.machine.hostname.partition(".")[0]
        case "w":
            return short
        case "W":
            return short.rpartition("/")[2] or "/"
        case "n":
            return "\n"
        case other:
            return other
