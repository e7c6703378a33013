"""Text in columns, also where a Chinese sign is two columns wide."""

from __future__ import annotations

import unicodedata
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_UNITS = ("B", "kB", "MB", "GB", "TB")
_STEP = 1000


def size(count: int) -> str:
    """`12.3MB`: bytes as docker writes them, three digits, steps of 1000."""
    value = float(count)
    for unit in _UNITS[:-1]:
        if value < _STEP:
            return f"{value:.3g}{unit}"
        value /= _STEP
    return f"{value:.3g}{_UNITS[-1]}"


def width(text: str) -> int:
    """Count the columns that a text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def shorten(text: str, most: int) -> str:
    """Put a text on one line of at most `most` characters; `...` says that something is left out."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 3] + "..."


def columns(head: Sequence[str], rows: Sequence[Sequence[str]], indent: str = "  ") -> str:
    """Align rows below their head; a cell may hold several lines. Ends without a newline."""
    grid = [[cell.split("\n") for cell in row] for row in (head, *rows)]
    widths = [
        max((width(line) for row in grid if at < len(row) for line in row[at]), default=0)
        for at in range(len(head))
    ]
    lines = [indent + "  ".join("-" * wide for wide in widths)]
    body = [line for row in grid[1:] for line in _lines(row, widths, indent)]
    return "\n".join([*_lines(grid[0], widths, indent), *lines, *body])


def _lines(row: list[list[str]], widths: list[int], indent: str) -> Iterator[str]:
    for parts in zip_longest(*row, fillvalue=""):
        padded = [
            text + " " * (wide - width(text)) for text, wide in zip(parts, widths, strict=True)
        ]
        yield (indent + "  ".join(padded)).rstrip()
