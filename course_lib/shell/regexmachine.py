"""A machine for regular expressions that never visits one place of the text twice in one state."""

from __future__ import annotations

import re
from dataclasses import dataclass

from course_lib.shell.regexsyntax import (
    Choice,
    Group,
    Here,
    One,
    Regex,
    RegexError,
    Repeat,
    Sequence,
)

_LARGEST = 5000  # instructions


@dataclass(slots=True)
class _Take:
    """Read one character that fits; the answers are remembered."""

    pattern: re.Pattern[str]
    known: dict[str, bool]


@dataclass(slots=True)
class _Assert:
    pattern: re.Pattern[str]


@dataclass(slots=True)
class _Mark:
    """Remember the position: the start (even) or end (odd) of a group."""

    slot: int


@dataclass(slots=True)
class _Fork:
    """Go on at `first`, and when that fails at `second`."""

    first: int
    second: int


@dataclass(slots=True)
class _Done:
    pass


_Instruction = _Take | _Assert | _Mark | _Fork | _Done


@dataclass(frozen=True, slots=True)
class MachineMatch:
    """A match; `marks` are start and end of each group, -1 for one that took no part."""

    text: str
    marks: tuple[int, ...]

    def group(self, number: int = 0, /) -> str | None:
        """The text of a group; None when it took no part."""
        start, end = self.marks[2 * number : 2 * number + 2]
        return None if start < 0 or end < 0 else self.text[start:end]

    def start(self) -> int:
        """Where the match begins."""
        return self.marks[0]

    def end(self) -> int:
        """Where it ends."""
        return self.marks[1]


class Machine:
    """An expression without back references as a program."""

    def __init__(self, expression: Regex, groups: int, *, ignore_case: bool) -> None:
        self._flags = re.IGNORECASE if ignore_case else 0
        self._slots = 2 * groups + 2
        self._code: list[_Instruction] = []
        self._compile(Group(expression, 0))
        self._add(_Done())

    def _add(self, instruction: _Instruction) -> int:
        self._code.append(instruction)
        if len(self._code) > _LARGEST:
            msg = "Regular expression too big"
            raise RegexError(msg)
        return len(self._code) - 1

    def _compile(self, expression: Regex) -> None:
        match expression:
            case One():
                self._add(_Take(re.compile(expression.pattern, self._flags), {}))
            case Here():
                self._add(_Assert(re.compile(expression.pattern, self._flags)))
            case Group():
                self._add(_Mark(2 * expression.number))
                self._compile(expression.item)
                self._add(_Mark(2 * expression.number + 1))
            case Sequence():
                for item in expression.items:
                    self._compile(item)
            case Choice():
                self._choice(expression.options)
            case Repeat():
                self._repeat(expression)

    def _choice(self, options: tuple[Regex, ...]) -> None:
        ends: list[_Fork] = []
        for option in options[:-1]:
            fork = _Fork(len(self._code) + 1, 0)
            self._add(fork)
            self._compile(option)
            end = _Fork(0, 0)
            self._add(end)
            ends.append(end)
            fork.second = len(self._code)
        self._compile(options[-1])
        for end in ends:
            end.first = end.second = len(self._code)

    def _repeat(self, repeat: Repeat) -> None:
        for _ in range(repeat.low):
            self._compile(repeat.item)
        if repeat.high is None:
            start = self._add(_Fork(len(self._code) + 1, 0))
            self._compile(repeat.item)
            self._add(_Fork(start, start))
            fork = self._code[start]
            if isinstance(fork, _Fork):
                fork.second = len(self._code)
            return
        forks: list[_Fork] = []
        for _ in range(repeat.high - repeat.low):
            fork = _Fork(len(self._code) + 1, 0)
            self._add(fork)
            forks.append(fork)
            self._compile(repeat.item)
        for fork in forks:
            fork.second = len(self._code)

    def search(self, text: str, start: int = 0) -> MachineMatch | None:
        """Find the first match; what failed from an earlier start fails from a later one."""
        visited: set[int] = set()
        for position in range(start, len(text) + 1):
            marks = self._run(text, position, visited)
            if marks is not None:
                return MachineMatch(text, marks)
        return None

    def _run(self, text: str, start: int, visited: set[int]) -> tuple[int, ...] | None:
        code = self._code
        width = len(code)
        stack = [(0, start, (-1,) * self._slots)]
        while stack:
            place, position, marks = stack.pop()
            key = position * width + place
            if key in visited:
                continue
            visited.add(key)
            instruction = code[place]
            if isinstance(instruction, _Take):
                if position < len(text) and _fits(instruction, text[position]):
                    stack.append((place + 1, position + 1, marks))
            elif isinstance(instruction, _Fork):
                if instruction.second != instruction.first:
                    stack.append((instruction.second, position, marks))
                stack.append((instruction.first, position, marks))
            elif isinstance(instruction, _Mark):
                slot = instruction.slot
                stack.append((place + 1, position, (*marks[:slot], position, *marks[slot + 1 :])))
            elif isinstance(instruction, _Assert):
                if instruction.pattern.match(text, position):
                    stack.append((place + 1, position, marks))
            else:
                return marks
        return None


def _fits(take: _Take, char: str) -> bool:
    known = take.known.get(char)
    if known is None:
        known = take.known[char] = take.pattern.fullmatch(char) is not None
    return known
