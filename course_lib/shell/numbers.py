"""Numbers in scripts: any length, without Python's limit on the digits that it reads."""

from __future__ import annotations

_MOST_DIGITS = 40
_HUGE: int = 10**_MOST_DIGITS


def whole(text: str, base: int = 10) -> int:
    """`int(text, base)`; a number of more than 40 digits is a huge one of that sign.

    Raises:
        ValueError: for a text of up to 40 characters that is no number.

    """
    if len(text) <= _MOST_DIGITS:
        return int(text, base)
    return -_HUGE if text.lstrip().startswith("-") else _HUGE
