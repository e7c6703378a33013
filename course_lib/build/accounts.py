"""Owners by name or number, looked up in the image's own /etc/passwd and /etc/group."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.shell.users import accounts, groups

if TYPE_CHECKING:
    from course_lib.image.workspace import Workspace

_NUMBER = re.compile(r"\d{1,10}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Owner:
    """Who gets a file."""

    uid: int = 0
    gid: int = 0


ROOT = Owner()


def owner(text: str, files: Workspace) -> Owner:
    """`--chown=TEXT` and WORKDIR's USER: `5` is 5:5, `name` takes the name's own group.

    A name that is not there counts as 0, as in BuildKit's file operations; a process of that name
    fails.
    """
    user, _, group = text.partition(":")
    found = _user(user, files)
    if not group:
        return found
    if _NUMBER.fullmatch(group):
        return Owner(found.uid, int(group))
    gids = [entry.gid for entry in groups(files) if entry.name == group]
    return Owner(found.uid, gids[0] if gids else found.gid)


def home(user: str, files: Workspace) -> str:
    """The home folder of a USER, `/` for one without."""
    name = user.partition(":")[0] or "0"
    for account in accounts(files):
        if name in (account.name, str(account.uid)):
            return account.home or "/"
    return "/root" if name in ("0", "root") else "/"


def _user(name: str, files: Workspace) -> Owner:
    if _NUMBER.fullmatch(name):
        return Owner(int(name), int(name))
    for account in accounts(files):
        if account.name == name:
            return Owner(account.uid, account.gid)
    return ROOT
