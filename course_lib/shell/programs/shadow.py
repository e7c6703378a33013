"""useradd, usermod, userdel, groupadd, groupdel, of the shadow package."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.shell.options import parse
from course_lib.shell.programs.accountfiles import AccountFiles, refused
from course_lib.shell.programs.removing import remove_tree
from course_lib.shell.users import Account, UserGroup

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task

_NAME = re.compile(r"[a-z_][a-z0-9_-]*\$?\Z", re.IGNORECASE)
_NAME_TAKEN, _ID_TAKEN, _UNKNOWN_GROUP, _UNKNOWN_USER, _PRIMARY = 9, 4, 6, 6, 8


def _useradd(task: Task) -> int:  # noqa: C901, PLR0911, PLR0912 - one refusal after another, as the real one checks
    given = parse(
        task, "mMrUNu:g:G:d:s:c:lk:p:ob:e:f:K:",
        {"create-home": "m", "no-create-home": "M", "system": "r", "user-group": "U",
         "no-user-group": "N", "uid=": "u", "gid=": "g", "groups=": "G", "home-dir=": "d",
         "home=": "d", "shell=": "s", "comment=": "c", "no-log-init": "l", "password=": "p",
         "non-unique": "o", "base-dir=": "b"},
        real="DRZ", status=2,
    )  # fmt: skip
    refusal = refused(task)
    if refusal is not None:
        return refusal
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
    uid = given.number("u") if given.value("u").isdecimal() else None
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


def _groupadd(task: Task) -> int:  # noqa: PLR0911 - one refusal after another, as the real one checks
    given = parse(
        task,
        "rg:fop:",
        {"system": "r", "gid=": "g", "force": "f", "non-unique": "o"},
        status=2,
    )
    refusal = refused(task, "/etc/group")
    if refusal is not None:
        return refusal
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
        gid = given.number("g")
        if any(group.gid == gid for group in files.groups) and "o" not in given:
            return task.complain(f"GID '{gid}' already exists", _ID_TAKEN)
    else:
        gid = files.free_gid(system="r" in given, low=101)
    files.add_group(UserGroup(name, gid))
    return 0


def _usermod(task: Task) -> int:  # noqa: C901 - one refusal after another, as the real one checks
    given = parse(
        task, "aG:d:s:u:g:c:lLUm",
        {"append": "a", "groups=": "G", "home=": "d", "shell=": "s", "uid=": "u", "gid=": "g",
         "comment=": "c", "lock": "L", "unlock": "U", "move-home": "m", "login=": "l"},
        status=2,
    )  # fmt: skip
    refusal = refused(task)
    if refusal is not None:
        return refusal
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
        account.name, given.number("u", account.uid), gid,
        given.value("c") or account.comment, given.value("d") or account.home,
        given.value("s") or account.shell, account.password,
    )  # fmt: skip
    if changed != account:
        files.change_user(account, changed)
    return 0


def _userdel(task: Task) -> int:
    given = parse(task, "rf", {"remove": "r", "force": "f"}, status=2)
    refusal = refused(task)
    if refusal is not None:
        return refusal
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
        node = task.files.find(account.home, follow=False)
        if node is not None:
            remove_tree(task, account.home, node)
    return 0


def _groupdel(task: Task) -> int:
    given = parse(task, "f", status=2)
    refusal = refused(task, "/etc/group")
    if refusal is not None:
        return refusal
    files = AccountFiles(task)
    group = files.group(given.operands[0]) if given.operands else None
    if group is None:
        return task.complain(
            f"group '{''.join(given.operands[:1])}' does not exist",
            _UNKNOWN_GROUP,
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


COMMANDS: dict[str, Callable[[Task], int]] = {
    "useradd": _useradd,
    "usermod": _usermod,
    "userdel": _userdel,
    "groupadd": _groupadd,
    "groupdel": _groupdel,
}
