"""Volumes, paths of the host and tmpfs put in place over a container's files; the pre-fill of volumes."""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING

from course_lib.engine.errors import EngineError
from course_lib.image.entries import Content, Directory, File
from course_lib.image.tree import Tree
from course_lib.image.workspace import Workspace
from course_lib.run.container import Mount
from course_lib.run.options import MountSpec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from course_lib.clock import Clock
    from course_lib.engine.host import Host
    from course_lib.engine.ids import Ids
    from course_lib.engine.volumes import VolumeStore
    from course_lib.image.config import ImageConfig


def wanted(config: ImageConfig, specs: Iterable[MountSpec]) -> tuple[MountSpec, ...]:
    """The mounts of a container: those asked for, then an anonymous volume per other VOLUME.

    A VOLUME without a slash in front is meant from the root of the container: the engine asked.

    Raises:
        EngineError: `Duplicate mount point: /x`.

    """
    by_target: dict[str, MountSpec] = {}
    for spec in specs:
        if spec.target in by_target:
            msg = f"Duplicate mount point: {spec.target}"
            raise EngineError(msg)
        by_target[spec.target] = spec
    for path in config.volumes:
        target = normpath(f"/{path.lstrip('/')}")
        by_target.setdefault(target, MountSpec(target))
    return tuple(by_target[target] for target in sorted(by_target))


class Mounter:
    """Puts mounts in place, making the mount point and the volume where they are missing."""

    def __init__(self, volumes: VolumeStore, ids: Ids, clock: Clock, host: Host) -> None:
        self._volumes = volumes
        self._ids = ids
        self._clock = clock
        self._host = host

    def attach(self, spec: MountSpec, files: Workspace) -> Mount:
        """Mount one; a volume that is empty is first filled with what the image has at that path.

        Raises:
            EngineError: a host path that is not there, a file where a folder should be.

        """
        if spec.type == "tmpfs":
            make_directory(files, spec.target)
            files.mount(spec.target, Workspace(Tree.EMPTY, now=self._clock.now))
            return Mount(spec.target, type="tmpfs")
        if spec.type == "bind":
            return self._bind(spec, files)
        in_the_image = files.get(spec.target) is not None
        make_directory(files, spec.target)
        volume = self._volumes.create(
            spec.source or self._ids.new("volume"), anonymous=not spec.source
        )
        store = self._volumes.files(volume.name)
        if spec.copy and in_the_image and not store.children("/"):
            _fill(store, files, spec.target)
        files.mount(spec.target, store, read_only=spec.read_only)
        return Mount(
            spec.target,
            volume.name,
            "volume",
            spec.read_only,
            volume.anonymous,
            mode=spec.mode or "z",
        )

    def attach_again(self, mount: Mount, files: Workspace) -> None:
        """Mount what a container had mounted before; a tmpfs comes back empty."""
        spec = MountSpec(
            mount.destination,
            mount.name or mount.source,
            mount.type,
            mount.read_only,
            copy=False,
            written=mount.source and f"{mount.source}:{mount.destination}",
        )
        self.attach(spec, files)

    def _bind(self, spec: MountSpec, files: Workspace) -> Mount:
        host = self._host.files
        try:
            source = host.resolve(spec.source)
        except OSError as error:
            if not spec.written:
                msg = (
                    f'invalid mount config for type "bind": '
                    f"bind source path does not exist: {spec.source}"
                )
                raise EngineError(msg) from error
            host.mkdir(spec.source, parents=True)
            source = host.resolve(spec.source)
        if isinstance(host.get(source), Directory):
            make_directory(files, spec.target)
        elif files.get(spec.target) is None:
            make_directory(files, spec.target.rpartition("/")[0] or "/")
            files.put(spec.target, File(Content.of(b"")))
        try:
            files.mount(spec.target, host, read_only=spec.read_only, source=source)
        except NotADirectoryError as error:
            msg = (
                f"cannot mount {spec.source} at {spec.target}: "
                "one is a directory and the other is a file: not a directory"
            )
            raise EngineError(msg) from error
        return Mount(
            spec.target,
            type="bind",
            read_only=spec.read_only,
            source=spec.source,
            mode=spec.mode,
        )


def make_directory(files: Workspace, path: str) -> None:
    """`mkdir -p` for a mount point or a working directory.

    Raises:
        EngineError: when a file stands in the way.

    """
    node = files.get(path)
    if isinstance(node, Directory):
        return
    try:
        files.mkdir(path, parents=True)
    except FileExistsError:
        if not isinstance(files.get(files.resolve(path)), Directory):
            msg = f"Cannot mkdir: {path} is not a directory"
            raise EngineError(msg) from None
    except NotADirectoryError as error:
        msg = f"Cannot mkdir: {path} is not a directory"
        raise EngineError(msg) from error


def _fill(store: Workspace, files: Workspace, target: str) -> None:
    """Copy what is at the mount point, the mode and owner of the folder itself included."""
    real = files.resolve(target)
    for path, node in files.walk(real):
        inside = path.removeprefix(real.rstrip("/"))
        store.put(inside or "/", node)
