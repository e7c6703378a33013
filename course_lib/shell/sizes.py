"""Sizes for people: `4.0K`, `12M`, as ls -h and du -h write them."""

from __future__ import annotations

_UNITS = "KMGTPE"
_STEP = 1024
_SMALL = 10


def human(size: int) -> str:
    """Round up to two digits or more: 1025 bytes are `1.1K`."""
    if size < _STEP:
        return str(size)
    unit = 0
    divisor = _STEP
    while size > (_STEP - 1) * divisor and unit < len(_UNITS) - 1:
        divisor *= _STEP
        unit += 1
    tenths = -(-size * 10 // divisor)
    if tenths < _SMALL * 10:
        return f"{tenths // 10}.{tenths % 10}{_UNITS[unit]}"
    return f"{-(-size // divisor)}{_UNITS[unit]}"
