"""The simulated host: a small file system beside the containers, where docker is typed.

`-v /path:...`, `docker cp`, `docker save -o` and `--env-file` reach it. Its current folder is `Host.folder`.
"""

from __future__ import annotations

import posixpath
from contextlib import contextmanager
from typing import TYPE_CHECKING

from course_lib.image.entries import Content, Directory, File, Whiteout
from course_lib.image.tree import Tree
from course_lib.image.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from course_lib.image.entries import Entry

HOME = "/home/learner"


class Host:
    """The files of the host. `now` gives the time of what is written."""

    files: Workspace
    folder: str

    def __init__(self, now: Callable[[], int]) -> None:
        self.files = Workspace(Tree.EMPTY, now=now)
        self.folder = HOME
        self.files.mkdir(HOME, parents=True)
        self.files.mkdir("/tmp", 0o1777)  # noqa: S108 - of the simulated host

        self._held: dict[str, Entry] = {}

    def hold(self, files: Mapping[str, Entry], folder: str = HOME) -> None:
        """Lay files into a folder; one that is held there already is left as it is by now."""
        if not isinstance(self.files.get(folder), Directory):
            self.files.mkdir(folder, parents=True)
        for name, entry in files.items():
            path = self.path(posixpath.join(folder, name))
            if self._held.get(path) == entry or isinstance(entry, Whiteout):
                continue
            self._held[path] = entry
            above = posixpath.dirname(path)
            if not isinstance(self.files.get(above), Directory):
                self.files.mkdir(above, parents=True)
            self.files.put(path, entry)

    @contextmanager
    def working_in(self, folder: str) -> Iterator[None]:
        """Let this be the current folder inside a `with` block."""
        before, self.folder = self.folder, folder
        try:
            yield
        finally:
            self.folder = before

    def path(self, name: str) -> str:
        """The absolute path of a name that is typed in the current folder."""
        joined = posixpath.normpath(posixpath.join(self.folder, name))
        return "/" + joined.lstrip("/")

    def write(self, name: str, content: str | bytes, mode: int = 0o644) -> None:
        """Make a file, and the folders on the way to it.

        Raises:
            OSError: something that is no folder stands on the way.

        """
        path = self.path(name)
        above = posixpath.dirname(path)
        if not isinstance(self.files.get(above), Directory):
            self.files.mkdir(above, parents=True)
        self.files.put(path, File(Content.of(content), mode, mtime=self.files.now()))

    def read(self, name: str) -> bytes:
        """The bytes of a file.

        Raises:
            OSError: there is none.

        """
        path = self.files.resolve(self.path(name))
        node = self.files.get(path)
        if not isinstance(node, File):
            raise IsADirectoryError(path)
        return node.content.data
