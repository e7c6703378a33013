"""useradd and groupadd (shadow), adduser and addgroup (Debian's and busybox's)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.image.entries import Content, Directory, File
from course_lib.shell.options import parse
from course_lib.shell.users import Account, UserGroup, accounts, groups

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task

_NAME = re.compile(r"[a-z_][a-z0-9_-]*\$?\Z", re.IGNORECASE)
_NAME_TAKEN, _ID_TAKEN, _UNKNOWN_GROUP, _UNKNOWN_USER = 9, 4, 6, 6
_NOT_ROOT = 1


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
            "".join(line + "\n" for line in lines).encode("utf-8", "surrogateescape")
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
    if system:
        return next(
            number
            for number in range(
                999 if low > 100 else 100, 0 if low > 100 else 1000, -1 if low > 100 else 1
            )
            if number not in used
        )  # noqa: E501, PLR2004 - shadow counts down, adduser up
    above = [number for number in used if 1000 <= number < 60000]  # noqa: PLR2004 - login.defs
    return max(above, default=999) + 1


def _allowed(task: Task, path: str = "/etc/passwd") -> int | None:
    if task.files.who.uid == 0:
        return None
    if task.busybox:
        return task.complain(f"can't open '{path}': Permission denied")
    task.complain("Permission denied.")
    task.complain(f"cannot lock {path}; try again later.")
    return 1


# -- shadow: useradd, groupadd, usermod, userdel -------------------------------------------------


def _useradd(task: Task) -> int:
    given = parse(
        task, "mMrUNu:g:G:d:s:c:lk:p:ob:e:f:K:",
        {"create-home": "m", "no-create-home": "M", "system": "r", "user-group": "U",
         "no-user-group": "N", "uid=": "u", "gid=": "g", "groups=": "G", "home-dir=": "d",
         "home=": "d", "shell=": "s", "comment=": "c", "no-log-init": "l", "password=": "p",
         "non-unique": "o", "base-dir=": "b"},
        real="DRZ", status=2,
    )  # fmt: skip
    refused = _allowed(task)
    if refused is not None:
        return refused
    if len(given.operands) != 1:
        task.err("Usage: useradd [options] LOGIN")
        return 2
    name = given.operands[0]
    files = AccountFiles(task)
    system = "r" in given
    if not _NAME.match(name):
        return task.complain(f"invalid user name '{name}': use --badname to ignore", 3)
    if files.user(name):
        return task.complain(f"user '{name}' already exists", _NAME_TAKEN)
    uid = int(given.value("u")) if given.value("u").isdecimal() else None
    if "u" in given and uid is None:
        return task.complain(f"invalid user ID '{given.value('u')}'", 3)
    if uid is not None and "o" not in given and any(a.uid == uid for a in files.users):
        return task.complain(f"UID {uid} is not unique", _ID_TAKEN)
    if uid is None:
        uid = files.free_uid(system=system, low=101)
    gid = 100
    if "g" in given:
        group = files.group(given.value("g"))
        if group is None:
            return task.complain(f"group '{given.value('g')}' does not exist", _UNKNOWN_GROUP)
        gid = group.gid
    elif "N" not in given:
        if files.group(name) and files.group(name).name == name:  # type: ignore[union-attr]
            return task.complain(
                f"group {name} exists - if you want to add this user to that group, use -g.",
                _NAME_TAKEN,
            )
        taken = {group.gid for group in files.groups}
        gid = uid if uid not in taken else files.free_gid(system=system, low=101)
        files.add_group(UserGroup(name, gid))
    wanted = [word for word in given.value("G").split(",") if word]
    for word in wanted:
        if files.group(word) is None:
            return task.complain(f"group '{word}' does not exist", _UNKNOWN_GROUP)
    home = given.value("d") or f"{given.value('b') or '/home'}/{name}"
    shell = given.value("s") or "/bin/sh"
    account = Account(name, uid, gid, given.value("c"), home, shell)
    files.add_user(account)
    for word in wanted:
        group = files.group(word)
        if group is not None:
            files.join(name, group)
    if "m" in given:
        files.make_home(account)
    return 0


def _groupadd(task: Task) -> int:
    given = parse(
        task, "rg:fop:", {"system": "r", "gid=": "g", "force": "f", "non-unique": "o"}, status=2
    )
    refused = _allowed(task, "/etc/group")
    if refused is not None:
        return refused
    if len(given.operands) != 1:
        task.err("Usage: groupadd [options] GROUP")
        return 2
    name = given.operands[0]
    files = AccountFiles(task)
    if not _NAME.match(name):
        return task.complain(f"'{name}' is not a valid group name", 3)
    if any(group.name == name for group in files.groups):
        return 0 if "f" in given else task.complain(f"group '{name}' already exists", _NAME_TAKEN)
    if "g" in given:
        if not given.value("g").isdecimal():
            return task.complain(f"invalid group ID '{given.value('g')}'", 3)
        gid = int(given.value("g"))
        if any(group.gid == gid for group in files.groups) and "o" not in given:
            return task.complain(f"GID '{gid}' already exists", _ID_TAKEN)
    else:
        gid = files.free_gid(system="r" in given, low=101)
    files.add_group(UserGroup(name, gid))
    return 0


def _usermod(task: Task) -> int:
    given = parse(
        task, "aG:d:s:u:g:c:lLUm",
        {"append": "a", "groups=": "G", "home=": "d", "shell=": "s", "uid=": "u", "gid=": "g",
         "comment=": "c", "lock": "L", "unlock": "U", "move-home": "m", "login=": "l"},
        status=2,
    )  # fmt: skip
    refused = _allowed(task)
    if refused is not None:
        return refused
    if "l" in given or "m" in given:
        raise task.not_simulated("-l" if "l" in given else "-m")
    files = AccountFiles(task)
    account = files.user(given.operands[0]) if given.operands else None
    if account is None:
        name = given.operands[0] if given.operands else ""
        return task.complain(f"user '{name}' does not exist", _UNKNOWN_USER)
    if "G" in given:
        if "a" not in given:
            msg = "-G without -a"
            raise task.not_simulated(msg)
        for word in given.value("G").split(","):
            group = files.group(word)
            if group is None:
                return task.complain(f"group '{word}' does not exist", _UNKNOWN_GROUP)
            files.join(account.name, group)
    gid = account.gid
    if "g" in given:
        group = files.group(given.value("g"))
        if group is None:
            return task.complain(f"group '{given.value('g')}' does not exist", _UNKNOWN_GROUP)
        gid = group.gid
    changed = Account(
        account.name, int(given.value("u") or account.uid), gid,
        given.value("c") or account.comment, given.value("d") or account.home,
        given.value("s") or account.shell, account.password,
    )  # fmt: skip
    if changed != account:
        files.change_user(account, changed)
    return 0


def _userdel(task: Task) -> int:
    given = parse(task, "rf", {"remove": "r", "force": "f"}, status=2)
    refused = _allowed(task)
    if refused is not None:
        return refused
    files = AccountFiles(task)
    account = files.user(given.operands[0]) if given.operands else None
    if account is None:
        return task.complain(f"user '{''.join(given.operands[:1])}' does not exist", _UNKNOWN_USER)
    files.remove_line("/etc/passwd", account.name)
    files.remove_line("/etc/shadow", account.name)
    group = files.group(account.name)
    if group is not None and not group.members:
        files.remove_line("/etc/group", account.name)
    if "r" in given:
        from course_lib.shell.programs.moving import remove_tree  # noqa: PLC0415 - only here

        node = task.files.find(account.home, follow=False)
        if node is not None:
            remove_tree(task, account.home, node)
    return 0


def _groupdel(task: Task) -> int:
    given = parse(task, "f", status=2)
    refused = _allowed(task, "/etc/group")
    if refused is not None:
        return refused
    files = AccountFiles(task)
    group = files.group(given.operands[0]) if given.operands else None
    if group is None:
        return task.complain(
            f"group '{''.join(given.operands[:1])}' does not exist", _UNKNOWN_GROUP
        )
    if any(account.gid == group.gid for account in files.users):
        return task.complain(
            "cannot remove the primary group of user '"
            + next(a.name for a in files.users if a.gid == group.gid)
            + "'",
            8,
        )
    files.remove_line("/etc/group", group.name)
    return 0


# -- adduser, addgroup ---------------------------------------------------------------------------


def _adduser(task: Task) -> int:
    return _busybox_adduser(task) if task.busybox else _debian_adduser(task)


def _busybox_adduser(task: Task) -> int:
    given = parse(
        task, "h:g:s:G:SDHu:k:",
        {"home=": "h", "gecos=": "g", "shell=": "s", "ingroup=": "G", "system": "S",
         "disabled-password": "D", "no-create-home": "H", "uid=": "u"},
    )  # fmt: skip
    refused = _allowed(task)
    if refused is not None:
        return refused
    if not given.operands:
        task.err("BusyBox: usage: adduser [OPTIONS] USER [GROUP]")
        return 1
    name = given.operands[0]
    files = AccountFiles(task)
    if len(given.operands) > 1:
        return _join(task, files, name, given.operands[1])
    if files.user(name):
        return task.complain(f"user '{name}' in use")
    system = "S" in given
    uid = int(given.value("u")) if "u" in given else files.free_uid(system=system)
    if any(account.uid == uid for account in files.users):
        return task.complain(f"uid '{uid}' in use")
    if "G" in given:
        group = files.group(given.value("G"))
        if group is None:
            return task.complain(f"unknown group {given.value('G')}")
        gid = group.gid
    elif system:
        nogroup = files.group("nogroup")
        gid = nogroup.gid if nogroup else 65533
    else:
        gid = uid if uid not in {g.gid for g in files.groups} else files.free_gid(system=False)
        files.add_group(UserGroup(name, gid))
    home = given.value("h") or f"/home/{name}"
    shell = given.value("s") or ("/sbin/nologin" if system else "/bin/ash")
    comment = given.value("g") or ("" if "g" in given else "Linux User,,,")
    account = Account(name, uid, gid, comment, home, shell)
    files.add_user(account)
    if "H" not in given and (not system or "h" in given or True):
        files.make_home(account, mode=0o2755 if "G" not in given else 0o755)
    if "D" not in given and not system:
        return task.complain("a password can't be asked for in a build: use -D") and 1
    return 0


def _join(task: Task, files: AccountFiles, name: str, group_name: str) -> int:
    group = files.group(group_name)
    if files.user(name) is None:
        shown = f"unknown user {name}" if task.busybox else f"The user `{name}' does not exist."
        return task.complain(shown)
    if group is None:
        shown = (
            f"unknown group {group_name}"
            if task.busybox
            else f"The group `{group_name}' does not exist."
        )
        return task.complain(shown)
    files.join(name, group)
    return 0


def _debian_adduser(task: Task) -> int:
    given = parse(
        task, "qu:",
        {"system": "S", "group": "g", "ingroup=": "G", "gid=": "i", "uid=": "u", "home=": "h",
         "shell=": "s", "no-create-home": "H", "disabled-password": "D", "disabled-login": "D",
         "gecos=": "c", "comment=": "c", "quiet": "q", "force-badname": "b", "allow-bad-names": "b",
         "firstuid=": "f", "lastuid=": "f"},
    )  # fmt: skip
    if task.files.who.uid != 0:
        return task.complain("Only root may add a user or group to the system.")
    if not given.operands:
        return task.complain("Only one or two names allowed.")
    name = given.operands[0]
    files = AccountFiles(task)
    if len(given.operands) > 1:
        return _join(task, files, name, given.operands[1])
    system = "S" in given
    existing = files.user(name)
    if existing is not None:
        if system:
            task.err(f"The system user `{name}' already exists. Exiting.")
            return 0
        return task.complain(f"The user `{name}' already exists.")
    uid = int(given.value("u")) if "u" in given else files.free_uid(system=system)
    wanted = given.value("G") or given.value("i")
    if wanted:
        group = files.group(wanted)
        if group is None:
            return task.complain(f"The group `{wanted}' does not exist.")
        gid = group.gid
    elif system and "g" not in given:
        gid = 65534
    else:
        found = files.group(name)
        gid = (
            found.gid
            if found
            else uid
            if uid not in {g.gid for g in files.groups}
            else files.free_gid(system=system)
        )
        if found is None:
            files.add_group(UserGroup(name, gid))
    home = given.value("h") or ("/nonexistent" if system else f"/home/{name}")
    shell = given.value("s") or ("/usr/sbin/nologin" if system else "/bin/bash")
    account = Account(name, uid, gid, given.value("c"), home, shell)
    files.add_user(account)
    if "H" not in given and home != "/nonexistent":
        files.make_home(account, skeleton=not system)
    if "q" not in given:
        kind = "system user" if system else "user"
        task.out(
            f"Adding {kind} `{name}' ({'UID ' + str(uid) if system else '...'})\n"
            if system
            else f"Adding user `{name}' ...\n"
        )
    if not system and "D" not in given:
        msg = "without --disabled-password: it asks for a password"
        raise task.not_simulated(msg)
    return 0


def _addgroup(task: Task) -> int:
    if task.busybox:
        given = parse(task, "Sg:", {"system": "S", "gid=": "g"})
    else:
        given = parse(task, "q", {"system": "S", "gid=": "g", "quiet": "q"})
    refused = _allowed(task, "/etc/group")
    if refused is not None:
        return refused
    if not given.operands:
        task.err(
            "BusyBox: usage: addgroup [-g GID] [-S] [USER] GROUP"
            if task.busybox
            else "addgroup: Only one or two names allowed."
        )
        return 1
    files = AccountFiles(task)
    name = given.operands[0]
    if len(given.operands) > 1:
        return _join(task, files, name, given.operands[1])
    if any(group.name == name for group in files.groups):
        if not task.busybox and "S" in given:
            task.err(f"addgroup: The group `{name}' already exists as a system group. Exiting.")
            return 0
        return task.complain(
            f"group '{name}' in use" if task.busybox else f"The group `{name}' already exists."
        )
    gid = int(given.value("g")) if "g" in given else files.free_gid(system="S" in given)
    if any(group.gid == gid for group in files.groups):
        return task.complain(
            f"gid '{gid}' in use" if task.busybox else f"The GID `{gid}' is already in use."
        )
    files.add_group(UserGroup(name, gid))
    if not task.busybox and "q" not in given:
        task.out(f"Adding group `{name}' (GID {gid}) ...\nDone.\n")
    return 0


COMMANDS: dict[str, Callable[[Task], int]] = {
    "useradd": _useradd,
    "groupadd": _groupadd,
    "usermod": _usermod,
    "userdel": _userdel,
    "groupdel": _groupdel,
    "adduser": _adduser,
    "addgroup": _addgroup,
    "deluser": _userdel,
    "delgroup": _groupdel,
}
