"""The volumes that exist: files that live outside of every image and container."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from course_lib.engine.errors import EngineError, no_such_volume
from course_lib.image.config import EMPTY
from course_lib.image.tree import Tree
from course_lib.image.workspace import Workspace
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+")


@dataclass(frozen=True, slots=True)
class Volume:
    """One line of `docker volume ls`; `created` in seconds since 1970."""

    name: str
    created: int
    anonymous: bool = False
    labels: Mapping[str, str] = field(default_factory=lambda: EMPTY)

    @property
    def mountpoint(self) -> str:
        """Where the daemon keeps the files on the host."""
        return f"/var/lib/docker/volumes/{self.name}/_data"


class VolumeStore:
    """Volumes by name, each with its files."""

    def __init__(self, now: Callable[[], int]) -> None:
        self._now = now
        self._volumes: dict[str, Volume] = {}
        self._files: dict[str, Workspace] = {}

    def all(self) -> tuple[Volume, ...]:
        """Every volume, sorted by name as `docker volume ls` does."""
        return tuple(self._volumes[name] for name in sorted(self._volumes))

    def create(
        self, name: str, *, anonymous: bool = False, labels: Mapping[str, str] = EMPTY
    ) -> Volume:
        """Make a volume, or return the one that has this name.

        Raises:
            EngineError: for a name with letters that are not allowed.

        """
        if name in self._volumes:
            return self._volumes[name]
        if not _NAME.fullmatch(name):
            msg = (
                f'create {name}: "{name}" includes invalid characters for a local volume name, '
                'only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host '
                "directory, use absolute path"
            )
            raise EngineError(
                msg,
                help=Text(
                    "A volume's name has letters, digits, _ . - and at least two of them.",
                    "volume 的名字由字母、数字和 _ . - 组成，至少两个字符。",
                ),
            )
        volume = Volume(name, self._now(), anonymous, labels)
        self._volumes[name] = volume
        self._files[name] = Workspace(Tree.EMPTY, now=self._now)
        return volume

    def restore(self, volume: Volume, files: Workspace) -> None:
        """Keep a volume that was there before, with its files."""
        self._volumes[volume.name] = volume
        self._files[volume.name] = files

    def get(self, name: str) -> Volume:
        """Find a volume by its name.

        Raises:
            EngineError: `get x: no such volume`.

        """
        if name not in self._volumes:
            raise no_such_volume(name)
        return self._volumes[name]

    def files(self, name: str) -> Workspace:
        """The volume's files; its root is what stands at the mount point."""
        return self._files[self.get(name).name]

    def remove(self, name: str) -> None:
        """Forget a volume and its files. Ask first whether a container uses it."""
        del self._volumes[name]
        del self._files[name]
