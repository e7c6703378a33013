"""Layers as rows, paths as columns: which layer holds a path, which one serves it, what hides it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory, File, OpaqueDirectory, Symlink, Whiteout
from course_lib.text import Text, same
from course_lib.views import palette
from course_lib.views.columns import columns, shorten, size
from course_lib.views.layers import instruction_of
from course_lib.views.markup import Html, cell, code, row, table
from course_lib.views.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from course_lib.image.entries import Entry
    from course_lib.image.image import Image
    from course_lib.image.layer import Layer


class Slot(Enum):
    """What one layer has at one path."""

    NOTHING = palette.PLAIN
    SERVES = palette.SERVES
    HIDDEN = palette.HIDDEN
    WHITEOUT = palette.WHITEOUT


@dataclass(frozen=True, slots=True)
class GridRow:
    """One layer, with its slot for each path; `number` is 0 for the writable layer."""

    number: int
    made_by: Text
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows top first; `seen` says for each path what a process finds there."""

    paths: tuple[str, ...]
    rows: tuple[GridRow, ...]
    seen: tuple[Text, ...]

    def serving(self, path: str) -> int | None:
        """Return the number of the layer that serves a path, None when nothing does."""
        at = self.paths.index(path)
        return next((row.number for row in self.rows if row.slots[at] is Slot.SERVES), None)


def grid_of(
    image: Image, paths: Sequence[str], writable: Mapping[str, Entry] | None = None
) -> Grid:
    """Look each path up in the layers, from the top; `writable` is a container's layer, if any."""
    layers: list[tuple[int, Text, Mapping[str, Entry]]] = []
    if writable is not None:
        layers.append((0, Text("the container", "容器"), writable))
    made_by = [instruction_of(line.created_by) for line in image.history if not line.empty_layer]
    made_by += [""] * (len(image.layers) - len(made_by))
    pairs = list(enumerate(zip(image.layers, made_by, strict=True), 1))
    layers += [(number, same(said), layer.entries) for number, (layer, said) in reversed(pairs)]
    lookups = [_lookup(path, [entries for _, _, entries in layers]) for path in paths]
    return Grid(
        paths=tuple(paths),
        rows=tuple(
            GridRow(number, said, tuple(slots[at] for slots, _ in lookups))
            for at, (number, said, _) in enumerate(layers)
        ),
        seen=tuple(seen for _, seen in lookups),
    )


_GONE = Text("no such file", "没有这个文件")


def _lookup(path: str, layers: Sequence[Mapping[str, Entry]]) -> tuple[list[Slot], Text]:
    slots: list[Slot] = []
    seen = _GONE
    settled = False
    for entries in layers:
        entry = entries.get(path)
        if isinstance(entry, File | Directory | Symlink):
            slots.append(Slot.HIDDEN if settled else Slot.SERVES)
            seen = seen if settled else _content(entry)
            settled = settled or not isinstance(entry, Directory) or _blocks(path, entries)
        elif _blocks(path, entries):
            slots.append(Slot.WHITEOUT)
            settled = True
        else:
            slots.append(Slot.NOTHING)
    first = slots.index(Slot.SERVES) if Slot.SERVES in slots else len(slots)
    return [
        Slot.HIDDEN if slot is Slot.SERVES and at > first else slot for at, slot in enumerate(slots)
    ], seen if first < len(slots) else _GONE


def _blocks(path: str, entries: Mapping[str, Entry]) -> bool:
    """Whether a layer hides what lower layers have at a path: there, or in a directory above it."""
    if isinstance(entries.get(path), Whiteout):
        return True
    return any(
        isinstance(entries.get(above), Whiteout | File | Symlink | OpaqueDirectory)
        for above in _above(path)
    )


def _above(path: str) -> Iterator[str]:
    while (path := path.rpartition("/")[0]) not in {"", "/"}:
        yield path


_TEXT_MOST = 60


def _content(entry: File | Directory | Symlink) -> Text:
    match entry:
        case Directory():
            return Text("a directory", "目录")
        case Symlink(target=target):
            return same(f"-> {target}")
        case File(content=content) if content.sparse or content.size > _TEXT_MOST:
            return Text(f"a file of {size(content.size)}", f"{size(content.size)} 的文件")
        case File(content=content):
            text = content.data.decode("utf-8", errors="replace").rstrip("\n")
            if text and text.replace("\n", "").isprintable():
                return same(f'"{text}"'.replace("\n", "\\n"))
            return Text(f"a file of {size(content.size)}", f"{size(content.size)} 的文件")


_LAYER = Text("layer", "层")
_MADE_BY = Text("made by", "来自")
_YOU_SEE = Text("you see", "你看到")
_MADE_BY_MOST = 40


def draw_grid(grid: Grid, caption: Text) -> Picture:
    """Draw the grid; a legend names the signs."""
    rows = [
        [str(_label(line)), shorten(str(line.made_by), _MADE_BY_MOST), *map(_sign, line.slots)]
        for line in grid.rows
    ]
    rows.append([str(_YOU_SEE), "", *map(str, grid.seen)])
    text = columns([str(_LAYER), str(_MADE_BY), *grid.paths], rows)
    head = row(
        cell(_LAYER, head=True),
        cell(_MADE_BY, head=True),
        *(cell(code(path, wraps=len(path) > _SHORT), head=True) for path in grid.paths),
    )
    foot = row(cell(_YOU_SEE, head=True, span=2), *(cell(said) for said in grid.seen))
    html = table([head, *map(_html_row, grid.rows), foot], caption=caption)
    return Picture(f"{caption}\n{text}\n", html)


_SHORT = 28


def _label(line: GridRow) -> Text:
    return same(str(line.number)) if line.number else palette.WRITABLE.word


def _sign(slot: Slot) -> str:
    return f"{slot.value.sign} {slot.value.word}".rstrip() if slot is not Slot.NOTHING else "."


def _html_row(line: GridRow) -> Html:
    tone = palette.READ_ONLY if line.number else palette.WRITABLE
    return row(
        cell(_label(line), tone=tone),
        cell(code(shorten(str(line.made_by), _MADE_BY_MOST)), tone=tone),
        *(
            cell(_sign(slot), tone=None if slot is Slot.NOTHING else slot.value)
            for slot in line.slots
        ),
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """How one path is looked up: `name` is the image or the container that is asked."""

    name: str
    path: str
    grid: Grid


def reading_of(image: Image, name: str, path: str, writable: Layer | None = None) -> Reading:
    """Look a path up in an image, or in a container if its writable layer is given."""
    return Reading(name, path, grid_of(image, [path], writable.entries if writable else None))


def draw_reading(reading: Reading) -> Picture:
    """Draw how a path is read: from the top, the first layer that has it serves it."""
    name, path = reading.name, reading.path
    number = reading.grid.serving(path)
    match number:
        case None:
            found = Text("no layer serves it", "没有哪一层提供它")
        case 0:
            found = Text("the writable layer serves it", "由可写层提供")
        case _:
            found = Text(f"layer {number} serves it", f"由第 {number} 层提供")
    caption = Text(
        f"Reading {path} in {name}, from the top: ", f"在 {name} 里自上而下读取 {path}："
    )
    return draw_grid(reading.grid, caption + found)
