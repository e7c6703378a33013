"""Times as Go writes them, for HEALTHCHECK: `1m30s`, `500ms`, `1.5h`."""

from __future__ import annotations

import re
from fractions import Fraction

from course_lib.dockerfile.gotext import quoted

_UNITS = {
    "ns": 1,
    "us": 1_000,
    "\xb5s": 1_000,
    "\u03bcs": 1_000,
    "ms": 1_000_000,
    "s": 1_000_000_000,
    "m": 60_000_000_000,
    "h": 3_600_000_000_000,
}
_PART = re.compile(r"([0-9]*)(\.?)([0-9]*)([^0-9.]*)")
_LARGEST = 2**63 - 1
_MOST_DIGITS = 18


class BadDurationError(ValueError):
    """`time: missing unit in duration "5"`."""


def nanoseconds(text: str) -> int:
    """`1m30s` -> 90000000000.

    Raises:
        BadDurationError: in the words of Go's `time.ParseDuration`.

    """
    negative = text.startswith("-")
    rest = text[1:] if text[:1] in ("-", "+") else text
    if rest == "0":
        return 0
    if not rest:
        raise _invalid(text)
    total = Fraction(0)
    for found in _PART.finditer(rest):
        whole, point, part, unit = found.groups()
        if not found[0]:
            continue
        if not whole and not part:
            raise _invalid(text)
        if unit not in _UNITS:
            why = f"unknown unit {quoted(unit)}" if unit else "missing unit"
            msg = f"time: {why} in duration {quoted(text)}"
            raise BadDurationError(msg)
        if len(whole) > _MOST_DIGITS:
            raise _invalid(text)
        part = part[:_MOST_DIGITS] if point else ""
        total += Fraction(int(f"{whole}{part}"), 10 ** len(part)) * _UNITS[unit]
    if total > _LARGEST:
        raise _invalid(text)
    return -int(total) if negative else int(total)


def _invalid(text: str) -> BadDurationError:
    return BadDurationError(f"time: invalid duration {quoted(text)}")
