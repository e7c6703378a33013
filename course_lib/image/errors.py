"""What Linux answers when a file operation can't be done, with its number, its words and the path.

    OSError
    └── FileSystemError
        ├── NotFoundError             ENOENT     (also a FileNotFoundError)
        ├── NotADirectoryFoundError   ENOTDIR    (also a NotADirectoryError)
        ├── DirectoryFoundError       EISDIR     (also an IsADirectoryError)
        ├── AlreadyThereError         EEXIST     (also a FileExistsError)
        ├── NotEmptyError             ENOTEMPTY
        ├── LinkLoopError             ELOOP
        ├── ReadOnlyError             EROFS
        ├── BusyError                 EBUSY
        ├── OtherFileSystemError      EXDEV
        └── IntoItselfError           EINVAL

The words are glibc's, spelled out: another platform's `os.strerror` has others.
"""

from __future__ import annotations

import errno
from typing import ClassVar


class FileSystemError(OSError):
    """A file operation that failed at `filename`."""

    number: ClassVar[int]
    words: ClassVar[str]

    def __init__(self, path: str) -> None:
        super().__init__(self.number, self.words, path)

    def __reduce__(self) -> tuple[type[FileSystemError], tuple[str]]:
        return type(self), (self.filename,)


class NotFoundError(FileSystemError, FileNotFoundError):
    """ENOENT: nothing is there."""

    number = errno.ENOENT
    words = "No such file or directory"


class NotADirectoryFoundError(FileSystemError, NotADirectoryError):
    """ENOTDIR: a file or a link stands where a directory is needed."""

    number = errno.ENOTDIR
    words = "Not a directory"


class DirectoryFoundError(FileSystemError, IsADirectoryError):
    """EISDIR: a directory stands where a file is needed."""

    number = errno.EISDIR
    words = "Is a directory"


class AlreadyThereError(FileSystemError, FileExistsError):
    """EEXIST: the name is taken."""

    number = errno.EEXIST
    words = "File exists"


class NotEmptyError(FileSystemError):
    """ENOTEMPTY: a directory that must be empty has children."""

    number = errno.ENOTEMPTY
    words = "Directory not empty"


class LinkLoopError(FileSystemError):
    """ELOOP: more than 40 symbolic links on the way."""

    number = errno.ELOOP
    words = "Too many levels of symbolic links"


class ReadOnlyError(FileSystemError):
    """EROFS: the volume is mounted read-only."""

    number = errno.EROFS
    words = "Read-only file system"


class BusyError(FileSystemError):
    """EBUSY: the root, or a path that something is mounted on."""

    number = errno.EBUSY
    words = "Device or resource busy"


class OtherFileSystemError(FileSystemError):
    """EXDEV: a rename from one mount to another; `mv` copies then."""

    number = errno.EXDEV
    words = "Invalid cross-device link"


class IntoItselfError(FileSystemError):
    """EINVAL: a directory renamed to a path below itself."""

    number = errno.EINVAL
    words = "Invalid argument"
