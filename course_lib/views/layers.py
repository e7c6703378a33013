"""The layer stack: an image's layers and a container's writable layer, read from the top."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory, File, OpaqueDirectory, Whiteout
from course_lib.text import Text, same
from course_lib.views import palette
from course_lib.views.columns import columns, shorten, size
from course_lib.views.markup import cell, chip, code, fold, join, row, table, tag
from course_lib.views.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from course_lib.image.entries import Entry
    from course_lib.image.image import Image
    from course_lib.image.layer import Layer
    from course_lib.views.markup import Html


class Sign(Enum):
    """What a layer does to a path, in the letters of `docker diff`."""

    ADDED = palette.ADDED
    CHANGED = palette.CHANGED
    DELETED = palette.DELETED


@dataclass(frozen=True, slots=True)
class Change:
    """One path that a layer adds, changes or deletes; `size` in bytes."""

    sign: Sign
    path: str
    size: int = 0


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


def instruction_of(created_by: str) -> str:
    """Return a history line as the Dockerfile had it: without `#(nop)` and `# buildkit`."""
    text = created_by.removesuffix(" # buildkit")
    text = _NOP.sub("", text)
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


_SHOWN_IN_TEXT = 6
_SHOWN_IN_HTML = 60
_SHOWN_IN_ALL = 400
"""So many changes unfold in one picture, shared out among its layers: outputs stay small."""
_PATH = 200
_INSTRUCTION = 48
_INSTRUCTION_IN_HTML = 200

_HEAD = (Text("layer", "层"), Text("size", "大小"), Text("made by", "来自"), Text("files", "文件"))


def layer_stack(stack: Stack) -> Picture:
    """Draw a stack: the rows top first, with what each layer adds, changes and deletes."""
    rows = [_text_row(line) for line in stack.rows]
    most = min(_SHOWN_IN_HTML, _SHOWN_IN_ALL // max(1, len(stack.layers)))
    text = f"{_title(stack)}\n{columns([str(word) for word in _HEAD], rows)}\n  {_legend()}\n"
    html = table(
        [
            row(*(cell(word, head=True) for word in _HEAD)),
            *(_html_row(line, most) for line in stack.rows),
        ],
        caption=_title(stack),
    )
    return Picture(text, tag("div", html, tag("p", _html_legend())))


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
    more = [str(_more(left))] if left else []
    said = str(_size(line)).replace("\n", " ")
    paths = "".join(f"  {change.sign.value.sign} {change.path}\n" for change in shown)
    text = f"{_label(line)}  {made_by}  {said}\n{paths}" + "".join(f"  {one}\n" for one in more)
    html = tag(
        "div",
        tag("p", tag("b", _label(line)), " ", code(made_by), " ", said),
        _change_list(shown) if shown else tag("p", text_changes(())),
        *(tag("div", one) for one in more),
        tag("p", _html_legend()),
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


def _text_row(line: StackRow) -> list[str]:
    files = palette.CONFIG.word if isinstance(line, ConfigOnly) else text_changes(line.changes)
    return [
        str(_label(line)),
        str(_size(line)),
        shorten(str(_made_by(line)), _INSTRUCTION),
        str(files),
    ]


def text_changes(changes: Sequence[Change]) -> Text:
    """The first changes, one a line; the others as a count."""
    if not changes:
        return Text("nothing changed", "没有改动")
    shown = [
        same(f"{change.sign.value.sign} {change.path}\n") for change in changes[:_SHOWN_IN_TEXT]
    ]
    more = [_more(changes[_SHOWN_IN_TEXT:])] if len(changes) > _SHOWN_IN_TEXT else []
    whole = Text("", "")
    for part in (*shown, *more):
        whole += part
    return Text(whole.en.rstrip("\n"), whole.zh.rstrip("\n"))


def _more(changes: Sequence[Change]) -> Text:
    counts = [(sign, sum(change.sign is sign for change in changes)) for sign in Sign]
    signs = ", ".join(f"{count} {sign.value.sign}" for sign, count in counts if count)
    return Text(f"... and {len(changes)} more ({signs})", f"……还有 {len(changes)} 个（{signs}）")


def _html_row(line: StackRow, most: int) -> Html:
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
        cell(_size(line), tone=tone),
        cell(_instruction(str(_made_by(line))), tone=tone),
        cell(draw_changes(line.changes, most), tone=tone),
    )


def _instruction(text: str) -> Html:
    return code(shorten(text, _INSTRUCTION_IN_HTML))


def draw_changes(changes: Sequence[Change], most: int = _SHOWN_IN_HTML) -> Html:
    """The first changes, then up to `most` more that unfold, then a count."""
    if len(changes) <= _SHOWN_IN_TEXT:
        return _change_list(changes) if changes else tag("span", text_changes(changes))
    rest = changes[_SHOWN_IN_TEXT:]
    shown, left = rest[:most], rest[most:]
    more = [tag("div", _more(left))] if left else []
    if not shown:
        return join([_change_list(changes[:_SHOWN_IN_TEXT]), *more])
    return join(
        [_change_list(changes[:_SHOWN_IN_TEXT]), fold(_more(rest), _change_list(shown), *more)]
    )


def _change_list(changes: Sequence[Change]) -> Html:
    lines = (
        tag(
            "div", chip(change.sign.value.sign, change.sign.value), " ", shorten(change.path, _PATH)
        )
        for change in changes
    )
    return tag("div", *lines, style="font-family:monospace")


def _legend() -> Text:
    said = [same(f"{sign.value.sign} ") + sign.value.word for sign in Sign]
    return said[0] + same("  ") + said[1] + same("  ") + said[2]


def _html_legend() -> Html:
    return join(
        (join([chip(sign.value.sign, sign.value), " ", sign.value.word]) for sign in Sign), "  "
    )
