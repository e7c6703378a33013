"""ADD of a local tar archive: recognised by its content, unpacked into the destination."""

from __future__ import annotations

import bz2
import gzip
import io
import posixpath
import tarfile
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.build.errors import InstructionError
from course_lib.build.paths import inside, make_folders
from course_lib.image.entries import Content, Directory, File, Symlink
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.build.accounts import Owner
    from course_lib.image.entries import Node
    from course_lib.image.workspace import Workspace

_ZSTANDARD = b"\x28\xb5\x2f\xfd"


def archive_in(content: Content) -> bytes | None:
    """The bytes of the tar archive that a file holds, plain or in gzip, bzip2, xz; else None.

    Raises:
        InstructionError: for zstd, which is not simulated.

    """
    plain = _decompressed(content.data)
    if plain is None:
        return None
    try:
        with tarfile.open(fileobj=io.BytesIO(plain), mode="r:") as archive:
            return plain if archive.next() else None
    except tarfile.TarError:
        return None


def unpack(archive: bytes, files: Workspace, dest: str, owner: Owner | None) -> None:
    """Unpack into a folder, which is made if it is missing.

    Owners and modes come from the archive, with `--chown` the owner does not; folders that the archive
    only implies belong to root.

    Raises:
        InstructionError: `mkdir /file: not a directory`; a kind of entry that is not simulated.

    """
    root = inside(files, dest)
    make_folders(files, root, *([owner] if owner else []))
    folders: dict[str, int] = {}
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:") as members:
        for member in members:
            name = posixpath.normpath("/" + member.name.lstrip("/"))
            if name == "/":
                continue
            parent = inside(files, root.rstrip("/") + posixpath.dirname(name))
            make_folders(files, parent)
            path = posixpath.join(parent, posixpath.basename(name))
            node = _node(member, members, files, root)
            if owner:
                node = replace(node, uid=owner.uid, gid=owner.gid)
            _put(files, path, node)
            if isinstance(node, Directory):
                folders[path] = node.mtime
    for path, mtime in folders.items():
        files.utime(path, mtime)


def _put(files: Workspace, path: str, node: Node) -> None:
    there = files.get(path)
    if isinstance(there, Directory) and isinstance(node, Directory):
        files.chmod(path, node.mode)
        files.chown(path, node.uid, node.gid)
        return
    if isinstance(there, Directory):
        files.remove_tree(path)
    elif there is not None:
        files.remove(path)
    files.put(path, node)


def _node(member: tarfile.TarInfo, archive: tarfile.TarFile, files: Workspace, root: str) -> Node:
    mode, mtime = member.mode & 0o7777, int(member.mtime)
    if member.isdir():
        return Directory(mode, member.uid, member.gid, mtime)
    if member.issym():
        return Symlink(member.linkname, member.uid, member.gid, mtime)
    if member.islnk():
        linked = files.get(inside(files, posixpath.join(root, member.linkname.lstrip("/"))))
        if isinstance(linked, File):
            return linked
    if member.isreg() and (data := archive.extractfile(member)) is not None:
        return File(Content.of(data.read()), mode, member.uid, member.gid, mtime)
    raise InstructionError(
        message=f"failed to unpack {member.name}: not simulated",
        help=Text(
            f"{member.name} in the archive is a device, a pipe or a broken link; the simulator "
            "unpacks files, folders and links.",
            f"压缩包里的 {member.name} 是设备、管道或断开的链接；模拟器只能解出文件、目录和链接。",
        ),
    )


def _decompressed(data: bytes) -> bytes | None:
    """What a compressed stream holds; the data itself when it is not compressed; None if broken."""
    if data.startswith(_ZSTANDARD):
        raise InstructionError(
            message="zstd archives are not simulated",
            help=Text(
                "Use a .tar, .tar.gz, .tar.bz2 or .tar.xz.",
                "请使用 .tar、.tar.gz、.tar.bz2 或 .tar.xz。",
            ),
        )
    for magic, decompress in _FORMATS:
        if data.startswith(magic):
            try:
                return decompress(data)
            except (OSError, EOFError, ValueError, zlib.error):
                return None
    return data


def _xz(data: bytes) -> bytes:
    import lzma  # noqa: PLC0415 - in Pyodide a package of its own

    try:
        return lzma.decompress(data)
    except lzma.LZMAError as error:
        raise ValueError from error


_FORMATS: tuple[tuple[bytes, Callable[[bytes], bytes]], ...] = (
    (b"\x1f\x8b\x08", gzip.decompress),
    (b"BZh", bz2.decompress),
    (b"\xfd7zXZ\x00", _xz),
)
