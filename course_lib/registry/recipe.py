"""How a base image is written down: its tags, its config, its steps, and where the facts come from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from course_lib.image.config import History, ImageConfig
from course_lib.image.entries import Directory
from course_lib.image.image import Image
from course_lib.image.layer import Layer
from course_lib.image.paths import parents
from course_lib.image.tree import Tree
from course_lib.registry.digests import remember

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from course_lib.image.entries import Entry

PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
NOP = "/bin/sh -c #(nop) "  # how the classic builder writes a step that runs nothing
RECENT = "2024-01-11T02:36:03Z"  # of images that are current on the day at which the clock starts


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the history; `files` makes the entries of its layer, if it has one.

    It is called with the time of the image, in seconds since 1970, and the files below.
    """

    created_by: str
    files: Callable[[int, Tree], Mapping[str, Entry]] | None = None
    comment: str = ""


@dataclass(frozen=True)
class Recipe:
    """One image of the registry.

    `version` is the version of the software; `source` says where the facts come from, or
    "estimated"; `size` is the real image's size in bytes, 0 where it is not known.
    """

    tags: tuple[str, ...]
    version: str
    source: str
    config: ImageConfig
    steps: tuple[Step, ...]
    size: int = 0
    created: str = RECENT
    base: Recipe | None = None

    @cached_property
    def image(self) -> Image:
        """The image; made once."""
        below = self.base.image if self.base else None
        layers = list(below.layers) if below else []
        history = list(below.history) if below else []
        tree = below.tree if below else Tree.EMPTY
        now = seconds_of(self.created)
        for step in self.steps:
            history.append(
                History(self.created, step.created_by, step.comment, empty_layer=not step.files)
            )
            if step.files:
                entries = _with_folders(step.files(now, tree), now, tree)
                layers.append(remember(Layer(entries)))
                tree = layers[-1].apply(tree)
        return Image(self.config, tuple(layers), tuple(history), self.created)


def seconds_of(created: str) -> int:
    """`2024-01-11T02:36:03Z` as seconds since 1970."""
    return int(datetime.fromisoformat(created).timestamp())


def kit(created_by: str, files: Callable[[int, Tree], Mapping[str, Entry]] | None = None) -> Step:
    """A step as BuildKit writes it: `ENV A=b`, `RUN /bin/sh -c ... # buildkit`, `CMD ["x"]`."""
    return Step(created_by, files, "buildkit.dockerfile.v0")


def run(command: str, files: Callable[[int, Tree], Mapping[str, Entry]]) -> Step:
    """BuildKit's line for a RUN in shell form."""
    return kit(f"RUN /bin/sh -c {command} # buildkit", files)


def settings(config: ImageConfig, *, after: ImageConfig | None = None) -> tuple[Step, ...]:
    """BuildKit's lines for what a config says and the config below does not."""
    below = after or ImageConfig()
    lines = [f"ENV {pair}" for pair in config.env if pair not in below.env]
    lines += [f"EXPOSE map[{port}:{{}}]" for port in config.exposed_ports]
    lines += [f"VOLUME [{path}]" for path in config.volumes]
    if config.working_dir != below.working_dir:
        lines.append(f"WORKDIR {config.working_dir}")
    if config.stop_signal != below.stop_signal:
        lines.append(f"STOPSIGNAL {config.stop_signal}")
    if config.entrypoint:
        lines.append(f"ENTRYPOINT {json.dumps(config.entrypoint)}")
    if config.user:
        lines.append(f"USER {config.user}")
    if config.cmd:
        lines.append(f"CMD {json.dumps(config.cmd)}")
    return tuple(kit(line) for line in lines)


def added(text: str) -> str:
    """The history line of a root file system added whole: `ADD file:... in /`.

    The classic builder puts a digest of the added archive there; this one is of the manifest.
    """
    return f"{NOP}ADD file:{hashlib.sha256(text.encode()).hexdigest()} in / "


def copied(text: str, target: str) -> str:
    """The history line of a file copied by the classic builder, with a digest of its manifest."""
    return f"{NOP} COPY file:{hashlib.sha256(text.encode()).hexdigest()} in {target} "


def cmd(*argv: str) -> Step:
    """The classic builder's `CMD [...]`."""
    quoted = ", ".join(f'"{word}"' for word in argv)
    return Step(f"{NOP} CMD [{quoted}]")


def _with_folders(entries: Mapping[str, Entry], now: int, below: Tree) -> Mapping[str, Entry]:
    """With an entry for each directory on the way that is not there yet: a tar has them, too."""
    complete = dict(entries)
    for path in entries:
        for folder in parents(path):
            if folder not in complete and below.get(folder) is None:
                complete[folder] = Directory(mtime=now)
    return complete
