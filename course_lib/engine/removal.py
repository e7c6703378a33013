"""`docker rmi`: what is untagged, what is deleted, and what docker refuses.

The rules are those of the daemon's image_delete.go: a name that is not the last one of its image
is only untagged; an image that a container uses is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.engine.errors import EngineError
from course_lib.engine.images import short_id
from course_lib.run.container import Running
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.engine.containers import ContainerStore
    from course_lib.engine.images import ImageStore
    from course_lib.image.image import Image
    from course_lib.run.container import Container


@dataclass(frozen=True, slots=True)
class Removed:
    """`Untagged: x:latest` and `Deleted: sha256:...`: references, then images and layers."""

    untagged: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()


def remove_image(
    name: str, images: ImageStore, containers: ContainerStore, *, force: bool = False
) -> Removed:
    """`docker rmi [-f] NAME`.

    Raises:
        EngineError: `No such image`, or one of the `conflict: ...` texts.

    """
    image = images.get(name)
    reference = images.reference(name)
    references = images.references(image)
    if reference is not None and len(references) > 1:
        images.untag(reference)
        return Removed(untagged=(reference,))
    conflict = (
        _conflict_by_name(name, image, containers, force=force)
        if reference is not None
        else _conflict_by_id(image, images, containers, force=force)
    )
    if conflict is not None:
        raise conflict
    for key in references:
        images.untag(key)
    if _kept(image, images, containers):
        return Removed(untagged=references)
    return Removed(references, delete_image(image, images, containers))


def _conflict_by_name(
    name: str, image: Image, containers: ContainerStore, *, force: bool
) -> EngineError | None:
    users = _users(image, containers)
    if force or not users:
        return None
    return EngineError(
        f'conflict: unable to remove repository reference "{name}" (must force) - '
        f"container {users[0].short_id} is using its referenced image {short_id(image.id)}",
        help=_remove_first(users),
    )


def _conflict_by_id(
    image: Image, images: ImageStore, containers: ContainerStore, *, force: bool
) -> EngineError | None:
    users = _users(image, containers)
    running = [user for user in users if isinstance(user.state, Running)]
    refuse = f"conflict: unable to delete {short_id(image.id)}"
    if images.committed_children(image):
        return EngineError(
            f"{refuse} (cannot be forced) - image has dependent child images",
            help=Text(
                "Another image was committed on top of this one; remove that first.",
                "有别的镜像是在它之上 commit 出来的，要先删掉那个镜像。",
            ),
        )
    if running:
        return EngineError(
            f"{refuse} (cannot be forced) - "
            f"image is being used by running container {running[0].short_id}",
            help=_remove_first(users),
        )
    if not force and len(images.references(image)) > 1:
        return EngineError(
            f"{refuse} (must be forced) - image is referenced in multiple repositories",
            help=Text(
                "Remove its names one by one, or use docker rmi -f.",
                "可以逐个删除它的名字，或者用 docker rmi -f。",
            ),
        )
    if not force and users:
        return EngineError(
            f"{refuse} (must be forced) - "
            f"image is being used by stopped container {users[0].short_id}",
            help=_remove_first(users),
        )
    return None


def _kept(image: Image, images: ImageStore, containers: ContainerStore) -> bool:
    """Whether the image stays without a name: a running container or a child needs it."""
    running = any(isinstance(user.state, Running) for user in _users(image, containers))
    return running or bool(images.committed_children(image))


def delete_image(image: Image, images: ImageStore, containers: ContainerStore) -> tuple[str, ...]:
    """Forget an image; its id, then the layers that nobody uses any more, then its nameless parents."""
    parent = images.made_from(image)
    images.remove(image)
    used = {
        chain_id
        for other in (*images.all(), *(container.image for container in containers.all()))
        for chain_id in other.chain_ids
    }
    layers = tuple(chain_id for chain_id in reversed(image.chain_ids) if chain_id not in used)
    deleted = (image.id, *layers)
    if parent is None or parent.by == "build" or images.find(parent.parent.id) is None:
        return deleted
    grandparent = parent.parent
    dangling = not images.references(grandparent) and not images.committed_children(grandparent)
    if dangling and not _users(grandparent, containers):
        return deleted + delete_image(grandparent, images, containers)
    return deleted


def _users(image: Image, containers: ContainerStore) -> list[Container]:
    return [container for container in containers.all() if container.image.id == image.id]


def _remove_first(users: list[Container]) -> Text:
    names = " ".join(user.name for user in users)
    return Text(
        f"A container keeps its image in use, even when it has ended. Remove it first: docker rm -f {names}",
        f"容器即使已经结束，也还占用着它的镜像。先删除容器：docker rm -f {names}",
    )
