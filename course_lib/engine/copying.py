"""`docker cp`: files from one file system into another, by the rules of cp -a that docker wrote down.

| source | destination        | what happens                                             |
|--------|--------------------|----------------------------------------------------------|
| file   | not there          | the file gets this name; `x/` is refused                 |
| file   | file               | its content is replaced                                  |
| file   | folder             | the file goes into it                                    |
| folder | not there          | the folder gets this name                                |
| folder | file               | refused                                                  |
| folder | folder             | the folder goes into it; only its content with `/.`      |
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory

if TYPE_CHECKING:
    from course_lib.image.workspace import Workspace


class CopyError(Exception):
    """A copy that can't be done; docker's words where they do not depend on the side."""


class SourceMissingError(CopyError):
    """Nothing is at the source."""


class ParentMissingError(CopyError):
    """The folder for the destination is not there: `path`."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


@dataclass(frozen=True, slots=True)
class Place:
    """A path in a file system, as typed: an end of `/` or `/.` has a meaning."""

    files: Workspace
    typed: str

    @property
    def path(self) -> str:
        """The path without what its end says."""
        return posixpath.normpath("/" + self.typed.lstrip("/"))

    @property
    def content_only(self) -> bool:
        """`dir/.`: not the folder, but what is in it."""
        return self.typed == "." or self.typed.endswith("/.")

    @property
    def as_folder(self) -> bool:
        """`dir/`: only a folder will do."""
        return self.typed.endswith("/") or self.content_only


def copy(source: Place, target: Place, *, owner: tuple[int, int] | None, follow: bool) -> None:
    """Copy what is at the source; `owner` is who gets it, None keeps the owners.

    Raises:
        CopyError: in docker's words.
        OSError: what the file system refuses.

    """
    origin = _origin(source, follow=follow)
    node = source.files.get(origin)
    name = posixpath.basename(source.path)
    into = _destination(target)
    there = target.files.get(into)
    if isinstance(node, Directory):
        if there is not None and not isinstance(there, Directory):
            msg = "cannot copy directory"
            raise CopyError(msg)
        if there is not None and not source.content_only:
            into = posixpath.join(into, name) if name else into
    else:
        if source.as_folder:
            msg = "not a directory"
            raise CopyError(msg)
        if isinstance(there, Directory):
            into = posixpath.join(into, name)
        elif target.as_folder:
            msg = "no such directory" if there is None else "not a directory"
            raise CopyError(msg)
    above = posixpath.dirname(into)
    if not isinstance(target.files.get(above), Directory):
        raise ParentMissingError(posixpath.dirname(target.path))
    _copy_tree(source.files, origin, target.files, into, owner)


def _origin(source: Place, *, follow: bool) -> str:
    try:
        return source.files.resolve(source.path, follow=follow or source.as_folder)
    except OSError as error:
        raise SourceMissingError(source.path) from error


def _destination(target: Place) -> str:
    """The real path; the last name need not be there."""
    try:
        return target.files.resolve(target.path)
    except OSError:
        above = posixpath.dirname(target.path)
        try:
            real = target.files.resolve(above)
        except OSError as error:
            raise ParentMissingError(above) from error
        return posixpath.join(real, posixpath.basename(target.path))


def _copy_tree(
    source: Workspace, origin: str, target: Workspace, into: str, owner: tuple[int, int] | None
) -> None:
    for path, node in list(source.walk(origin)):
        inside = path.removeprefix(origin.rstrip("/")).lstrip("/")
        place = posixpath.join(into, inside) if inside else into
        there = target.get(place)
        if isinstance(there, Directory) and not isinstance(node, Directory):
            msg = f'cannot overwrite directory "{place}" with non-directory'
            raise CopyError(msg)
        if isinstance(node, Directory) and there is not None and not isinstance(there, Directory):
            msg = f'cannot overwrite non-directory "{place}" with directory "{path}"'
            raise CopyError(msg)
        uid, gid = owner or (node.uid, node.gid)
        if isinstance(node, Directory) and isinstance(there, Directory) and not inside:
            continue
        target.put(place, replace(node, uid=uid, gid=gid))
