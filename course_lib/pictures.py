"""`%picture KIND NAME ...`: find the value that a picture shows, and draw it.

%picture stack IMAGE|CONTAINER        the layers
%picture read IMAGE|CONTAINER PATH    which layer serves a path
%picture stepper CONTAINER            how its writable layer came about
%picture containers IMAGE             the containers of one image
%picture family IMAGE                 ancestors, descendants, shared layers
%picture compare IMAGE IMAGE          two images side by side
%picture argv [IMAGE [WORD...]]       ENTRYPOINT x CMD x words after the image name
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from course_lib.engine import EngineError
from course_lib.text import Text, same
from course_lib.views.argv import EVERY_FORM, Explorer, draw_explorer, explorer_of
from course_lib.views.build import Build, draw_build
from course_lib.views.comparison import Comparison, comparison_of, draw_comparison
from course_lib.views.containers import Siblings, draw_siblings, siblings_of
from course_lib.views.copy_on_write import Story, copy_on_write, story_of
from course_lib.views.family import Family, Relative, draw_family
from course_lib.views.grid import Reading, draw_reading, reading_of
from course_lib.views.layers import Stack, layer_stack, stack_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from course_lib.engine import Engine
    from course_lib.image.image import Image
    from course_lib.image.layer import Layer
    from course_lib.views.picture import Picture

View = Stack | Reading | Story | Siblings | Family | Comparison | Explorer | Build


class PictureError(Exception):
    """A picture that can't be drawn; `reason` says what to write instead."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def draw(view: View) -> Picture:  # noqa: PLR0911 - one line for each kind
    """Draw a value, in the language that speaks."""
    match view:
        case Stack():
            return layer_stack(view)
        case Reading():
            return draw_reading(view)
        case Story():
            return copy_on_write(view)
        case Siblings():
            return draw_siblings(view)
        case Family():
            return draw_family(view)
        case Comparison():
            return draw_comparison(view)
        case Explorer():
            return draw_explorer(view)
        case Build():
            return draw_build(view)


def find(line: str, engine: Engine) -> View:
    """Read the words after `%picture` and look up what they name.

    Raises:
        PictureError: a kind that does not exist, or too few or too many words.
        EngineError: an image or a container that does not exist.

    """
    try:
        words = shlex.split(line)
    except ValueError as wrong:
        raise PictureError(
            Text(f"A quote is not closed: {line}", f"引号没有闭合：{line}")
        ) from wrong
    kind, *rest = words or [""]
    if kind not in _KINDS:
        raise PictureError(_no_such_kind(kind))
    usage = _KINDS[kind]
    if not usage.least <= len(rest) <= usage.most:
        raise PictureError(
            Text(f"Write: %picture {usage.shape}", f"请这样写：%picture {usage.shape}")
        )
    return usage.find(engine, rest)


def _no_such_kind(kind: str) -> Text:
    shapes = "\n".join(f"  %picture {usage.shape}" for usage in _KINDS.values())
    near = get_close_matches(kind, _KINDS, n=1)
    said = (
        Text(f"There is no picture {kind!r}.", f"没有 {kind!r} 这种图。")
        if kind
        else Text("Which picture?", "要画哪种图？")
    )
    if near:
        said += Text(f" Did you mean {near[0]}?", f"是不是想写 {near[0]}？")
    return said + Text(" There are:\n", "可以画：\n") + same(shapes)


def _writable(engine: Engine, name: str) -> tuple[Image, str, tuple[str, Layer] | None]:
    """An image with its name; of a container also its name and its writable layer."""
    try:
        container = engine.container(name)
    except EngineError:  # no container: docker, too, looks among the images next
        return engine.image(name), name, None
    return container.image, container.image_name, (container.name, engine.files(name).changes())


def _stack(engine: Engine, words: Sequence[str]) -> Stack:
    image, name, writable = _writable(engine, words[0])
    return stack_of(image, name, writable)


def _reading(engine: Engine, words: Sequence[str]) -> Reading:
    image, name, writable = _writable(engine, words[0])
    return reading_of(image, writable[0] if writable else name, words[1], writable and writable[1])


def _story(engine: Engine, words: Sequence[str]) -> Story:
    container = engine.container(words[0])
    return story_of(container.image, container.name, engine.files(container.id).changes().entries)


def _siblings(engine: Engine, words: Sequence[str]) -> Siblings:
    image = engine.image(words[0])
    found = [one for one in reversed(engine.ps(all=True)) if one.image.id == image.id]
    return siblings_of(image, words[0], {one.name: engine.files(one.id).changes() for one in found})


def _comparison(engine: Engine, words: Sequence[str]) -> Comparison:
    before, after = words
    return comparison_of((before, engine.image(before)), (after, engine.image(after)))


def _explorer(engine: Engine, words: Sequence[str]) -> Explorer:
    if not words:
        return EVERY_FORM
    return explorer_of(engine.image(words[0]).config, words[1:])


def _family(engine: Engine, words: Sequence[str]) -> Family:
    line = [engine.image(words[0])]
    while origin := engine.made_from(line[0]):
        line.insert(0, origin.parent)
    every = {listed.image.id: listed.image for listed in engine.images()}
    every |= {image.id: image for image in line}
    relatives = _Relatives(engine, tuple(every.values()))
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


@dataclass(frozen=True, slots=True)
class _Usage:
    """What a kind takes: its line as shown to a learner, and the number of words after it."""

    shape: str
    least: int
    most: int
    find: Callable[[Engine, Sequence[str]], View]


_ANY = 100
_KINDS: Mapping[str, _Usage] = {
    "stack": _Usage("stack IMAGE|CONTAINER", 1, 1, _stack),
    "read": _Usage("read IMAGE|CONTAINER PATH", 2, 2, _reading),
    "stepper": _Usage("stepper CONTAINER", 1, 1, _story),
    "containers": _Usage("containers IMAGE", 1, 1, _siblings),
    "family": _Usage("family IMAGE", 1, 1, _family),
    "compare": _Usage("compare IMAGE IMAGE", 2, 2, _comparison),
    "argv": _Usage("argv [IMAGE [WORD...]]", 0, _ANY, _explorer),
}
