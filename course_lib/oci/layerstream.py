"""A layer read from its tar by the rules of the OCI image spec (layer.md)."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, cast

from course_lib.image.entries import Directory, File, OpaqueDirectory, Symlink, Whiteout
from course_lib.image.layer import Layer
from course_lib.image.oci import OPAQUE_MARK, WHITEOUT_PREFIX
from course_lib.image.paths import join, parent
from course_lib.oci.errors import ImageReadError
from course_lib.oci.tarstream import CHUNK, TarStream
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.image.entries import Entry
    from course_lib.oci.tarstream import Member, Readable

_META_PREFIX = ".wh..wh."  # what aufs kept for itself
_MOST_LAYER = 4 << 30
_MOST_NOTES = 100
_OTHER_COMPRESSIONS = ((b"\x28\xb5\x2f\xfd", "zstd"), (b"BZh", "bzip2"), (b"\xfd7zXZ\x00", "xz"))


@dataclass(frozen=True, slots=True)
class ReadLayer:
    """A layer, the digest of the tar that it was read from, and what was left out of it."""

    layer: Layer
    diff_id: str
    left_out: tuple[Text, ...] = ()


def read_layer(source: BinaryIO) -> ReadLayer:
    """Read a layer's tar, plain or compressed by gzip, from its beginning to its end.

    Hard links become copies. Devices, pipes and aufs' own files are left out.

    Raises:
        ImageReadError: whatever is wrong with the bytes.

    """
    plain = _Digesting(decompressed(source))
    collected = _Collected(TarStream(plain))
    try:
        for member in collected.tar.members():
            collected.take(member)
        while plain.read(CHUNK):
            pass
    except (EOFError, OSError, ValueError, zlib.error) as error:
        message = f"invalid compressed layer: {error}"
        raise ImageReadError(message) from error
    return ReadLayer(
        collected.layer(), f"sha256:{plain.sha.hexdigest()}", tuple(collected.left_out)
    )


def decompressed(source: BinaryIO) -> Readable:
    """The stream behind a compressed one, told by its first bytes.

    Raises:
        ImageReadError: zstd, bzip2 or xz.

    """
    magic = source.read(6)
    source.seek(-len(magic), 1)
    if magic.startswith(b"\x1f\x8b"):
        return cast("Readable", gzip.GzipFile(fileobj=source, mode="rb"))
    for mark, name in _OTHER_COMPRESSIONS:
        if magic.startswith(mark):
            raise ImageReadError(
                message=f"layers compressed by {name} are not simulated",
                help=Text(
                    "Write the image with gzip or plain layers.", "请用 gzip 或不压缩的层导出镜像。"
                ),
            )
    return source


@dataclass(slots=True)
class _Digesting:
    """A stream that counts and digests what is read from it."""

    source: Readable
    sha: hashlib._Hash = field(default_factory=hashlib.sha256)
    count: int = 0

    def read(self, size: int, /) -> bytes:
        data = self.source.read(size)
        self.sha.update(data)
        self.count += len(data)
        if self.count > _MOST_LAYER:
            message = f"a layer of more than {_MOST_LAYER} bytes"
            raise ImageReadError(message)
        return data


@dataclass(slots=True)
class _Collected:
    tar: TarStream
    entries: dict[str, Entry] = field(default_factory=dict)
    whiteouts: set[str] = field(default_factory=set)
    opaque: set[str] = field(default_factory=set)
    left_out: list[Text] = field(default_factory=list)

    def take(self, member: Member) -> None:
        path = layer_path(member.name)
        above, _, name = path.rpartition("/")
        if name == OPAQUE_MARK:
            self.opaque.add(above or "/")
        elif name.startswith(_META_PREFIX):
            self._leave_out(member, Text("aufs' own bookkeeping", "aufs 自己的记录"))
        elif name.startswith(WHITEOUT_PREFIX):
            hidden = name.removeprefix(WHITEOUT_PREFIX)
            if hidden in ("", ".", ".."):
                message = f"invalid whiteout {member.name!r}"
                raise ImageReadError(message)
            self.whiteouts.add(join(above or "/", hidden))
        elif member.kind == "special":
            self._leave_out(member, Text("a device or a pipe", "设备或管道"))
        else:
            self.entries[path] = self._node(path, member)

    def layer(self) -> Layer:
        """All that was taken, once it is known what stands beside what."""
        for path in self.whiteouts:
            there = self.entries.get(path)
            if there is None:
                self.entries[path] = Whiteout()
            elif isinstance(there, Directory):
                self.opaque.add(path)
        for path in self.opaque:
            there = self.entries.get(path, Directory())
            if not isinstance(there, Directory):
                message = f"invalid opaque directory {path!r}: a file stands there"
                raise ImageReadError(message)
            self.entries[path] = OpaqueDirectory(there.mode, there.uid, there.gid, there.mtime)
        sound: set[str] = {"/"}
        for path in self.entries:
            above = parent(path)
            while above not in sound:
                if isinstance(self.entries.get(above), File | Symlink):
                    message = f"invalid layer: {path!r} lies below the file or link {above!r}"
                    raise ImageReadError(message)
                sound.add(above)
                above = parent(above)
        return Layer(self.entries)

    def _node(self, path: str, member: Member) -> Entry:
        match member.kind:
            case "directory":
                return Directory(member.mode, member.uid, member.gid, member.mtime)
            case _ if path == "/":
                message = f"invalid tar archive: {member.name!r} is no name for a file"
                raise ImageReadError(message)
            case "link":
                return Symlink(member.target, member.uid, member.gid, member.mtime)
            case "hard link":
                linked = self.entries.get(layer_path(member.target))
                if not isinstance(linked, File | Symlink):
                    message = (
                        f"invalid hard link {member.name!r}: {member.target!r} is not before it"
                    )
                    raise ImageReadError(message)
                return linked
            case _:
                content = self.tar.content()
                return File(content, member.mode, member.uid, member.gid, member.mtime)

    def _leave_out(self, member: Member, what: Text) -> None:
        if len(self.left_out) < _MOST_NOTES:
            self.left_out.append(
                Text(
                    f"{member.name} is {what.en}: left out",
                    f"{member.name} 是{what.zh}：没有读入",
                )
            )


def layer_path(name: str) -> str:
    """`/etc/passwd` of `./etc//passwd`, `/` of `./`.

    Raises:
        ImageReadError: a name that leads out of the layer.

    """
    parts: list[str] = []
    for part in name.split("/"):
        if part == "..":
            if not parts:
                message = f"invalid tar archive: {name!r} leads out of the layer"
                raise ImageReadError(message)
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/" + "/".join(parts)
