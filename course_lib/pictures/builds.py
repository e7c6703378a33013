"""The values of the pictures of a Dockerfile that a cell built."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from course_lib.build.errors import InstructionError
from course_lib.dockerfile import DockerfileError
from course_lib.pictures.places import PictureError
from course_lib.text import Text
from course_lib.views.delivery import deliveries_of, only
from course_lib.views.rebuild import rebuild_of
from course_lib.views.scope_reader import Given, scope_of
from course_lib.views.stages import stages_of
from course_lib.views.workdir import walk_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from course_lib.image.image import Image
    from course_lib.pictures.places import Place
    from course_lib.views.delivery import Deliveries
    from course_lib.views.rebuild import Rebuild
    from course_lib.views.scope import Scope
    from course_lib.views.stages import Stages
    from course_lib.views.workdir import Walk


def scope(place: Place, words: Sequence[str]) -> Scope:
    """ARG and ENV over a file; of one that can't be read to the end, what is wrong."""
    build = place.builds.last(words[0])
    given = Given(_images(place), build.build_args, build.target)
    with _readable():
        return scope_of(words[0], build.source, given)


def context(place: Place, words: Sequence[str]) -> Deliveries:
    """What COPY and ADD take from where; of one instruction, if its line is given.

    Raises:
        PictureError: no COPY or ADD stands on that line.

    """
    with _readable():
        found = deliveries_of(place.builds.last(words[0]), _images(place))
    if not words[1:]:
        return found
    lines = ", ".join(str(step.line) for step in found.steps) or "-"
    try:
        return only(found, int(words[1]))
    except (LookupError, ValueError) as error:
        raise PictureError(
            Text(
                f"{words[1]} is not the line of a COPY or ADD; these are: {lines}.",
                f"第 {words[1]} 行没有 COPY 或 ADD；有的行是：{lines}。",
            )
        ) from error


def walk(place: Place, words: Sequence[str]) -> Walk:
    """The working directory, line by line."""
    return walk_of(place.builds.last(words[0]))


def stages(place: Place, words: Sequence[str]) -> Stages:
    """The stages of a file, with their sizes."""
    with _readable():
        return stages_of(place.builds.last(words[0]), _images(place))


def rebuild(place: Place, words: Sequence[str]) -> Rebuild:
    """The last build of a name beside the one before.

    Raises:
        PictureError: it was built once only.

    """
    after, before = place.builds.last(words[0]), place.builds.before_last(words[0])
    if before is None:
        raise PictureError(
            Text(
                f"{words[0]} was built once so far: edit its cell, run it again, and look here.",
                f"{words[0]} 只构建过一次：改一改单元格，再运行一次，然后回来看。",
            )
        )
    return rebuild_of(before, after)


@contextmanager
def _readable() -> Iterator[None]:
    """Say what is wrong with a file of which there is nothing to draw."""
    try:
        yield
    except (DockerfileError, InstructionError) as error:
        raise PictureError(
            Text(f"It can't be drawn: {error.message}", f"画不出来：{error.message}")
        ) from error


def _images(place: Place) -> Callable[[str], Image | None]:
    """Where a build finds a base: here, else in the registry."""

    def found(name: str) -> Image | None:
        return place.engine.find_image(name) or place.engine.base_image(name)

    return found
