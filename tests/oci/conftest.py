"""An image with one of each thing, and tars made by hand."""

from __future__ import annotations

import io
import tarfile
from types import MappingProxyType

import pytest

from course_lib.image.config import HealthConfig, History, ImageConfig
from course_lib.image.entries import (
    Content,
    Directory,
    Entry,
    File,
    OpaqueDirectory,
    Symlink,
    Whiteout,
)
from course_lib.image.image import Image
from course_lib.image.layer import Layer
from course_lib.image.programs import program

TIME = "2024-01-15T09:00:00Z"
HELLO = File(Content.of("hello\n"), 0o644, 1000, 50, 7)
LONG = "/" + "/".join(["a-name-that-is-too-long-for-a-header"] * 8)


def sample() -> Image:
    bottom: dict[str, Entry] = {
        "/": Directory(mtime=3),
        "/bin": Directory(),
        "/bin/prog": File(program("ls", 3_000_000), 0o4755),
        "/data": Directory(0o1777, 5, 6, 7),
        "/data/old": HELLO,
        "/data/zeros": File(Content.of(bytes(100))),
        "/gone": HELLO,
        "/l": Symlink("data/old", 1, 2, 3),
        "/名 x": HELLO,
        LONG: HELLO,
    }
    top: dict[str, Entry] = {
        "/data": OpaqueDirectory(mtime=9),
        "/data/new": HELLO,
        "/gone": Whiteout(),
    }
    return Image(
        config=ImageConfig(  # noqa: S604 - the SHELL of an image
            user="app",
            exposed_ports=("80/tcp",),
            env=("PATH=/bin", "A=b=c"),
            entrypoint=("/bin/prog",),
            cmd=("-l",),
            volumes=("/data",),
            working_dir="/data",
            labels=MappingProxyType({"a": "1"}),
            stop_signal="SIGINT",
            healthcheck=HealthConfig(("CMD", "true"), 5_000_000_000, 1, 2, 3, 4),
            shell=("/bin/sh", "-c"),
            on_build=("RUN x",),
        ),
        layers=(Layer(bottom), Layer(top)),
        history=(
            History(TIME, "COPY a", "buildkit.dockerfile.v0"),
            History(TIME, "COPY b", author="me"),
            History(TIME, "CMD x", empty_layer=True),
        ),
        created=TIME,
        author="me",
    )


@pytest.fixture
def image() -> Image:
    return sample()


def tar(
    *names: str, links: dict[str, str] | None = None, hard: dict[str, str] | None = None
) -> bytes:
    """A tar of folders (a slash at the end) and of files that hold their own name."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name in names:
            info = tarfile.TarInfo(name)
            data = b"" if name.endswith("/") else name.encode()
            info.type = tarfile.DIRTYPE if name.endswith("/") else tarfile.REGTYPE
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for kind, pairs in ((tarfile.SYMTYPE, links), (tarfile.LNKTYPE, hard)):
            for name, target in (pairs or {}).items():
                info = tarfile.TarInfo(name)
                info.type, info.linkname = kind, target
                archive.addfile(info)
    return buffer.getvalue()
