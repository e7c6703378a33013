"""The layer stack: an image's layers and a container's writable layer, read from the top."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory, File, OpaqueDirectory, Whiteout
from course_lib.text import Text, same
from course_lib.views import palette
from course_lib.views.changes import (
    Change,
    Room,
    Sign,
    draw_changes,
    draw_every,
    draw_legend,
    legend,
    more_of,
    text_changes,
)
from course_lib.views.columns import columns, shorten, size
from course_lib.views.markup import NOWRAP, cell, code, row, table, tag
from course_lib.views.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.image.entries import Entry
    from course_lib.image.image import Image
    from course_lib.image.layer import Layer
    from course_lib.views.markup import Html


@dataclass(frozen=True, slots=True)
class ImageLayer:
    """A read-only layer. `number` counts from 1 at the bottom.

    `hidden` are the bytes of its files that upper layers replace or delete: they stay in the
    image, and nobody sees them.
    """

    number: int
    instruction: str
    size: int
    changes: tuple[Change, ...]
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class ConfigOnly:
    """An instruction that changes the config and makes no layer."""

    instruction: str


@dataclass(frozen=True, slots=True)
class WritableLayer:
    """The layer of one container, on top of the image."""

    container: str
    size: int
    changes: tuple[Change, ...]


StackRow = WritableLayer | ImageLayer | ConfigOnly


@dataclass(frozen=True, slots=True)
class Stack:
    """An image's rows, top first; with a container, its writable layer is the first row."""

    name: str
    rows: tuple[StackRow, ...]

    @property
    def layers(self) -> tuple[ImageLayer, ...]:
        """The read-only layers, top first."""
        return tuple(row for row in self.rows if isinstance(row, ImageLayer))

    @property
    def size(self) -> int:
        """Bytes of all read-only layers."""
        return sum(layer.size for layer in self.layers)

    @property
    def hidden(self) -> int:
        """Bytes that are in the image and that nobody sees."""
        return sum(layer.hidden for layer in self.layers)


def stack_of(image: Image, name: str, writable: tuple[str, Layer] | None = None) -> Stack:
    """Make the stack of an image; `writable` is a container's name and its changes."""
    known = _Known()
    layers = iter(image.layers)
    rows: list[StackRow] = []
    number = 0
    for line in image.history:
        instruction = instruction_of(line.created_by) or line.comment
        if line.empty_layer:
            rows.append(ConfigOnly(instruction))
            continue
        layer = next(layers)
        number += 1
        rows.append(ImageLayer(number, instruction, layer.size, known.take(layer, number)))
    for layer in layers:
        number += 1
        rows.append(ImageLayer(number, "", layer.size, known.take(layer, number)))
    hidden = dict(known.hidden)
    rows = [
        replace(row, hidden=hidden.get(row.number, 0)) if isinstance(row, ImageLayer) else row
        for row in rows
    ]
    if writable:
        container, layer = writable
        rows.append(WritableLayer(container, layer.size, known.take(layer, 0)))
    return Stack(name, tuple(reversed(rows)))


_NOP = re.compile(r"^/bin/sh -c #\(nop\)\s+")
_DIGEST = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{20,}\b")


def instruction_of(created_by: str) -> str:
    """Return a history line as the Dockerfile had it: no `#(nop)`, no `# buildkit`, short digests."""
    text = created_by.removesuffix(" # buildkit")
    text = _DIGEST.sub(r"\1...", _NOP.sub("", text))
    return text.replace("RUN /bin/sh -c ", "RUN ", 1)


class _Known:
    """The paths of the layers so far, with the layer that holds each."""

    def __init__(self) -> None:
        self._entries: dict[str, tuple[Entry, int]] = {}
        self._children: dict[str, set[str]] = {}
        self.hidden: dict[int, int] = {}

    def take(self, layer: Layer, number: int) -> tuple[Change, ...]:
        """Lay one layer on top; return what it changes, without directories whose time changed."""
        return tuple(self._changes(layer, number))

    def _changes(self, layer: Layer, number: int) -> Iterator[Change]:
        for path, entry in layer.entries.items():
            before = self._entries.get(path)
            if isinstance(entry, Whiteout):
                if before is not None:
                    self._forget(path)
                    yield Change(Sign.DELETED, path)
                continue
            if isinstance(entry, OpaqueDirectory):
                for child in sorted(self._children.get(path, ())):
                    self._forget(child)
            elif before is not None and not isinstance(entry, Directory):
                self._forget(path)
            self._put(path, entry, number)
            if before is None or not _same_directory(before[0], entry):
                sign = Sign.ADDED if before is None else Sign.CHANGED
                yield Change(sign, path, entry.size if isinstance(entry, File) else 0)

    def _put(self, path: str, entry: Entry, number: int) -> None:
        self._entries[path] = (entry, number)
        if path != "/":
            self._children.setdefault(path.rpartition("/")[0] or "/", set()).add(path)

    def _forget(self, path: str) -> None:
        found = self._entries.pop(path, None)
        if found and isinstance(found[0], File):
            self.hidden[found[1]] = self.hidden.get(found[1], 0) + found[0].size
        for child in self._children.pop(path, ()):
            self._forget(child)


def _same_directory(one: Entry, other: Entry) -> bool:
    return (
        isinstance(one, Directory)
        and isinstance(other, Directory)
        and (one.mode, one.uid, one.gid) == (other.mode, other.uid, other.gid)
    )


