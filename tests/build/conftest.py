"""A small base image, a stove that records what is run, and one call to build with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import pytest

from course_lib.build import BuildCache, BuildResult, Context, build
from course_lib.clock import Clock
from course_lib.image.config import History, ImageConfig
from course_lib.image.entries import Content, Directory, File, Node, Symlink
from course_lib.image.image import Image
from course_lib.image.layer import Layer
from course_lib.shell import Chunk, Outcome, Process

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from course_lib.image.workspace import Workspace

PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
BASE_TIME = "2024-01-01T00:00:00Z"
PASSWD = "root:x:0:0:root:/root:/bin/sh\nada:x:1000:1001:Ada:/home/ada:/bin/sh\n"  # noqa: S105 - the file
GROUP = "root:x:0:\nada:x:1001:\nstaff:x:50:ada\n"


def base_image(**config: Any) -> Image:  # noqa: ANN401 - fields of ImageConfig
    """An image with /etc/passwd, /etc/group, /tmp, a link /link -> /data and a file /file."""
    entries: dict[str, Node] = {
        "/data": Directory(),
        "/etc": Directory(),
        "/etc/group": File(Content.of(GROUP)),
        "/etc/passwd": File(Content.of(PASSWD)),
        "/file": File(Content.of("a file\n")),
        "/link": Symlink("/data"),
        "/tmp": Directory(0o1777),  # noqa: S108 - in the image
    }
    return Image(
        config=ImageConfig(**{"env": (PATH,), "cmd": ("sh",)} | config),
        layers=(Layer(entries),),
        history=(History(BASE_TIME, "COPY rootfs / # buildkit"),),
        created=BASE_TIME,
    )


@dataclass
class Stove:
    """Runs nothing; `does` may change the files and answer for a process."""

    does: Callable[[Process, Workspace], Outcome | None] = lambda _process, _files: None
    processes: list[Process] = field(default_factory=list)

    def __call__(self, process: Process, fs: Workspace, /, *, clock: Clock) -> Outcome:
        del clock
        self.processes.append(process)
        return self.does(process, fs) or Outcome(0, (Chunk(1, b"done\n"),))


class Options(TypedDict, total=False):
    """What `docker build` can be told."""

    target: str
    build_args: Mapping[str, str]
    no_cache: bool
    builder: str


@dataclass
class Kitchen:
    """`cook` builds on the image `base`; images, cache and clock stay from one build to the next."""

    images: dict[str, Image]
    stove: Stove = field(default_factory=Stove)
    cache: BuildCache = field(default_factory=BuildCache)
    clock: Clock = field(default_factory=Clock)

    def cook(
        self,
        text: str,
        files: Mapping[str, str | bytes | Node] | None = None,
        **options: Unpack[Options],
    ) -> BuildResult:
        return build(
            text,
            Context.of(files or {}),
            images=self.images.get,
            clock=self.clock,
            cache=self.cache,
            execute=self.stove,
            **options,
        )


@pytest.fixture
def kitchen() -> Kitchen:
    return Kitchen({"base": base_image(), "onbuild": base_image(on_build=("ENV TRIGGERED=yes",))})
