"""The folders of the real host that a docker command may touch, for the simulator's containers.

They are read when the first file is asked for; what a command has changed in them is written back.
"""

from __future__ import annotations

import stat
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.engine.host import Host
from course_lib.image.entries import Content, Directory, File, Symlink
from course_lib.image.paths import parent
from course_lib.image.tree import Tree
from course_lib.image.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from course_lib.image.entries import Entry, Node

MOST_FILES = 20_000
MOST_BYTES = 256 << 20


class TooMuchError(Exception):
    """A folder that is too large to be read for a container; `path` is the folder."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class RealHost(Host):
    """The current folder and the other `folders`, as they are on disk; `now` in seconds since 1970."""

    def __init__(self, now: int, folder: str) -> None:
        # Not Host's own __init__: the files are read when they are asked for.
        self._now = now
        self.folder = folder
        self.folders = {folder}
        self._before = Tree.EMPTY

    def hold(self, files: Mapping[str, Entry], folder: str = "") -> None:
        """Do nothing: a build context is the folder itself."""

    @cached_property
    def files(self) -> Workspace:  # type: ignore[override]  # read when it is asked for
        """The files that were read, and what was changed since."""
        space = Workspace(Tree.EMPTY, now=lambda: self._now)
        count = size = 0
        for root in sorted(self.folders):
            for path, node in _read(root):
                count += 1
                size += node.size if isinstance(node, File) else 0
                if count > MOST_FILES or size > MOST_BYTES:
                    raise TooMuchError(root)
                if space.get(parent(path)) is None:
                    space.mkdir(parent(path), parents=True)
                space.put(path, node)
        self._before = space.tree()
        return space

    def write_back(self) -> None:
        """Bring to disk what was changed below the folders.

        Raises:
            OSError: what the real file system refuses.

        """
        if "files" not in vars(self):
            return
        now = self.files.tree()
        for path, node in now.walk():
            if self._before.get(path) != node and self._below(path):
                _write(Path(path), node)
        gone = [path for path, _ in self._before.walk() if now.get(path) is None]
        for path in reversed(gone):
            if self._below(path):
                _remove(Path(path))

    def _below(self, path: str) -> bool:
        return any(path == root or path.startswith(f"{root}/") for root in self.folders)


def _read(root: str) -> Iterator[tuple[str, Node]]:
    waiting = [root]
    while waiting:
        path = waiting.pop()
        try:
            found = Path(path).lstat()
        except OSError:
            continue  # gone since it was listed, or never there
        mode, time = stat.S_IMODE(found.st_mode), int(found.st_mtime)
        if stat.S_ISDIR(found.st_mode):
            yield path, Directory(mode, found.st_uid, found.st_gid, time)
            waiting += sorted((str(below) for below in Path(path).iterdir()), reverse=True)
        elif stat.S_ISLNK(found.st_mode):
            yield path, Symlink(str(Path(path).readlink()), found.st_uid, found.st_gid, time)
        elif stat.S_ISREG(found.st_mode) and found.st_size <= MOST_BYTES:
            content = Content.of(Path(path).read_bytes())
            yield path, File(content, mode, found.st_uid, found.st_gid, time)


def _write(path: Path, node: Node) -> None:
    if isinstance(node, Directory):
        path.mkdir(parents=True, exist_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(node, Symlink):
        path.unlink(missing_ok=True)
        path.symlink_to(node.target)
        return
    path.write_bytes(node.content.data)
    path.chmod(node.mode & 0o777)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    else:
        path.unlink(missing_ok=True)
