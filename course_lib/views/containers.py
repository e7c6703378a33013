"""Containers of one image: a writable layer for each, the image's layers shared by all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.text import Text
from course_lib.views import palette
from course_lib.views.changes import draw_changes, text_changes
from course_lib.views.columns import columns, size
from course_lib.views.layers import WritableLayer, stack_of
from course_lib.views.markup import cell, code, row, table
from course_lib.views.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.image.image import Image
    from course_lib.image.layer import Layer


@dataclass(frozen=True, slots=True)
class Siblings:
    """The containers of one image, oldest first; `count` read-only layers of `size` bytes are shared."""

    image: str
    count: int
    size: int
    containers: tuple[WritableLayer, ...]

    @property
    def own(self) -> int:
        """Bytes of all writable layers together."""
        return sum(container.size for container in self.containers)


def siblings_of(image: Image, name: str, writable: Mapping[str, Layer]) -> Siblings:
    """Put the containers of an image side by side; `writable` maps their names to their layers."""
    rows = (stack_of(image, name, pair).rows[0] for pair in writable.items())
    found = tuple(line for line in rows if isinstance(line, WritableLayer))
    return Siblings(name, len(image.layers), image.size, found)


_HEAD = (Text("container", "容器"), Text("its own layer", "自己的可写层"), Text("files", "文件"))


def draw_siblings(siblings: Siblings) -> Picture:
    """Draw the containers above the layers that they share, and what all of it takes on the disk."""
    caption = _caption(siblings)
    layers = "layer" if siblings.count == 1 else "layers"
    shared = Text(
        f"{siblings.image}: {siblings.count} read-only {layers}, {size(siblings.size)}",
        f"{siblings.image}：{siblings.count} 个只读层，{size(siblings.size)}",
    )
    together = _together(siblings)
    rows = [
        (line.container, size(line.size), str(text_changes(line.changes)))
        for line in siblings.containers
    ]
    text = columns(
        [str(word) for word in _HEAD],
        [*rows, (str(_SHARED), size(siblings.size), str(shared))],
    )
    html = table(
        [
            row(*(cell(word, head=True) for word in _HEAD)),
            *(
                row(
                    cell(code(line.container), tone=palette.WRITABLE),
                    cell(size(line.size), tone=palette.WRITABLE),
                    cell(draw_changes(line.changes), tone=palette.WRITABLE),
                )
                for line in siblings.containers
            ),
            row(
                cell(_SHARED, tone=palette.READ_ONLY),
                cell(size(siblings.size), tone=palette.READ_ONLY),
                cell(shared, tone=palette.READ_ONLY),
            ),
            row(cell(together, span=3)),
        ],
        caption=caption,
    )
    return Picture(f"{caption}\n{text}\n  {together}\n", html)


_SHARED = Text("shared by all", "大家共用")


def _caption(siblings: Siblings) -> Text:
    count = len(siblings.containers)
    return Text(
        f"{count} container{'' if count == 1 else 's'} of {siblings.image}",
        f"{siblings.image} 的 {count} 个容器",
    )


def _together(siblings: Siblings) -> Text:
    total = size(siblings.size + siblings.own)
    return Text(
        f"On the disk: {size(siblings.size)} once + {size(siblings.own)} of their own = {total}",
        f"磁盘上：共用的 {size(siblings.size)} 只存一份 + 各自的 {size(siblings.own)} = {total}",
    )
