"""/etc/passwd, /etc/group and their shadows, as the programs that change them see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.image.entries import Content, Directory, File
from course_lib.shell.task import encoded
from course_lib.shell.users import Account, UserGroup, accounts, groups

if TYPE_CHECKING:
    from course_lib.shell.task import Task

_LOWEST = 100  # where adduser begins for system accounts
_FIRST, _LAST = 1000, 60_000  # the numbers of people, by login.defs


class AccountFiles:
    """/etc/passwd, /etc/group and their shadows, rewritten as a whole."""

    def __init__(self, task: Task) -> None:
        self._task = task
        fs = task.machine.fs
        self.users = list(accounts(fs))
        self.groups = list(groups(fs))

    def user(self, name: str) -> Account | None:
        """The account of that name."""
        return next((account for account in self.users if account.name == name), None)

    def group(self, name: str) -> UserGroup | None:
        """The group of that name or number."""
        return next((g for g in self.groups if name in (g.name, str(g.gid))), None)

    def free_uid(self, *, system: bool, low: int = 100) -> int:
        """An unused user id: from 1000 up, or for a system account below that."""
        return _free({account.uid for account in self.users}, system=system, low=low)

    def free_gid(self, *, system: bool, low: int = 100) -> int:
        """An unused group id."""
        return _free({group.gid for group in self.groups}, system=system, low=low)

    def add_user(self, account: Account) -> None:
        """Append an account, and its line in /etc/shadow."""
        self.users.append(account)
        self._append("/etc/passwd", account.line)
        self._append("/etc/shadow", f"{account.name}:!:{self._days()}:0:99999:7:::", 0o640)

    def add_group(self, group: UserGroup) -> None:
        """Append a group."""
        self.groups.append(group)
        self._append("/etc/group", group.line)
        if self._task.machine.node("/etc/gshadow") is not None:
            self._append("/etc/gshadow", f"{group.name}:!::", 0o640)

    def join(self, user: str, group: UserGroup) -> None:
        """Make a user a member of a group."""
        if user in group.members:
            return
        joined = UserGroup(group.name, group.gid, (*group.members, user), group.password)
        self.groups[self.groups.index(group)] = joined
        self._rewrite("/etc/group", group.name, joined.line)

    def leave(self, user: str, group: UserGroup) -> None:
        """Take a user out of the members of a group."""
        others = tuple(member for member in group.members if member != user)
        self.change_group(group, UserGroup(group.name, group.gid, others, group.password))

    def change_group(self, old: UserGroup, new: UserGroup) -> None:
        """Replace a group's line."""
        self.groups[self.groups.index(old)] = new
        self._rewrite("/etc/group", old.name, new.line)
        shadowed = [one for one in self._lines("/etc/gshadow") if one.startswith(f"{old.name}:")]
        if shadowed and old.name != new.name:
            _, _, rest = shadowed[0].partition(":")
            self._rewrite("/etc/gshadow", old.name, f"{new.name}:{rest}")

    def remove_group(self, group: UserGroup) -> None:
        """Drop a group's lines."""
        self.groups.remove(group)
        for path in ("/etc/group", "/etc/gshadow"):
            if self._task.machine.node(path) is not None:
                self.remove_line(path, group.name)

    def shadow(self, name: str) -> list[str]:
        """The nine fields of a name in /etc/shadow; those of a locked account where it has no line."""
        for line in self._lines("/etc/shadow"):
            if line.startswith(f"{name}:"):
                return (line.split(":") + [""] * 9)[:9]
        return [name, "!", *[""] * 7]

    def change_shadow(self, name: str, fields: list[str]) -> None:
        """Replace the line of a name in /etc/shadow."""
        self._rewrite("/etc/shadow", name, ":".join(fields))

    def change_user(self, old: Account, new: Account) -> None:
        """Replace an account's line."""
        self.users[self.users.index(old)] = new
        self._rewrite("/etc/passwd", old.name, new.line)

    def remove_line(self, path: str, name: str) -> None:
        """Drop the line of a name."""
        self._rewrite(path, name, None)

    def _days(self) -> int:
        return self._task.machine.clock.now() // 86400

    def _lines(self, path: str) -> list[str]:
        node = self._task.machine.node(path)
        if not isinstance(node, File):
            return []
        return node.content.data.decode("utf-8", "surrogateescape").splitlines()

    def _append(self, path: str, line: str, mode: int = 0o644) -> None:
        self._write(path, [*self._lines(path), line], mode)

    def _rewrite(self, path: str, name: str, line: str | None) -> None:
        lines = []
        for old in self._lines(path):
            if not old.startswith(name + ":"):
                lines.append(old)
            elif line is not None:
                lines.append(line)
        self._write(path, lines)

    def _write(self, path: str, lines: list[str], mode: int = 0o644) -> None:
        machine = self._task.machine
        content = Content.of(
            encoded("".join(line + "\n" for line in lines)),
        )
        if machine.node(path) is None:
            machine.put(path, File(content, mode))
        else:
            machine.store(path, content)

    def make_home(self, account: Account, *, skeleton: bool = True, mode: int = 0o755) -> None:
        """Make a home directory with what /etc/skel has."""
        machine = self._task.machine
        if machine.node(account.home) is not None:
            return
        path = ""
        for name in account.home.strip("/").split("/"):
            path += f"/{name}"
            if machine.node(path) is None:
                machine.put(path, Directory(0o755))
        machine.put(account.home, Directory(mode, account.uid, account.gid))
        if not skeleton:
            return
        for name in machine.children("/etc/skel") if machine.node("/etc/skel") else ():
            node = machine.node(f"/etc/skel/{name}")
            if isinstance(node, File):
                copy = File(node.content, node.mode, account.uid, account.gid)
                machine.put(f"{account.home}/{name}", copy)


def _free(used: set[int], *, system: bool, low: int) -> int:
    """Find an unused number; for system accounts shadow counts down from 999, adduser up."""
    if system:
        counted = range(_FIRST - 1, low - 1, -1) if low > _LOWEST else range(low, _FIRST)
        return next(number for number in counted if number not in used)
    above = [number for number in used if _FIRST <= number < _LAST]
    return max(above, default=_FIRST - 1) + 1


def refused(task: Task, path: str = "/etc/passwd") -> int | None:
    """Say that only root may change accounts; None for root himself."""
    if task.files.who.uid == 0:
        return None
    if task.busybox:
        return task.complain(f"can't open '{path}': Permission denied")
    task.complain("Permission denied.")
    task.complain(f"cannot lock {path}; try again later.")
    return 1
