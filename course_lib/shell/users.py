"""Who a process is, by the /etc/passwd and /etc/group of its file system."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from course_lib.image.entries import File
from course_lib.shell.numbers import whole
from course_lib.shell.process import ExecFailure

if TYPE_CHECKING:
    from course_lib.image.workspace import Workspace

_PASSWD_FIELDS = 7
_GROUP_FIELDS = 4
_LARGEST = 1 << 20  # bytes; the zeros after the head of a larger file name nobody


@dataclass(frozen=True, slots=True)
class Credentials:
    """User id, group id and supplementary groups."""

    uid: int = 0
    gid: int = 0
    groups: frozenset[int] = frozenset({0})


@dataclass(frozen=True, slots=True)
class Account:
    """`name:password:uid:gid:comment:home:shell`."""

    name: str
    uid: int
    gid: int
    comment: str = ""
    home: str = "/"
    shell: str = "/bin/sh"
    password: str = "x"  # noqa: S105 - the usual filling: the hash is in /etc/shadow

    @property
    def line(self) -> str:
        """The line of /etc/passwd."""
        ids = f"{self.uid}:{self.gid}"
        return f"{self.name}:{self.password}:{ids}:{self.comment}:{self.home}:{self.shell}"


@dataclass(frozen=True, slots=True)
class UserGroup:
    """`name:password:gid:member,member`."""

    name: str
    gid: int
    members: tuple[str, ...] = ()
    password: str = "x"  # noqa: S105 - the usual filling: the hash is in /etc/shadow

    @property
    def line(self) -> str:
        """The line of /etc/group."""
        return f"{self.name}:{self.password}:{self.gid}:{','.join(self.members)}"


def accounts(fs: Workspace) -> tuple[Account, ...]:
    """The lines of /etc/passwd that have the right shape."""
    return _accounts(_read(fs, "/etc/passwd"))


def groups(fs: Workspace) -> tuple[UserGroup, ...]:
    """The lines of /etc/group that have the right shape."""
    return _groups(_read(fs, "/etc/group"))


@lru_cache(maxsize=64)
def _accounts(data: bytes) -> tuple[Account, ...]:
    found: list[Account] = []
    for name, password, uid, gid, comment, home, shell in _rows(data, _PASSWD_FIELDS):
        if uid.isdecimal() and gid.isdecimal():
            account = Account(name, whole(uid), whole(gid), comment, home, shell, password)
            found.append(account)
    return tuple(found)


@lru_cache(maxsize=64)
def _groups(data: bytes) -> tuple[UserGroup, ...]:
    found: list[UserGroup] = []
    for name, password, gid, members in _rows(data, _GROUP_FIELDS):
        if gid.isdecimal():
            names = tuple(member for member in members.split(",") if member)
            found.append(UserGroup(name, whole(gid), names, password))
    return tuple(found)


def resolve(user: str, fs: Workspace) -> Credentials:
    """Credentials for docker's `user` or `user:group`; "" is root.

    Raises:
        ExecFailure: in the daemon's words, for a name that is not there.

    """
    name, _, group = user.partition(":")
    everyone = accounts(fs)
    account = _account(name or "0", everyone)
    if account is None and not name.isdecimal():
        msg = f"unable to find user {name}: no matching entries in passwd file"
        raise ExecFailure(msg, 125)
    uid = account.uid if account else whole(name)
    gid = account.gid if account else 0
    all_groups = groups(fs)
    if group:
        named = [entry for entry in all_groups if group in (entry.name, str(entry.gid))]
        if not named and not group.isdecimal():
            msg = f"unable to find group {group}: no matching entries in group file"
            raise ExecFailure(msg, 125)
        gid = named[0].gid if named else whole(group)
        return Credentials(uid, gid, frozenset({gid}))
    also = {entry.gid for entry in all_groups if account and account.name in entry.members}
    return Credentials(uid, gid, frozenset({gid, *also}))


def _account(name: str, everyone: tuple[Account, ...]) -> Account | None:
    for account in everyone:
        if account.name == name:
            return account
    if name.isdecimal():
        for account in everyone:
            if account.uid == whole(name):
                return account
        if name == "0":
            return Account("root", 0, 0, home="/root")
    return None


def _read(fs: Workspace, path: str) -> bytes:
    node = fs.get(path)
    if not isinstance(node, File):
        return b""
    return node.content.data if node.size <= _LARGEST else node.content.head


def _rows(data: bytes, count: int) -> list[list[str]]:
    lines = data.decode("utf-8", "surrogateescape").splitlines()
    return [fields for line in lines if len(fields := line.split(":")) == count]
