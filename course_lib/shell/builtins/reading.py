"""read, cd, pwd, and the commands that are programs too: echo, printf, test, true, false."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory
from course_lib.shell.control import ShellError
from course_lib.shell.files import SEARCH
from course_lib.shell.options import LeaveProgram
from course_lib.shell.programs import find
from course_lib.shell.sayings import failure, words
from course_lib.shell.task import decoded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.shell.interpreter import Interpreter

_STEPS = 4  # what a program in the shell costs more than a builtin


def _program(shell: Interpreter, fields: Sequence[str]) -> int:
    """Run a command of the programs inside the shell's own process."""
    command = find(fields[0])
    if command is None:
        raise shell.not_simulated(fields[0])
    shell.meter.step(_STEPS)
    task = shell.task.named(tuple(fields), shell.dialect.name)
    task.prefix = shell.messages.prefix() if shell.dialect.name != "busybox" else f"{shell.name}: "
    try:
        return command(task)
    except LeaveProgram as leaving:
        return leaving.status
    except OSError as error:
        shell.messages.say(f"{fields[0]}: {words(error)}")
        return 1


def _cd(shell: Interpreter, fields: Sequence[str]) -> int:
    arguments = list(fields[1:])
    physical = False
    while arguments and arguments[0] in {"-L", "-P", "--"}:
        physical = arguments.pop(0) == "-P"
    target = arguments[0] if arguments else shell.state.value("HOME")
    show = False
    if target == "-":
        target = shell.state.value("OLDPWD")
        show = True
    if not target:
        if shell.dialect.name == "bash":
            msg = "cd: HOME not set"
            raise ShellError(msg, 1)
        return 0
    files = shell.task.files
    candidates = [target]
    if not target.startswith(("/", "./", "../")) and target not in {".", ".."}:
        search = shell.state.value("CDPATH")
        candidates = [posixpath.join(f, target) for f in search.split(":") if f] + candidates
    problem: OSError | None = None
    for candidate in candidates:
        try:
            place = _destination(shell, candidate, physical=physical)
        except OSError as error:
            problem = error
            continue
        shell.state.assign("OLDPWD", shell.state.value("PWD") or files.cwd)
        files.cwd = place
        shell.state.assign("PWD", place)
        if show or candidate is not candidates[-1]:
            shell.task.out(place + "\n")
        return 0
    raise ShellError(_cd_words(shell, target, problem), 1 if shell.dialect.name == "bash" else 2)


def _cd_words(shell: Interpreter, target: str, problem: OSError | None) -> str:
    reason = words(problem) if problem else ""
    if shell.dialect.name == "bash":
        return f"cd: {target}: {reason}"
    if shell.dialect.name == "busybox":
        return f"cd: can't cd to {target}: {reason}"
    return f"cd: can't cd to {target}"


def _destination(shell: Interpreter, target: str, *, physical: bool) -> str:
    files = shell.task.files
    place = files.locate(target)
    if place.node is None:
        raise failure(2, target)
    if not isinstance(place.node, Directory):
        raise failure(20, target)
    if not files.allows(place.node, SEARCH):
        raise failure(13, target)
    if physical:
        return place.path
    logical = posixpath.normpath(files.absolute(target))
    logical = "/" + logical.lstrip("/")
    return logical if files.is_directory(logical) else place.path


def _pwd(shell: Interpreter, fields: Sequence[str]) -> int:
    files = shell.task.files
    shown = files.real(".") if "-P" in fields else files.cwd
    shell.task.out(shown + "\n")
    return 0


def _read(shell: Interpreter, fields: Sequence[str]) -> int:
    arguments = list(fields[1:])
    raw = False
    while arguments and arguments[0].startswith("-") and len(arguments[0]) > 1:
        option = arguments.pop(0)
        if option == "--":
            break
        if option == "-p":
            if shell.task.tty and arguments:
                shell.task.fds[2].write(arguments[0].encode())
            del arguments[:1]
        elif option in {"-s", "-rs", "-sr"}:
            raw = raw or "r" in option
        elif option == "-r":
            raw = True
        else:
            msg = f"read {option}"
            raise shell.not_simulated(msg)
    if not arguments:
        if shell.dialect.name == "dash":
            msg = "read: arg count"
            raise ShellError(msg)
        arguments = ["REPLY"]
    line, complete = _read_line(shell, raw=raw)
    _assign_fields(shell, arguments, line)
    return 0 if complete else 1


def _read_line(shell: Interpreter, *, raw: bool) -> tuple[list[tuple[str, bool]], bool]:
    """Read a line, joining continued ones; each character with whether it was escaped."""
    chars: list[tuple[str, bool]] = []
    while True:
        shell.meter.step()
        line = decoded(shell.task.stdin.readline())
        complete = line.endswith("\n")
        text = line.removesuffix("\n")
        position = 0
        continued = False
        while position < len(text):
            char = text[position]
            position += 1
            if char == "\\" and not raw:
                if position == len(text):
                    continued = complete
                    break
                chars.append((text[position], True))
                position += 1
            else:
                chars.append((char, False))
        if not continued:
            return chars, complete


def _assign_fields(shell: Interpreter, names: list[str], line: list[tuple[str, bool]]) -> None:
    ifs = shell.variables.get("IFS", " \t\n")
    blanks = {char for char in ifs if char in " \t\n"}
    marks = set(ifs) - blanks
    position = 0

    def skip_blanks(position: int) -> int:
        while position < len(line) and not line[position][1] and line[position][0] in blanks:
            position += 1
        return position

    position = skip_blanks(position)
    for name in names[:-1]:
        start = position
        while position < len(line) and (line[position][1] or line[position][0] not in ifs):
            position += 1
        shell.state.assign(name, "".join(char for char, _ in line[start:position]))
        position = skip_blanks(position)
        if position < len(line) and not line[position][1] and line[position][0] in marks:
            position = skip_blanks(position + 1)
    rest = line[position:]
    while rest and not rest[-1][1] and rest[-1][0] in blanks:
        rest.pop()
    separators = [n for n, (char, escaped) in enumerate(rest) if not escaped and char in marks]
    if separators == [len(rest) - 1]:  # one field and the mark that ends it
        rest.pop()
        while rest and not rest[-1][1] and rest[-1][0] in blanks:
            rest.pop()
    shell.state.assign(names[-1], "".join(char for char, _ in rest))


BUILTINS = {
    "read": _read,
    "cd": _cd,
    "pwd": _pwd,
    "echo": _program,
    "printf": _program,
    "test": _program,
    "[": _program,
    "true": _program,
    "false": _program,
}
