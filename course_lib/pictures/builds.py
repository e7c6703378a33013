"""The values of the pictures of a Dockerfile that a cell built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.build.errors import InstructionError
from course_lib.dockerfile import DockerfileError
from course_lib.pictures.places import PictureError
from course_lib.text import Text
from course_lib.views.scope_reader import Given, scope_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from course_lib.image.image import Image
    from course_lib.pictures.places import Place
    from course_lib.views.scope import Scope


def scope(place: Place, words: Sequence[str]) -> Scope:
    """ARG and ENV over a file; of one that can't be read to the end, what is wrong."""
    build = place.builds.last(words[0])
    given = Given(_images(place), build.build_args, build.target)
    try:
        return scope_of(words[0], build.source, given)
    except (DockerfileError, InstructionError) as error:
        raise PictureError(
            Text(f"It can't be drawn: {error.message}", f"画不出来：{error.message}")
        ) from error


def _images(place: Place) -> Callable[[str], Image | None]:
    """Where a build finds a base: here, else in the registry."""

    def found(name: str) -> Image | None:
        return place.engine.find_image(name) or place.engine.base_image(name)

    return found
