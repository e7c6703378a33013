"""Linux's words for failures, the same on every machine that runs the simulation."""

from __future__ import annotations

import errno

_WORDS = {
    errno.EPERM: "Operation not permitted",
    errno.ENOENT: "No such file or directory",
    errno.ESRCH: "No such process",
    errno.E2BIG: "Argument list too long",
    errno.ENOEXEC: "Exec format error",
    errno.EBADF: "Bad file descriptor",
    errno.EACCES: "Permission denied",
    errno.EBUSY: "Device or resource busy",
    errno.EEXIST: "File exists",
    errno.EXDEV: "Invalid cross-device link",
    errno.ENOTDIR: "Not a directory",
    errno.EISDIR: "Is a directory",
    errno.EINVAL: "Invalid argument",
    errno.EFBIG: "File too large",
    errno.ENOSPC: "No space left on device",
    errno.EROFS: "Read-only file system",
    errno.ENAMETOOLONG: "File name too long",
    errno.ENOTEMPTY: "Directory not empty",
    errno.ELOOP: "Too many levels of symbolic links",
}


def words(error: OSError) -> str:
    """`No such file or directory` and the like."""
    return _WORDS.get(error.errno or 0, error.strerror or str(error))


def failure(number: int, path: str | None = None) -> OSError:
    """Make the OSError subclass of an errno, in Linux's words."""
    return OSError(number, _WORDS[number], path)
