"""Absolute paths: their parts, their parents, and what Linux makes of the links on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.image.entries import Directory, Symlink
from course_lib.image.errors import LinkLoopError, NotADirectoryFoundError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from course_lib.image.entries import Node

MOST_LINKS = 40  # Linux: MAXSYMLINKS


def parts(path: str) -> list[str]:
    """`["etc", "passwd"]` of `/etc/passwd`, `[]` of `/`.

    Raises:
        ValueError: for a path that is not absolute.

    """
    start, *names = path.split("/")
    if start or not names:
        msg = f"{path!r} is not an absolute path"
        raise ValueError(msg)
    return [] if path == "/" else names


def parent(path: str) -> str:
    """`/etc` of `/etc/passwd`."""
    return path.rpartition("/")[0] or "/"


def parents(path: str) -> Iterator[str]:
    """The directories above a path, the nearest first, without `/`."""
    while (path := parent(path)) != "/":
        yield path


def join(directory: str, name: str) -> str:
    """`/etc/passwd` of `/etc` and `passwd`."""
    return f"/{name}" if directory == "/" else f"{directory}/{name}"


def is_below(path: str, directory: str) -> bool:
    """Whether a path lies below a directory; a path is not below itself."""
    return path != directory and path.startswith("/" if directory == "/" else f"{directory}/")


def in_order(path: str) -> list[str]:
    """Sort key: a directory, all that is in it, then its next sibling."""
    return path.split("/")


def locate(get: Callable[[str], Node | None], path: str, *, follow: bool) -> str:
    """Return the real path behind all links; the last component need not exist.

    A link at the last component stays as it is unless `follow` is set.

    Raises:
        NotFoundError, NotADirectoryFoundError, LinkLoopError: as path_resolution(7) has them.

    """
    real = ""
    links = 0
    waiting = parts(path)[::-1]
    while waiting:
        name = waiting.pop()
        if name in ("", "."):
            continue
        if name == "..":
            real = real.rpartition("/")[0]
            continue
        there = f"{real}/{name}"
        node = get(there)
        last = not any(waiting)
        if isinstance(node, Symlink) and (follow or not last):
            links += 1
            if links > MOST_LINKS:
                raise LinkLoopError(path)
            if node.target.startswith("/"):
                real = ""
            waiting.extend(node.target.split("/")[::-1])
        elif last or isinstance(node, Directory):
            real = there
        else:
            raise NotFoundError(path) if node is None else NotADirectoryFoundError(path)
    return real or "/"


def resolve(get: Callable[[str], Node | None], path: str, *, follow: bool) -> str:
    """Return the real path of something that is there.

    Raises:
        NotFoundError, NotADirectoryFoundError, LinkLoopError: as path_resolution(7) has them.

    """
    real = locate(get, path, follow=follow)
    if get(real) is None:
        raise NotFoundError(path)
    return real
