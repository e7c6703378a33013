"""Columns as docker's tabwriter sets them: at least 10 wide, 3 blanks between."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MIN_WIDTH = 10
_PADDING = 3


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells -> lines; the last cell of a row is not padded."""
    if not rows:
        return ""
    widths = [
        max(_MIN_WIDTH, max(len(cell) for cell in column) + _PADDING)
        for column in zip(*rows, strict=True)
    ]
    return "".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False)]
    return "".join(padded) + row[-1] + "\n"


def cut(text: str, width: int) -> str:
    """`text` within `width` characters, the last one an ellipsis where it was cut."""
    return text if len(text) <= width else text[: width - 1] + "…"
