"""The values of the pictures of images and containers: layers, paths, families."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.engine import EngineError
from course_lib.views.archive import Archive, archive_of, file_of
from course_lib.views.argv import EVERY_FORM, Explorer, explorer_of
from course_lib.views.comparison import Comparison, comparison_of
from course_lib.views.containers import Siblings, siblings_of
from course_lib.views.copy_on_write import Story, story_of
from course_lib.views.family import Family, Relative
from course_lib.views.grid import Reading, reading_of
from course_lib.views.layers import Stack, stack_of
from course_lib.views.waste import Waste, waste_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.engine import Engine
    from course_lib.image.image import Image
    from course_lib.image.layer import Layer
    from course_lib.pictures.places import Place


def _writable(engine: Engine, name: str) -> tuple[Image, str, tuple[str, Layer] | None]:
    """An image with its name; of a container also its name and its writable layer."""
    try:
        container = engine.container(name)
    except EngineError:  # no container: docker, too, looks among the images next
        return engine.image(name), name, None
    return container.image, container.image_name, (container.name, engine.files(name).changes())


def stack(place: Place, words: Sequence[str]) -> Stack:
    """The layers of an image or a container."""
    image, name, writable = _writable(place.engine, words[0])
    return stack_of(image, name, writable)


def reading(place: Place, words: Sequence[str]) -> Reading:
    """How a path is read."""
    image, name, writable = _writable(place.engine, words[0])
    return reading_of(image, writable[0] if writable else name, words[1], writable and writable[1])


def story(place: Place, words: Sequence[str]) -> Story:
    """How a writable layer came about."""
    container = place.engine.container(words[0])
    return story_of(
        container.image, container.name, place.engine.files(container.id).changes().entries
    )


def siblings(place: Place, words: Sequence[str]) -> Siblings:
    """All containers of an image, the oldest first."""
    image = place.engine.image(words[0])
    found = [one for one in reversed(place.engine.ps(all=True)) if one.image.id == image.id]
    return siblings_of(
        image, words[0], {one.name: place.engine.files(one.id).changes() for one in found}
    )


def comparison(place: Place, words: Sequence[str]) -> Comparison:
    """Two images side by side."""
    before, after = words
    return comparison_of((before, place.engine.image(before)), (after, place.engine.image(after)))


def explorer(place: Place, words: Sequence[str]) -> Explorer:
    """Which process runs: of one image, or of every form."""
    if not words:
        return EVERY_FORM
    return explorer_of(place.engine.image(words[0]).config, words[1:])


def waste(place: Place, words: Sequence[str]) -> Waste:
    """What of an image's size is wasted."""
    return waste_of(place.engine.image(words[0]), words[0])


def archive(place: Place, words: Sequence[str]) -> Archive:
    """The files in which `docker save` keeps an image."""
    from course_lib.oci import NamedImage, layout_files  # noqa: PLC0415 - loaded with the first archive

    image = place.engine.image(words[0])
    names = place.engine.references(image)
    files = (
        file_of(name, blob.digest, blob.size, blob.source)
        for name, blob in layout_files([NamedImage(image, names)])
    )
    return archive_of(words[0], files)


def family(place: Place, words: Sequence[str]) -> Family:
    """The ancestors and descendants of an image."""
    line = [place.engine.image(words[0])]
    while origin := place.engine.made_from(line[0]):
        line.insert(0, origin.parent)
    every = {listed.image.id: listed.image for listed in place.engine.images()}
    every |= {image.id: image for image in line}
    relatives = _Relatives(place.engine, tuple(every.values()))
    return Family(words[0], relatives.tree(line[0]), tuple(map(relatives.alone, line)))


@dataclass(frozen=True, slots=True)
class _Relatives:
    """The images of an engine, to be put into a tree."""

    engine: Engine
    images: tuple[Image, ...]

    def tree(self, image: Image) -> Relative:
        """An image with all that was made from it."""
        below = (one for one in self.images if self._parent(one) == image.id)
        return self._relative(image, tuple(self.tree(one) for one in below))

    def alone(self, image: Image) -> Relative:
        """An image without those made from it."""
        return self._relative(image, ())

    def _relative(self, image: Image, children: tuple[Relative, ...]) -> Relative:
        origin = self.engine.made_from(image)
        return Relative(
            name=_name(self.engine, image),
            sizes=tuple(layer.size for layer in image.layers),
            shared=len(origin.parent.layers) if origin else 0,
            by=origin.by if origin else "",
            containers=tuple(
                one.name for one in reversed(self.engine.ps(all=True)) if one.image.id == image.id
            ),
            children=children,
        )

    def _parent(self, image: Image) -> str:
        origin = self.engine.made_from(image)
        return origin.parent.id if origin else ""


def _name(engine: Engine, image: Image) -> str:
    names = engine.references(image)
    return names[0].removesuffix(":latest") if names else image.id[7:19]
