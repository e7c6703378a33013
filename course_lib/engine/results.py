"""What the engine's methods return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_lib.image.image import Image
    from course_lib.run.container import Container
    from course_lib.run.signals import Ending
    from course_lib.shell import Chunk
    from course_lib.text import Text


@dataclass(frozen=True, slots=True)
class Pulled:
    """An image that came from the registry; `fresh` is False when it was here already."""

    reference: str  # familiar, with its tag: centos:7
    image: Image
    fresh: bool


@dataclass(frozen=True, slots=True)
class Ran:
    """`docker run`: the container as it is now, what it printed, what was pulled for it.

    `exit_code` is None while PID 1 goes on. `unsupported` says what the simulator can't do,
    where that is why the program failed.
    """

    container: Container
    output: tuple[Chunk, ...]
    exit_code: int | None
    pulled: Pulled | None = None
    unsupported: Text | None = None


@dataclass(frozen=True, slots=True)
class Executed:
    """`docker exec`: what the process printed and how it ended (None: it goes on)."""

    container: Container
    argv: tuple[str, ...]
    output: tuple[Chunk, ...]
    exit_code: int | None
    unsupported: Text | None = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """`docker stop` and `docker kill`; `ending` is None when the container was not running."""

    container: Container
    ending: Ending | None


@dataclass(frozen=True, slots=True)
class Committed:
    """`docker commit`: the container, the image it had, and the new one."""

    container: Container
    parent: Image
    image: Image
    reference: str  # '' without a name
