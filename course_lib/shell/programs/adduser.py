"""adduser and addgroup: busybox's and Debian's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.options import parse
from course_lib.shell.programs.accountfiles import AccountFiles, refused
from course_lib.shell.users import Account, UserGroup

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task


def _adduser(task: Task) -> int:
    return _busybox_adduser(task) if task.busybox else _debian_adduser(task)


def _busybox_adduser(task: Task) -> int:  # noqa: C901, PLR0911 - one refusal after another, as the real one checks
    given = parse(
        task, "h:g:s:G:SDHu:k:",
        {"home=": "h", "gecos=": "g", "shell=": "s", "ingroup=": "G", "system": "S",
         "disabled-password": "D", "no-create-home": "H", "uid=": "u"},
    )  # fmt: skip
    refusal = refused(task)
    if refusal is not None:
        return refusal
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
    uid = given.number("u") if "u" in given else _free_uid(files, system=system)
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
    if "H" not in given:
        files.make_home(account, mode=0o2755)
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


def _debian_adduser(task: Task) -> int:  # noqa: C901, PLR0911, PLR0912 - one refusal after another, as the real one checks
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
    uid = given.number("u") if "u" in given else _free_uid(files, system=system)
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
        files.make_home(account, skeleton=not system, mode=0o755 if system else _home_mode(task))
    if "q" not in given:
        task.out(
            f"Adding system user `{name}' (UID {uid}) ...\n"
            if system
            else f"Adding user `{name}' ...\n",
        )
    users = files.group("users")
    if users is not None and not system and not wanted:
        files.join(name, users)  # adduser 3.130 and later
    if not system and "D" not in given:
        msg = "without --disabled-password: it asks for a password"
        raise task.not_simulated(msg)
    return 0


def _home_mode(task: Task) -> int:
    """DIR_MODE of adduser.conf: Debian 12 keeps a home private, Ubuntu lets the group look."""
    release = task.files.find("/etc/os-release")
    text = task.files.read("/etc/os-release") if release is not None else b""
    return 0o750 if b"ubuntu" in text else 0o700


def _free_uid(files: AccountFiles, *, system: bool) -> int:
    """The first number that is free for the user and for a group of its own."""
    if system:
        return files.free_uid(system=True)
    used = {account.uid for account in files.users} | {group.gid for group in files.groups}
    return next(number for number in range(1000, 60000) if number not in used)


def _addgroup(task: Task) -> int:  # noqa: PLR0911 - one refusal after another, as the real one checks
    if task.busybox:
        given = parse(task, "Sg:", {"system": "S", "gid=": "g"})
    else:
        given = parse(task, "q", {"system": "S", "gid=": "g", "quiet": "q"})
    refusal = refused(task, "/etc/group")
    if refusal is not None:
        return refusal
    if not given.operands:
        task.err(
            "BusyBox: usage: addgroup [-g GID] [-S] [USER] GROUP"
            if task.busybox
            else "addgroup: Only one or two names allowed.",
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
            f"group '{name}' in use" if task.busybox else f"The group `{name}' already exists.",
        )
    gid = given.number("g") if "g" in given else files.free_gid(system="S" in given)
    if any(group.gid == gid for group in files.groups):
        return task.complain(
            f"gid '{gid}' in use" if task.busybox else f"The GID `{gid}' is already in use.",
        )
    files.add_group(UserGroup(name, gid))
    if not task.busybox and "q" not in given:
        task.out(f"Adding group `{name}' (GID {gid}) ...\nDone.\n")
    return 0


COMMANDS: dict[str, Callable[[Task], int]] = {
    "adduser": _adduser,
    "addgroup": _addgroup,
}
