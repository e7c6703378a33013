"""A Dockerfile with marks where something is wrong, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.build.errors import BuildError
from course_lib.text import Text, same
from course_lib.views import palette
from course_lib.views.columns import shorten
from course_lib.views.markup import Html, cell, code, row, table, tag
from course_lib.views.picture import Picture

if TYPE_CHECKING:
    from course_lib.build.result import BuildResult
    from course_lib.dockerfile.instructions import Span
    from course_lib.views.palette import Tone

_AROUND = 3
"""So many lines above and below a mark are shown."""
_LINE = 160
_MESSAGE = 600
_MARKED_LINES = 40
"""An instruction may be long: of the lines that a mark covers, so many are shown."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to say about lines of the file: an error or a check's warning."""

    span: Span
    tone: Tone
    message: Text
    help: Text | None = None


@dataclass(frozen=True, slots=True)
class MarkedSource:
    """A Dockerfile and the marks on it, in the order of the lines."""

    source: str
    marks: tuple[Mark, ...]


def marked_of(source: str, build: BuildResult | BuildError) -> MarkedSource:
    """Collect what a build says of the lines of its Dockerfile."""
    if isinstance(build, BuildError):
        marks = (
            [Mark(build.span, palette.WRONG, same(build.message), build.help)] if build.span else []
        )
    else:
        marks = [
            Mark(found.span, palette.NOTICED, same(f"{found.rule}: {found.message}"))
            for found in build.warnings
        ]
    return MarkedSource(source, tuple(sorted(marks, key=lambda mark: mark.span)))


def draw_marked(marked: MarkedSource) -> Picture:
    """Draw the marked lines with some around them; each mark's message stands below its lines."""
    lines = marked.source.rstrip("\n").split("\n")
    text: list[str] = []
    rows: list[Html] = []
    last = 0
    for number in _shown(marked, len(lines)):
        if number > last + 1:
            text.append("     ...")
            rows.append(row(cell("...", span=2)))
        last = number
        found = [mark for mark in marked.marks if mark.span.start <= number <= mark.span.end]
        sign = found[0].tone.sign * 2 if found else "  "
        line = shorten_line(lines[number - 1])
        text.append(f"{number:4} {sign} {line}".rstrip())
        tone = found[0].tone if found else None
        rows.append(
            row(
                cell(code(f"{number:3} {sign}", wraps=False), tone=tone),
                cell(code(line or " "), tone=tone),
            )
        )
        for mark in found:
            if number == _end(mark, len(lines)):
                text += [f"        {line}" for line in _said(mark)]
                said = (
                    tag("div", tag("b", line) if not at else line)
                    for at, line in enumerate(_said(mark))
                )
                rows.append(row(cell(""), cell(*said)))
    return Picture("\n".join(text) + "\n", table(rows))


def shorten_line(line: str) -> str:
    """Cut a very long line; unlike `columns.shorten` this keeps its blanks."""
    return line if len(line) <= _LINE else line[: _LINE - 3] + "..."


def _end(mark: Mark, count: int) -> int:
    return min(mark.span.end, count, mark.span.start + _MARKED_LINES - 1)


def _shown(marked: MarkedSource, count: int) -> list[int]:
    numbers = {
        number
        for mark in marked.marks
        for number in range(mark.span.start - _AROUND, _end(mark, count) + _AROUND + 1)
    }
    return sorted(number for number in numbers if 1 <= number <= count)


def _said(mark: Mark) -> list[str]:
    said = str(mark.tone.word + Text(": ", "：")) + shorten(str(mark.message), _MESSAGE)
    return [said, str(mark.help)] if mark.help else [said]
