"""Engine: docker's commands as methods that return values.

Each method does what the docker command of its name does. What a learner can get wrong is an
`EngineError` in docker's words; a build that fails is a `BuildError`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course_lib.clock import Clock
from course_lib.engine import pruning, transport
from course_lib.engine.commit import commit
from course_lib.engine.containers import ContainerStore
from course_lib.engine.errors import EngineError, volume_in_use
from course_lib.engine.host import Host
from course_lib.engine.ids import Ids
from course_lib.engine.images import ImageStore, Provenance, parse_reference
from course_lib.engine.inspection import container_json, image_json, volume_json
from course_lib.engine.lifecycle import Lifecycle
from course_lib.engine.removal import Removed, delete_image, remove_image
from course_lib.engine.results import Committed
from course_lib.engine.supply import Supply
from course_lib.engine.volumes import VolumeStore
from course_lib.engine.web import Bridge
from course_lib.registry import BASE_IMAGES
from course_lib.run.container import Running
from course_lib.run.options import RunOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from course_lib.build import BuildResult, Context, Step
    from course_lib.engine.images import Listed
    from course_lib.engine.inspection import Json
    from course_lib.engine.pruning import Usage
    from course_lib.engine.results import Executed, Pulled, Ran, Stopped
    from course_lib.engine.transport import Loaded
    from course_lib.engine.volumes import Volume
    from course_lib.engine.web import View
    from course_lib.image.config import History
    from course_lib.image.diff import Change
    from course_lib.image.entries import Entry
    from course_lib.image.image import Image
    from course_lib.image.workspace import Workspace
    from course_lib.registry import Registry
    from course_lib.run.container import Container
    from course_lib.shell import Chunk

_DEFAULT = RunOptions()


@dataclass(frozen=True, slots=True)
class Parts:
    """What an engine remembers, for those who keep it."""

    images: ImageStore
    containers: ContainerStore
    volumes: VolumeStore
    ids: Ids
    registry: Registry


class Engine:
    """A simulated daemon. A fresh one has no images, no containers and no volumes."""

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

        self._parts = Parts(self._images, self._containers, self._volumes, ids, registry)

    def parts(self) -> Parts:
        """The stores behind the methods."""
        return self._parts

    def restore_container(self, container: Container, changes: Mapping[str, Entry]) -> None:
        """Keep a container that was there before, with what its writable layer held."""
        self._life.restore(container, changes)

    # Images

    def build(  # noqa: PLR0913 - the options of docker build
        self,
        source: str,
        context: Context,
        *,
        tags: Sequence[str] = (),
        target: str = "",
        build_args: Mapping[str, str] | None = None,
        no_cache: bool = False,
        dockerfile_name: str = "Dockerfile",
        builder: str = "buildkit",
        on_step: Callable[[Step], None] | None = None,
    ) -> BuildResult:
        """`docker build -t TAG .`: the last image that was built with a tag loses it."""
        return self._supply.build(
            source,
            context,
            tags,
            target=target,
            build_args=build_args or {},
            no_cache=no_cache,
            dockerfile_name=dockerfile_name,
            builder=builder,
            on_step=on_step,
        )

    def pull(self, name: str) -> Pulled:
        """`docker pull NAME`."""
        return self._supply.pull(name)

    def add_image(self, image: Image, *names: str) -> None:
        """Keep an image that was made elsewhere, under these names."""
        self._images.add(image)
        for name in names:
            self._images.tag(name, image)

    def images(self) -> tuple[Listed, ...]:
        """`docker images`, newest first."""
        return self._images.listed()

    def image(self, name: str) -> Image:
        """The image that a reference or an id means."""
        return self._images.get(name)

    def find_image(self, name: str) -> Image | None:
        """`image`, or None."""
        return self._images.find(name)

    def reference(self, name: str) -> str:
        """The familiar reference that a name means: `centos:latest` for `centos`."""
        return parse_reference(name).familiar

    def references(self, image: Image) -> tuple[str, ...]:
        """The names that an image has here."""
        return self._images.references(image)

    def made_from(self, image: Image) -> Provenance | None:
        """The image that this one was built from or committed on: an edge of the family tree."""
        return self._images.made_from(image)

    def history(self, name: str) -> tuple[History, ...]:
        """`docker history`, but oldest first, as the image config has it."""
        return self._images.get(name).history

    def tag(self, source: str, target: str) -> str:
        """`docker tag SOURCE TARGET`; the target's full reference."""
        try:
            parse_reference(target)
        except EngineError as error:
            msg = f'error parsing reference: "{target}" is not a valid repository/tag: {error.message}'
            raise EngineError(msg, help=error.help, from_daemon=False) from error
        return self._images.tag(target, self._images.get(source))

    def rmi(self, name: str, *, force: bool = False) -> Removed:
        """`docker rmi`."""
        return remove_image(name, self._images, self._containers, force=force)

    def commit(
        self,
        name: str,
        reference: str = "",
        *,
        author: str = "",
        message: str = "",
        changes: Sequence[str] = (),
    ) -> Committed:
        """`docker commit [-a AUTHOR] [-m MESSAGE] [-c CHANGE] CONTAINER [REFERENCE]`."""
        container = self._containers.get(name)
        if reference:
            parse_reference(reference)
        self.clock.tick()
        image = commit(
            container,
            self._containers.files(container),
            now=self.clock.now(),
            author=author,
            message=message,
            changes=changes,
        )
        self._images.add(image, Provenance(container.image, "commit"))
        key = self._images.tag(reference, image) if reference else ""
        return Committed(container, container.image, image, key)

    # Containers

    def run(
        self,
        image: str,
        args: Sequence[str] = (),
        options: RunOptions = _DEFAULT,
        stdin: bytes = b"",
    ) -> Ran:
        """`docker run`: pull if need be, create, start."""
        pulled = self._supply.fetch_missing(image)
        container = self._life.create(self._images.get(image), image, args, options)
        ran = self._life.start(container, stdin, detach=options.detach)
        return replace(ran, pulled=pulled)

    def create(
        self, image: str, args: Sequence[str] = (), options: RunOptions = _DEFAULT
    ) -> Container:
        """`docker create`."""
        self._supply.fetch_missing(image)
        return self._life.create(self._images.get(image), image, args, options)

    def start(self, name: str, stdin: bytes = b"", *, detach: bool = False) -> Ran:
        """`docker start`; the file system is as the last run left it. `-a` is `detach=False`."""
        return self._life.start(self._containers.get(name), stdin, detach=detach)

    def exec(  # noqa: PLR0913 - the options of docker exec
        self,
        name: str,
        argv: Sequence[str],
        *,
        env: Sequence[str] = (),
        workdir: str = "",
        user: str = "",
        stdin: bytes = b"",
        tty: bool = False,
        detach: bool = False,
    ) -> Executed:
        """`docker exec`."""
        return self._life.exec(
            self._containers.get(name),
            argv,
            env=env,
            workdir=workdir,
            user=user,
            stdin=stdin,
            tty=tty,
            detach=detach,
        )

    def stop(self, name: str, timeout: int | None = None) -> Stopped:
        """`docker stop [-t SECONDS]`; a container that does not run stays as it is."""
        return self._life.stop(self._containers.get(name), timeout)

    def kill(self, name: str, signal: str = "KILL") -> Stopped:
        """`docker kill [-s SIGNAL]`."""
        return self._life.kill(self._containers.get(name), signal)

    def restart(self, name: str, timeout: int | None = None) -> Ran:
        """`docker restart`: stop, then start."""
        container = self._life.stop(self._containers.get(name), timeout).container
        return self._life.start(container, detach=True)

    def settle(self) -> None:
        """Let the programs in the background that have slept long enough go on."""
        self._life.settle()

    def wait(self, name: str) -> Container:
        """`docker wait`: time passes until it has ended; one that does not end by itself goes on."""
        return self._life.wait(self._containers.get(name))

    def pause(self, name: str) -> Container:
        """`docker pause`: its processes stand still."""
        return self._life.pause(self._containers.get(name), paused=True)

    def unpause(self, name: str) -> Container:
        """`docker unpause`."""
        return self._life.pause(self._containers.get(name), paused=False)

    def rename(self, name: str, new_name: str) -> Container:
        """`docker rename`."""
        container = self._containers.get(name)
        if new_name == container.name:
            msg = "Renaming a container with the same name as its current name"
            raise EngineError(msg)
        try:
            self._containers.check_name(new_name)
        except EngineError as error:
            taken = error.message.startswith("Conflict")
            prefix = "Error when allocating new name: " if taken else ""
            raise EngineError(prefix + error.message, help=error.help) from error
        return self._containers.replace(replace(container, name=new_name))

    def rm(self, name: str, *, force: bool = False, volumes: bool = False) -> Container:
        """`docker rm [-f] [-v]`; the container that was removed."""
        container = self._containers.get(name)
        self._life.remove(container, force=force, volumes=volumes)
        return container

    def ps(self, *, all: bool = False) -> tuple[Container, ...]:  # noqa: A002 - docker's word
        """`docker ps [-a]`, newest first."""
        newest = reversed(self._containers.all())
        return tuple(c for c in newest if all or isinstance(c.state, Running))

    def web(self, name: str = "") -> View:
        """The network as a container sees it; without a name, as the host sees it."""
        return self._bridge.seen_from(self._containers.get(name) if name else None)

    def base_image(self, name: str) -> Image | None:
        """An image of the registry, without pulling it."""
        return self._supply.registry_image(name)

    def health(self, container: Container) -> str:
        """`starting`, `healthy` or `unhealthy`; "" when it does not run or has no health check."""
        return self._life.health(container)

    def container(self, name: str) -> Container:
        """The container that a name or an id means."""
        return self._containers.get(name)

    def files(self, name: str) -> Workspace:
        """A container's file system: image layers, writable layer, mounts."""
        return self._containers.files(self._containers.get(name))

    def logs(self, name: str) -> tuple[Chunk, ...]:
        """`docker logs`: what PID 1 wrote, over all of its starts."""
        return self._containers.get(name).log

    def diff(self, name: str) -> tuple[Change, ...]:
        """`docker diff`."""
        return self.files(name).diff()

    # Archives

    def save(self, names: Sequence[str]) -> bytes:
        """`docker save NAME...`: the bytes of the archive."""
        return transport.save(names, self._images)

    def load(self, data: bytes) -> tuple[Loaded, ...]:
        """`docker load`: the images that were in the archive."""
        return transport.load(data, self._images)

    def export(self, name: str) -> bytes:
        """`docker export CONTAINER`: the bytes of the tar."""
        return transport.export(self.files(name))

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

    def prune_images(self, *, named: bool = False) -> tuple[Removed, int]:
        """`docker image prune [-a]`: what was removed, and the bytes that it took."""
        before = pruning.layers_size(self.images_here())
        untagged: list[str] = []
        deleted: list[str] = []
        while unused := pruning.unused_images(self._images, self._containers, named=named):
            for image in unused:
                if self._images.find(image.id) is None:
                    continue
                for reference in self._images.references(image):
                    self._images.untag(reference)
                    untagged.append(reference)
                deleted += delete_image(image, self._images, self._containers)
        after = pruning.layers_size(self.images_here())
        return Removed(tuple(untagged), tuple(deleted)), before - after

    def prune_volumes(self, *, named: bool = False) -> tuple[tuple[Volume, ...], int]:
        """`docker volume prune [-a]`: what was removed, and the bytes that it took."""
        unused = pruning.unused_volumes(self._volumes, self._containers, named=named)
        size = sum(pruning.volume_size(volume, self._volumes) for volume in unused)
        for volume in unused:
            self._volumes.remove(volume.name)
        return unused, size

    def images_here(self) -> tuple[Image, ...]:
        """Every image, oldest arrival first."""
        return self._images.all()

    # Volumes

    def volumes(self) -> tuple[Volume, ...]:
        """`docker volume ls`, by name."""
        return self._volumes.all()

    def volume(self, name: str) -> Volume:
        """The volume of a name."""
        return self._volumes.get(name)

    def volume_files(self, name: str) -> Workspace:
        """The files of a volume; its root is what stands at the mount point."""
        return self._volumes.files(name)

    def inspect(self, name: str, kind: str = "") -> Mapping[str, Json]:
        """`docker inspect [--type KIND] NAME`: a container, else an image, else a volume."""
        finders = {
            "container": self._inspect_container,
            "image": self._inspect_image,
            "volume": self._inspect_volume,
        }
        if kind:
            return finders[kind](name)
        for find in finders.values():
            try:
                return find(name)
            except EngineError:
                continue  # not of this kind: docker asks for the next one, too
        msg = f"error: no such object: {name}"
        raise EngineError(msg, from_daemon=False)

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

    def _inspect_container(self, name: str) -> Mapping[str, Json]:
        volumes = {volume.name: volume for volume in self.volumes()}
        container = self._containers.get(name)
        return container_json(
            container,
            volumes,
            health=self.health(container),
            address=self._bridge.address(container),
        )

    def _inspect_image(self, name: str) -> Mapping[str, Json]:
        image = self._images.get(name)
        return image_json(image, self.references(image), self.made_from(image))

    def _inspect_volume(self, name: str) -> Mapping[str, Json]:
        return volume_json(self._volumes.get(name))
