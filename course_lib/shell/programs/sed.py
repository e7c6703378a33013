"""sed: the stream editor, as far as Dockerfiles use it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.shell.options import LeaveProgram, parse
from course_lib.shell.programs.sedscript import Address, Command, ScriptProblem, parse_script
from course_lib.shell.programs.text import lines_of
from course_lib.shell.regexsyntax import RegexError
from course_lib.shell.sayings import words
from course_lib.shell.task import decoded, encoded

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.regex import Found
    from course_lib.shell.task import Task


def _sed(task: Task) -> int:
    cleaned, suffix = _without_in_place(task.args)
    given = parse(
        task, "nEre:f:sz",
        {"quiet": "n", "silent": "n", "expression=": "e", "file=": "f", "regexp-extended": "E",
         "separate": "s"},
        real="lub", arguments=cleaned,
    )  # fmt: skip
    if "z" in given:
        raise task.not_simulated("-z")  # noqa: EM101 - an option, not a message
    operands = list(given.operands)
    scripts = given.values("e") + [decoded(task.files.read(name)) for name in given.values("f")]
    if not scripts:
        if not operands:
            task.err(
                f"Usage: {task.name} [OPTION]... {{script-only-if-no-other-script}} [input-file]...",
            )
            raise LeaveProgram(1)
        scripts = [operands.pop(0)]
    try:
        commands = parse_script("\n".join(scripts), task, extended="E" in given or "r" in given)
    except (ScriptProblem, RegexError) as problem:
        text = str(problem)
        char = "char " if text[:1].isdigit() else ""
        return task.complain(f"-e expression #1, {char}{text}")
    if suffix is None:
        return _to_stdout(task, commands, tuple(operands), quiet="n" in given)
    return _in_place(task, commands, operands, suffix, quiet="n" in given)


def _without_in_place(words_: tuple[str, ...]) -> tuple[list[str], str | None]:
    """Take `-i`, `-i.bak`, `-ni` out of the words; return the suffix, None without -i."""
    suffix: str | None = None
    cleaned: list[str] = []
    for word in words_:
        match = re.fullmatch(r"-([nErsz]*)i(.*)|--in-place(?:=(.*))?", word)
        if match is None:
            cleaned.append(word)
            continue
        suffix = match[2] or match[3] or ""
        if match[1]:
            cleaned.append("-" + match[1])
    return cleaned, suffix


def _to_stdout(
    task: Task,
    commands: list[Command],
    operands: tuple[str, ...],
    *,
    quiet: bool,
) -> int:
    failed: list[str] = []
    pieces = _readable(task, operands, failed)
    for number, data in enumerate(pieces[:-1]):
        if not data.endswith(b"\n"):
            pieces[number] = data + b"\n"
    editor = _Editor(task, commands, quiet=quiet)
    task.out(editor.run(b"".join(pieces)))
    return editor.status or ((1 if task.busybox else 2) if failed else 0)


def _in_place(
    task: Task,
    commands: list[Command],
    operands: list[str],
    suffix: str,
    *,
    quiet: bool,
) -> int:
    status = 0
    for name in operands:
        try:
            node = task.files.file(name)
        except OSError as error:
            verb = "" if task.busybox else "can't read "
            task.complain(f"{verb}{name}: {words(error)}")
            status = 1 if task.busybox else 2
            continue
        for command in commands:
            command.active = False
        editor = _Editor(task, commands, quiet=quiet)
        result = editor.run(task.files.read(name))
        if suffix:
            task.files.write(name + suffix, node.content, node.mode)
        task.files.write(name, result)
        status = editor.status or status
    return status


def _readable(task: Task, operands: tuple[str, ...], failed: list[str]) -> list[bytes]:
    found: list[bytes] = []
    for name in operands or ("-",):
        if name == "-":
            found.append(task.stdin.read())
            continue
        try:
            task.files.file(name)
            found.append(task.files.read(name))
        except IsADirectoryError:
            task.complain(
                f"couldn't read {name}: Is a directory"
                if task.busybox
                else f"read error on {name}: Is a directory",
            )
            failed.append(name)
        except OSError as error:
            verb = "" if task.busybox else "can't read "
            task.complain(f"{verb}{name}: {words(error)}")
            failed.append(name)
    return found


class _Quit(Exception):  # noqa: N818 - q
    pass


class _Delete(Exception):  # noqa: N818 - d
    pass


class _Editor:
    """Runs commands over lines."""

    def __init__(self, task: Task, commands: list[Command], *, quiet: bool) -> None:
        self._task = task
        self._commands = commands
        self._quiet = quiet
        self._lines: list[str] = []
        self._number = 0
        self._space = ""
        self._hold = ""
        self._out: list[str] = []
        self._after: list[str] = []
        self._missing_newline = False
        self.status = 0

    def run(self, data: bytes) -> bytes:
        self._lines = [decoded(line) for line in lines_of(self._task, data)]
        self._missing_newline = bool(data) and not data.endswith(b"\n")
        try:
            while self._number < len(self._lines):
                self._cycle()
        except _Quit:
            self._end_cycle()
        return encoded("".join(self._out))

    def _cycle(self) -> None:
        self._task.machine.meter.step()
        self._space = self._lines[self._number]
        self._number += 1
        try:
            for command in self._commands:
                self._apply(command)
        except _Delete:
            self._flush()
            return
        self._end_cycle()

    def _end_cycle(self) -> None:
        if not self._quiet:
            self._print(self._space)
        self._flush()

    def _flush(self) -> None:
        for text in self._after:
            self._out.append(text + "\n")
        self._after.clear()

    def _print(self, text: str) -> None:
        last = self._number == len(self._lines) and self._missing_newline and not self._after
        self._task.machine.meter.memory(len(text))
        self._out.append(text if last else text + "\n")

    def _is(self, address: Address) -> bool:
        if address.expression is not None:
            return address.expression.search(self._space) is not None
        if address.last:
            return self._number == len(self._lines)
        return address.line == self._number

    def _selected(self, command: Command) -> bool:  # noqa: PLR0911 - one return per kind of address
        first, second = command.first, command.second
        if first is None:
            return True
        if second is None:
            return self._is(first)
        if command.active:
            past = second.line and self._number >= second.line
            if past or (not second.line and self._is(second)):
                command.active = False
                return not (second.line and self._number > second.line)
            return True
        starts_at_zero = first.line == 0 and first.expression is None and not first.last
        if starts_at_zero and self._number == 1:
            command.active = not self._is(second)
            return True
        if self._is(first):
            command.active = not (second.line and second.line <= self._number)
            return True
        return False

    def _apply(self, command: Command) -> None:  # noqa: C901, PLR0912 - one branch per command
        if self._selected(command) == command.negated:
            return
        name = command.name
        if name == "{":
            for inner in command.body:
                self._apply(inner)
        elif name == "s":
            self._substitute(command)
        elif name == "y":
            self._space = self._space.translate(command.table)
        elif name == "d":
            raise _Delete
        elif name == "D":
            if "\n" not in self._space:
                raise _Delete
            msg = "command D"
            raise self._task.not_simulated(msg)
        elif name == "p":
            self._out.append(self._space + "\n")
        elif name == "P":
            self._out.append(self._space.partition("\n")[0] + "\n")
        elif name == "=":
            self._out.append(f"{self._number}\n")
        elif name == "a":
            self._after.append(command.text)
        elif name == "i":
            self._out.append(command.text + "\n")
        elif name == "c":
            if command.second is None or not command.active:
                self._out.append(command.text + "\n")
            raise _Delete
        elif name in {"q", "Q"}:
            self.status = int(command.text or 0)
            if name == "Q":
                self._number = len(self._lines)
                raise _Delete
            raise _Quit
        else:
            self._spaces(name)

    def _spaces(self, name: str) -> None:
        if name == "h":
            self._hold = self._space
        elif name == "H":
            self._hold += "\n" + self._space
        elif name == "g":
            self._space = self._hold
        elif name == "G":
            self._space += "\n" + self._hold
        elif name == "x":
            self._space, self._hold = self._hold, self._space
        elif name in {"n", "N"}:
            self._next(join=name == "N")
        else:
            msg = f"command {name}"
            raise self._task.not_simulated(msg)
        self._task.machine.meter.memory(len(self._space) if name in "GHN" else 0)

    def _next(self, *, join: bool) -> None:
        if self._number == len(self._lines):
            raise _Quit
        if not join and not self._quiet:
            self._print(self._space)
        line = self._lines[self._number]
        self._number += 1
        self._space = f"{self._space}\n{line}" if join else line

    def _substitute(self, command: Command) -> None:
        expression = command.expression
        if expression is None:
            return
        digits = "".join(char for char in command.flags if char.isdigit())
        wanted = int(digits or 1)
        everywhere = "g" in command.flags
        count = 0
        changed = False
        result: list[str] = []
        position = 0
        for match in expression.all(self._space):
            count += 1
            if count < wanted:
                continue
            result.append(self._space[position : match.start()])
            result.append(_replaced(match, command.text, expression.groups))
            position = match.end()
            changed = True
            if not everywhere:
                break
        if not changed:
            return
        self._space = "".join(result) + self._space[position:]
        self._task.machine.meter.memory(len(self._space))
        if "p" in command.flags:
            self._out.append(self._space + "\n")


def _replaced(match: Found, text: str, groups: int) -> str:
    result: list[str] = []
    change: Callable[[str], str] | None = None
    position = 0
    while position < len(text):
        char = text[position]
        position += 1
        piece: str | None = char
        if char == "&":
            piece = match.group()
        elif char == "\\" and position < len(text):
            char = text[position]
            position += 1
            if char in "ULE":
                change = {"U": str.upper, "L": str.lower}.get(char)
                continue
            if char.isdigit():
                number = int(char)
                piece = match.group(number) if number <= groups else ""
            else:
                piece = {"n": "\n", "t": "\t"}.get(char, char)
        result.append(change(piece or "") if change else piece or "")
    return "".join(result)


COMMANDS: dict[str, Callable[[Task], int]] = {"sed": _sed}
