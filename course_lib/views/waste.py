"""What of an image's size is wasted, in dive's measures.

A path wastes room when more than one layer has it: it was replaced, or deleted. dive
(github.com/wagoodman/dive, `filetree/efficiency.go`) looks at the leaves of each layer's tree: a path
counts with its size in each layer; a whiteout counts with what it hides, where that is a directory.
The efficiency is the smallest size of every path, added up, by all sizes of every path; the wasted
bytes are all sizes of the paths that stand in two layers or more. So a directory that a layer deletes as
a whole is no waste for dive; `hidden` has all bytes that are in the image and that nobody sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory, File, Whiteout
from course_lib.image.paths import parents
from course_lib.image.tree import Tree
from course_lib.text import Text
from course_lib.views import palette
from course_lib.views.columns import shorten, size
from course_lib.views.layers import instruction_of, stack_of
from course_lib.views.sheet import EMPTY, plain, sheet, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.image.entries import Entry
    from course_lib.image.image import Image
    from course_lib.image.layer import Layer
    from course_lib.views.picture import Picture
    from course_lib.views.sheet import Row


class Fate(Enum):
    """What stands at a path in one of its layers."""

    FIRST = palette.ADDED
    REPLACED = palette.CHANGED
    DELETED = palette.DELETED


@dataclass(frozen=True, slots=True)
class Sighting:
    """A path in one layer: the layer's number from 1 at the bottom, its instruction, and the bytes."""

    layer: int
    instruction: str
    fate: Fate
    size: int


@dataclass(frozen=True, slots=True)
class WastedPath:
    """A path that stands in two layers or more, from the lowest up; or a deleted directory."""

    path: str
    sightings: tuple[Sighting, ...]

    @property
    def size(self) -> int:
        """Dive's `Total Space`: the bytes in all layers together."""
        return sum(one.size for one in self.sightings)

    @property
    def counts(self) -> bool:
        """Whether dive calls it wasted: not where only the whiteout of a directory is there."""
        return len(self.sightings) > 1


@dataclass(frozen=True, slots=True)
class Waste:
    """An image's report, in bytes; `paths` are the largest first."""

    name: str
    size: int
    hidden: int
    layers: int
    least: int
    discovered: int
    paths: tuple[WastedPath, ...]

    @property
    def efficiency(self) -> float:
        """From 0 to 1; 1 when no path stands in two layers."""
        return self.least / self.discovered if self.discovered else 1.0

    @property
    def wasted(self) -> int:
        """Dive's `Potential wasted space`, in bytes."""
        return sum(path.size for path in self.paths if path.counts)


def waste_of(image: Image, name: str) -> Waste:
    """Add up every path of every layer."""
    made_by = [instruction_of(line.created_by) for line in image.history if not line.empty_layer]
    made_by += [""] * (len(image.layers) - len(made_by))
    below = Tree.EMPTY
    found: dict[str, list[Sighting]] = {}
    for number, (layer, instruction) in enumerate(zip(image.layers, made_by, strict=True), 1):
        for path, entry in _leaves(layer):
            before = found.setdefault(path, [])
            before.append(_sighting(path, entry, number, instruction, below, known=bool(before)))
        below = layer.apply(below)
    every = (WastedPath(path, tuple(seen)) for path, seen in found.items())
    paths = [one for one in every if one.counts or one.sightings[0].fate is Fate.DELETED]
    sizes = [[one.size for one in seen] for seen in found.values()]
    return Waste(
        name,
        image.size,
        stack_of(image, name).hidden,
        len(image.layers),
        sum(map(min, sizes)),
        sum(map(sum, sizes)),
        tuple(sorted(paths, key=lambda one: (-one.size, one.path))),
    )


def _leaves(layer: Layer) -> Iterator[tuple[str, Entry]]:
    """The paths of a layer below which it has no other; the root is none."""
    folders = {above for path in layer.entries for above in parents(path)}
    for path, entry in layer.entries.items():
        if path != "/" and path not in folders:
            yield path, entry


