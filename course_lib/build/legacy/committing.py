"""A step of the older builder as the cache sees it: what is done, and the whole config it stands in.

It looks among the images made from the same parent for one whose container had the same config: so a
changed LABEL or ENV makes every step after it anew. The command of that container is the comment, or
the command of RUN, so Cmd is not compared, and for RUN not Entrypoint.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course_lib.build.cache import CacheKey
from course_lib.build.operations import RunProcess
from course_lib.build.paths import make_folders
from course_lib.image.configfile import config_object

if TYPE_CHECKING:
    from course_lib.build.operations import Operation
    from course_lib.image.config import ImageConfig
    from course_lib.image.workspace import Workspace
    from course_lib.shell import Chunk


@dataclass(frozen=True, slots=True)
class Commit:
    """An operation whose result is committed with a config."""

    operation: Operation
    config: ImageConfig

    def key(self, parent: str, text: str) -> CacheKey:
        """The operation's own key, with the whole config in place of parts of it."""
        own = self.operation.key(parent, text)
        run = isinstance(self.operation, RunProcess)
        left_out = {"Cmd", "Entrypoint"} if run else {"Cmd"}
        settings = tuple(
            (name, json.dumps(value, ensure_ascii=False))
            for name, value in config_object(self.config).items()
            if name not in left_out
        )
        return replace(own, settings=settings, content=() if run else own.content)

    def perform(self, files: Workspace) -> tuple[Chunk, ...]:
        """Do it; the folders that a RUN's volumes go over stay."""
        if isinstance(self.operation, RunProcess):
            for mount in self.operation.mounts:
                make_folders(files, mount.target)
        return self.operation.perform(files)


@dataclass(frozen=True, slots=True)
class Nothing:
    """What only changes the config; its comment says all."""

    kind: str
    comment: str

    def key(self, parent: str, text: str) -> CacheKey:
        """The comment."""
        return CacheKey(self.kind, (self.comment,), parent, text=text)

    def perform(self, files: Workspace) -> tuple[Chunk, ...]:
        """Change no file."""
        del files
        return ()
