"""The same Dockerfiles, built by a real Docker engine and by the simulator.

Judge: Debian's engine with BuildKit, for the files of each layer with their modes, owners and
whiteouts, for the config, and for the argv of each RUN. It is older than the history words that the
course teaches; those are judged by `test_config.py`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from course_lib.build import BuildResult, Context, build
from course_lib.clock import Clock
from course_lib.image.config import History, ImageConfig
from course_lib.image.entries import (
    Content,
    Directory,
    Entry,
    File,
    Node,
    OpaqueDirectory,
    Symlink,
    Whiteout,
)
from course_lib.image.image import Image
from course_lib.image.layer import Layer
from course_lib.image.oci import OPAQUE_MARK, WHITEOUT_PREFIX
from course_lib.image.programs import program
from course_lib.image.tree import Tree
from tests.oracles.docker_engine import BASE

if TYPE_CHECKING:
    import tarfile
    from collections.abc import Iterable, Mapping

    from tests.oracles.docker_engine import DockerEngine, SavedImage

FOLDER = Path(__file__).parent / "oracle_cases"
CASES = sorted(path.name for path in FOLDER.iterdir())
PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_BUSYBOX = "/bin/busybox"

Shape = tuple[object, ...]


@pytest.fixture(scope="session")
def base(docker_engine: DockerEngine) -> Image:
    """The engine's base image, with the simulated busybox in place of the real one."""
    entries = layer_entries(docker_engine.saved(BASE), 0)
    busybox = entries[_BUSYBOX]
    assert isinstance(busybox, File)
    entries[_BUSYBOX] = File(program("busybox", busybox.size), 0o755, mtime=busybox.mtime)
    return Image(
        config=ImageConfig(env=(PATH,), working_dir="/"),
        layers=(Layer(entries),),
        history=(History("2024-01-01T00:00:00Z", "COPY root/ / # buildkit"),),
        created="2024-01-01T00:00:00Z",
    )


@pytest.fixture(params=CASES)
def both(
    request: pytest.FixtureRequest, docker_engine: DockerEngine, base: Image
) -> tuple[SavedImage, BuildResult]:
    """One case, as the engine saved it and as the simulator built it."""
    folder = FOLDER / request.param
    tag = f"build/{request.param}"
    docker_engine.build(folder, tag=tag)
    result = build(
        (folder / "Dockerfile").read_text(encoding="utf-8"),
        Context.from_directory(folder),
        images={BASE: base}.get,
        clock=Clock(),
    )
    return docker_engine.saved(tag), result


def test_the_engine_and_the_simulator_agree(both: tuple[SavedImage, BuildResult]) -> None:
    """Layers above the base, config, and which lines of the history have a layer."""
    saved, result = both
    below = sum(line.comment != "buildkit.dockerfile.v0" for line in result.image.history)
    below = 1 if result.image.history[0].created_by == "COPY root/ / # buildkit" else below
    theirs = stack(layer_entries(saved, number) for number in range(len(saved.layers)))
    ours = stack(layer.entries for layer in result.image.layers)
    assert ours[below:] == theirs[below:]
    assert settings(result.image) == saved_settings(saved)
    assert empty_lines(result.image) == [
        bool(line.get("empty_layer")) for line in saved.config["history"]
    ]
    assert commands(line.created_by for line in result.image.history) == commands(
        line.get("created_by", "") for line in saved.config["history"]
    )


def stack(layers: Iterable[Mapping[str, Entry]]) -> list[dict[str, Shape]]:
    """Each layer as what it does to those below.

    Writers differ in two ways that nobody sees in the files: a folder that is listed as it was
    (this engine adds /etc to each RUN, where it mounts resolv.conf), and an opaque folder in place
    of one whiteout per child.
    """
    found: list[dict[str, Shape]] = []
    tree = Tree.EMPTY
    for entries in layers:
        found.append(
            {
                path: shape(entry)
                for path, entry in explicit(entries, tree).items()
                if not (isinstance(entry, Directory) and shape(entry) == shape_at(path, tree))
            }
        )
        tree = Layer(entries).apply(tree)
    return found


