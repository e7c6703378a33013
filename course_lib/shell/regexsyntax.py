"""POSIX regular expressions, basic and extended, as values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from course_lib.shell.numbers import whole

_CLASSES = {
    "alpha": "a-zA-Z", "digit": "0-9", "alnum": "a-zA-Z0-9", "upper": "A-Z", "lower": "a-z",
    "space": r"\s", "blank": r" \t", "punct": r"!-/:-@\[-`{-~", "print": " -~", "graph": "!-~",
    "cntrl": r"\x00-\x1f\x7f", "xdigit": "0-9A-Fa-f",
}  # fmt: skip
_BRACKET = re.compile(r"\[\^?\]?(?:\[:[a-z]+:\]|\[\.[^.]*\.\]|[^]])*\]")
_INTERVAL = re.compile(r"(\d*)(,?)(\d*)")
_SETS = {"w": r"\w", "W": r"\W", "s": r"\s", "S": r"\S"}
_ASSERTIONS = {"b": r"\b", "B": r"\B", "<": r"\b(?=\w)", ">": r"\b(?<=\w)", "`": r"\A", "'": r"\Z"}
_CONTROLS = {"n": "\n", "t": "\t"}
_MOST_REPEATS = 32_767
_DEEPEST = 40


class RegexError(ValueError):
    """A regular expression with something unbalanced in it, in GNU's words."""


@dataclass(frozen=True, slots=True)
class One:
    """One character, as Python writes the set of what fits: `a`, `.`, `[a-z]`."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Here:
    r"""A place that is no character, as Python writes it: `^`, `$`, `\b`."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Again:
    r"""`\1`: what a group matched."""

    number: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """`item{low,high}`; `high` is None for no end."""

    item: Regex
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """`(item)`."""

    item: Regex
    number: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after another."""

    items: tuple[Regex, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """`a|b`."""

    options: tuple[Regex, ...]


Regex = One | Here | Again | Repeat | Group | Sequence | Choice


def parse(pattern: str, *, extended: bool) -> tuple[Regex, int]:
    """Parse; return the expression and the number of its groups.

    Raises:
        RegexError: for a pattern that GNU refuses too.

    """
    reader = _Reader(pattern, extended=extended)
    return reader.whole(), reader.groups


class _Reader:
    def __init__(self, pattern: str, *, extended: bool) -> None:
        self._pattern = pattern
        self._extended = extended
        self._position = 0
        self._depth = 0
        self.groups = 0

    def whole(self) -> Regex:
        found = self._choice()
        if self._position < len(self._pattern):
            msg = "Unmatched ) or \\)"
            raise RegexError(msg)
        return found

    def _at(self, mark: str) -> bool:
        r"""Whether an operator is next: `(` in extended, `\(` in basic expressions."""
        text = mark if self._extended else "\\" + mark
        return self._pattern.startswith(text, self._position)

    def _skip(self, mark: str) -> None:
        self._position += len(mark) + (not self._extended)

    def _choice(self) -> Regex:
        options = [self._sequence()]
        while self._at("|"):
            self._skip("|")
            options.append(self._sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self) -> Regex:
        items: list[Regex] = []
        while self._position < len(self._pattern) and not self._at("|"):
            if self._at(")") and (self._depth or not self._extended):
                break
            item = self._atom(first=not items)
            items.append(self._repeated(item))
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def _atom(self, *, first: bool) -> Regex:  # noqa: PLR0911 - one return per first character
        pattern = self._pattern
        if self._at("("):
            return self._group()
        char = pattern[self._position]
        if char == "[":
            return self._bracket()
        self._position += 1
        if char == "\\":
            return self._escape()
        if char == ".":
            return One(".")
        if char == "^" and (first or self._extended):
            return Here("^")
        if char == "$" and (self._extended or self._at_end()):
            return Here("$")
        return One(re.escape(char))

    def _at_end(self) -> bool:
        return self._position == len(self._pattern) or self._at(")") or self._at("|")

    def _group(self) -> Regex:
        self._skip("(")
        self.groups += 1
        number = self.groups
        self._depth += 1
        if self._depth > _DEEPEST:
            msg = "Regular expression too big"
            raise RegexError(msg)
        item = self._choice()
        self._depth -= 1
        if not self._at(")"):
            msg = "Unmatched ( or \\("
            raise RegexError(msg)
        self._skip(")")
        return Group(item, number)

    def _escape(self) -> Regex:
        char = self._pattern[self._position : self._position + 1]
        self._position += 1
        if not char:
            msg = "Trailing backslash"
            raise RegexError(msg)
        if char.isdecimal() and char != "0":
            if int(char) > self.groups:
                msg = "Invalid back reference"
                raise RegexError(msg)
            return Again(int(char))
        if char in _SETS:
            return One(_SETS[char])
        if char in _ASSERTIONS:
            return Here(_ASSERTIONS[char])
        return One(re.escape(_CONTROLS.get(char, char)))

    def _repeated(self, item: Regex) -> Regex:
        while (bounds := self._bounds(item)) is not None:
            low, high = bounds
            if isinstance(item, Repeat):  # `a**` is `a*`
                item = Repeat(item.item, min(item.low, low), None if high is None else item.high)
            else:
                item = Repeat(item, low, high)
        return item

    def _bounds(self, item: Regex) -> tuple[int, int | None] | None:
        starts = isinstance(item, Here) and not self._extended
        if self._pattern.startswith("*", self._position) and not starts:
            self._position += 1
            return 0, None
        if self._at("+"):
            self._skip("+")
            return 1, None
        if self._at("?"):
            self._skip("?")
            return 0, 1
        return self._interval() if self._at("{") else None

    def _interval(self) -> tuple[int, int | None] | None:
        start = self._position
        self._skip("{")
        match = _INTERVAL.match(self._pattern, self._position)
        low, comma, high = match.groups() if match else ("", "", "")
        self._position += len(low + comma + high)
        if not self._at("}") or not (low or comma):
            if self._extended:  # a brace that is only a brace
                self._position = start
                return None
            msg = "Unmatched \\{"
            raise RegexError(msg)
        self._skip("}")
        first = whole(low or "0")
        last = (whole(high) if high else None) if comma else first
        if max(first, last or 0) > _MOST_REPEATS or (last is not None and last < first):
            msg = "Invalid content of \\{\\}"
            raise RegexError(msg)
        return first, last

    def _bracket(self) -> Regex:
        match = _BRACKET.match(self._pattern, self._position)
        if match is None:
            msg = "Invalid regular expression"
            raise RegexError(msg)
        self._position = match.end()
        body = match.group()[1:-1]
        negated = body.startswith("^")
        body = body[negated:]
        result: list[str] = []
        position = 0
        while position < len(body):
            named = re.match(r"\[:([a-z]+):\]", body[position:])
            if named and named[1] in _CLASSES:
                result.append(_CLASSES[named[1]])
                position += named.end()
                continue
            char = body[position]
            is_range = char == "-" and 0 < position < len(body) - 1
            result.append(char if is_range else _in_set(char))  # `-`, `&`, `~`, `|` are escaped
            position += 1
        found = f"[{'^' if negated else ''}{''.join(result)}]"
        try:
            re.compile(found)
        except re.error as error:
            msg = "Invalid range end"
            raise RegexError(msg) from error
        return One(found)


def _in_set(char: str) -> str:
    return "\\" + char if char in r"\]^-[&~|" else char
