"""Files as a package manager handles them: as root, by absolute path, missing folders made."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from course_lib.image.entries import Content, Directory, File, Symlink
from course_lib.image.errors import FileSystemError
from course_lib.image.paths import parent
from course_lib.shell.programs.accountfiles import AccountFiles
from course_lib.shell.sayings import failure
from course_lib.shell.users import Account, UserGroup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from course_lib.image.entries import Node
    from course_lib.packages.package import Package
    from course_lib.shell.task import Task

_STEPS_PER_FILE = 2
_LASTING = frozenset(  # folders that stay, even when they are empty
    [
        "/usr/bin",
        "/usr/games",
        "/usr/lib",
        "/usr/lib64",
        "/usr/libexec",
        "/usr/local",
        "/usr/sbin",
        "/usr/share",
        "/usr/src",
        "/usr/local/bin",
        "/usr/local/lib",
        "/usr/local/sbin",
        "/usr/local/share",
        "/var/cache",
        "/var/lib",
        "/var/log",
        "/var/mail",
        "/var/spool",
    ]
)


class Disk:
    """A machine's files in the hands of root."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._machine = task.machine
        self._machine.flush()
        self._folders: dict[str, str] = {}

    @property
    def now(self) -> int:
        """Seconds since 1970."""
        return self._machine.clock.now()

    def node(self, path: str) -> Node | None:
        """What a path leads to, links followed; None when that is nothing."""
        try:
            return self._machine.node(self._machine.fs.resolve(path))
        except FileSystemError:
            return None

    def exists(self, path: str) -> bool:
        """Whether a path leads to something."""
        return self.node(path) is not None

    def text(self, path: str) -> str:
        """The text of a file without trailing zeros; "" when it is not there."""
        node = self.node(path)
        return node.content.head.decode("utf-8", "replace") if isinstance(node, File) else ""

    def write(self, path: str, text: str, mode: int = 0o644, *, size: int = 0) -> None:
        """Make or replace a file; `size` pads it with zeros."""
        data = text.encode()
        self.put(path, File(Content(data, max(size, len(data))), mode))

    def append(self, path: str, text: str) -> None:
        """Add text at the end of a file."""
        self.write(path, self.text(path) + text)

    def put(self, path: str, node: Node, *, dated: bool = True) -> None:
        """Place a node; a directory that is there already stays as it is.

        Raises:
            OSError: ENOSPC.

        """
        real = self._real(path)
        if isinstance(node, Directory) and isinstance(self.node(path), Directory):
            return
        if isinstance(node, File):
            self._machine.meter.memory(len(node.content.head))
            if not self._machine.meter.disk(node.size):
                raise failure(errno.ENOSPC, path)
        self._machine.meter.step(_STEPS_PER_FILE)
        (self._machine.put if dated else self._machine.keep)(real, node)

    def make(self, path: str) -> None:
        """Make a directory and those above it."""
        self.put(path, Directory())

    def remove(self, path: str) -> bool:
        """Remove a file or link; False when nothing is there."""
        real = self._there(path)
        if real is None:
            return False
        self._machine.remove(real)
        return True

    def clear(self, folder: str, keep: Callable[[str], bool] = lambda _: False) -> None:
        """Remove all below a directory, except the paths that `keep` names."""
        if not isinstance(self.node(folder), Directory):
            return
        fs = self._machine.fs
        real = fs.resolve(folder)
        for path, node in sorted(fs.walk(real), reverse=True):
            if path == real or keep(path) or (isinstance(node, Directory) and fs.children(path)):
                continue
            self._machine.remove(path)

    def remove_tree(self, folder: str) -> None:
        """Remove a directory and all below it; nothing happens where nothing is."""
        self.clear(folder)
        self.remove(folder)

    def unpack(self, package: Package, left_out: Callable[[str], bool] = lambda _: False) -> None:
        """Write a package's files, and make its accounts."""
        for path, node in package.entries(self.now).items():
            if left_out(path) or (isinstance(node, (File, Symlink)) and self._is_setting(path)):
                continue
            self.put(path, node, dated=False)
        for line in package.accounts:
            self._account(line)

    def erase(self, paths: Iterable[str]) -> None:
        """Remove files, and directories that are empty then, the innermost first."""
        for path in sorted(paths, reverse=True):
            real = self._there(path)
            if real is not None and not isinstance(self._machine.node(real), Directory):
                self._machine.remove(real)
        for folder in sorted({parent(path) for path in paths}, key=len, reverse=True):
            self._prune(folder)

    def _prune(self, folder: str) -> None:
        while folder.count("/") > 1 and folder not in _LASTING:
            real = self._there(folder)
            if real is None or not isinstance(self._machine.node(real), Directory):
                return
            if self._machine.children(real):
                return
            self._machine.remove(real)
            folder = parent(folder)

    def _is_setting(self, path: str) -> bool:
        """Settings that are there already are the administrator's."""
        return path.startswith("/etc/") and self._there(path) is not None

    def _account(self, line: str) -> None:
        name, ids, home, shell = line.split(" ")
        files = AccountFiles(self._task)
        if files.user(name):
            return
        uid, gid = map(int, ids.split(":"))
        if files.group(str(gid)) is None:
            files.add_group(UserGroup(name, gid))
        if any(account.uid == uid for account in files.users):
            uid = files.free_uid(system=True)
        files.add_user(Account(name, uid, gid, "", home, shell))

    def _there(self, path: str) -> str | None:
        """The path with the links in its folder followed; None when nothing is there."""
        folder, _, name = path.rpartition("/")
        try:
            real = self._machine.fs.resolve(folder or "/").rstrip("/") + f"/{name}"
        except FileSystemError:
            return None
        return real if self._machine.node(real) is not None else None

    def _real(self, path: str) -> str:
        """The path with the links in its folder followed; the folder is made when it is missing."""
        folder, _, name = path.rpartition("/")
        if not folder:
            return path
        if folder not in self._folders:
            self._folders[folder] = self._folder(folder)
        return f"{self._folders[folder].rstrip('/')}/{name}"

    def _folder(self, path: str) -> str:
        try:
            return self._machine.fs.resolve(path)
        except FileSystemError:
            real = self._real(path)
            if self._machine.node(real) is None:
                self._machine.put(real, Directory())
            return real


def release(disk: Disk) -> dict[str, str]:
    """The variables of /etc/os-release: `ID`, `VERSION_ID`, `VERSION_CODENAME` ..."""
    lines = (line.partition("=") for line in disk.text("/etc/os-release").splitlines())
    return {name: value.strip('"') for name, _, value in lines if name}
