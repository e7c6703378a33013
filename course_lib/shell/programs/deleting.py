"""deluser and delgroup, busybox's and Debian's; groupmod and chage of the shadow package."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.shell.dates import parse_date
from course_lib.shell.options import parse
from course_lib.shell.programs.accountfiles import AccountFiles, refused
from course_lib.shell.programs.removing import remove_tree
from course_lib.shell.users import Account, UserGroup

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.options import Given
    from course_lib.shell.task import Task

_DAY = 86_400
_NO_USER, _NO_GROUP, _NOT_MEMBER, _PRIMARY = 2, 3, 6, 7  # deluser's of Debian
_GID_TAKEN, _MISSING, _NAME_TAKEN = 4, 6, 9  # shadow's


def _deluser(task: Task) -> int:
    group = task.name == "delgroup"
    given = parse(
        task, "q",
        {"remove-home": "r", "system": "S", "quiet": "q", "group": "g", "only-if-empty": "e"},
    )  # fmt: skip
    refusal = _not_root(task)
    if refusal is not None:
        return refusal
    if not 1 <= len(given.operands) <= 2:  # noqa: PLR2004 - a user, a group, or both
        return task.complain("Only one or two names allowed.")
    files = AccountFiles(task)
    if len(given.operands) == 2:  # noqa: PLR2004 - both
        return _leave(task, files, given)
    if group or "g" in given:
        return _remove_group(task, files, given)
    return _remove_user(task, files, given)


def _not_root(task: Task) -> int | None:
    if task.busybox or task.files.who.uid == 0:
        return refused(task)
    return task.complain("Only root may remove a user or group from the system.")


def _remove_user(task: Task, files: AccountFiles, given: Given) -> int:
    name = given.operands[0]
    account = files.user(name)
    if account is None:
        if task.busybox:
            return task.complain(f"unknown user {name}")
        return 0 if "S" in given else task.complain(f"The user `{name}' does not exist.", _NO_USER)
    _say(task, given, f"Removing user `{name}' ...")
    for path in ("/etc/passwd", "/etc/shadow"):
        files.remove_line(path, name)
    for group in list(files.groups):
        if name in group.members:
            files.leave(name, group)
    own = next((group for group in files.groups if group.name == name), None)
    if own is not None and not own.members:
        files.remove_group(own)
    if "r" in given:
        node = task.files.find(account.home, follow=False)
        if node is not None:
            remove_tree(task, account.home, node)
    _say(task, given, "Done.")
    return 0


def _remove_group(task: Task, files: AccountFiles, given: Given) -> int:
    name = given.operands[0]
    group = next((one for one in files.groups if one.name == name), None)
    if group is None:
        if task.busybox:
            return task.complain(f"unknown group {name}")
        why = f"The group `{name}' does not exist."
        return 0 if "S" in given else task.complain(why, _NO_GROUP)
    holder = next((account.name for account in files.users if account.gid == group.gid), "")
    if holder and task.busybox:
        return task.complain(f"'{holder}' still has '{name}' as their primary group!")
    if holder:
        return task.complain(f"`{holder}' still has `{name}' as their primary group!", _PRIMARY)
    _say(task, given, f"Removing group `{name}' ...")
    files.remove_group(group)
    _say(task, given, "Done.")
    return 0


def _leave(task: Task, files: AccountFiles, given: Given) -> int:
    """`deluser USER GROUP`: the user is no member any more."""
    name, of = given.operands
    account, group = files.user(name), files.group(of)
    if account is None:
        why = f"unknown user {name}" if task.busybox else f"The user `{name}' does not exist."
        return task.complain(why, 1 if task.busybox else _NO_USER)
    if group is None:
        why = f"unknown group {of}" if task.busybox else f"The group `{of}' does not exist."
        return task.complain(why, 1 if task.busybox else _NO_GROUP)
    if task.busybox:
        files.leave(name, group)
        return 0
    if account.gid == group.gid:
        return task.complain("You may not remove the user from their primary group.", _PRIMARY)
    if name not in group.members:
        why = f"The user `{name}' is not a member of group `{group.name}'."
        return task.complain(why, _NOT_MEMBER)
    _say(task, given, f"Removing user `{name}' from group `{group.name}' ...")
    files.leave(name, group)
    _say(task, given, "Done.")
    return 0


def _say(task: Task, given: Given, line: str) -> None:
    if not task.busybox and "q" not in given:
        task.out(f"{line}\n")


def _groupmod(task: Task) -> int:
    given = parse(task, "g:n:o", {"gid=": "g", "new-name=": "n", "non-unique": "o"}, status=2)
    refusal = refused(task, "/etc/group")
    if refusal is not None:
        return refusal
    if len(given.operands) != 1:
        task.err("Usage: groupmod [options] GROUP")
        return 2
    files = AccountFiles(task)
    name = given.operands[0]
    group = next((one for one in files.groups if one.name == name), None)
    if group is None:
        return task.complain(f"group '{name}' does not exist", _MISSING)
    new_name, gid = given.value("n", name), given.number("g", group.gid)
    others = [one for one in files.groups if one is not group]
    if "o" not in given and any(one.gid == gid for one in others):
        return task.complain(f"GID '{gid}' already exists", _GID_TAKEN)
    if any(one.name == new_name for one in others):
        return task.complain(f"group '{new_name}' already exists", _NAME_TAKEN)
    files.change_group(group, UserGroup(new_name, gid, group.members, group.password))
    for account in [one for one in files.users if one.gid == group.gid != gid]:
        files.change_user(
            account,
            Account(account.name, account.uid, gid, account.comment, account.home, account.shell,
                    account.password),
        )  # fmt: skip
    return 0


_FIELDS = {"d": 2, "m": 3, "M": 4, "W": 5, "I": 6, "E": 7}  # option -> its place in /etc/shadow


def _chage(task: Task) -> int:
    given = parse(
        task, "d:m:M:W:I:E:",
        {"lastday=": "d", "mindays=": "m", "maxdays=": "M", "warndays=": "W", "inactive=": "I",
         "expiredate=": "E"},
        real="lihR", status=2,
    )  # fmt: skip
    refusal = refused(task)
    if refusal is not None:
        return refusal
    if len(given.operands) != 1 or not given.options:
        task.err("Usage: chage [options] LOGIN")
        return 2
    files = AccountFiles(task)
    name = given.operands[0]
    if files.user(name) is None:
        return task.complain(f"user '{name}' does not exist in /etc/passwd")
    fields = files.shadow(name)
    for letter, value in given.options:
        number = _days(value) if letter in "dE" else value
        if number is None or not re.fullmatch(r"-?\d+", number):
            return task.complain(f"invalid date '{value}'" if letter in "dE" else
                                 f"invalid numeric argument '{value}'", 2)  # fmt: skip
        fields[_FIELDS[letter]] = "" if number == "-1" else number
    files.change_shadow(name, fields)
    return 0


def _days(value: str) -> str | None:
    """Days since 1970: a number, or a date."""
    if re.fullmatch(r"-?\d+", value):
        return value
    seconds = parse_date(value, 0)
    return None if seconds is None else str(seconds // _DAY)


COMMANDS: dict[str, Callable[[Task], int]] = {
    "deluser": _deluser,
    "delgroup": _deluser,
    "groupmod": _groupmod,
    "chage": _chage,
}
