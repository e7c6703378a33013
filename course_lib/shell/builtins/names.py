"""command, type, hash, alias, builtin: what a name stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.control import ShellError
from course_lib.shell.launcher import DEFAULT_PATH, look_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.shell.interpreter import Interpreter

_RESERVED = frozenset(
    {"if", "then", "else", "elif", "fi", "do", "done", "case", "esac", "while", "until", "for",
     "{", "}", "!", "in"},
)  # fmt: skip


def _command(shell: Interpreter, fields: Sequence[str]) -> int:
    from course_lib.shell.calling import run_named  # noqa: PLC0415 - it imports the builtins

    arguments = list(fields[1:])
    standard_path = False
    while arguments and arguments[0].startswith("-") and len(arguments[0]) > 1:
        option = arguments.pop(0)
        if option == "--":
            break
        if option in {"-v", "-V"}:
            if shell.dialect.name == "dash":
                del arguments[1:]
            found = [_describe(shell, name, brief=option == "-v") for name in arguments]
            return (min if shell.dialect.name == "bash" else max)(found, default=0)
        if option != "-p":
            msg = f"command: Illegal option {option}"
            raise ShellError(msg)
        standard_path = True
    if not arguments:
        return 0
    return run_named(shell, arguments, path=DEFAULT_PATH if standard_path else None)


def _type(shell: Interpreter, fields: Sequence[str]) -> int:
    names = [field for field in fields[1:] if field != "--"]
    if names and names[0].startswith("-"):
        msg = f"type {names[0]}"
        raise shell.not_simulated(msg)
    return max([_describe(shell, name, brief=False, plain=True) for name in names], default=0)


def _describe(shell: Interpreter, name: str, *, brief: bool, plain: bool = False) -> int:
    from course_lib.shell.builtins import find_builtin, is_special  # noqa: PLC0415 - it imports this

    bash = shell.dialect.name == "bash"
    if name in _RESERVED:
        text = name if brief else f"{name} is a shell keyword"
    elif name in shell.state.functions:
        words = "is a function" if bash else "is a shell function"
        text = name if brief else f"{name} {words}"
    elif name == "exec" or find_builtin(name, shell.dialect) is not None:
        special = "special " if is_special(name) and not bash else ""
        text = name if brief else f"{name} is a {special}shell builtin"
    else:
        try:
            path = look_up(shell.task.files, name, shell.variables.get("PATH", DEFAULT_PATH))
        except OSError:
            return _unknown(shell, name, brief=brief, plain=plain)
        text = path if brief else f"{name} is {path}"
    shell.task.out(text + "\n")
    return 0


def _unknown(shell: Interpreter, name: str, *, brief: bool, plain: bool) -> int:
    if shell.dialect.name == "bash":
        if not brief:
            shell.messages.say(f"{'type' if plain else 'command'}: {name}: not found")
        return 1
    if not brief:
        shell.task.out(f"{name}: not found\n")
    return 127


def _hash(shell: Interpreter, fields: Sequence[str]) -> int:
    status = 0
    for name in fields[1:]:
        if name.startswith("-"):
            continue
        try:
            look_up(shell.task.files, name, shell.variables.get("PATH", DEFAULT_PATH))
        except OSError:
            shell.messages.say(f"hash: {name}: not found")
            status = 1
    return status


def _alias(shell: Interpreter, fields: Sequence[str]) -> int:
    if len(fields) == 1 or fields[0] == "unalias":
        return 0
    if shell.dialect.name == "bash":  # a script's aliases are not expanded
        return 0
    msg = "alias"
    raise shell.not_simulated(msg)


def _builtin(shell: Interpreter, fields: Sequence[str]) -> int:
    from course_lib.shell.builtins import find_builtin  # noqa: PLC0415 - it imports this

    if len(fields) == 1:
        return 0
    found = find_builtin(fields[1], shell.dialect)
    if found is None:
        msg = f"builtin: {fields[1]}: not a shell builtin"
        raise ShellError(msg, 1)
    return found(shell, fields[1:])


BUILTINS = {
    "command": _command,
    "type": _type,
    "hash": _hash,
    "alias": _alias,
    "unalias": _alias,
    "builtin": _builtin,
}
