"""Where the blobs of an image lie: a folder, or the members of a tar archive."""

from __future__ import annotations

import gzip
import io
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Protocol

from course_lib.image.oci import digest as digest_of
from course_lib.oci.documents import MOST_BYTES
from course_lib.oci.errors import ImageReadError
from course_lib.oci.layerstream import layer_path
from course_lib.oci.tarstream import TarStream
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

_MOST_LINKS = 8


class Store(Protocol):
    """Files by name."""

    def has(self, name: str) -> bool:
        """Whether there is a file of this name."""

    def open(self, name: str) -> AbstractContextManager[BinaryIO]:
        """Open a file.

        Raises:
            ImageReadError: there is none.

        """


@dataclass(frozen=True, slots=True)
class FolderStore:
    """An OCI layout on disk."""

    folder: Path

    def has(self, name: str) -> bool:
        """Whether there is a file of this name."""
        return (self.folder / name).is_file()

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """Open a file.

        Raises:
            ImageReadError: there is none, or it can't be read.

        """
        try:
            with (self.folder / name).open("rb") as file:
                yield file
        except OSError as error:
            raise _missing(name, error.strerror or str(error)) from error


@dataclass(slots=True)
class ArchiveStore:
    """A tar archive, plain or compressed by gzip; the last of several members of one name counts."""

    source: BinaryIO
    _places: dict[str, tuple[int, int]] = field(default_factory=dict)
    _links: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.source.seek(0)
        if self.source.read(2) == b"\x1f\x8b":
            self.source = _unzipped(self.source)
        self.source.seek(0)
        for member in TarStream(self.source).members():
            path = layer_path(member.name)
            if member.kind == "file":
                self._places[path] = (member.offset, member.size)
                self._links.pop(path, None)
            elif member.kind == "link":
                self._links[path] = layer_path(f"{path.rpartition('/')[0]}/{member.target}")
            elif member.kind == "hard link":
                self._links[path] = layer_path(member.target)

    def has(self, name: str) -> bool:
        """Whether there is a file of this name."""
        return self._place(name) is not None

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """Open a member.

        Raises:
            ImageReadError: there is none.

        """
        place = self._place(name)
        if place is None:
            raise _missing(name, "no such member of the archive")
        yield io.BufferedReader(_Window(self.source, *place))

    def _place(self, name: str) -> tuple[int, int] | None:
        path = layer_path(name)
        for _ in range(_MOST_LINKS):
            if path not in self._links:
                break
            path = self._links[path]
        return self._places.get(path)


class _Window(io.RawIOBase):
    """A part of a file, as a file."""

    def __init__(self, source: BinaryIO, start: int, size: int) -> None:
        self._source, self._start, self._size, self._at = source, start, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self._at = offset + (0, self._at, self._size)[whence]
        return self._at

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # narrower than typeshed's Buffer
        self._source.seek(self._start + self._at)
        data = self._source.read(max(0, min(len(buffer), self._size - self._at)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def read_small(store: Store, name: str) -> bytes:
    """The bytes of a JSON document.

    Raises:
        ImageReadError: it is not there, or larger than 4 MiB.

    """
    with store.open(name) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        message = f"{name}: more than {MOST_BYTES} bytes"
        raise ImageReadError(message)
    return data


def blob_name(digest: str) -> str:
    """`blobs/sha256/...` of a digest.

    Raises:
        ImageReadError: a digest that is not by sha256.

    """
    algorithm, _, encoded = digest.partition(":")
    if algorithm != "sha256":
        raise ImageReadError(
            message=f"{digest}: digests by {algorithm} are not simulated",
            help=Text("Write the image with sha256 digests.", "请使用 sha256 摘要导出镜像。"),
        )
    return f"blobs/sha256/{encoded}"


def check_digest(data: bytes, expected: str) -> bytes:
    """The same bytes.

    Raises:
        ImageReadError: they have another digest.

    """
    found = digest_of(data)
    if found != expected:
        raise mismatch(expected, found)
    return data


def mismatch(expected: str, found: str) -> ImageReadError:
    """A blob that is not what its name says."""
    return ImageReadError(
        message=f"digest mismatch: expected {expected}, found {found}",
        help=Text(
            "The bytes were changed after the image was written.",
            "镜像写出以后，这部分字节被改动过。",
        ),
    )


def _unzipped(source: BinaryIO) -> BinaryIO:
    """A whole archive out of gzip, in memory."""
    source.seek(0)
    most = 1 << 30
    try:
        data = gzip.GzipFile(fileobj=source).read(most + 1)
    except (EOFError, OSError, ValueError, zlib.error) as error:
        message = f"invalid compressed archive: {error}"
        raise ImageReadError(message) from error
    if len(data) > most:
        message = f"a compressed archive of more than {most} bytes"
        raise ImageReadError(
            message, Text("Uncompress it first with gunzip.", "请先用 gunzip 解压。")
        )
    return io.BytesIO(data)


def _missing(name: str, why: str) -> ImageReadError:
    return ImageReadError(
        message=f"{name}: {why}",
        help=Text(
            f"The image needs the file {name}, and it is not there.",
            f"镜像需要文件 {name}，但是找不到它。",
        ),
    )
