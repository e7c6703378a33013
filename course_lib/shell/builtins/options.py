"""set, shopt, umask."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.shell.builtins.variables import show_all
from course_lib.shell.control import ShellError
from course_lib.shell.modes import ModeError, changed_mode, symbolic
from course_lib.shell.numbers import whole
from course_lib.shell.state import LETTERS, WITHOUT_EFFECT, WITHOUT_EFFECT_NAMES, Options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.shell.interpreter import Interpreter


def _set(shell: Interpreter, fields: Sequence[str]) -> int:
    if len(fields) == 1:
        return show_all(shell)
    rest = apply_options(shell, list(fields[1:]), "set")
    if rest is not None:
        shell.parameters = rest
    return 0


def apply_options(shell: Interpreter, arguments: list[str], command: str) -> list[str] | None:
    """Switch `-eux`, `+e`, `-o name`; return the parameters that follow, None for none.

    Raises:
        ShellError: for an option that the shell has not.

    """
    prefix = f"{command}: " if command else ""
    while arguments and arguments[0][:1] in ("-", "+"):
        word = arguments.pop(0)
        if word in {"--", "-"}:
            return arguments
        if len(word) == 1:
            return [word, *arguments]
        on = word[0] == "-"
        for letter in word[1:]:
            if letter == "o":
                if not arguments:
                    _show_options(shell)
                    return None
                _named(shell, arguments.pop(0), prefix, on=on)
            elif letter in LETTERS:
                setattr(shell.options, LETTERS[letter], on)
            elif letter not in WITHOUT_EFFECT:
                raise _illegal(shell, f"{word[0]}{letter}", prefix)
    return arguments or None


def _illegal(shell: Interpreter, option: str, prefix: str) -> ShellError:
    if shell.dialect.name == "bash":
        return ShellError(f"{prefix}{option}: invalid option")
    word = "illegal" if shell.dialect.name == "busybox" else "Illegal"
    return ShellError(f"{prefix}{word} option {option}")


def _named(shell: Interpreter, name: str, prefix: str, *, on: bool) -> None:
    if name in Options.__slots__ and (name != "pipefail" or shell.dialect.pipefail):
        setattr(shell.options, name, on)
    elif name not in WITHOUT_EFFECT_NAMES:
        if shell.dialect.name == "bash":
            msg = f"{prefix}{name}: invalid option name"
            raise ShellError(msg)
        raise _illegal(shell, f"{'-' if on else '+'}o {name}", prefix)


def _show_options(shell: Interpreter) -> None:
    names = sorted(
        name for name in Options.__slots__ if name != "pipefail" or shell.dialect.pipefail
    )
    lines = [f"{name:<16}{'on' if getattr(shell.options, name) else 'off'}\n" for name in names]
    shell.task.out("".join(lines))


def _shopt(shell: Interpreter, fields: Sequence[str]) -> int:
    harmless = {"-s", "-u", "-q", "expand_aliases", "inherit_errexit", "checkwinsize"}
    odd = next((field for field in fields[1:] if field not in harmless), None)
    if odd is not None:
        msg = f"shopt {odd}"
        raise shell.not_simulated(msg)
    return 0


def _umask(shell: Interpreter, fields: Sequence[str]) -> int:
    files = shell.task.files
    arguments = list(fields[1:])
    as_symbols = bool(arguments) and arguments[0] == "-S"
    if as_symbols:
        arguments.pop(0)
    if not arguments:
        shown = symbolic(~files.umask & 0o777) if as_symbols else f"{files.umask:04o}"
        shell.task.out(shown + "\n")
        return 0
    text = arguments[0]
    if re.fullmatch(r"[0-7]{1,4}", text):
        files.umask = whole(text, 8) & 0o777
        return 0
    try:
        files.umask = ~changed_mode(text, ~files.umask & 0o777, directory=False) & 0o777
    except ModeError as error:
        msg = f"umask: Illegal mode: {text}"
        raise ShellError(msg) from error
    return 0


BUILTINS = {"set": _set, "shopt": _shopt, "umask": _umask}
