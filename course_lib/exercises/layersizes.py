"""Judges of what layers cost: the size of an image, and how many layers a build adds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.exercises.looking import at_image, at_layers
from course_lib.exercises.values import Finding
from course_lib.image.entries import File
from course_lib.text import Text, same

if TYPE_CHECKING:
    from course_lib.exercises.attempt import Attempt
    from course_lib.image.image import Image

_MB = 1_000_000
_LINE = 60
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class AtMost:
    """The image has at most `megabytes` (of 1,000,000 bytes), all layers together."""

    image: str
    megabytes: float
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Add the layers up; name the largest ones, and what in them nobody sees."""
        image = attempt.image(self.image)
        return Finding(
            1 if image.size <= self.megabytes * _MB else 0,
            Text(f"at most {self.megabytes:g} MB", f"最多 {self.megabytes:g} MB"),
            Text(f"{_megabytes(image.size)}:", f"{_megabytes(image.size)}：") + _largest(image),
            at_layers(attempt, image, _order([one.size for one in image.layers]), "FROM", "RUN"),
            self.hint,
        )


@dataclass(frozen=True, slots=True)
class NothingHidden:
    """At most `megabytes` of the image lie below something that hides them."""

    image: str
    megabytes: float
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Add up the files that an upper layer replaces or deletes."""
        image = attempt.image(self.image)
        hidden = _hidden(image)
        return Finding(
            1 if sum(hidden) <= self.megabytes * _MB else 0,
            Text(
                "nothing is in the image that a later layer deletes or replaces",
                "镜像里没有被后面的层删掉或替换掉的文件",
            ),
            Text(
                f"{_megabytes(sum(hidden))} are shipped and never seen:",
                f"有 {_megabytes(sum(hidden))} 随镜像分发，却谁也看不到：",
            )
            + _rows(image, hidden, hidden),
            at_layers(attempt, image, _order(hidden), "RUN"),
            self.hint,
        )


@dataclass(frozen=True, slots=True)
class LayersInAll:
    """The image has exactly `count` layers, those of a base included."""

    image: str
    count: int
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Count them; name the largest."""
        image = attempt.image(self.image)
        there = len(image.layers)
        return Finding(
            1 if there == self.count else 0,
            Text(
                f"{self.count} layer{'' if self.count == 1 else 's'} in all",
                f"一共 {self.count} 层",
            ),
            Text(
                f"{there} layer{'' if there == 1 else 's'}:" if there else "no layer",
                f"{there} 层：" if there else "一层也没有",
            )
            + _largest(image),
            at_image(attempt, image, "FROM", "RUN", "COPY", "ADD", "WORKDIR"),
            self.hint,
        )


@dataclass(frozen=True, slots=True)
class LayersOn:
    """The image has the layers of `base` and exactly `count` more."""

    image: str
    base: str
    count: int
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Compare the two lists of layers."""
        image, base = attempt.image(self.image), attempt.machine.original(self.base)
        more = len(image.layers) - len(base.layers)
        begins = image.diff_ids[: len(base.layers)] == base.diff_ids
        return Finding(
            1 if begins and more == self.count else 0,
            Text(
                f"the layers of {self.base}, and {self.count} more",
                f"{self.base} 的各层，再加 {self.count} 层",
            ),
            Text(
                f"the layers of {self.base}, and {more} more", f"{self.base} 的各层，再加 {more} 层"
            )
            if begins
            else Text(f"it does not begin with {self.base}", f"开头的层不是 {self.base} 的"),
            at_image(attempt, image, "FROM", "RUN", "COPY", "ADD", "WORKDIR"),
            self.hint,
        )


def _hidden(image: Image) -> list[int]:
    """For each layer from the bottom, the bytes of its files that nobody sees."""
    return [
        sum(
            entry.content.size
            for path, entry in layer.entries.items()
            if isinstance(entry, File) and image.tree.get(path) is not entry
        )
        for layer in image.layers
    ]


def _largest(image: Image) -> Text:
    return _rows(image, [layer.size for layer in image.layers], _hidden(image))


def _order(sizes: list[int]) -> list[int]:
    """The numbers of the largest, the largest first, without those of size 0."""
    order = sorted(range(len(sizes)), key=lambda n: -sizes[n])[:_SHOWN]
    return [number for number in order if sizes[number]]


def _rows(image: Image, sizes: list[int], hidden: list[int]) -> Text:
    """The layers with the largest of these sizes, a line each, the largest first."""
    lines = [line.created_by for line in image.history if not line.empty_layer]
    whole = same("")
    for number in _order(sizes):
        words = " ".join(lines[number].split()) if number < len(lines) else ""
        text = words if len(words) <= _LINE else words[: _LINE - 3] + "..."
        whole += same(f"\n{_megabytes(sizes[number])}  {text}")
        if hidden[number] and hidden is not sizes:
            unseen = _megabytes(hidden[number])
            whole += Text(f"  ({unseen} of it hidden above)", f"（其中 {unseen} 被上面的层遮住）")
    return whole


def _megabytes(size: int) -> str:
    return f"{size / _MB:.1f} MB"
