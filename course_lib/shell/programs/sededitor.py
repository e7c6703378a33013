"""sed's machine: the pattern space, the hold space, and the commands on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.numbers import whole
from course_lib.shell.programs.sedscript import Address, Command, ScriptProblem
from course_lib.shell.programs.text import lines_of
from course_lib.shell.task import decoded, encoded

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.regex import Found
    from course_lib.shell.task import Task


class _Quit(Exception):  # noqa: N818 - q
    pass


class _Delete(Exception):  # noqa: N818 - d
    pass


class Editor:
    """Runs commands over lines."""

    def __init__(self, task: Task, commands: list[Command], *, quiet: bool) -> None:
        self._task = task
        self._program, self._labels = flat(commands)
        self._place = 0
        self._changed = False  # by a substitution, since the line was read or `t` asked
        self._quiet = quiet
        self._lines: list[str] = []
        self._number = 0
        self._space = ""
        self._hold = ""
        self._out: list[str] = []
        self._after: list[str] = []
        self._written: dict[str, list[str]] = {}  # by `w`
        self._missing_newline = False
        self._again = False  # after `D`: go on with what is left
        self.status = 0

    def run(self, data: bytes) -> bytes:
        """Edit the lines of one input, or of several read as one."""
        self._lines = [decoded(line) for line in lines_of(self._task, data)]
        self._missing_newline = bool(data) and not data.endswith(b"\n")
        try:
            while self._again or self._number < len(self._lines):
                self._cycle()
        except _Quit:
            self._end_cycle()
        for name, lines in self._written.items():
            self._task.files.write(name, encoded("".join(lines)))
        return encoded("".join(self._out))

    def _cycle(self) -> None:
        self._task.machine.meter.step()
        if not self._again:
            self._space = self._lines[self._number]
            self._number += 1
        self._again = False
        self._changed = False
        self._place = 0
        try:
            while self._place < len(self._program):
                self._task.machine.meter.step()
                command, after = self._program[self._place]
                self._place += 1
                if self._selected(command) == command.negated:
                    self._place = after
                elif command.name != "{":
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
        if address.step is not None:
            past = self._number - address.line
            return past >= 0 and (past % address.step == 0 if address.step else past == 0)
        return address.line == self._number

    def _selected(self, command: Command) -> bool:  # noqa: PLR0911 - one return per kind of address
        first, second = command.first, command.second
        if first is None:
            return True
        if second is None:
            return self._is(first)
        if second.more is not None:
            return self._in_lines(command, first, second.more)
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

    def _in_lines(self, command: Command, first: Address, more: int) -> bool:
        """`first,+N`."""
        if command.active and self._number <= command.until:
            return True
        command.active = self._is(first)
        command.until = self._number + more
        return command.active

    def _jump(self, command: Command) -> None:
        """`b`, `t`, `T`."""
        changed, asks = self._changed, command.name != "b"
        if asks:
            self._changed = False
        if asks and changed != (command.name == "t"):
            return
        self._place = self._labels[command.text] if command.text else len(self._program)

    def _apply(self, command: Command) -> None:  # noqa: C901, PLR0912 - one branch per command
        name = command.name
        if name in set("btT"):
            self._jump(command)
        elif name == "s":
            self._substitute(command)
        elif name == "y":
            self._space = self._space.translate(command.table)
        elif name == "d":
            raise _Delete
        elif name == "D":
            if "\n" not in self._space:
                raise _Delete
            self._space = self._space.partition("\n")[2]
            self._again = True
            raise _Delete
        elif name == "p":
            self._out.append(self._space + "\n")
        elif name == "P":
            self._out.append(self._space.partition("\n")[0] + "\n")
        elif name == "=":
            self._out.append(f"{self._number}\n")
        elif name == "a":
            self._after.append(command.text)
        elif name == "r":
            if self._task.files.find(command.text) is not None:
                self._after.append(decoded(self._task.files.read(command.text)).removesuffix("\n"))
        elif name == "w":
            self._written.setdefault(command.text, []).append(self._space + "\n")
        elif name == "z":
            self._space = ""
        elif name == "i":
            self._out.append(command.text + "\n")
        elif name == "c":
            if command.second is None or not command.active:
                self._out.append(command.text + "\n")
            raise _Delete
        elif name in {"q", "Q"}:
            self.status = whole(command.text or "0")
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
        wanted = whole(digits or "1")
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
        self._changed = True
        self._space = "".join(result) + self._space[position:]
        self._task.machine.meter.memory(len(self._space))
        if "p" in command.flags:
            self._out.append(self._space + "\n")


def flat(commands: list[Command]) -> tuple[list[tuple[Command, int]], dict[str, int]]:
    """A program as one list: each command with where to go on when it is not for a line.

    Raises:
        ScriptProblem: for a jump to a label that is not there.

    """
    program: list[tuple[Command, int]] = []
    labels: dict[str, int] = {}

    def add(some: list[Command]) -> None:
        for command in some:
            place = len(program)
            if command.name == ":":
                labels[command.text] = place
                continue
            program.append((command, place + 1))
            if command.name == "{":
                add(command.body)
                program[place] = (command, len(program))

    add(commands)
    for command, _ in program:
        if command.name in set("btT") and command.text and command.text not in labels:
            msg = f"can't find label for jump to `{command.text}'"
            raise ScriptProblem(msg)
    return program, labels


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
