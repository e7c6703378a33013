"""export, readonly, unset, local, getopts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.shell.control import ShellError
from course_lib.shell.tracing import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.shell.interpreter import Interpreter

_GETOPTS_FIELDS = 3  # its name, the options, the variable
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


def _checked(shell: Interpreter, command: str, name: str, word: str) -> str:
    if not _NAME.match(name):
        if shell.dialect.name == "bash":
            msg = f"{command}: `{word}': not a valid identifier"
            raise ShellError(msg, 1)
        msg = f"{command}: {name}: bad variable name"
        raise ShellError(msg)
    return name


def _listing(shell: Interpreter, command: str, names: set[str]) -> int:
    lead = {"export": "declare -x", "readonly": "declare -r"}[command]
    bash = shell.dialect.name == "bash"
    for name in sorted(names):
        value = shell.variables.get(name)
        text = lead if bash else command
        if value is None:
            line = f"{text} {name}"
        elif bash:
            line = f'{text} {name}="{value}"'
        else:
            line = f"{text} {name}={single_quoted(value)}"
        shell.task.out(line + "\n")
    return 0


def single_quoted(text: str) -> str:
    """The text in single quotes."""
    return "'" + text.replace("'", "'\"'\"'") + "'"


def _mark(shell: Interpreter, fields: Sequence[str]) -> int:
    command, *arguments = fields
    names = shell.state.exported if command == "export" else shell.state.readonly
    remove = False
    while arguments and arguments[0].startswith("-"):
        option = arguments.pop(0)
        if option == "--":
            break
        if option == "-p":
            return _listing(shell, command, names)
        if option == "-n" and command == "export" and shell.dialect.name != "dash":
            remove = True
        else:
            msg = f"{command}: Illegal option {option}"
            raise ShellError(msg)
    if not arguments:
        return _listing(shell, command, names)
    for word in arguments:
        name, equals, value = word.partition("=")
        _checked(shell, command, name, word)
        if equals:
            shell.state.assign(name, value)
        if remove:
            names.discard(name)
        else:
            names.add(name)
    return 0


def _unset(shell: Interpreter, fields: Sequence[str]) -> int:
    arguments = list(fields[1:])
    function = False
    while arguments and arguments[0].startswith("-"):
        option = arguments.pop(0)
        if option == "--":
            break
        if option not in {"-v", "-f"}:
            msg = f"unset: Illegal option {option}"
            raise ShellError(msg)
        function = option == "-f"
    for name in arguments:
        if function:
            shell.state.functions.pop(name, None)
            continue
        _checked(shell, "unset", name, name)
        if name in shell.state.readonly:
            if shell.dialect.name == "bash":
                msg = f"unset: {name}: cannot unset: readonly variable"
                raise ShellError(msg, 1)
            msg = f"unset: {name}: is read only"
            raise ShellError(msg)
        if name not in shell.variables and shell.dialect.name == "bash":
            shell.state.functions.pop(name, None)
        shell.state.unset(name)
    return 0


def _local(shell: Interpreter, fields: Sequence[str]) -> int:
    if not shell.state.frames:
        if shell.dialect.name == "bash":
            msg = f"{fields[0]}: can only be used in a function"
            raise ShellError(msg, 1)
        msg = "local: not in a function"
        raise ShellError(msg, fatal=True)
    for word in fields[1:]:
        if word.startswith("-") and word != "-":
            msg = f"local: {word}: not simulated"
            raise ShellError(msg, 2)
        name, equals, value = word.partition("=")
        _checked(shell, "local", name, word)
        shell.state.make_local(name)
        if equals:
            shell.state.assign(name, value)
        elif shell.dialect.name == "bash":
            shell.variables.pop(name, None)
    return 0


def _getopts(shell: Interpreter, fields: Sequence[str]) -> int:  # noqa: C901 - POSIX's steps in order
    if len(fields) < _GETOPTS_FIELDS:
        msg = "getopts: usage: getopts optstring var [arg]"
        raise ShellError(msg)
    _, specification, variable, *given = fields
    arguments = given or shell.parameters
    place = shell.state.value("OPTIND")
    index = int(place) if re.fullmatch(r"[0-9]{1,9}", place) else 1
    offset = shell.option_offset if index == shell.option_index else 0
    silent = specification.startswith(":")
    specification = specification.removeprefix(":")
    word = arguments[index - 1] if 0 < index <= len(arguments) else ""
    if not offset:
        if word == "--":
            index += 1
        if not re.match(r"-[^-]|-.", word) or word == "--":
            return _options_end(shell, variable, index)
        offset = 1
    letter = word[offset]
    offset += 1
    at = specification.find(letter) if letter != ":" else -1
    takes = at >= 0 and specification[at + 1 : at + 2] == ":"
    argument: str | None = None
    if takes:
        if offset < len(word):
            argument = word[offset:]
        elif index < len(arguments):
            index += 1
            argument = arguments[index - 1]
        offset = len(word)
    missing = takes and argument is None
    if offset >= len(word):
        index += 1
        offset = 0
    shell.option_index, shell.option_offset = index, offset
    shell.state.assign("OPTIND", str(index))
    if at >= 0 and not missing:
        shell.state.assign(variable, letter)
        if argument is not None:
            shell.state.assign("OPTARG", argument)
        else:
            shell.variables.pop("OPTARG", None)
        return 0
    return _bad_option(shell, variable, letter, missing=missing, silent=silent)


def _options_end(shell: Interpreter, variable: str, index: int) -> int:
    shell.option_index, shell.option_offset = index, 0
    shell.state.assign("OPTIND", str(index))
    shell.state.assign(variable, "?")
    shell.variables.pop("OPTARG", None)
    return 1


def _bad_option(
    shell: Interpreter,
    variable: str,
    letter: str,
    *,
    missing: bool,
    silent: bool,
) -> int:
    shell.state.assign(variable, ":" if missing and silent else "?")
    if silent:
        shell.state.assign("OPTARG", letter)
        return 0
    shell.variables.pop("OPTARG", None)
    if shell.dialect.name == "bash":
        words = "option requires an argument" if missing else "illegal option"
        shell.task.err(f"{shell.name}: {words} -- {letter}")
    elif missing:
        shell.task.err(f"No arg for -{letter} option")
    else:
        shell.task.err(f"Illegal option -{letter}")
    return 0


def _declare(shell: Interpreter, fields: Sequence[str]) -> int:
    arguments = list(fields[1:])
    command = "local" if shell.state.frames else ""
    while arguments and arguments[0].startswith("-"):
        option = arguments.pop(0)
        if option == "-x":
            command = "export"
        elif option == "-r":
            command = "readonly"
        elif option == "-g":
            command = ""
        else:
            msg = f"{fields[0]} {option}"
            raise shell.not_simulated(msg)
    if not arguments:
        raise shell.not_simulated(fields[0])
    if command == "local":
        return _local(shell, ["local", *arguments])
    if command:
        return _mark(shell, [command, *arguments])
    for word in arguments:
        name, equals, value = word.partition("=")
        _checked(shell, fields[0], name, word)
        if equals:
            shell.state.assign(name, value)
    return 0


def show_all(shell: Interpreter) -> int:
    """`set` without arguments: every variable as a line that can be read back."""
    show = quoted if shell.dialect.name == "bash" else single_quoted
    for name in sorted(shell.variables):
        shell.task.out(f"{name}={show(shell.variables[name])}\n")
    return 0


BUILTINS = {
    "export": _mark,
    "readonly": _mark,
    "unset": _unset,
    "local": _local,
    "getopts": _getopts,
    "declare": _declare,
    "typeset": _declare,
}
