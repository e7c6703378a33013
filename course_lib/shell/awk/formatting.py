"""`printf` and `sprintf` of awk."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from course_lib.shell.awk.errors import AwkError
from course_lib.shell.awk.values import Numeric, integer, number
from course_lib.shell.numbers import whole as whole_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from course_lib.shell.awk.values import Scalar

_DIRECTIVE = re.compile(r"%([-+ 0#]*)(\*|\d+)?(?:(\.)(\*|\d+)?)?[hlLqjzt]*([a-zA-Z%])")
_WIDEST = 100_000
_MOST_DIGITS = 300


def formatted(form: str, values: Sequence[Scalar], text: Callable[[Scalar], str]) -> str:
    """Fill a format; `text` makes strings of values.

    Raises:
        AwkError: when there are more directives than values.

    """
    return _Formatter(form, values, text).run()


class _Formatter:
    def __init__(self, form: str, values: Sequence[Scalar], text: Callable[[Scalar], str]) -> None:
        self._form = form
        self._string = text
        self._waiting = list(reversed(values))

    def run(self) -> str:
        pieces: list[str] = []
        position = 0
        for match in _DIRECTIVE.finditer(self._form):
            pieces.append(self._form[position : match.start()])
            pieces.append(self._directive(match))
            position = match.end()
        return "".join([*pieces, self._form[position:]])

    def _next(self) -> Scalar:
        if not self._waiting:
            msg = f'not enough arguments passed to sprintf("{self._form}")'
            raise AwkError(msg)
        return self._waiting.pop()

    def _directive(self, match: re.Match[str]) -> str:
        flags, width, dot, precision, kind = match.groups()
        if kind == "%":
            return "%"
        size = integer(number(self._next())) if width == "*" else whole_number(width or "0")
        if size < 0:
            flags, size = flags + "-", -size
        limit: int | None = None
        if dot:
            limit = (
                integer(number(self._next()))
                if precision == "*"
                else whole_number(precision or "0")
            )
        size = min(size, _WIDEST)
        if kind in "cs":
            text = self._character(self._next()) if kind == "c" else self._string(self._next())
            if limit is not None and kind == "s":
                text = text[:limit]
            return text.ljust(size) if "-" in flags else text.rjust(size)
        if kind not in "diouxXeEfFgG":
            return match.group()
        value = number(self._next())
        if math.isnan(value) or math.isinf(value):
            text = self._string(value)
            return text.ljust(size) if "-" in flags else text.rjust(size)
        point = "" if limit is None else f".{min(limit, _MOST_DIGITS)}"
        whole = kind in "diouxX"
        if kind in "ouxX":
            value = int(value) % (1 << 64)
        return f"%{flags}{size or ''}{point}{kind}" % (int(value) if whole else value)

    def _character(self, value: Scalar) -> str:
        if isinstance(value, float) or (isinstance(value, Numeric) and value == ""):
            code = max(0, integer(number(value)))
            return chr(code & 0xFF) if code < 256 else chr(min(code, 0x10FFFF))  # noqa: PLR2004 - a byte
        return value[:1]
