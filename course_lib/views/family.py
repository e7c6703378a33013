"""The family tree of an image: what it was made from, what was made from it, which layers they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from course_lib.text import Text, same
from course_lib.views import palette
from course_lib.views.columns import columns, size
from course_lib.views.markup import Html, cell, code, row, table, tag
from course_lib.views.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_COLUMNS = 5


@dataclass(frozen=True, slots=True)
class Relative:
    """One image of the family. `sizes` are its layers' bytes, from the bottom up.

    `shared` of these layers are its parent's; `by` is how it came from the parent, '' at the top.
    """

    name: str
    sizes: tuple[int, ...]
    shared: int = 0
    by: Literal["", "build", "commit"] = ""
    containers: tuple[str, ...] = ()
    children: tuple[Relative, ...] = ()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Relative]]:
        """This image and all below it, with their depth."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)


@dataclass(frozen=True, slots=True)
class Family:
    """The tree from the oldest ancestor on; `line` is the way from there to the image asked for."""

    name: str
    root: Relative
    line: tuple[Relative, ...]


def draw_family(family: Family) -> Picture:
    """Draw the tree of images, then the layers of the direct line side by side."""
    caption = Text(f"The family of {family.name}", f"{family.name} 的家谱")
    lines = [(depth, _said(one)) for depth, one in family.root.walk()]
    tree = "\n".join(
        f"  {'   ' * (depth - 1)}{'+- ' if depth else ''}{said}" for depth, said in lines
    )
    layers = _layers(family)
    text = f"{caption}\n{tree}\n\n{layers.text}"
    html = tag("div", tag("p", tag("b", caption)), tag("ul", _branch(family.root)), layers.html)
    return Picture(text, html)


def _branch(one: Relative) -> Html:
    below = [tag("ul", *map(_branch, one.children))] if one.children else []
    return tag("li", code(one.name), str(_about(one)), *below)


def _said(one: Relative) -> str:
    return f"{one.name}{_about(one)}"


_BY = {
    "": Text("the oldest here", "这里最早的"),
    "build": Text("by docker build", "由 docker build 生成"),
    "commit": Text("by docker commit", "由 docker commit 生成"),
}


def _about(one: Relative) -> Text:
    count = len(one.sizes)
    layers = "layer" if count == 1 else "layers"
    said = same(" - ") + _BY[one.by] + Text(f", {count} {layers}", f"，{count} 层")
    if one.by:
        said += Text(f" ({count - one.shared} new)", f"（新增 {count - one.shared} 层）")
    said += Text(f", {size(sum(one.sizes))}", f"，{size(sum(one.sizes))}")
    if one.containers:
        names = ", ".join(one.containers)
        word = "container" if len(one.containers) == 1 else "containers"
        said += Text(f"; {word} {names}", f"；容器 {names}")
    return said


_SAME = Text(" (the same)", "（同一层）")
_LAYER = Text("layer", "层")
_MOST_ROWS = 40


def _layers(family: Family) -> Picture:
    """Rows are layers, columns the images of the direct line; a layer is drawn once and then shared."""
    line = family.line[-_MOST_COLUMNS:]
    most = max(len(one.sizes) for one in line)
    numbers = range(most, max(0, most - _MOST_ROWS), -1)
    head = [str(_LAYER), *(one.name for one in line)]
    text_rows = [
        [str(number), *(_slot(line, at, number) for at in range(len(line)))] for number in numbers
    ]
    html_rows = [
        row(
            cell(str(number), tone=palette.READ_ONLY),
            *(
                cell(
                    _slot(line, at, number),
                    tone=palette.READ_ONLY if number <= len(one.sizes) else None,
                )
                for at, one in enumerate(line)
            ),
        )
        for number in numbers
    ]
    html = table(
        [row(*(cell(code(word), head=True) for word in head)), *html_rows],
        caption=_LAYERS_CAPTION,
    )
    return Picture(f"{_LAYERS_CAPTION}\n{columns(head, text_rows)}\n", html)


_LAYERS_CAPTION = Text("Their lists of layers, the top first", "它们的层列表，最上面的在前")


def _slot(line: tuple[Relative, ...], at: int, number: int) -> str:
    one = line[at]
    if number > len(one.sizes):
        return "."
    said = f"= {size(one.sizes[number - 1])}"
    return f"{said}{_SAME}" if at and number <= one.shared else said
