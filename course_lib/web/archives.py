"""A .tar.gz as a project releases it, the same bytes on every machine.

The gzip stream is stored, not deflated: what a deflater makes of the same bytes differs with the
version of zlib, and the digest of a release must not.
"""

from __future__ import annotations

import io
import tarfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.web.repository import Source

_HEADER = b"\x1f\x8b\x08\x00"  # magic, deflate, no flags
_UNKNOWN_SYSTEM = b"\x00\xff"
_USER = 1000  # who packed it


def tar_gz(files: Mapping[str, Source], modified: int) -> bytes:
    """Pack files, by their paths, with the folders that they stand in."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for folder in sorted({path.rpartition("/")[0] for path in files} - {""}):
            archive.addfile(_member(folder, modified, kind=tarfile.DIRTYPE, mode=0o755))
        for path, source in files.items():
            member = _member(path, modified, mode=0o755 if source.executable else 0o644)
            member.size = len(source.data)
            archive.addfile(member, io.BytesIO(source.data))
    return _gzip(plain.getvalue(), modified)


def _member(
    path: str, modified: int, *, mode: int, kind: bytes = tarfile.REGTYPE
) -> tarfile.TarInfo:
    member = tarfile.TarInfo(path)
    member.type, member.mode, member.mtime = kind, mode, modified
    member.uid = member.gid = _USER
    return member


def _gzip(data: bytes, modified: int) -> bytes:
    packer = zlib.compressobj(0, zlib.DEFLATED, -zlib.MAX_WBITS)
    stored = packer.compress(data) + packer.flush()
    ends = zlib.crc32(data).to_bytes(4, "little") + len(data).to_bytes(4, "little")
    return _HEADER + modified.to_bytes(4, "little") + _UNKNOWN_SYSTEM + stored + ends