def _sighting(  # noqa: PLR0913 - all that is known of one path in one layer
    path: str, entry: Entry, number: int, instruction: str, below: Tree, *, known: bool
) -> Sighting:
    match entry:
        case Whiteout():
            return Sighting(number, instruction, Fate.DELETED, _hidden(path, below))
        case File(size=count):
            fate = Fate.REPLACED if known else Fate.FIRST
            return Sighting(number, instruction, fate, count)
        case _:
            return Sighting(number, instruction, Fate.REPLACED if known else Fate.FIRST, 0)


def _hidden(path: str, below: Tree) -> int:
    """The bytes of the directory that a whiteout takes away; a single file counts in its own layer."""
    if not isinstance(below.get(path), Directory):
        return 0
    return sum(node.size for _, node in below.walk(path) if isinstance(node, File))


_HEAD = (
    Text("wasted", "浪费"),
    Text("path", "路径"),
    Text("layer", "层"),
    Text("size there", "该层大小"),
    Text("made by", "来自"),
)
_MOST = 30
_PER_PATH = 5


def draw_waste(waste: Waste) -> Picture:
    """Draw the sums, then the paths that waste most, each with the layers that have it."""
    caption = Text(
        f"{waste.name}: {size(waste.size)} in {waste.layers} layer{'' if waste.layers == 1 else 's'}, "
        f""
        f"efficiency {_percent(waste.efficiency)}, wasted {size(waste.wasted)}",
        f"{waste.name}：{waste.layers} 层共 {size(waste.size)}，"
        f"效率 {_percent(waste.efficiency)}，浪费 {size(waste.wasted)}",
    )
    shown, left = _telling(waste)
    rows = [row for path in shown for row in _rows(path)]
    if not rows:
        none = Text("no path stands in two layers", "没有路径出现在两层里")
        rows = [(plain(size(0)), plain(none, palette.SERVES), EMPTY, EMPTY, EMPTY)]
    notes = [*_sums(waste)]
    if left:
        paths = "path" if left == 1 else "paths"
        notes.append(
            Text(f"{left} more {paths} in two layers or more", f"另有 {left} 个路径出现在两层以上")
        )
    return sheet(caption, _HEAD, rows, notes, [fate.value for fate in Fate])


def _telling(waste: Waste) -> tuple[tuple[WastedPath, ...], int]:
    """The paths worth a row, and how many are left out: those of no bytes, and beyond the most."""
    heavy = [path for path in waste.paths if path.size]
    shown = tuple(heavy[:_MOST])
    return shown, len(waste.paths) - len(shown)


def _sums(waste: Waste) -> Iterator[Text]:
    yield Text(
        "wasted: all copies of each path that two layers or more have",
        "浪费：出现在两层以上的路径，各层的副本全部计入",
    )
    yield Text(
        f"in the image, but nobody sees it: {size(waste.hidden)}",
        f"在镜像里，但谁也看不到：{size(waste.hidden)}",
    )
    if any(not path.counts and path.size for path in waste.paths):
        yield Text(
            "+ a directory deleted as a whole: the measure leaves it out, its bytes are there",
            "+ 整个删掉的目录：这种算法不计入，但它的字节还在",
        )


def _percent(part: float) -> str:
    return f"{100 * part:.1f}%"


def _rows(path: WastedPath) -> Iterator[Row]:
    sign = "" if path.counts else "+ "
    first = (plain(f"{sign}{size(path.size)}"), words(path.path))
    for at, one in enumerate(path.sightings[:_PER_PATH]):
        yield (
            *(first if at == 0 else (EMPTY, EMPTY)),
            plain(str(one.layer), one.fate.value),
            plain(size(one.size)),
            words(shorten(one.instruction, 120), most=48),
        )
    if left := len(path.sightings[_PER_PATH:]):
        more = Text(f"... and in {left} more layers", f"……还有 {left} 层")
        yield (EMPTY, EMPTY, plain(more), EMPTY, EMPTY)
