"""The engine's base image for the simulator: the same files, with the simulated busybox in place of the real one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.image.config import History, ImageConfig
from course_lib.image.entries import Content, Directory, Entry, File, Symlink
from course_lib.image.image import Image
from course_lib.image.layer import Layer
from course_lib.image.programs import program

if TYPE_CHECKING:
    import tarfile

    from tests.oracles.docker_engine import SavedImage

_BUSYBOX = "/bin/busybox"
_PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def simulated_base(saved: SavedImage) -> Image:
    """The base image; its one layer has no whiteouts."""
    entries: dict[str, Entry] = {
        f"/{name}": _entry(saved, name, member) for name, member in saved.members(0).items()
    }
    busybox = entries[_BUSYBOX]
    assert isinstance(busybox, File)
    entries[_BUSYBOX] = File(program("busybox", busybox.size), 0o755, mtime=busybox.mtime)
    created = "2024-01-01T00:00:00Z"
    return Image(
        config=ImageConfig(env=(_PATH,), working_dir="/"),
        layers=(Layer(entries),),
        history=(History(created, "COPY root/ / # buildkit", "buildkit.dockerfile.v0"),),
        created=created,
    )


def _entry(saved: SavedImage, name: str, member: tarfile.TarInfo) -> Entry:
    mode, mtime = member.mode & 0o7777, int(member.mtime)
    if member.isdir():
        return Directory(mode, member.uid, member.gid, mtime)
    if member.issym():
        return Symlink(member.linkname, member.uid, member.gid, mtime)
    content = saved.content(0, name) if name != _BUSYBOX.removeprefix("/") else bytes(member.size)
    return File(Content.of(content), mode, member.uid, member.gid, mtime)
