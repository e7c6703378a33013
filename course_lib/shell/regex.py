"""Matching POSIX regular expressions in time that is bounded.

Most patterns go to Python's `re`. One that could take exponential or high polynomial time on a
text is run by a small machine that remembers where it has been: its time is the length of the
text times the size of the pattern. Of two alternatives the first that fits is taken, where POSIX
takes the longest.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from course_lib.shell.regexmachine import Machine, MachineMatch
from course_lib.shell.regexsyntax import (
    Again,
    Choice,
    Group,
    Here,
    One,
    RegexError,
    Repeat,
    Sequence,
    parse,
)
from course_lib.shell.scripterrors import NotSimulatedError
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.shell.regexsyntax import Regex as Expression

Found = re.Match[str] | MachineMatch

_LONGEST_PATTERN = 2000
# How long a text may be for `re`, by the number of repetitions without an end in the pattern.
_LIMITS = (100_000, 5_000, 300)
_LIMIT_FOR_MORE = 60


class Regex:
    """A compiled POSIX regular expression."""

    def __init__(self, expression: Expression, groups: int, *, ignore_case: bool = False) -> None:
        self.groups = groups
        self._expression = expression
        self._ignore_case = ignore_case
        self._nested, self._endless, self._back = _danger(expression)
        flags = re.IGNORECASE if ignore_case else 0
        try:
            self._python = re.compile(_written(expression), flags)
        except (re.error, OverflowError, RecursionError) as error:
            msg = "Invalid regular expression"
            raise RegexError(msg) from error
        self._machine: Machine | None = None

    def search(self, text: str, start: int = 0) -> Found | None:
        """Find the first match from `start` on."""
        if self._harmless(text):
            return self._python.search(text, start)
        if self._back:
            raise NotSimulatedError(
                Text(
                    "a back reference in a pattern with many repetitions, on a long line, is not simulated",
                    "没有模拟在很长的行上、带有多重重复的反向引用",
                ),
            )
        if self._machine is None:
            self._machine = Machine(self._expression, self.groups, ignore_case=self._ignore_case)
        return self._machine.search(text, start)

    def all(self, text: str) -> Iterator[Found]:
        """Find all matches that do not overlap; an empty one not right after another."""
        position = 0
        last_end = -1
        while position <= len(text):
            found = self.search(text, position)
            if found is None:
                return
            if found.end() > found.start() or found.start() != last_end:
                yield found
            last_end = found.end()
            position = last_end + (found.end() == found.start())

    def _harmless(self, text: str) -> bool:
        if self._nested:
            return False
        limit = _LIMITS[self._endless] if self._endless < len(_LIMITS) else _LIMIT_FOR_MORE
        return len(text) <= limit


@lru_cache(maxsize=256)
def compiled(pattern: str, *, extended: bool, ignore_case: bool = False) -> Regex:
    """Compile a POSIX pattern.

    Raises:
        RegexError: in GNU's words, for what is no pattern.

    """
    if len(pattern) > _LONGEST_PATTERN:
        msg = "Regular expression too big"
        raise RegexError(msg)
    expression, groups = parse(pattern, extended=extended)
    return Regex(expression, groups, ignore_case=ignore_case)


def any_of(
    patterns: list[str],
    *,
    extended: bool,
    fixed: bool,
    ignore_case: bool,
    around: tuple[str, str],
) -> Regex:
    """Compile what matches any of some patterns, or `fixed` strings, as grep does.

    `around` are assertions, as Python writes them, before and after the match.
    """
    options: list[Expression] = []
    groups = 0
    for pattern in patterns:
        if fixed:
            options.append(Sequence(tuple(One(re.escape(char)) for char in pattern)))
            continue
        expression, count = parse(pattern, extended=extended)
        options.append(expression)
        groups = max(groups, count)
    if len(options) > 1 and groups:
        options = [_without_groups(option) for option in options]
        groups = 0
    whole: Expression = Choice(tuple(options)) if options else Here("(?!)")
    before, after = around
    parts = (Here(before) if before else None, whole, Here(after) if after else None)
    return Regex(Sequence(tuple(part for part in parts if part)), groups, ignore_case=ignore_case)


def _without_groups(expression: Expression) -> Expression:
    """Forget which parts are groups: grep needs them only for back references."""
    match expression:
        case Group():
            return _without_groups(expression.item)
        case Repeat():
            return Repeat(_without_groups(expression.item), expression.low, expression.high)
        case Sequence():
            return Sequence(tuple(map(_without_groups, expression.items)))
        case Choice():
            return Choice(tuple(map(_without_groups, expression.options)))
        case Again():
            raise NotSimulatedError(
                Text(
                    "back references in one of several patterns are not simulated",
                    "没有模拟多个模式之一里的反向引用",
                ),
            )
    return expression


def _danger(expression: Expression) -> tuple[bool, int, bool]:
    """Tell: repetition inside repetition, how many repetitions without an end, back references."""
    match expression:
        case Again():
            return False, 0, True
        case Group():
            return _danger(expression.item)
        case Repeat():
            nested, endless, back = _danger(expression.item)
            single = isinstance(expression.item, One)
            many = expression.high is None or expression.high > 1
            return nested or (many and not single), endless + (expression.high is None), back
        case Sequence() | Choice():
            inner = expression.items if isinstance(expression, Sequence) else expression.options
            facts = [_danger(item) for item in inner]
            return (
                any(nested for nested, _, _ in facts),
                sum(endless for _, endless, _ in facts),
                any(back for _, _, back in facts),
            )
    return False, 0, False


def _written(expression: Expression) -> str:
    """Write an expression as Python does."""
    match expression:
        case One() | Here():
            return expression.pattern
        case Again():
            return f"(?:\\{expression.number})"
        case Group():
            return f"({_written(expression.item)})"
        case Repeat():
            high = "" if expression.high is None else expression.high
            return f"(?:{_written(expression.item)}){{{expression.low},{high}}}"
        case Sequence():
            return "".join(
                f"(?:{_written(item)})" if isinstance(item, Choice) else _written(item)
                for item in expression.items
            )
        case Choice():
            return "|".join(f"(?:{_written(option)})" for option in expression.options)
