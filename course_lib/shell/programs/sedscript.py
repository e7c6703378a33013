"""sed's scripts: addresses and commands, as text and as values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from course_lib.shell.numbers import whole
from course_lib.shell.regex import Regex, compiled

if TYPE_CHECKING:
    from course_lib.shell.task import Task


@dataclass(frozen=True, slots=True)
class Address:
    """`5`, `$`, `/re/`, `+5`, `first~step`: `more` and `step` are None unless it is one of those."""

    line: int = 0
    last: bool = False
    expression: Regex | None = None
    more: int | None = None
    step: int | None = None


@dataclass(slots=True)
class Command:
    """One command with its addresses."""

    name: str
    first: Address | None = None
    second: Address | None = None
    negated: bool = False
    text: str = ""
    expression: Regex | None = None
    flags: str = ""
    body: list[Command] = field(default_factory=list)
    table: dict[int, str] = field(default_factory=dict)
    active: bool = False  # inside a range of two addresses
    until: int = 0  # the line that ends a range of `first,+N`


class ScriptProblem(Exception):  # noqa: N818 - said by sed itself
    """A script that does not parse, in GNU sed's words after the place."""


def parse_script(source: str, task: Task, *, extended: bool) -> list[Command]:
    """Parse a script.

    Raises:
        ScriptProblem, RegexError: for what is no script.
        NotSimulatedError: for a command that sed has and the simulation has not.

    """
    return _Reader(source, task, extended=extended).all()


class _Reader:
    """Parses a script."""

    def __init__(self, source: str, task: Task, *, extended: bool) -> None:
        self._source = source
        self._task = task
        self._extended = extended
        self._position = 0
        self._last_expression: Regex | None = None

    def all(self) -> list[Command]:
        commands = self._commands(depth=0)
        if self._position < len(self._source):
            msg = f"{self._position + 1}: unexpected '}}'"
            raise ScriptProblem(msg)
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
                    msg = "unterminated {" if self._task.busybox else "0: unmatched `{'"
                    raise ScriptProblem(msg)
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
                    raise ScriptProblem(msg)
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

    def _fill(self, command: Command, depth: int) -> None:  # noqa: C901 - one branch for each kind
        name = command.name
        if name == "{":
            command.body = self._commands(depth + 1)
        elif name == "s":
            self._substitution(command)
        elif name == "y":
            self._transliteration(command)
        elif name in set("aic"):
            command.text = self._text()
        elif name in set("dDpPhHgGxnN=qQlz"):
            if name in "qQ":
                self._skip(" \t")
                match = re.compile(r"\d+").match(self._source, self._position)
                if match:
                    command.text = match.group()
                    self._position = match.end()
            self._end()
        elif name == "":
            msg = f"{self._position - 1}: missing command"
            raise ScriptProblem(msg)
        elif name in set(":btT"):
            command.text = self._label()
        elif name in set("rw"):
            self._skip(" \t")
            end = self._source.find("\n", self._position)
            end = len(self._source) if end < 0 else end
            command.text, self._position = self._source[self._position : end], end
        elif name in set("RWeFv"):
            msg = f"command {name}"
            raise self._task.not_simulated(msg)
        else:
            msg = f"{self._position}: unknown command: `{name}'"
            raise ScriptProblem(msg)

    def _label(self) -> str:
        self._skip(" \t")
        ends = r"\s;" if self._task.busybox else r"\s;}"
        match = re.compile(f"[^{ends}]*").match(self._source, self._position)
        label = match.group() if match else ""
        self._position += len(label)
        return label

    def _end(self) -> None:
        self._skip(" \t")
        if self._char() not in {"", "\n", ";", "}", "#"}:
            msg = f"{self._position + 1}: extra characters after command"
            raise ScriptProblem(msg)

    def _address(self, after: Address | None = None) -> Address | None:
        char = self._char()
        if char.isdigit() or (after is not None and char == "+"):
            match = re.compile(r"\+?\d+").match(self._source, self._position)
            text = match.group() if match else "0"
            self._position += len(text)
            if text.startswith("+"):
                return Address(more=whole(text))
            step = re.compile(r"~(\d+)").match(self._source, self._position)
            if step is not None and self._task.busybox:
                msg = "unsupported command ~"
                raise ScriptProblem(msg)
            if step is not None:
                self._position = step.end()
                return Address(line=whole(text), step=whole(step[1]))
            return Address(line=whole(text))
        if char == "$":
            self._position += 1
            return Address(last=True)
        if char in {"/", "\\"}:
            if char == "\\":
                self._position += 1
            pattern = self._delimited(self._char())
            ignore_case = self._char() == "I"
            self._position += ignore_case
            return Address(expression=self._compiled(pattern, ignore_case=ignore_case))
        return None

    def _compiled(self, pattern: str, *, ignore_case: bool) -> Regex:
        if not pattern:
            if self._last_expression is None:
                msg = "0: no previous regular expression"
                raise ScriptProblem(msg)
            return self._last_expression
        self._last_expression = compiled(pattern, extended=self._extended, ignore_case=ignore_case)
        return self._last_expression

    def _delimited(self, mark: str) -> str:
        """Read from one delimiter to the next."""
        self._position += 1
        found: list[str] = []
        while True:
            char = self._char()
            if not char:
                msg = f"{len(self._source)}: unterminated address regex"
                raise ScriptProblem(msg)
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
                    self._source,
                    self._position,
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
            raise ScriptProblem(msg)
        try:
            pattern = self._delimited(mark)
            self._position -= 1
            command.text = self._replacement(mark)
        except ScriptProblem as problem:
            text = f"{len(self._source)}: unterminated `s' command"
            raise ScriptProblem(text) from problem
        while (char := self._char()) and char in "gpiIm0123456789e":
            command.flags += char
            self._position += 1
        if self._char() == "w" or "e" in command.flags or "m" in command.flags:
            msg = "s flag w, e or m"
            raise self._task.not_simulated(msg)
        if self._char() not in {"", "\n", ";", "}", " ", "\t", "#"}:
            msg = f"{self._position + 1}: unknown option to `s'"
            raise ScriptProblem(msg)
        self._end()
        ignore_case = bool(set(command.flags) & {"i", "I"})
        command.expression = self._compiled(pattern, ignore_case=ignore_case)

    def _replacement(self, mark: str) -> str:
        self._position += 1
        found: list[str] = []
        while True:
            char = self._char()
            if not char:
                msg = "unterminated"
                raise ScriptProblem(msg)
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
            raise ScriptProblem(msg)
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
            raise ScriptProblem(msg)
        return "".join(found)
