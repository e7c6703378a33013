"""docker's commands about volumes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.engine.errors import volume_in_use
from course_lib.engine.parts import Remembered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.engine.volumes import Volume
    from course_lib.image.workspace import Workspace
    from course_lib.run.container import Container


class VolumeCommands(Remembered):
    """The volume side of an engine."""

    def volumes(self) -> tuple[Volume, ...]:
        """`docker volume ls`, by name."""
        return self._volumes.all()

    def volume(self, name: str) -> Volume:
        """The volume of a name."""
        return self._volumes.get(name)

    def volume_files(self, name: str) -> Workspace:
        """The files of a volume; its root is what stands at the mount point."""
        return self._volumes.files(name)

    def volume_users(self, name: str) -> tuple[Container, ...]:
        """The containers that have a volume mounted, running or not."""
        return self._life.users_of(name)

    def create_volume(self, name: str = "", labels: Mapping[str, str] | None = None) -> Volume:
        """`docker volume create [NAME]`; without a name it gets 64 hex digits."""
        return self._life.create_volume(name, labels or {})

    def remove_volume(self, name: str) -> Volume:
        """`docker volume rm`."""
        volume = self._volumes.get(name)
        users = self._life.users_of(name)
        if users:
            raise volume_in_use(name, users)
        self._volumes.remove(name)
        return volume
