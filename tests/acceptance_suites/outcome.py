"""What one case was expected to give, and what it gave."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one case; `case` names it within its suite."""

    case: str
    expected: object
    actual: object

    @property
    def passed(self) -> bool:
        return self.expected == self.actual


Suite = Callable[[Mapping[str, Any]], Iterator[Outcome]]


def either(expected: object, alternatives: list[object] | None, actual: object) -> object:
    """The expectation that was met, where the original picks one of several at random."""
    return actual if alternatives and actual in alternatives else expected


@dataclass(frozen=True, slots=True)
class Anything:
    """Equal to any error message: some cases ask only that there is one."""

    containing: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self.containing in other

    def __hash__(self) -> int:
        return hash(self.containing)


def narrowed(expected: object, actual: object) -> tuple[object, object]:
    """The innermost parts of two values that hold the whole difference between them."""
    pairs: list[tuple[object, object]] = []
    if isinstance(expected, dict) and isinstance(actual, dict) and expected.keys() == actual.keys():
        pairs = [(value, actual[key]) for key, value in expected.items()]
    elif (
        isinstance(expected, list | tuple)
        and isinstance(actual, list | tuple)
        and len(expected) == len(actual)
    ):
        pairs = list(zip(expected, actual, strict=True))
    different = [pair for pair in pairs if pair[0] != pair[1]]
    return narrowed(*different[0]) if len(different) == 1 else (expected, actual)