def explicit(entries: Mapping[str, Entry], below: Tree) -> dict[str, Entry]:
    """The entries with a whiteout for each child that an opaque folder hides."""
    hidden = {
        f"{path}/{name}": Whiteout()
        for path, entry in entries.items()
        if isinstance(entry, OpaqueDirectory) and isinstance(below.get(path), Directory)
        for name in below.children(path)
    }
    plain = {
        path: Directory(entry.mode, entry.uid, entry.gid, entry.mtime)
        if isinstance(entry, OpaqueDirectory)
        else entry
        for path, entry in entries.items()
    }
    return {**hidden, **plain}


def shape_at(path: str, tree: Tree) -> Shape | None:
    node = tree.get(path)
    return None if node is None else shape(node)


def shape(entry: Entry) -> Shape:
    """An entry without its time."""
    match entry:
        case File(content, mode, uid, gid):
            return "file", oct(mode), uid, gid, hashlib.sha256(content.data).hexdigest()
        case Directory(mode, uid, gid):
            return "directory", oct(mode), uid, gid
        case Symlink(target, uid, gid):
            return "link", target, uid, gid
        case _:
            return (type(entry).__name__,)


def layer_entries(saved: SavedImage, number: int) -> dict[str, Entry]:
    """A layer of the engine as the simulator writes one."""
    entries: dict[str, Entry] = {}
    for name, member in saved.members(number).items():
        folder, _, last = f"/{name}".rpartition("/")
        if last == OPAQUE_MARK:
            here = entries[folder]
            assert isinstance(here, Directory)
            entries[folder] = OpaqueDirectory(here.mode, here.uid, here.gid, here.mtime)
        elif last.startswith(WHITEOUT_PREFIX):
            entries[f"{folder}/{last.removeprefix(WHITEOUT_PREFIX)}"] = Whiteout()
        else:
            entries[f"/{name}"] = node(saved, number, name, member)
    return entries


def node(saved: SavedImage, number: int, name: str, member: tarfile.TarInfo) -> Node:
    mode, mtime = member.mode & 0o7777, int(member.mtime)
    if member.isdir():
        return Directory(mode, member.uid, member.gid, mtime)
    if member.issym():
        return Symlink(member.linkname, member.uid, member.gid, mtime)
    return File(Content.of(saved.content(number, name)), mode, member.uid, member.gid, mtime)


def settings(image: Image) -> dict[str, object]:
    config = image.config
    health = config.healthcheck
    found: dict[str, object] = {
        "User": config.user,
        "Env": list(config.env),
        "Cmd": list(config.cmd or ()),
        "Entrypoint": list(config.entrypoint or ()),
        "WorkingDir": config.working_dir,
        "Volumes": list(config.volumes),
        "ExposedPorts": list(config.exposed_ports),
        "Labels": dict(config.labels),
        "StopSignal": config.stop_signal,
        "Shell": list(config.shell or ()),
        "OnBuild": list(config.on_build),
        "Healthcheck": (list(health.test), health.interval, health.retries) if health else None,
        "author": image.author,
    }
    return {name: value for name, value in found.items() if value}


def saved_settings(saved: SavedImage) -> dict[str, object]:
    config = dict(saved.config["config"])
    for name in ("Volumes", "ExposedPorts"):
        config[name] = sorted(config.get(name) or {})
    if health := config.get("Healthcheck"):
        config["Healthcheck"] = (
            health["Test"],
            health.get("Interval", 0),
            health.get("Retries", 0),
        )
    config["author"] = saved.config.get("author")
    config.pop("ArgsEscaped", None)  # always true after CMD, and deprecated
    return {name: value for name, value in config.items() if value}


def empty_lines(image: Image) -> list[bool]:
    return [line.empty_layer for line in image.history]


def commands(lines: Iterable[str]) -> list[str]:
    """What each RUN ran, without the ARGs before it (the older engine lists them otherwise)."""
    ran = (line for line in lines if line.startswith("RUN "))
    return [line[max(line.find("/bin/sh"), 0) :] for line in ran]
