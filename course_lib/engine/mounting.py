"""Volumes and tmpfs put in place over a container's files, and the pre-fill of volumes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.engine.errors import EngineError
from course_lib.image.entries import Directory
from course_lib.image.tree import Tree
from course_lib.image.workspace import Workspace
from course_lib.run.container import Mount
from course_lib.run.options import MountSpec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from course_lib.clock import Clock
    from course_lib.engine.ids import Ids
    from course_lib.engine.volumes import VolumeStore
    from course_lib.image.config import ImageConfig


def wanted(config: ImageConfig, specs: Iterable[MountSpec]) -> tuple[MountSpec, ...]:
    """The mounts of a container: those asked for, then an anonymous volume per other VOLUME.

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
        target = path.rstrip("/") or "/"
        by_target.setdefault(target, MountSpec(target))
    return tuple(by_target[target] for target in sorted(by_target))


def attach(
    specs: Iterable[MountSpec], files: Workspace, volumes: VolumeStore, ids: Ids, clock: Clock
) -> tuple[Mount, ...]:
    """Mount each, making the mount point and the volume where they are missing.

    A volume that is empty is first filled with what the image has at that path.
    """
    return tuple(_attach(spec, files, volumes, ids, clock) for spec in specs)


def _attach(
    spec: MountSpec, files: Workspace, volumes: VolumeStore, ids: Ids, clock: Clock
) -> Mount:
    make_directory(files, spec.target)
    if spec.type == "tmpfs":
        files.mount(spec.target, Workspace(Tree.EMPTY, now=clock.now))
        return Mount(spec.target, type="tmpfs")
    volume = volumes.create(spec.source or ids.new("volume"), anonymous=not spec.source)
    store = volumes.files(volume.name)
    if spec.copy and not store.children("/"):
        _fill(store, files, spec.target)
    files.mount(spec.target, store, read_only=spec.read_only)
    return Mount(spec.target, volume.name, "volume", spec.read_only, volume.anonymous)


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
    for path, node in files.walk(target):
        inside = path.removeprefix(target.rstrip("/"))
        if inside not in ("", "/"):
            store.put(inside, node)
