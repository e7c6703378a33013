"""The commands that a shell has in itself.

A builtin is a function of the interpreter and the fields of the command; it returns the status
or raises ShellError. A special builtin's error ends a POSIX shell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.builtins import flow, names, options, processes, reading, variables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from course_lib.shell.dialect import Dialect
    from course_lib.shell.interpreter import Interpreter

    Builtin: TypeAlias = Callable[[Interpreter, Sequence[str]], int]

_SPECIAL = frozenset(
    {".", ":", "break", "continue", "eval", "exec", "exit", "export", "readonly", "return", "set",
     "shift", "times", "trap", "unset"},
)  # fmt: skip
_BUILTINS: dict[str, Builtin] = {
    **flow.BUILTINS,
    **names.BUILTINS,
    **options.BUILTINS,
    **processes.BUILTINS,
    **reading.BUILTINS,
    **variables.BUILTINS,
}
_BASH_ONLY = frozenset(
    {
        "declare",
        "typeset",
        "shopt",
        "builtin",
        "disown",
        "mapfile",
        "pushd",
        "popd",
        "dirs",
        "let",
        "enable",
        "caller",
        "compgen",
        "complete",
        "readarray",
        "logout",
        "help",
        "history",
        "suspend",
        "fc",
        "bind",
    },
)
_NOT_IN_DASH = frozenset({"source"})


def find_builtin(name: str, dialect: Dialect) -> Builtin | None:
    """The builtin of that name in this shell, or None."""
    if name in _BASH_ONLY and dialect.name != "bash":
        return None
    if name in _NOT_IN_DASH and not dialect.source:
        return None
    return _BUILTINS.get(name)


def is_special(name: str) -> bool:
    """Whether POSIX calls it a special builtin."""
    return name in _SPECIAL
