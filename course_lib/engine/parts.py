"""What an engine remembers: the stores, the clock, the host. Its commands build on it, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.clock import Clock
from course_lib.engine.containers import ContainerStore
from course_lib.engine.host import Host
from course_lib.engine.ids import Ids
from course_lib.engine.images import ImageStore
from course_lib.engine.lifecycle import Lifecycle
from course_lib.engine.supply import Supply
from course_lib.engine.volumes import VolumeStore
from course_lib.engine.web import Bridge
from course_lib.registry import BASE_IMAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.image.entries import Entry
    from course_lib.registry import Registry
    from course_lib.run.container import Container


@dataclass(frozen=True, slots=True)
class Parts:
    """What an engine remembers, for those who keep it."""

    images: ImageStore
    containers: ContainerStore
    volumes: VolumeStore
    ids: Ids
    registry: Registry
    supply: Supply


class Remembered:
    """The state of a simulated daemon. A fresh one has no images, no containers and no volumes."""

    def __init__(
        self,
        registry: Registry = BASE_IMAGES,
        clock: Clock | None = None,
        host: Host | None = None,
    ) -> None:
        self.clock = clock or Clock()
        self.host = host or Host(self.clock.now)
        ids = Ids()
        self._images = ImageStore()
        self._containers = ContainerStore()
        self._volumes = VolumeStore(self.clock.now)
        self._bridge = Bridge(self._containers, self.clock)
        self._life = Lifecycle(
            self._containers, self._volumes, self.clock, ids, self.host, self._bridge
        )
        self._supply = Supply(self._images, registry, self.clock)
        self._parts = Parts(
            self._images, self._containers, self._volumes, ids, registry, self._supply
        )

    def parts(self) -> Parts:
        """The stores behind the methods."""
        return self._parts

    def restore_container(self, container: Container, changes: Mapping[str, Entry]) -> None:
        """Keep a container that was there before, with what its writable layer held."""
        self._life.restore(container, changes)
