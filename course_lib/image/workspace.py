"""A writable file system over a tree: what a container or a build step changes, and nothing below it.

The tree it starts from is never changed. Folders can be mounted over it (volumes, tmpfs); what is written
there goes into the mounted workspace and is in neither `changes` nor `diff`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course_lib.image import paths
from course_lib.image.diff import changes, layer_entries
from course_lib.image.entries import DEFAULT_DIRECTORY_MODE, Directory, Symlink
from course_lib.image.errors import (
    AlreadyThereError,
    BusyError,
    DirectoryFoundError,
    IntoItselfError,
    NotADirectoryFoundError,
    NotEmptyError,
    NotFoundError,
    OtherFileSystemError,
    ReadOnlyError,
)
from course_lib.image.folder import Draft, Folder, node_of
from course_lib.image.layer import Layer
from course_lib.image.paths import is_below, join, parent
from course_lib.image.tree import Tree, names_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from course_lib.image.diff import Change
    from course_lib.image.entries import Node
    from course_lib.image.folder import Item


@dataclass(frozen=True, slots=True)
class _Mount:
    volume: Workspace
    read_only: bool
    source: str  # the path in the volume that is shown


class Workspace:
    """A tree and what was changed over it. `now` gives the time that changed folders get.

    All paths are absolute. Only `resolve`, `mkdir(parents=True)` and `mount` follow links; the
    others take the real path. Errors are OSErrors, as Linux has them.
    """

    def __init__(self, tree: Tree, now: Callable[[], int]) -> None:
        self.now = now
        self._base = tree
        self._draft = Draft(tree.root)
        self._mounts: dict[str, _Mount] = {}
        self._mounted_in: set[str] = set()  # the first names of the mount points, for a quick no
        self.read_only = False  # `--read-only`: nothing but what is mounted can be changed

    def __repr__(self) -> str:
        return f"Workspace({len(layer_entries(self._base.root, self._draft.root))} changed paths)"

    # Reading

    def get(self, path: str) -> Node | None:
        """What stands at a path, or None; no link is followed, neither at the end nor before."""
        return node_of(self._find(path))

    def children(self, path: str) -> tuple[str, ...]:
        """The names in a directory, sorted.

        Raises:
            NotFoundError, NotADirectoryFoundError: OSErrors, as Linux has them.

        """
        return names_in(self._find(path), path)

    def resolve(self, path: str, *, follow: bool = True) -> str:
        """Return the real path of what is there; `follow` also goes through a link at the end.

        Raises:
            NotFoundError, NotADirectoryFoundError, LinkLoopError: OSErrors, as Linux has them.

        """
        if self._is_plain(path):
            return path
        return paths.resolve(self.get, path, follow=follow)

    def _is_plain(self, path: str) -> bool:
        """Whether something is at a path, and nothing on the way needs a second look.

        Links, mounts, `..` and blank names do.
        """
        item: Item | None = self._draft.root
        names = path.split("/")
        if self._mounts or names.pop(0) or names == [""]:
            return False
        for name in names:
            if type(item) is not Folder or name == "..":
                return False
            item = item.stock.get(name)
        return item is not None and type(item) is not Symlink

    def walk(self, path: str = "/") -> Iterator[tuple[str, Node]]:
        """A path and all below it, mounted files included: parents first, names sorted.

        Raises:
            NotFoundError: when nothing is at the path.

        """
        node = self.get(path)
        if node is None:
            raise NotFoundError(path)
        waiting: list[tuple[str, Node | None]] = [(path, node)]
        while waiting:
            here, found = waiting.pop()
            if found is None:
                continue
            yield here, found
            if isinstance(found, Directory):
                below = (join(here, name) for name in reversed(self.children(here)))
                waiting.extend((inner, self.get(inner)) for inner in below)

    # Changing

    def put(self, path: str, node: Node) -> None:
        """Set what stands at a path; a directory over a directory keeps its children.

        Raises:
            NotFoundError, NotADirectoryFoundError: its parent is no directory.
            DirectoryFoundError: it is the root, and the node is no directory.
            ReadOnlyError: it lies in a read-only mount.

        """
        space, inner = self._writable(path)
        if inner == "/" and not isinstance(node, Directory):
            raise DirectoryFoundError(path)
        before = space._draft.root.find(inner)  # noqa: SLF001 - another of the same class
        space._check_parent(inner, path)  # noqa: SLF001 - the same
        written = replace(node) if node is before else node  # another object: it was written
        space._draft.put(inner, written)  # noqa: SLF001 - the same
        if before is None or isinstance(before, Folder) != isinstance(node, Directory):
            space._touch(parent(inner))  # noqa: SLF001 - the same

    def mkdir(
        self,
        path: str,
        mode: int = DEFAULT_DIRECTORY_MODE,
        uid: int = 0,
        gid: int = 0,
        *,
        parents: bool = False,
    ) -> None:
        """Make a directory, with `parents` also those missing above it, following links.

        Raises:
            AlreadyThereError: something is at the path.
            NotFoundError, NotADirectoryFoundError: its parent is no directory.
            ReadOnlyError: it lies in a read-only mount.

        """
        if parents:
            path = self._make_above(path, mode, uid, gid)
        if self.get(path) is not None:
            raise AlreadyThereError(path)
        self.put(path, Directory(mode, uid, gid, self.now()))

    def remove(self, path: str) -> None:
        """Remove a file, a link or an empty directory.

        Raises:
            NotFoundError, NotEmptyError: OSErrors, as Linux has them.
            BusyError: it is the root or a mount point.
            ReadOnlyError: it lies in a read-only mount.

        """
        item = self._find(path)
        if isinstance(item, Folder) and item.stock:
            raise NotEmptyError(path)
        self._delete(path)

    def remove_tree(self, path: str) -> None:
        """Remove what stands at a path with all that is below it.

        Raises:
            NotFoundError: nothing is there.
            BusyError: it is the root, or something is mounted on it or below it.
            ReadOnlyError: it lies in a read-only mount.

        """
        self._delete(path)

    def rename(self, old: str, new: str) -> None:
        """Move what is at `old` with all that is below it to `new`, in place of what is there.

        Raises:
            NotFoundError, NotADirectoryFoundError: OSErrors, as Linux has them.
            IntoItselfError: `new` lies below `old`.
            OtherFileSystemError: the two lie in different mounts.
            BusyError: something is mounted on one of them or below it.

        """
        if is_below(new, old):
            raise IntoItselfError(new)
        space, source = self._writable(old)
        other, target = self._writable(new)
        for path in (old, new):
            self._check_free(path)
        item = space._draft.root.find(source)  # noqa: SLF001 - another of the same class
        if item is None:
            raise NotFoundError(old)
        if space is not other:
            raise OtherFileSystemError(new)
        space._check_parent(target, new)  # noqa: SLF001 - the same
        space._draft.remove(source)  # noqa: SLF001 - the same
        space._draft.put_item(target, item)  # noqa: SLF001 - the same
        space._touch(parent(source))  # noqa: SLF001 - the same
        space._touch(parent(target))  # noqa: SLF001 - the same

    def chmod(self, path: str, mode: int) -> None:
        """Set the permission bits; a link has none of its own.

        Raises:
            NotFoundError: nothing is there.

        """
        node = self._node(path)
        if not isinstance(node, Symlink):
            self.put(path, replace(node, mode=mode))

    def chown(self, path: str, uid: int, gid: int) -> None:
        """Set owner and group, of a link itself too.

        Raises:
            NotFoundError: nothing is there.

        """
        self.put(path, replace(self._node(path), uid=uid, gid=gid))

    def utime(self, path: str, mtime: int) -> None:
        """Set the time, in seconds since 1970.

        Raises:
            NotFoundError: nothing is there.

        """
        self.put(path, replace(self._node(path), mtime=mtime))

    def rewind(self, tree: Tree) -> None:
        """Make the files what they were when `tree()` was asked; what is mounted stays."""
        self._draft = Draft(tree.root)

    # Mounts

    def mount(
        self, target: str, volume: Workspace, *, read_only: bool = False, source: str = "/"
    ) -> None:
        """Show what a volume has at `source` at a path; what is there is hidden until `unmount`.

        Raises:
            NotFoundError: nothing is at the target.
            NotADirectoryFoundError: one of target and source is a directory, the other is none.

        """
        real = self.resolve(target)
        if isinstance(self.get(real), Directory) != isinstance(volume.get(source), Directory):
            raise NotADirectoryFoundError(target)
        self._mounts[real] = _Mount(volume, read_only, source)
        self._mounted_in.add(_first_name(real))

    def unmount(self, target: str) -> None:
        """Take a mount away; what it hid is seen again."""
        del self._mounts[target if target in self._mounts else self.resolve(target)]
        self._mounted_in = {_first_name(path) for path in self._mounts}

    def mounted(self, path: str) -> bool:
        """Whether a path lies in something that is mounted here."""
        return any(path == target or is_below(path, target) for target in self._mounts)

    def is_read_only(self, path: str) -> bool:
        """Whether nothing at a path can be changed: it is mounted so, or the whole root is."""
        return self._at(path)[2]

    # Results

    def tree(self) -> Tree:
        """The files as they are now, without what is mounted."""
        return Tree(self._draft.freeze())

    def changes(self) -> Layer:
        """The layer that this workspace adds to the tree it started from."""
        return Layer(layer_entries(self._base.root, self._draft.root))

    def diff(self) -> tuple[Change, ...]:
        """The lines of `docker diff`."""
        return changes(self._base.root, self._draft.root)

    # Rules

    def _at(self, path: str) -> tuple[Workspace, str, bool]:
        """The workspace that holds a path, the path in it, and whether it is read-only."""
        if self._mounts and (_first_name(path) in self._mounted_in or "" in self._mounted_in):
            above = path
            while True:
                found = self._mounts.get(above)
                if found is not None:
                    inner = path[len(above) :] if above != "/" else path
                    inside = (found.source.rstrip("/") + inner).rstrip("/") or "/"
                    space, there, read_only = found.volume._at(inside)  # noqa: SLF001 - the same class
                    return space, there, read_only or found.read_only
                if above == "/":
                    break
                above = parent(above)
        return self, path, self.read_only

    def _find(self, path: str) -> Item | None:
        space, inner, _ = self._at(path)
        return space._draft.root.find(inner)  # noqa: SLF001 - the same class

    def _node(self, path: str) -> Node:
        node = self.get(path)
        if node is None:
            raise NotFoundError(path)
        return node

    def _writable(self, path: str) -> tuple[Workspace, str]:
        space, inner, read_only = self._at(path)
        if read_only:
            raise ReadOnlyError(path)
        return space, inner

    def _delete(self, path: str) -> None:
        space, inner = self._writable(path)
        self._node(path)
        self._check_free(path)
        space._draft.remove(inner)  # noqa: SLF001 - the same class
        space._touch(parent(inner))  # noqa: SLF001 - the same class

    def _check_free(self, path: str) -> None:
        mounted = (target == path or is_below(target, path) for target in self._mounts)
        if path == "/" or any(mounted):
            raise BusyError(path)

    def _check_parent(self, inner: str, path: str) -> None:
        above = self._draft.root.find(parent(inner))
        if not isinstance(above, Folder):
            raise NotFoundError(path) if above is None else NotADirectoryFoundError(path)

    def _touch(self, path: str) -> None:
        folder = self._draft.root.find(path)
        if path != "/" and isinstance(folder, Folder):
            self._draft.put(path, replace(folder.node, mtime=self.now()))

    def _make_above(self, path: str, mode: int, uid: int, gid: int) -> str:
        """Make the directories above a path; return the path with the links above it followed."""
        *above, last = paths.parts(path) or [""]
        real = "/"
        for name in above:
            if name in ("", "."):
                continue
            here = parent(real) if name == ".." else join(real, name)
            node = self.get(here)
            if node is None:
                self.put(here, Directory(mode, uid, gid, self.now()))
            elif isinstance(node, Symlink):
                here = self._linked(here, path)
            elif not isinstance(node, Directory):
                raise NotADirectoryFoundError(path)
            real = here
        return join(real, last) if last else path

    def _linked(self, link: str, path: str) -> str:
        """The directory that a link on the way to `path` leads to."""
        try:
            real = self.resolve(link)
        except NotFoundError:
            raise AlreadyThereError(link) from None
        if not isinstance(self.get(real), Directory):
            raise NotADirectoryFoundError(path)
        return real


def _first_name(path: str) -> str:
    """`etc` of `/etc/passwd`, "" of `/`."""
    return path.split("/", 2)[1]
