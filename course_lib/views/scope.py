"""ARG and ENV over a Dockerfile: which name exists on which line, with which value, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from course_lib.text import Text
from course_lib.views import palette
from course_lib.views.sheet import EMPTY, Cell, plain, sheet, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.views.picture import Picture
    from course_lib.views.sheet import Row


class Fate(Enum):
    """What a line does with a name."""

    NEW = palette.ADDED
    CHANGED = palette.CHANGED
    ENDS = palette.DELETED
    READ = palette.SERVES
    OUTSIDE = palette.HIDDEN
    EMPTY = palette.NOTICED


@dataclass(frozen=True, slots=True)
class Named:
    """A name on a line; `value` is None where it has none. `name` may hold several: `A, B`."""

    name: str
    value: str | None
    fate: Fate
    because: Text


@dataclass(frozen=True, slots=True)
class ScopeLine:
    """One instruction: its line in the file (1-based) and the names that it brings, reads or ends."""

    stage: str
    line: int
    instruction: str
    names: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """A whole file; `kept` are the names that ENV leaves in the image, `gone` those of ARG."""

    name: str
    lines: tuple[ScopeLine, ...]
    kept: tuple[str, ...]
    gone: tuple[str, ...]


_HEAD = (
    Text("line", "行"),
    Text("instruction", "指令"),
    Text("names", "名字"),
    Text("why", "原因"),
)


def draw_scope(scope: Scope) -> Picture:
    """Draw a row for each name of each line, in the order of the file."""
    caption = Text(
        f"ARG and ENV over the Dockerfile of {scope.name}",
        f"{scope.name} 的 Dockerfile 里的 ARG 与 ENV",
    )
    rows = [row for line in scope.lines for row in _rows(line)]
    notes = [
        Text(
            f"In the image: {_list(scope.kept)}. Gone with the build: {_list(scope.gone)}.",
            f"留在镜像里：{_list(scope.kept)}。构建后就没有了：{_list(scope.gone)}。",
        ),
    ]
    return sheet(caption, _HEAD, rows, notes, [fate.value for fate in Fate])


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "-"


def _rows(line: ScopeLine) -> Iterator[Row]:
    stage = f"[{line.stage}] " if line.stage else ""
    first: tuple[Cell, Cell] = (plain(str(line.line)), words(stage + line.instruction, most=48))
    if not line.names:
        yield (*first, EMPTY, EMPTY)
    for at, named in enumerate(line.names):
        value = "" if named.value is None else f"={named.value}"
        yield (
            *(first if at == 0 else (EMPTY, EMPTY)),
            words(f"{named.name}{value}", named.fate.value, most=48),
            plain(named.because, most=90),
        )
