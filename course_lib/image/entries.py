"""What stands at one path of a layer: a file, a directory, a link or a whiteout.

Values are frozen: a change makes a new entry. The `.wh.` file names exist only in
`oci.py`; here a deletion is a `Whiteout`.
"""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_DIRECTORY_MODE = 0o755
DEFAULT_FILE_MODE = 0o644


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file: `head`, then zeros up to `size` bytes.

    A large program is a short head and a size, so that it costs no memory, and its
    digest is still the digest of all of its bytes.
    """

    head: bytes
    size: int

    @classmethod
    def of(cls, data: bytes | str) -> Content:
        """Content that is exactly `data` (a str becomes UTF-8)."""
        raw = data.encode() if isinstance(data, str) else data
        return cls(raw, len(raw))

    @property
    def data(self) -> bytes:
        """All of the bytes. Ask `size` first: a sparse file may be very large."""
        return self.head + bytes(self.size - len(self.head))

    @property
    def sparse(self) -> bool:
        """Whether zeros follow the head."""
        return self.size > len(self.head)


@dataclass(frozen=True, slots=True)
class File:
    """A regular file. `mode` holds the permission bits (and setuid, setgid, sticky)."""

    content: Content
    mode: int = DEFAULT_FILE_MODE
    uid: int = 0
    gid: int = 0
    mtime: int = 0  # seconds since 1970

    @property
    def size(self) -> int:
        """Bytes, as `ls -l` shows them."""
        return self.content.size


@dataclass(frozen=True, slots=True)
class Directory:
    """A directory. In a layer it says: these are its attributes; its children stand beside it."""

    mode: int = DEFAULT_DIRECTORY_MODE
    uid: int = 0
    gid: int = 0
    mtime: int = 0


@dataclass(frozen=True, slots=True)
class Symlink:
    """A symbolic link; its mode is always 0777."""

    target: str
    uid: int = 0
    gid: int = 0
    mtime: int = 0


@dataclass(frozen=True, slots=True)
class Whiteout:
    """The path is deleted: lower layers keep it, nobody above sees it."""


@dataclass(frozen=True, slots=True)
class OpaqueDirectory(Directory):
    """A directory that hides all that lower layers have in it (`.wh..wh..opq`)."""


Node = File | Directory | Symlink
Entry = Node | Whiteout
