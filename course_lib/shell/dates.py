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


_UNITS = {"sec": 1, "second": 1, "min": 60, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800,
          "fortnight": 1_209_600}  # fmt: skip
_MOST_MONTHS = 100_000
_MONTHS = {"month": 1, "year": 12}
_DAYS = {"yesterday": "-1 day", "tomorrow": "+1 day", "now": "", "today": ""}
_STEP = re.compile(r"([+-]? ?\d+|next|last) ?([a-z]+?)s?( ago)?(?=\s|[+-]|\Z)")


def parse_relative(text: str, now: int) -> int | None:
    """What GNU's `date -d` makes of `yesterday`, `2 days ago`, `2024-01-15 +1 week`, `next month`."""
    words = text.strip().lower()
    start = now
    day = re.match(r"(\d{4}-\d\d-\d\d(?:[ t]\d\d:\d\d(?::\d\d)?)?|[a-z]+)\b *", words)
    if day is not None and (day.group(1) in _DAYS or not day.group(1).isalpha()):
        found = parse_date(day.group(1).upper(), now) if day.group(1) not in _DAYS else now
        # GNU takes a signed number after a time for a time zone
        if found is None or (":" in day.group(1) and words[day.end() :].startswith(("+", "-"))):
            return None
        start, words = found, f"{_DAYS.get(day.group(1), '')} {words[day.end() :]}".strip()
    while words:
        step = _STEP.match(words)
        if step is None:
            return None
        amount, unit, ago = step.groups()
        count = {"next": 1, "last": -1}.get(amount) or whole(amount.replace(" ", ""))
        moved = _moved(start, -count if ago else count, unit)
        if moved is None:
            return None
        start, words = moved, words[step.end() :].strip()
    return start


def _moved(start: int, count: int, unit: str) -> int | None:
    if unit in _UNITS:
        return start + count * _UNITS[unit]
    if unit not in _MONTHS or abs(count) > _MOST_MONTHS:
        return None
    at = moment(start)
    months = at.year * 12 + at.month - 1 + count * _MONTHS[unit]
    first = _stamp([months // 12, months % 12 + 1, 1, at.hour, at.minute, at.second])
    # the 31st of a month that has 30 days is the 1st of the next one
    return None if first is None else first + (at.day - 1) * _UNITS["day"]


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
