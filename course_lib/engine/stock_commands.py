"""Archives in and out, what takes how much room, and what nobody uses: save, load, export, import, df, prune."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.engine import pruning, transport
from course_lib.engine.images import parse_reference
from course_lib.engine.parts import Remembered
from course_lib.engine.removal import Removed, delete_image

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from course_lib.engine.pruning import Usage
    from course_lib.engine.transport import Loaded
    from course_lib.engine.volumes import Volume
    from course_lib.image.image import Image
    from course_lib.run.container import Container


class StockCommands(Remembered):
    """The store-keeping side of an engine."""

    def save(self, names: Sequence[str]) -> bytes:
        """`docker save NAME...`: the bytes of the archive."""
        return transport.save(names, self._images)

    def load(self, data: bytes) -> tuple[Loaded, ...]:
        """`docker load`: the images that were in the archive."""
        return transport.load(data, self._images)

    def export(self, name: str) -> bytes:
        """`docker export CONTAINER`: the bytes of the tar."""
        return transport.export(self._containers.files(self._containers.get(name)))

    def import_image(
        self, data: bytes, reference: str = "", *, message: str = "", changes: Sequence[str] = ()
    ) -> Image:
        """`docker import FILE [REFERENCE]`."""
        if reference:
            parse_reference(reference)
        self.clock.tick()
        image = transport.import_image(data, now=self.clock.now(), message=message, changes=changes)
        self._images.add(image)
        if reference:
            self._images.tag(reference, image)
        return image

    # Room

    def usage(self) -> tuple[Usage, ...]:
        """`docker system df`."""
        return pruning.usage(self._images, self._containers, self._volumes)

    def forget_cache(self) -> None:
        """The build cache, for `docker system prune -a`."""
        self._supply.forget_cache()

    def writable_size(self, container: Container) -> int:
        """Bytes in a container's writable layer: `docker ps -s`."""
        return pruning.writable_size(container, self._containers)

    def prune_containers(self) -> tuple[tuple[Container, ...], int]:
        """`docker container prune`: what was removed, and the bytes that it took."""
        idle = pruning.stopped(self._containers)
        size = sum(self.writable_size(container) for container in idle)
        for container in idle:
            self._life.remove(container)
        return idle, size

    def prune_images(
        self, *, named: bool = False, wanted: Callable[[Image], bool] = lambda _image: True
    ) -> tuple[Removed, int]:
        """`docker image prune [-a]`: what was removed, and the bytes that it took.

        Only images that are `wanted` go.
        """
        before = pruning.layers_size(self._images.all())
        untagged: list[str] = []
        deleted: list[str] = []
        while unused := [
            image
            for image in pruning.unused_images(self._images, self._containers, named=named)
            if wanted(image)
        ]:
            for image in unused:
                if self._images.find(image.id) is None:
                    continue
                for reference in self._images.references(image):
                    self._images.untag(reference)
                    untagged.append(reference)
                deleted += delete_image(image, self._images, self._containers)
        after = pruning.layers_size(self._images.all())
        return Removed(tuple(untagged), tuple(deleted)), before - after

    def prune_volumes(self, *, named: bool = False) -> tuple[tuple[Volume, ...], int]:
        """`docker volume prune [-a]`: what was removed, and the bytes that it took."""
        unused = pruning.unused_volumes(self._volumes, self._containers, named=named)
        size = sum(pruning.volume_size(volume, self._volumes) for volume in unused)
        for volume in unused:
            self._volumes.remove(volume.name)
        return unused, size
