"""chmod, chown, chgrp, install."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory, File, Symlink
from course_lib.shell.modes import ModeError, changed_mode
from course_lib.shell.numbers import whole
from course_lib.shell.options import LeaveProgram, missing_operand, parse, try_help
from course_lib.shell.programs.directories import make_parents
from course_lib.shell.programs.moving import Copier, targets
from course_lib.shell.sayings import words
from course_lib.shell.users import accounts, groups

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from course_lib.image.entries import Node
    from course_lib.shell.task import Task


_MINUS_MODE = re.compile(r"-[rwxXst][-+=rwxXstugo,]*\Z")  # `chmod -x f`: no option


def _paths(task: Task, path: str, *, recursive: bool) -> Iterator[tuple[str, Node]]:
    node = task.files.stat(path, follow=False)
    if recursive and isinstance(node, Directory):
        yield from task.files.walk(path)
    else:
        yield path, node


def _chmod(task: Task) -> int:
    arguments = list(task.args)
    minus = next((word for word in arguments if _MINUS_MODE.match(word)), "")
    if minus:
        arguments.remove(minus)
    given = parse(
        task, "Rvfc",
        {"recursive": "R", "verbose": "v", "quiet": "f", "silent": "f", "changes": "c",
         "reference=": "r"},
        arguments=arguments,
    )  # fmt: skip
    if "r" in given:
        raise task.not_simulated("--reference")  # noqa: EM101 - an option, not a message
    mode, *paths = (minus, *given.operands) if minus else given.operands or ("",)
    if not mode:
        raise missing_operand(task)
    if not paths:
        raise _nothing_after(task, mode)
    try:
        changed_mode(mode, 0, directory=False)
    except ModeError:
        task.complain(f"invalid mode{'' if task.busybox else ':'} '{mode}'")
        raise try_help(task) from None
    status = 0
    for path in paths:
        try:
            for inner, node in _paths(task, path, recursive="R" in given):
                _change_mode(task, inner, node, mode, top=inner == path)
        except OSError as error:
            status = 1
            if "f" not in given:
                _chmod_failed(task, path, error)
    return status


def _nothing_after(task: Task, word: str) -> LeaveProgram:
    if task.busybox:
        return missing_operand(task)
    task.complain(f"missing operand after '{word}'")
    return try_help(task)


def _change_mode(task: Task, path: str, node: Node, mode: str, *, top: bool) -> None:
    if isinstance(node, Symlink):
        if not top:
            return
        node = task.files.stat(path)
    if isinstance(node, (File, Directory)):
        directory = isinstance(node, Directory)
        new = changed_mode(mode, node.mode, directory=directory, umask=task.files.umask)
        task.files.change_mode(path, new)


def _chmod_failed(task: Task, path: str, error: OSError) -> None:
    missing = isinstance(error, FileNotFoundError)
    if task.busybox:
        task.complain(f"{path}: {words(error)}")
    elif missing:
        task.complain(f"cannot access '{path}': {words(error)}")
    else:
        task.complain(f"changing permissions of '{error.filename or path}': {words(error)}")


def _owner_ids(task: Task, text: str) -> tuple[int | None, int | None]:
    """Read `user`, `user:group`, `user:`, `:group`; None for what stays as it is.

    Raises:
        LeaveProgram: for a name that is not there.

    """
    user, mark, group = text.partition(":")
    if not mark and "." in user and not _user(task, user):
        user, mark, group = user.partition(".")
    uid = gid = None
    if user:
        found = _user(task, user)
        if found is None:
            shown = text if mark and group else user
            message = f"unknown user {user}" if task.busybox else f"invalid user: '{shown}'"
            task.complain(message)
            raise LeaveProgram(1)
        uid, login_gid = found
        if mark and not group:
            gid = login_gid
    if group:
        gid = group_id(task, group)
        if gid is None:
            shown = text if user else group
            message = (
                f"unknown group {group}"
                if task.busybox
                else f"invalid group: '{text if mark else shown}'"
            )
            task.complain(message)
            raise LeaveProgram(1)
    return uid, gid


def _user(task: Task, name: str) -> tuple[int, int] | None:
    for account in accounts(task.machine.fs):
        if account.name == name:
            return account.uid, account.gid
    return (whole(name), whole(name)) if name.isdecimal() else None


def group_id(task: Task, name: str) -> int | None:
    """The number of a group given by name or number."""
    for group in groups(task.machine.fs):
        if group.name == name:
            return group.gid
    return whole(name) if name.isdecimal() else None


def _chown(task: Task) -> int:
    given = parse(
        task, "RhvfcHLP",
        {"recursive": "R", "no-dereference": "h", "verbose": "v", "quiet": "f", "silent": "f",
         "changes": "c", "reference=": "r", "from=": "F"},
    )  # fmt: skip
    for letter, long in (("r", "--reference"), ("F", "--from"), ("v", "-v"), ("c", "-c")):
        if letter in given:
            raise task.not_simulated(long)
    if not given.operands:
        raise missing_operand(task)
    owner, *paths = given.operands
    if not paths:
        raise _nothing_after(task, owner)
    uid, gid = _owner_ids(task, f":{owner}" if task.name == "chgrp" else owner)
    status = 0
    for path in paths:
        try:
            for inner, node in _paths(task, path, recursive="R" in given):
                follow = inner == path and "h" not in given and "R" not in given
                current = task.files.stat(inner, follow=follow) if follow else node
                task.files.change_owner(
                    inner,
                    current.uid if uid is None else uid,
                    current.gid if gid is None else gid,
                    follow=follow,
                )
        except OSError as error:
            status = 1
            if "f" not in given:
                _chown_failed(task, path, error, "ownership" if uid is not None else "group")
    return status


def _chown_failed(task: Task, path: str, error: OSError, what: str) -> None:
    if task.busybox:
        task.complain(f"{path}: {words(error)}")
    elif isinstance(error, FileNotFoundError):
        task.complain(f"cannot access '{path}': {words(error)}")
    else:
        task.complain(f"changing {what} of '{error.filename or path}': {words(error)}")


def _install(task: Task) -> int:
    given = parse(
        task, "dDm:o:g:vpt:Tcs",
        {"directory": "d", "mode=": "m", "owner=": "o", "group=": "g", "verbose": "v",
         "target-directory=": "t", "preserve-timestamps": "p", "no-target-directory": "T",
         "strip": "s"},
    )  # fmt: skip
    try:
        mode = changed_mode(given.value("m", "755"), 0, directory=False, umask=0)
    except ModeError:
        return task.complain(f"invalid mode '{given.value('m')}'")
    made: list[str] = []
    status = 0
    if "d" in given:
        for path in given.operands:
            make_parents(task, path)
            made.append(path)
    else:
        copier = Copier(task, recursive=False, preserve="p" in given, follow=True, force=True)
        pairs = targets(task, given)
        for source, target in pairs:
            if "D" in given:
                make_parents(task, posixpath.dirname(target) or ".")
            copier.copy(source, target)
            if not copier.status:
                made.append(target)
        status = copier.status
    owner = ":".join((given.value("o"), given.value("g"))) if "g" in given else given.value("o")
    uid, gid = _owner_ids(task, owner) if owner else (None, None)
    for path in made:
        task.files.change_mode(path, mode)
        node = task.files.stat(path)
        if owner:
            task.files.change_owner(
                path,
                node.uid if uid is None else uid,
                node.gid if gid is None else gid,
            )
    return status


COMMANDS: dict[str, Callable[[Task], int]] = {
    "chmod": _chmod,
    "chown": _chown,
    "chgrp": _chown,
    "install": _install,
}
