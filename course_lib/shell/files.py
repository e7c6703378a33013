"""The file system as one task sees it: its working directory, its credentials, its umask.

The kernel's permission checks are here; the layers below know nothing of users. Paths may be
relative; errors are OSErrors with Linux's numbers and words and the path as it was given.
"""

from __future__ import annotations

import errno
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.image.entries import Content, Directory, File, Node, Symlink
from course_lib.shell.devices import device
from course_lib.shell.sayings import failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.shell.machine import Machine
    from course_lib.shell.users import Credentials

READ, WRITE, SEARCH = 4, 2, 1
EXECUTE = SEARCH
_STICKY = 0o1000
_SETGID = 0o2000
_MAX_LINKS = 40
_NOWHERE = frozenset({"", "."})  # components that lead nowhere
_MAX_NAME = 255
_MAX_PATH = 4096
_DEEP = 6  # a path with more components costs steps of its own
_LONG = 24  # so does a working directory with a longer path


@dataclass(frozen=True, slots=True)
class Place:
    """Where a path leads: the real path of it, and what is there (None: nothing yet)."""

    path: str
    node: Node | None


class Files:
    """One task's view of the machine's file system."""

    def __init__(self, machine: Machine, who: Credentials, cwd: str, umask: int = 0o022) -> None:
        self.machine = machine
        self.who = who
        self.umask = umask
        self._cwd = cwd
        self._here: str | None = None  # the real path of cwd, once somebody asked

    def copy(self) -> Files:
        """The view that a forked task starts with."""
        made = Files(self.machine, self.who, self._cwd, self.umask)
        made._here = self._here
        return made

    @property
    def cwd(self) -> str:
        """The working directory, by the name under which it was entered."""
        return self._cwd

    @cwd.setter
    def cwd(self, path: str) -> None:
        self._cwd = path
        self._here = None

    # -- finding ----------------------------------------------------------------------------

    def absolute(self, path: str) -> str:
        """The path from the root, without resolving `..` or links."""
        return path if path.startswith("/") else f"{self.cwd.rstrip('/')}/{path}"

    def locate(self, path: str, *, follow: bool = True) -> Place:
        """Walk to a path whose last component need not exist.

        Raises:
            OSError: ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG.

        """
        machine = self.machine
        if machine.dirty:
            machine.flush()
        waiting = self._components(path)
        must_be_directory = path.endswith(("/", "/.")) or path == "."
        here = "" if path.startswith("/") else self._start()
        node: Node | None = machine.node(here or "/")
        links = 0
        while waiting:
            name = waiting.pop()
            self._check_step(node, name, path)
            if name == "..":
                here = here.rpartition("/")[0]
                node = machine.node(here or "/")
                continue
            there = f"{here}/{name}"
            node = machine.node(there)
            if isinstance(node, Symlink) and (follow or waiting or must_be_directory):
                links += 1
                if links > _MAX_LINKS:
                    raise failure(errno.ELOOP, path)
                target = node.target
                waiting.extend(name for name in reversed(target.split("/")) if name not in _NOWHERE)
                here = "" if target.startswith("/") else here
                node = machine.node(here or "/")
            else:
                here = there
        if must_be_directory and node is not None and not isinstance(node, Directory):
            raise failure(errno.ENOTDIR, path)
        return Place(here or "/", node)

    def _components(self, path: str) -> list[str]:
        """The names on the way to a path, the last one first."""
        if not path:
            raise failure(errno.ENOENT, path)
        if len(path) > _MAX_PATH:
            raise failure(errno.ENAMETOOLONG, path)
        names = [name for name in path.split("/") if name not in _NOWHERE]
        if len(names) > _DEEP:
            self.machine.meter.step(len(names) ** 2 // _DEEP**2)
        names.reverse()
        return names

    def _start(self) -> str:
        """Where a relative path begins: the real path of the working directory, "" for the root."""
        if self._here is None:
            self._here = self.locate(self._cwd if self._cwd.startswith("/") else "/").path
        if len(self._here) > _LONG:
            self.machine.meter.step(len(self._here) // _LONG)
        return "" if self._here == "/" else self._here

    def _check_step(self, node: Node | None, name: str, path: str) -> None:
        if not isinstance(node, Directory):
            raise failure(errno.ENOENT if node is None else errno.ENOTDIR, path)
        if not self.allows(node, SEARCH):
            raise failure(errno.EACCES, path)
        if len(name) > _MAX_NAME:
            raise failure(errno.ENAMETOOLONG, path)

    def stat(self, path: str, *, follow: bool = True) -> Node:
        """What stands at a path.

        Raises:
            OSError: as `locate`, and ENOENT when nothing is there.

        """
        node = self.locate(path, follow=follow).node
        if node is None:
            raise failure(errno.ENOENT, path)
        return node

    def find(self, path: str, *, follow: bool = True) -> Node | None:
        """What stands at a path, or None for any reason that `test -e` takes for "no"."""
        try:
            return self.locate(path, follow=follow).node
        except OSError:
            return None

    def is_directory(self, path: str) -> bool:
        """Whether a path leads to a directory."""
        return isinstance(self.find(path), Directory)

    def real(self, path: str) -> str:
        """The path after following all links."""
        return self.locate(path).path

    def allows(self, node: Node, access: int) -> bool:
        """Whether the kernel grants `access` (READ | WRITE | EXECUTE) on a node."""
        if isinstance(node, Symlink):
            return True
        if self.who.uid == 0:
            needs_bit = access & EXECUTE and not isinstance(node, Directory)
            return not needs_bit or bool(node.mode & 0o111)
        if node.uid == self.who.uid:
            bits = node.mode >> 6
        elif node.gid in self.who.groups or node.gid == self.who.gid:
            bits = node.mode >> 3
        else:
            bits = node.mode
        return bits & access == access

    def names(self, path: str) -> list[str]:
        """The names in a directory, sorted.

        Raises:
            OSError: ENOTDIR, EACCES and those of `stat`.

        """
        place = self.locate(path)
        if place.node is None:
            raise failure(errno.ENOENT, path)
        if not isinstance(place.node, Directory):
            raise failure(errno.ENOTDIR, path)
        if not self.allows(place.node, READ):
            raise failure(errno.EACCES, path)
        found = self.machine.children(place.path)
        self.machine.meter.step(len(found) // 8)
        return sorted(found)

    # -- file content -----------------------------------------------------------------------

    def file(self, path: str) -> File:
        """The regular file at a path, to be read.

        Raises:
            OSError: EISDIR, EACCES and those of `stat`.

        """
        node = self.stat(path)
        if not isinstance(node, File):
            raise failure(errno.EISDIR, path)
        if not self.allows(node, READ):
            raise failure(errno.EACCES, path)
        return node

    def read(self, path: str) -> bytes:
        """The bytes of a file; a large sparse file counts against the memory budget."""
        found = device(self.locate(path).path, self.machine)
        if found is not None:
            return found.read()
        content = self.file(path).content
        if content.sparse:
            self.machine.meter.memory(content.size)
        return content.data

    def write(self, path: str, data: bytes | Content, mode: int = 0o666) -> None:
        """Make or overwrite a file; an existing one keeps its mode and owner.

        Raises:
            OSError: EISDIR, EACCES, ENOSPC and those of `locate`.

        """
        content = data if isinstance(data, Content) else Content.of(data)
        place = self.writable(path, mode)
        if place is not None:
            self.machine.store(place, content)

    def writable(self, path: str, mode: int = 0o666, *, exclusive: bool = False) -> str | None:
        """Open a file for writing, making it when it is missing; None for a device."""
        place = self.locate(path)
        if device(place.path, self.machine) is not None:
            return None
        if place.node is None:
            if path.endswith("/"):
                raise failure(errno.EISDIR, path)
            self._may_change(place.path, path)
            self.machine.put(
                place.path,
                File(Content.of(b""), mode & ~self.umask, self.who.uid, self._group(place.path)),
            )
            return place.path
        if exclusive:
            raise failure(errno.EEXIST, path)
        if not isinstance(place.node, File):
            raise failure(errno.EISDIR, path)
        if not self.allows(place.node, WRITE):
            raise failure(errno.EACCES, path)
        if self.machine.fs.is_read_only(place.path):
            raise failure(errno.EROFS, path)
        return place.path

    # -- changing the tree ------------------------------------------------------------------

    def make_directory(self, path: str, mode: int = 0o777) -> None:
        """`mkdir(2)`."""
        place = self._free(path.rstrip("/") or "/")
        parent = self.machine.node(posixpath.dirname(place))
        inherited = _SETGID if isinstance(parent, Directory) and parent.mode & _SETGID else 0
        bits = mode & ~self.umask | inherited
        self.machine.put(place, Directory(bits, self.who.uid, self._group(place)))

    def make_link(self, target: str, path: str) -> None:
        """`symlink(2)`."""
        place = self._free(path)
        self.machine.put(place, Symlink(target, self.who.uid, self._group(place)))

    def place_node(self, path: str, node: Node) -> None:
        """Make a file, directory or link with attributes of its own, in place of what is there."""
        place = self.locate(path, follow=False)
        self._may_change(place.path, path)
        self.machine.put(place.path, node)

    def remove(self, path: str) -> None:
        """`unlink(2)`: a file or a link, never a directory."""
        place = self.locate(path, follow=False)
        if place.node is None:
            raise failure(errno.ENOENT, path)
        if isinstance(place.node, Directory):
            raise failure(errno.EISDIR, path)
        self._may_change(place.path, path, place.node)
        self.machine.remove(place.path)

    def remove_directory(self, path: str) -> None:
        """`rmdir(2)`: an empty directory."""
        place = self.locate(path, follow=False)
        if place.node is None:
            raise failure(errno.ENOENT, path)
        if not isinstance(place.node, Directory):
            raise failure(errno.ENOTDIR, path)
        if self.machine.children(place.path):
            raise failure(errno.ENOTEMPTY, path)
        if place.path == "/":
            raise failure(errno.EBUSY, path)
        self._may_change(place.path, path, place.node)
        self.machine.remove(place.path)

    def rename(self, old: str, new: str) -> None:
        """`rename(2)`: replaces a file, or an empty directory by a directory."""
        source = self.locate(old, follow=False)
        target = self.locate(new, follow=False)
        if source.node is None:
            raise failure(errno.ENOENT, old)
        if source.path == target.path:
            return
        if target.path.startswith(source.path.rstrip("/") + "/"):
            raise failure(errno.EINVAL, new)
        self._may_change(source.path, old, source.node)
        self._may_change(target.path, new, target.node)
        if target.node is not None:
            self._check_replace(source.node, target, new)
            self.machine.remove(target.path)
        self.machine.rename(source.path, target.path)

    def _check_replace(self, source: Node, target: Place, new: str) -> None:
        if isinstance(target.node, Directory):
            if not isinstance(source, Directory):
                raise failure(errno.EISDIR, new)
            if self.machine.children(target.path):
                raise failure(errno.ENOTEMPTY, new)
        elif isinstance(source, Directory):
            raise failure(errno.ENOTDIR, new)

    def change_mode(self, path: str, mode: int) -> None:
        """`chmod(2)`: for the owner and root."""
        place = self._owned(path)
        node = place.node
        if isinstance(node, (File, Directory)):
            self.machine.attributes(place.path, mode=mode)

    def change_owner(self, path: str, uid: int, gid: int, *, follow: bool = True) -> None:
        """`chown(2)`: for root; an owner may choose among his own groups."""
        place = self.locate(path, follow=follow)
        node = place.node
        if node is None:
            raise failure(errno.ENOENT, path)
        mine = node.uid == self.who.uid == uid and gid in {*self.who.groups, node.gid}
        if self.who.uid != 0 and not mine:
            raise failure(errno.EPERM, path)
        self.machine.attributes(place.path, uid=uid, gid=gid)

    def change_time(self, path: str, mtime: int) -> None:
        """`utimensat(2)`."""
        place = self.locate(path)
        if place.node is None:
            raise failure(errno.ENOENT, path)
        if place.node.uid != self.who.uid and not self.allows(place.node, WRITE):
            raise failure(errno.EACCES, path)
        self.machine.attributes(place.path, mtime=mtime)

    def walk(self, path: str) -> Iterator[tuple[str, Node]]:
        """A path and all below it, parents first, links not followed, children sorted."""
        waiting = [path]
        while waiting:
            here = waiting.pop()
            node = self.stat(here, follow=False)
            self.machine.meter.step()
            yield here, node
            if isinstance(node, Directory):
                above = here.rstrip("/") + "/"
                waiting.extend(above + name for name in reversed(self.names(here)))

    # -- rules ------------------------------------------------------------------------------

    def _free(self, path: str) -> str:
        place = self.locate(path, follow=False)
        if place.node is not None:
            raise failure(errno.EEXIST, path)
        self._may_change(place.path, path)
        return place.path

    def _may_change(self, place: str, path: str, node: Node | None = None) -> None:
        """Check that an entry of a directory may be made, removed or replaced."""
        parent = self.machine.node(posixpath.dirname(place))
        if not isinstance(parent, Directory):
            raise failure(errno.ENOENT if parent is None else errno.ENOTDIR, path)
        if not self.allows(parent, WRITE | SEARCH):
            raise failure(errno.EACCES, path)
        sticky = parent.mode & _STICKY and self.who.uid not in {0, parent.uid}
        if node is not None and sticky and node.uid != self.who.uid:
            raise failure(errno.EPERM, path)

    def _owned(self, path: str) -> Place:
        place = self.locate(path)
        if place.node is None:
            raise failure(errno.ENOENT, path)
        if self.who.uid not in {0, place.node.uid}:
            raise failure(errno.EPERM, path)
        return place

    def _group(self, place: str) -> int:
        parent = self.machine.node(posixpath.dirname(place))
        if isinstance(parent, Directory) and parent.mode & _SETGID:
            return parent.gid
        return self.who.gid
