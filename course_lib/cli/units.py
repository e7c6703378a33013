"""Sizes and times as docker prints them (docker's go-units)."""

from __future__ import annotations

_UNITS = ("B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB")
_THOUSAND = 1000.0
_MINUTE = 60
_HOUR = 3600
_TWO_DAYS = 48  # hours, and so are the next ones
_TWO_WEEKS = 24 * 7 * 2
_TWO_MONTHS = 24 * 30 * 2
_TWO_YEARS = 24 * 365 * 2


def human_size(size: float, digits: int = 3) -> str:
    """`1.98MB`: decimal units, `digits` significant digits, as `%.3g` writes them."""
    index = 0
    while size >= _THOUSAND and index < len(_UNITS) - 1:
        size /= _THOUSAND
        index += 1
    return f"{size:.{digits}g}{_UNITS[index]}"


def human_duration(seconds: int) -> str:
    """`3 seconds`, `About a minute`, `7 weeks`."""
    if seconds < 1:
        return "Less than a second"
    if seconds < _MINUTE:
        return "1 second" if seconds == 1 else f"{seconds} seconds"
    if seconds < _HOUR:
        minutes = seconds // _MINUTE
        return "About a minute" if minutes == 1 else f"{minutes} minutes"
    return _hours(int(seconds / _HOUR + 0.5), seconds)


def _hours(hours: int, seconds: int) -> str:
    if hours == 1:
        return "About an hour"
    if hours < _TWO_DAYS:
        return f"{hours} hours"
    if hours < _TWO_WEEKS:
        return f"{hours // 24} days"
    if hours < _TWO_MONTHS:
        return f"{hours // 24 // 7} weeks"
    if hours < _TWO_YEARS:
        return f"{hours // 24 // 30} months"
    return f"{seconds // _HOUR // 24 // 365} years"
