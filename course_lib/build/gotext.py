"""How Go prints what a history line holds: lists by `%q` and `%v`, durations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.dockerfile.gotext import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

_SECOND = 1_000_000_000
_FRACTIONS = ((1, "ns"), (1_000, "µs"), (1_000_000, "ms"))


def quoted_list(words: Iterable[str]) -> str:
    """`%q` of a list: `["a" "b"]`, blanks and no commas."""
    return "[" + " ".join(map(quoted, words)) + "]"


def plain_list(words: Iterable[str]) -> str:
    """`%v` of a list: `[a b]`."""
    return "[" + " ".join(words) + "]"


def duration(nanoseconds: int) -> str:
    """`1m30s`, `0s`, `1.5s`, `500ms`: how Go prints a duration."""
    if nanoseconds == 0:
        return "0s"
    if nanoseconds < _SECOND:
        unit, name = max(pair for pair in _FRACTIONS if pair[0] <= nanoseconds)
        return f"{_decimal(nanoseconds, unit)}{name}"
    minutes, rest = divmod(nanoseconds, 60 * _SECOND)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}h{minutes}m" if hours else f"{minutes}m" if minutes else ""
    return f"{text}{_decimal(rest, _SECOND)}s"


def _decimal(value: int, unit: int) -> str:
    whole, rest = divmod(value, unit)
    digits = str(rest).rjust(len(str(unit)) - 1, "0").rstrip("0") if rest else ""
    return f"{whole}.{digits}" if digits else str(whole)