_MOST_ROWS = 64
"""So many rows are drawn, from the top."""
_INSTRUCTION = 48
_ROOM = "min-width:8em"
_INSTRUCTION_IN_HTML = 120

_HEAD = (Text("layer", "层"), Text("size", "大小"), Text("made by", "来自"), Text("files", "文件"))


def layer_stack(stack: Stack) -> Picture:
    """Draw a stack: the rows top first, with what each layer adds, changes and deletes."""
    room = Room.shared_by(len(stack.layers))
    shown, left = stack.rows[:_MOST_ROWS], len(stack.rows[_MOST_ROWS:])
    more = [Text(f"... and {left} more below", f"……下面还有 {left} 行")] if left else []
    rows = [_text_row(line, room) for line in shown]
    text = f"{_title(stack)}\n{columns([str(word) for word in _HEAD], rows)}\n"
    text += "".join(f"  {said}\n" for said in (*more, legend()))
    html = table(
        [
            row(*(cell(word, head=True) for word in _HEAD)),
            *(_html_row(line, room) for line in shown),
        ],
        caption=_title(stack),
    )
    return Picture(text, tag("div", html, *(tag("p", said) for said in (*more, draw_legend()))))


_ALL = 500
"""So many paths of one layer are listed when it is looked at alone."""


def name_of(line: StackRow) -> str:
    """`2  RUN apk add curl  (1.2MB)`: one row as an entry of a list."""
    made_by = shorten(str(_made_by(line)), _INSTRUCTION)
    if isinstance(line, ConfigOnly):
        return f"{_label(line)}  {made_by}  ({palette.CONFIG.word})"
    return f"{_label(line)}  {made_by}  ({size(line.size)})"


def draw_row(line: StackRow) -> Picture:
    """Draw one row alone, with every path that it adds, changes or deletes."""
    made_by = str(_made_by(line))
    if isinstance(line, ConfigOnly):
        text = f"{made_by}\n  {palette.CONFIG.word}\n"
        return Picture(text, tag("div", tag("p", code(made_by)), tag("p", palette.CONFIG.word)))
    shown, left = line.changes[:_ALL], line.changes[_ALL:]
    more = [str(more_of(left))] if left else []
    said = str(_size(line)).replace("\n", " ")
    paths = "".join(f"  {change.sign.value.sign} {change.path}\n" for change in shown)
    text = f"{_label(line)}  {made_by}  {said}\n{paths}" + "".join(f"  {one}\n" for one in more)
    html = tag(
        "div",
        tag("p", tag("b", _label(line)), " ", code(made_by), " ", said),
        draw_every(shown) if shown else tag("p", text_changes(())),
        *(tag("div", one) for one in more),
        tag("p", draw_legend()),
        style="line-height:1.35",
    )
    return Picture(text, html)


def _title(stack: Stack) -> Text:
    count = len(stack.layers)
    plural = "" if count == 1 else "s"
    title = Text(
        f"{stack.name}: {count} read-only layer{plural}, {size(stack.size)}",
        f"{stack.name}：{count} 个只读层，{size(stack.size)}",
    )
    if stack.hidden:
        title += Text(
            f", of which {size(stack.hidden)} nobody sees",
            f"，其中 {size(stack.hidden)} 已经看不到",
        )
    return title


def _label(line: StackRow) -> Text:
    match line:
        case WritableLayer():
            return palette.WRITABLE.word
        case ImageLayer():
            return same(str(line.number))
        case ConfigOnly():
            return same("-")


def _made_by(line: StackRow) -> Text:
    if isinstance(line, WritableLayer):
        return Text(f"container {line.container}", f"容器 {line.container}")
    return same(line.instruction)


def _size(line: StackRow) -> Text:
    match line:
        case ImageLayer(hidden=hidden) if hidden:
            return same(f"{size(line.size)}\n") + Text(
                f"({size(hidden)} hidden)", f"（{size(hidden)} 被挡住）"
            )
        case ImageLayer() | WritableLayer():
            return same(size(line.size))
        case ConfigOnly():
            return same("-")


def _text_row(line: StackRow, room: Room) -> list[str]:
    files = (
        palette.CONFIG.word if isinstance(line, ConfigOnly) else text_changes(line.changes, room)
    )
    return [
        str(_label(line)),
        str(_size(line)),
        shorten(str(_made_by(line)), _INSTRUCTION),
        str(files),
    ]


def _html_row(line: StackRow, room: Room) -> Html:
    match line:
        case WritableLayer():
            tone = palette.WRITABLE
        case ImageLayer():
            tone = palette.READ_ONLY
        case ConfigOnly():
            return row(
                *(cell(said, tone=palette.CONFIG) for said in (_label(line), _size(line))),
                cell(_instruction(line.instruction), tone=palette.CONFIG),
                cell(palette.CONFIG.word, tone=palette.CONFIG),
            )
    return row(
        cell(_label(line), tone=tone),
        cell(*(tag("div", said, style=NOWRAP) for said in str(_size(line)).split("\n")), tone=tone),
        cell(_instruction(str(_made_by(line))), tone=tone),
        cell(draw_changes(line.changes, room), tone=tone),
    )


def _instruction(text: str) -> Html:
    return tag("div", code(shorten(text, _INSTRUCTION_IN_HTML)), style=_ROOM)
