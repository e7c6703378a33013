"""ls."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory, File, Symlink
from course_lib.shell.dates import moment
from course_lib.shell.modes import listed
from course_lib.shell.options import parse
from course_lib.shell.sayings import words
from course_lib.shell.sizes import human
from course_lib.shell.task import encoded
from course_lib.shell.users import accounts, groups

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.image.entries import Node
    from course_lib.shell.options import Given
    from course_lib.shell.task import Task

Item = tuple[str, "Node"]  # the name as it is shown, and what it is
_HALF_A_YEAR = 15_778_476
_BLOCK = 4096


def _ls(task: Task) -> int:
    given = parse(
        task, "laA1RhdnFprtSisgoGkHLCxqUm",
        {"all": "a", "almost-all": "A", "recursive": "R", "human-readable": "h", "directory": "d",
         "numeric-uid-gid": "n", "classify": "F", "reverse": "r", "inode": "i", "size": "s",
         "color=": "Z", "color": "Z", "no-group": "G", "full-time": "T", "group-directories-first": "D",
         "time-style=": "T"},
        real="bcfuvwXI", status=2,
    )  # fmt: skip
    for letter in "isTDmx":
        if letter in given:
            raise task.not_simulated(
                {"T": "--full-time", "D": "--group-directories-first"}.get(letter, f"-{letter}"),
            )
    listing = _Listing(task, given)
    listing.operands(given.operands or (".",))
    return listing.status


class _Listing:
    def __init__(self, task: Task, given: Given) -> None:
        self._task = task
        self._given = given
        self._long = any(letter in given for letter in "lngo")
        self._parts: list[str] = []
        self.status = 0
        fs = task.machine.fs
        self._users = {account.uid: account.name for account in reversed(accounts(fs))}
        self._groups = {group.gid: group.name for group in reversed(groups(fs))}

    def operands(self, names: tuple[str, ...]) -> None:
        files: list[Item] = []
        folders: list[Item] = []
        given = self._given
        for name in names:
            try:
                follow = not (self._long or "d" in given or "F" in given) or name.endswith("/")
                node = self._task.files.stat(name, follow=False)
                if isinstance(node, Symlink) and follow:
                    node = self._task.files.find(name) or node
            except OSError as error:
                self.status = 1 if self._task.busybox else 2
                self._complain(name, error)
                continue
            (folders if isinstance(node, Directory) and "d" not in given else files).append(
                (name, node),
            )
        blocks = []
        if files:
            blocks.append(self._shown(self._sorted(files)))
        titled = len(names) > 1 or "R" in given
        for name, _ in self._sorted(folders):
            self._folder(name, blocks, titled=titled)
        self._task.out("\n".join(blocks))

    def _complain(self, name: str, error: OSError, verb: str = "access") -> None:
        if self._task.busybox:
            self._task.complain_about(name, error)
        else:
            self._task.complain(f"cannot {verb} '{name}': {words(error)}")

    def _folder(self, path: str, blocks: list[str], *, titled: bool) -> None:
        task = self._task
        try:
            names = task.files.names(path)
        except OSError as error:
            self.status = self.status or 1 if task.busybox else 2
            if task.busybox:
                task.complain(f"can't open '{path}': {words(error)}")
            else:
                task.complain(f"cannot open directory '{path}': {words(error)}")
            return
        task.machine.meter.step(1 + len(names) // 8)
        hidden = "a" in self._given or "A" in self._given
        names = [name for name in names if hidden or not name.startswith(".")]
        items: list[Item] = []
        if "a" in self._given:
            items.extend(
                (dots, task.files.stat(posixpath.join(path, dots))) for dots in (".", "..")
            )
        for name in names:
            node = task.files.find(posixpath.join(path, name), follow=False)
            if node is None:
                self.status = 1 if task.busybox else 2
                task.complain(f"cannot access '{posixpath.join(path, name)}': Permission denied")
                continue
            items.append((name, node))
        items = self._sorted(items)
        title = f"{path}:\n" if titled else ""
        total = f"total {self._total(items)}\n" if self._long else ""
        blocks.append(title + total + self._shown(items))
        if "R" in self._given:
            for name, node in items:
                if isinstance(node, Directory) and name not in {".", ".."}:
                    self._folder(posixpath.join(path, name), blocks, titled=titled)

    def _total(self, items: list[Item]) -> str:
        size = sum(_blocks(node) for _, node in items)
        return human(size * 1024) if "h" in self._given else str(size)

    def _sorted(self, items: list[Item]) -> list[Item]:
        given = self._given
        items = sorted(items, key=lambda item: encoded(item[0]))
        if "t" in given:
            items.sort(key=lambda item: -item[1].mtime)
        elif "S" in given:
            items.sort(key=lambda item: -_size(item[1]))
        return items[::-1] if "r" in given else items

    def _shown(self, items: list[Item]) -> str:
        if not self._long:
            lines = [name + self._mark(node) for name, node in items]
        else:
            rows = [self._row(name, node) for name, node in items]
            lines = self._aligned(rows)
        return "".join(line + "\n" for line in lines)

    def _mark(self, node: Node) -> str:
        if isinstance(node, Directory):
            return "/" if "F" in self._given or "p" in self._given else ""
        if "F" not in self._given:
            return ""
        if isinstance(node, Symlink):
            return "" if self._long else "@"
        return "*" if node.mode & 0o111 else ""

    def _row(self, name: str, node: Node) -> list[str]:
        given = self._given
        kind = "d" if isinstance(node, Directory) else "l" if isinstance(node, Symlink) else "-"
        mode = 0o777 if isinstance(node, Symlink) else node.mode
        user, group = str(node.uid), str(node.gid)
        if "n" not in given:
            user, group = self._users.get(node.uid, user), self._groups.get(node.gid, group)
        size = _size(node)
        row = [listed(mode, kind), "2" if kind == "d" else "1"]
        if "g" not in given:
            row.append(user)
        if "o" not in given and "G" not in given:
            row.append(group)
        row.append(human(size) if "h" in given else str(size))
        row.append(self._when(node.mtime))
        arrow = f" -> {node.target}" if isinstance(node, Symlink) else ""
        return [*row, name + self._mark(node) + arrow]

    def _when(self, mtime: int) -> str:
        when = moment(mtime)
        now = self._task.machine.clock.now()
        recent = now - _HALF_A_YEAR < mtime <= now
        return f"{when:%b} {when.day:2} " + (f"{when:%H:%M}" if recent else f"{when.year:5}")

    def _aligned(self, rows: list[list[str]]) -> list[str]:
        if not rows:
            return []
        columns = len(rows[0])
        widths = [max(len(row[column]) for row in rows) for column in range(columns)]
        right = {1, columns - 3}
        lines = []
        for row in rows:
            cells = [
                cell.rjust(width) if column in right else cell.ljust(width)
                for column, (cell, width) in enumerate(zip(row[:-1], widths, strict=False))
            ]
            lines.append(" ".join([*cells, row[-1]]))
        return lines


def _size(node: Node) -> int:
    if isinstance(node, File):
        return node.size
    return len(node.target) if isinstance(node, Symlink) else _BLOCK


def _blocks(node: Node) -> int:
    """KiB on disk, in blocks of 4 KiB; a short link takes none."""
    if isinstance(node, Symlink):
        return 0
    return -(-_size(node) // _BLOCK) * 4


COMMANDS: dict[str, Callable[[Task], int]] = {"ls": _ls}
