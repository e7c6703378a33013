"""Where copied files go in the image, as whom and with which mode.

The rules are those of BuildKit's copier (tonistiigi/fsutil): a folder gives its content, not itself;
links in it stay links; a folder that is there already keeps its children; the named destination
folder keeps or gets mode 0755, folders below it take over the source's attributes.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from course_lib.build.errors import InstructionError
from course_lib.build.paths import inside, make_folders
from course_lib.build.selecting import pivot
from course_lib.image.entries import Directory, File, Symlink
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.build.accounts import Owner
    from course_lib.build.chmod import Chmod
    from course_lib.build.selecting import Selection
    from course_lib.image.entries import Node
    from course_lib.image.workspace import Workspace

_N = TypeVar("_N", bound=File | Directory | Symlink)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where copied files go, and what is changed on the way: `--chown`, `--chmod`."""

    files: Workspace
    dest: str  # absolute; a trailing slash says: into this folder
    owner: Owner | None = None
    chmod: Chmod | None = None

    def place(self, selection: Selection) -> None:
        """Copy all that a selection names.

        Raises:
            InstructionError: `cannot copy to non-directory: /file` and the like.

        """
        for source in selection.sources():
            if selection.parents:
                self._place_with_parents(selection, source)
            else:
                self.place_one(selection, source)

    def place_one(self, selection: Selection, source: str) -> None:
        """Copy one source."""
        self.make_folders(inside(self.files, self._folder_of_dest()))
        dest = inside(self.files, self.dest)
        real = inside(selection.tree, source)
        node = selection.tree.get(real)
        at_dest = self.files.get(dest)
        if isinstance(node, Directory):
            self.make_folders(dest if at_dest is None else posixpath.dirname(dest))
        elif isinstance(at_dest, Directory):
            dest = posixpath.join(dest, posixpath.basename(source))
        else:  # a link may lead to a folder that is not there
            self.make_folders(posixpath.dirname(dest))
        self._copy(selection, real, real, dest)

    def make_folders(self, path: str) -> None:
        """Make missing folders: mode 0755, of the --chown owner."""
        make_folders(self.files, path, *([self.owner] if self.owner else []))

    def _folder_of_dest(self) -> str:
        if self.dest.endswith(("/", "/.")):
            return self.dest
        return posixpath.dirname(self.dest)

    def _copy(self, selection: Selection, root: str, source: str, dest: str) -> None:
        if selection.excluded(source, root) and source != root:
            return
        node = selection.tree.get(source)
        assert node is not None, source  # noqa: S101 - the selection found it
        if not isinstance(node, Directory):
            if source != root or not selection.excluded(source, root):
                self._put_file(node, dest)
            return
        self._enter(node, dest, overwrite=source != root)
        for name in selection.tree.children(source):
            self._copy(selection, root, posixpath.join(source, name), posixpath.join(dest, name))
        if source != root:
            self.files.utime(dest, node.mtime)

    def _enter(self, node: Directory, dest: str, *, overwrite: bool) -> None:
        there = self.files.get(dest)
        new = self._dressed(node)
        if there is None:
            self.files.mkdir(dest, new.mode, new.uid, new.gid)
        elif not isinstance(there, Directory):
            raise InstructionError(
                message=f"cannot copy to non-directory: {dest}",
                help=Text(
                    f"The source is a folder, and {dest} is not one in the image.",
                    f"来源是目录，而镜像里的 {dest} 不是目录。",
                ),
            )
        elif overwrite:
            self.files.chmod(dest, new.mode)
            self.files.chown(dest, new.uid, new.gid)

    def _put_file(self, node: Node, dest: str) -> None:
        if isinstance(self.files.get(dest), Directory):
            raise InstructionError(
                message=f"cannot replace to directory {dest} with file",
                help=Text(
                    f"{dest} is a folder in the image, the source is a file.",
                    f"镜像里的 {dest} 是目录，来源却是文件。",
                ),
            )
        self.files.put(dest, self._dressed(node))

    def _dressed(self, node: _N) -> _N:
        if self.owner:
            node = replace(node, uid=self.owner.uid, gid=self.owner.gid)
        if self.chmod and not isinstance(node, Symlink):
            mode = self.chmod.applied(node.mode, directory=isinstance(node, Directory))
            node = replace(node, mode=mode)
        return node

    def _place_with_parents(self, selection: Selection, source: str) -> None:
        dest = inside(self.files, self.dest)
        self.make_folders(dest)
        base = inside(selection.tree, pivot(source)[0])
        for path, relative in selection.belowpivot(source):
            parts = relative.split("/")
            for depth in range(1, len(parts)):
                folder = selection.tree.get(posixpath.join(base, *parts[:depth]))
                assert isinstance(folder, Directory), folder  # noqa: S101 - the walk came through it
                self._enter(folder, posixpath.join(dest, *parts[:depth]), overwrite=True)
            node = selection.tree.get(path)
            target = posixpath.join(dest, relative)
            if isinstance(node, Directory):
                self._enter(node, target, overwrite=True)
            elif node is not None:
                self._put_file(node, target)
