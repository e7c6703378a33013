"""Points in time as `date -d` and `touch -d` read them, and as `date +%F` writes them, in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from course_lib.shell.numbers import whole

_FIRST, _LAST = -62_135_596_800, 253_402_300_799  # the years 1 and 9999
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?(?:\.\d+)? ?(?:Z|UTC|\+0000)?\Z",
)
_TOUCH = re.compile(r"(\d\d)?(\d\d)?(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d\d))?\Z")


def parse_date(text: str, now: int, *, touch: bool = False) -> int | None:
    """Seconds since 1970 for `@0`, `2024-01-15 09:00`, `now`; None for what is not understood."""
    if text in {"now", "today"}:
        return now
    if re.fullmatch(r"@-?\d+", text):
        return whole(text[1:])
    if touch:
        return _touch_stamp(text, now)
    match = _ISO.match(text.strip())
    if match is None:
        return None
    return _stamp([whole(group or "0") for group in match.groups()])


def moment(seconds: int) -> datetime:
    """A time as people write it; one outside the years 1 to 9999 is the nearest of them."""
    return datetime.fromtimestamp(min(max(seconds, _FIRST), _LAST), UTC)


def _touch_stamp(text: str, now: int) -> int | None:
    match = _TOUCH.match(text)
    if match is None:
        return None
    century, year, *rest = match.groups()
    this_year = moment(now).year
    full = this_year if year is None and century is None else whole(f"{century or 20}{year or ''}")
    return _stamp([full, *(whole(part or "0") for part in rest)])


def _stamp(parts: list[int]) -> int | None:
    try:
        year, month, day, hour, minute, second = parts
        return int(datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp())
    except ValueError:
        return None
