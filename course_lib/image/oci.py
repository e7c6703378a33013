"""A layer as bytes: the uncompressed tar of the OCI image spec (layer.md), and its digest.

Only here a deletion has a file name: `.wh.NAME`, and `.wh..wh..opq` for an opaque directory.
The tar is a function of the layer alone, so that the same layer has the same digest everywhere.
"""

from __future__ import annotations

import hashlib
import tarfile
from typing import TYPE_CHECKING

from course_lib.image.entries import File, OpaqueDirectory, Symlink, Whiteout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.image.entries import Content, Entry
    from course_lib.image.layer import Layer

WHITEOUT_PREFIX = ".wh."
OPAQUE_MARK = ".wh..wh..opq"
_BLOCK = tarfile.BLOCKSIZE
_ZEROS = bytes(1 << 20)
_END = bytes(2 * _BLOCK)


def digest(data: bytes) -> str:
    """`sha256:` and 64 hex digits."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def diff_id(layer: Layer) -> str:
    """The digest of a layer's uncompressed tar."""
    sha = hashlib.sha256()
    for chunk in layer_tar(layer):
        sha.update(chunk)
    return f"sha256:{sha.hexdigest()}"


def layer_tar(layer: Layer) -> Iterator[bytes]:
    """The uncompressed tar of a layer, in pieces; a large sparse file is never held in memory.

    Members stand in the order of a walk, in each directory the whiteouts first, as the spec asks
    of writers.
    """
    for path in sorted(layer.entries, key=lambda path: _whiteouts_first(path, layer)):
        yield from _member(path.removeprefix("/"), layer.entries[path])
    yield _END


def content_chunks(content: Content) -> Iterator[bytes]:
    """The bytes of a file, in pieces of at most a mebibyte after its head."""
    yield content.head
    missing = content.size - len(content.head)
    while missing > 0:
        yield _ZEROS if missing >= len(_ZEROS) else _ZEROS[:missing]
        missing -= len(_ZEROS)


def content_digest(content: Content) -> str:
    """The digest of a file's bytes."""
    sha = hashlib.sha256()
    for chunk in content_chunks(content):
        sha.update(chunk)
    return f"sha256:{sha.hexdigest()}"


def _whiteouts_first(path: str, layer: Layer) -> list[tuple[bool, str]]:
    *above, name = path.split("/")
    is_whiteout = isinstance(layer.entries[path], Whiteout)
    return [*((True, part) for part in above), (not is_whiteout, name)]


def _member(name: str, entry: Entry) -> Iterator[bytes]:
    match entry:
        case Whiteout():
            folder, slash, last = name.rpartition("/")
            yield _header(tarfile.TarInfo(f"{folder}{slash}{WHITEOUT_PREFIX}{last}"))
        case File(content=content):
            yield _header(_info(name, entry, size=content.size))
            yield from content_chunks(content)
            yield bytes(-content.size % _BLOCK)
        case Symlink(target=target):
            info = _info(name, entry)
            info.type, info.linkname, info.mode = tarfile.SYMTYPE, target, 0o777
            yield _header(info)
        case _:
            info = _info(f"{name or '.'}/", entry)
            info.type = tarfile.DIRTYPE
            yield _header(info)
            if isinstance(entry, OpaqueDirectory):
                yield _header(tarfile.TarInfo(f"{name}/{OPAQUE_MARK}".removeprefix("/")))


def _info(name: str, entry: Entry, size: int = 0) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size = size
    info.mode = getattr(entry, "mode", 0o777)
    info.uid, info.gid = getattr(entry, "uid", 0), getattr(entry, "gid", 0)
    info.mtime = getattr(entry, "mtime", 0)
    return info


def _header(info: tarfile.TarInfo) -> bytes:
    return info.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape")
