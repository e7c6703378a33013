"""sed: the stream editor, as far as Dockerfiles use it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from course_lib.shell.options import LeaveProgram, parse
from course_lib.shell.programs.text import lines_of
from course_lib.shell.regex import RegexError, translate
from course_lib.shell.task import decoded, encoded

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.options import Given
    from course_lib.shell.task import Task


@dataclass(frozen=True, slots=True)
class Address:
    """`5`, `$`, `/re/`: exactly one of the three is set."""

    line: int = 0
    last: bool = False
    expression: re.Pattern[str] | None = None


@dataclass(slots=True)
class Command:
    """One command with its addresses."""

    name: str
    first: Address | None = None
    second: Address | None = None
    negated: bool = False
    text: str = ""
    expression: re.Pattern[str] | None = None
    flags: str = ""
    body: list[Command] = field(default_factory=list)
    table: dict[int, str] = field(default_factory=dict)
    active: bool = False  # inside a range of two addresses


class _ScriptProblem(Exception):  # noqa: N818 - said by sed itself
    pass


def _sed(task: Task) -> int:
    arguments = []
    for word in task.args:  # -i takes a suffix only when it is in the same word
        arguments.append(word)
    in_place = any(re.fullmatch(r"-[nErsz]*i.*|--in-place.*", word) for word in arguments)
    suffix = ""
    cleaned: list[str] = []
    for word in arguments:
        match = re.fullmatch(r"-([nErsz]*)i(.*)|--in-place(?:=(.*))?", word)
        if match is None:
            cleaned.append(word)
            continue
        suffix = match[2] or match[3] or ""
        if match[1]:
            cleaned.append("-" + match[1])
    given = parse(
        task, "nEre:f:sz",
        {"quiet": "n", "silent": "n", "expression=": "e", "file=": "f", "regexp-extended": "E",
         "separate": "s"},
        real="lub", arguments=cleaned,
    )  # fmt: skip
    if "z" in given:
        msg = "-z"
        raise task.not_simulated(msg)
    operands = list(given.operands)
    scripts = given.values("e") + [decoded(task.files.read(name)) for name in given.values("f")]
    if not scripts:
        if not operands:
            task.err(
                f"Usage: {task.name} [OPTION]... {{script-only-if-no-other-script}} [input-file]..."
            )
            raise LeaveProgram(1)
        scripts = [operands.pop(0)]
    extended = "E" in given or "r" in given
    try:
        commands = _Reader("\n".join(scripts), task, extended=extended).all()
    except (_ScriptProblem, RegexError) as problem:
        text = str(problem)
        where = (
            f"-e expression #1, char {text}" if text[:1].isdigit() else f"-e expression #1: {text}"
        )
        return task.complain(where)
    return _edit(task, commands, operands, given, in_place=in_place, suffix=suffix)


def _edit(  # noqa: PLR0913 - what sed was told
    task: Task,
    commands: list[Command],
    operands: list[str],
    given: Given,
    *,
    in_place: bool,
    suffix: str,
) -> int:
    quiet = "n" in given
    if not in_place:
        failed: list[str] = []
        pieces = []
        for name, stream in _readable(task, tuple(operands), failed):
            pieces.append((name, stream))
        editor = _Editor(task, commands, quiet=quiet)
        out = editor.run(
            b"".join(
                data if data.endswith(b"\n") or number == len(pieces) - 1 else data + b"\n"
                for number, (_, data) in enumerate(pieces)
            )
        )
        task.out(out)
        return editor.status or (2 if failed else 0)
    status = 0
    for name in operands:
        try:
            node = task.files.file(name)
        except OSError as error:
            task.complain(f"can't read {name}: {_why(error)}")
            status = 2
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


def _why(error: OSError) -> str:
    from course_lib.shell.sayings import words

    return words(error)


def _readable(task: Task, operands: tuple[str, ...], failed: list[str]) -> list[tuple[str, bytes]]:
    found = []
    for name in operands or ("-",):
        if name == "-":
            found.append((name, task.stdin.read()))
            continue
        try:
            task.files.file(name)
            found.append((name, task.files.read(name)))
        except IsADirectoryError:
            task.complain(
                f"couldn't edit {name}: not a regular file"
                if False
                else f"read error on {name}: Is a directory"
            )
            failed.append(name)
        except OSError as error:
            verb = "can't read" if not task.busybox else ""
            task.complain(f"{verb} {name}: {_why(error)}".strip())
            failed.append(name)
    return found


class _Reader:
    """Parses a script."""

    def __init__(self, source: str, task: Task, *, extended: bool) -> None:
        self._source = source
        self._task = task
        self._extended = extended
        self._position = 0
        self._last_expression: re.Pattern[str] | None = None

    def all(self) -> list[Command]:
        commands = self._commands(depth=0)
        if self._position < len(self._source):
            msg = f"{self._position + 1}: unexpected '}}'"
            raise _ScriptProblem(msg)
        return commands

    def _char(self) -> str:
        return self._source[self._position : self._position + 1]

    def _skip(self, chars: str) -> None:
        while self._char() and self._char() in chars:
            self._position += 1

    def _commands(self, depth: int) -> list[Command]:
        found: list[Command] = []
        while True:
            self._skip(" \t\n;")
            if not self._char():
                if depth:
                    msg = "0: unmatched `{'"
                    raise _ScriptProblem(msg)
                return found
            if self._char() == "}":
                if depth:
                    self._position += 1
                return found
            if self._char() == "#":
                end = self._source.find("\n", self._position)
                self._position = len(self._source) if end < 0 else end
                continue
            found.append(self._command(depth))

    def _command(self, depth: int) -> Command:
        first = self._address()
        second = None
        if first is not None:
            self._skip(" \t")
            if self._char() == ",":
                self._position += 1
                self._skip(" \t")
                second = self._address(after=first)
                if second is None:
                    msg = f"{self._position + 1}: unexpected ','"
                    raise _ScriptProblem(msg)
        self._skip(" \t")
        negated = False
        while self._char() == "!":
            negated = True
            self._position += 1
            self._skip(" \t")
        name = self._char()
        self._position += 1
        command = Command(name, first, second, negated)
        self._fill(command, depth)
        return command

    def _fill(self, command: Command, depth: int) -> None:
        name = command.name
        if name == "{":
            command.body = self._commands(depth + 1)
        elif name == "s":
            self._substitution(command)
        elif name == "y":
            self._transliteration(command)
        elif name in set("aic"):
            command.text = self._text()
        elif name in set("dDpPhHgGxnN=qQl"):
            if name in "qQ":
                self._skip(" \t")
                match = re.compile(r"\d+").match(self._source, self._position)
                if match:
                    command.text = match.group()
                    self._position = match.end()
            self._end()
        elif name == "":
            msg = f"{self._position - 1}: missing command"
            raise _ScriptProblem(msg)
        elif name in set("btT:rRwWeFvz"):
            msg = f"command {name}"
            raise self._task.not_simulated(msg)
        else:
            msg = f"{self._position}: unknown command: `{name}'"
            raise _ScriptProblem(msg)

    def _end(self) -> None:
        self._skip(" \t")
        if self._char() not in {"", "\n", ";", "}", "#"}:
            msg = f"{self._position + 1}: extra characters after command"
            raise _ScriptProblem(msg)

    def _address(self, after: Address | None = None) -> Address | None:
        char = self._char()
        if char.isdigit() or (after is not None and char == "+"):
            match = re.compile(r"\+?\d+").match(self._source, self._position)
            text = match.group() if match else "0"
            self._position += len(text)
            if text.startswith("+"):
                msg = "address +N"
                raise self._task.not_simulated(msg)
            if self._char() == "~":
                msg = "address first~step"
                raise self._task.not_simulated(msg)
            return Address(line=int(text))
        if char == "$":
            self._position += 1
            return Address(last=True)
        if char in {"/", "\\"}:
            if char == "\\":
                self._position += 1
            pattern = self._delimited(self._char())
            flags = 0
            while self._char() in {"I", "M"}:
                flags |= re.IGNORECASE if self._char() == "I" else 0
                self._position += 1
            return Address(expression=self._compiled(pattern, flags))
        return None

    def _compiled(self, pattern: str, flags: int) -> re.Pattern[str]:
        if not pattern:
            if self._last_expression is None:
                msg = "0: no previous regular expression"
                raise _ScriptProblem(msg)
            return self._last_expression
        self._last_expression = re.compile(translate(pattern, extended=self._extended), flags)
        return self._last_expression

    def _delimited(self, mark: str) -> str:
        """Read from one delimiter to the next."""
        self._position += 1
        found: list[str] = []
        while True:
            char = self._char()
            if not char:
                msg = f"{len(self._source)}: unterminated address regex"
                raise _ScriptProblem(msg)
            self._position += 1
            if char == mark:
                return "".join(found)
            if char == "\\":
                following = self._char()
                self._position += 1
                if following == mark and mark not in "()[]{}|+?*.^$":
                    found.append(following)
                elif following == mark:
                    found.append("\\" + following)
                else:
                    found.append("\\" + following)
                continue
            if char == "[" and mark != "[":
                end = re.compile(r"\^?\]?(?:\[:[a-z]+:\]|[^]])*\]").match(
                    self._source, self._position
                )
                if end is not None and "\n" not in end.group():
                    found.append("[" + end.group())
                    self._position = end.end()
                    continue
            found.append(char)

    def _substitution(self, command: Command) -> None:
        mark = self._char()
        if not mark or mark in "\n\\":
            msg = f"{self._position}: unterminated `s' command"
            raise _ScriptProblem(msg)
        try:
            pattern = self._delimited(mark)
            self._position -= 1
            command.text = self._replacement(mark)
        except _ScriptProblem as problem:
            text = f"{len(self._source)}: unterminated `s' command"
            raise _ScriptProblem(text) from problem
        flags = 0
        while (char := self._char()) and char in "gpiIm0123456789e":
            command.flags += char
            flags |= re.IGNORECASE if char in "iI" else 0
            self._position += 1
        if self._char() == "w" or "e" in command.flags or "m" in command.flags:
            msg = "s flag w, e or m"
            raise self._task.not_simulated(msg)
        if self._char() not in {"", "\n", ";", "}", " ", "\t", "#"}:
            msg = f"{self._position + 1}: unknown option to `s'"
            raise _ScriptProblem(msg)
        self._end()
        command.expression = self._compiled(pattern, flags)

    def _replacement(self, mark: str) -> str:
        self._position += 1
        found: list[str] = []
        while True:
            char = self._char()
            if not char:
                msg = "unterminated"
                raise _ScriptProblem(msg)
            self._position += 1
            if char == mark:
                return "".join(found)
            if char == "\\":
                following = self._char()
                self._position += 1
                found.append(following if following == mark and mark != "&" else "\\" + following)
                continue
            found.append(char)

    def _transliteration(self, command: Command) -> None:
        mark = self._char()
        old = self._delimited(mark)
        self._position -= 1
        new = self._replacement(mark)
        if len(old) != len(new):
            msg = f"{self._position}: strings for `y' command are different lengths"
            raise _ScriptProblem(msg)
        command.table = {ord(a): b for a, b in zip(old, new, strict=True)}
        self._end()

    def _text(self) -> str:
        """Read the text of a, i, c: one line, or more with backslashes at their ends."""
        self._skip(" \t")
        if self._char() == "\\":
            self._position += 1
            self._skip(" \t")
            if self._char() == "\n":
                self._position += 1
        found: list[str] = []
        while char := self._char():
            self._position += 1
            if char == "\\":
                found.append(self._char())
                self._position += 1
            elif char == "\n":
                break
            else:
                found.append(char)
        if not found:
            msg = f"{self._position}: expected \\ after `a', `c' or `i'"
            raise _ScriptProblem(msg)
        return "".join(found)


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
        self._lines = [decoded(line) for line in lines_of(data)]
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

    def _selected(self, command: Command) -> bool:
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
        for match in expression.finditer(self._space):
            count += 1
            if count < wanted:
                continue
            result.append(self._space[position : match.start()])
            result.append(_replaced(match, command.text))
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


def _replaced(match: re.Match[str], text: str) -> str:
    result: list[str] = []
    change: Callable[[str], str] | None = None
    position = 0
    while position < len(text):
        char = text[position]
        position += 1
        piece = char
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
                piece = (match.group(number) or "") if number <= (match.re.groups) else ""
            else:
                piece = {"n": "\n", "t": "\t"}.get(char, char)
        result.append(change(piece) if change else piece)
    return "".join(result)


COMMANDS: dict[str, Callable[[Task], int]] = {"sed": _sed}
