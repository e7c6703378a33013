"""What nobody uses, and how much room everything takes: the prune commands and `docker system df`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.image.entries import File
from course_lib.run.container import Running

if TYPE_CHECKING:
    from collections.abc import Iterable

    from course_lib.engine.containers import ContainerStore
    from course_lib.engine.images import ImageStore
    from course_lib.engine.volumes import Volume, VolumeStore
    from course_lib.image.image import Image
    from course_lib.run.container import Container


@dataclass(frozen=True, slots=True)
class Usage:
    """One line of `docker system df`; sizes in bytes."""

    kind: str
    total: int
    active: int
    size: int
    reclaimable: int


def stopped(containers: ContainerStore) -> tuple[Container, ...]:
    """The containers that do not run."""
    return tuple(c for c in containers.all() if not isinstance(c.state, Running))


def unused_images(
    images: ImageStore, containers: ContainerStore, *, named: bool
) -> tuple[Image, ...]:
    """The images that no container uses: those without a name, with `named` all of them."""
    used = {container.image.id for container in containers.all()}
    return tuple(
        image
        for image in images.all()
        if image.id not in used
        and (named or not images.references(image))
        and (named or not images.committed_children(image))
    )


def unused_volumes(
    volumes: VolumeStore, containers: ContainerStore, *, named: bool
) -> tuple[Volume, ...]:
    """The volumes that no container has: the anonymous ones, with `named` all of them."""
    used = {mount.name for container in containers.all() for mount in container.mounts}
    return tuple(v for v in volumes.all() if v.name not in used and (named or v.anonymous))


def writable_size(container: Container, containers: ContainerStore) -> int:
    """Bytes in a container's writable layer."""
    return containers.files(container).changes().size


def volume_size(volume: Volume, volumes: VolumeStore) -> int:
    """Bytes in a volume."""
    walk = volumes.files(volume.name).walk()
    return sum(node.size for _, node in walk if isinstance(node, File))


def layers_size(images: Iterable[Image]) -> int:
    """Bytes of some images together: a layer that several share counts once."""
    layers = {id(layer): layer for image in images for layer in image.layers}
    by_content = {layer.diff_id: layer.size for layer in layers.values()}
    return sum(by_content.values())


def usage(
    images: ImageStore, containers: ContainerStore, volumes: VolumeStore
) -> tuple[Usage, ...]:
    """The lines of `docker system df`."""
    everything = images.all()
    used = {container.image.id for container in containers.all()}
    active = [image for image in everything if image.id in used]
    size = layers_size(everything)
    idle = stopped(containers)
    sizes = {c.id: writable_size(c, containers) for c in containers.all()}
    unused = {volume.name for volume in unused_volumes(volumes, containers, named=True)}
    rooms = {volume.name: volume_size(volume, volumes) for volume in volumes.all()}
    return (
        Usage("Images", len(everything), len(active), size, size - layers_size(active)),
        Usage(
            "Containers",
            len(sizes),
            len(sizes) - len(idle),
            sum(sizes.values()),
            sum(sizes[c.id] for c in idle),
        ),
        Usage(
            "Local Volumes",
            len(rooms),
            len(rooms) - len(unused),
            sum(rooms.values()),
            sum(rooms[name] for name in unused),
        ),
        Usage("Build Cache", 0, 0, 0, 0),
    )
