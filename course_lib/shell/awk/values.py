"""awk's values: numbers, strings, and input that looks like a number and is both."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_NUMBER = re.compile(r"[ \t\n\r]*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_WHOLE = re.compile(_NUMBER.pattern + r"[ \t\n\r]*\Z")
_MOST = 2.0**62
LARGEST_WHOLE = 2.0**31 - 1  # a whole number above this is printed as others are (mawk)


class Numeric(str):
    """Input that looks like a number: compared as one with numbers, printed as it was written."""

    __slots__ = ("number",)
    number: float


def _numeric(text: str, number: float) -> Numeric:
    made = Numeric(text)
    made.number = number
    return made


Scalar = float | str  # a Numeric is a str
Array = dict[str, Scalar]
UNSET: Final = _numeric("", 0.0)


def from_input(text: str) -> Scalar:
    """The value of a field, of an argument, of an element that `split` makes."""
    match = _WHOLE.match(text)
    return text if match is None else _numeric(text, _float(match[1]))


def number(value: Scalar) -> float:
    """A value as a number: what a string begins with, 0 when that is none."""
    if isinstance(value, float):
        return value
    if isinstance(value, Numeric):
        return value.number
    match = _NUMBER.match(value)
    return _float(match[1]) if match else 0.0


def _float(text: str) -> float:
    return float(text)


def string(value: Scalar, form: str = "%.6g", largest: float = LARGEST_WHOLE) -> str:
    """A value as a string; `form` is CONVFMT or OFMT, for numbers that are not whole."""
    if isinstance(value, str):
        return value
    if math.isnan(value):
        return "-nan" if math.copysign(1, value) < 0 else "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    if value == int(value) and abs(value) <= largest:
        return str(int(value))
    if form == "%.6g":
        return f"{value:.6g}"
    return formatted_number(form, value)


def formatted_number(form: str, value: float) -> str:
    """One number by a format of C."""
    match = re.fullmatch(r"([^%]*)%([-+ 0#]*)(\d{0,3})(\.\d{0,3})?([eEfFgGdi])([^%]*)", form)
    if match is None:
        return f"{value:.6g}"
    before, flags, width, precision, kind, after = match.groups()
    shown: float | int = int(value) if kind in "di" else value
    filled = f"%{flags}{width}{precision or ''}{kind}" % shown
    return before + filled + after


def integer(value: float) -> int:
    """A number without its fraction; 0 for one that is none, a large one for an endless one."""
    if math.isnan(value):
        return 0
    return int(max(-_MOST, min(_MOST, value)))


def true(value: Scalar) -> bool:
    """Whether a value counts as true."""
    if isinstance(value, float):
        return value != 0
    if isinstance(value, Numeric):
        return value.number != 0
    return bool(value)


def compare(left: Scalar, right: Scalar, text: Callable[[Scalar], str]) -> int:
    """-1, 0 or 1: as numbers when both are numbers or look like one, else as strings."""
    if isinstance(left, (float, Numeric)) and isinstance(right, (float, Numeric)):
        one, other = number(left), number(right)
        return (one > other) - (one < other)
    first, second = text(left), text(right)
    return (first > second) - (first < second)
