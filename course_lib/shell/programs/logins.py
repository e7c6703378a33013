"""su, sudo, gosu, groups, getent, passwd, chpasswd: being somebody, and who there is."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.image.entries import Content, File
from course_lib.shell.options import missing_operand, parse
from course_lib.shell.process import ExecFailure
from course_lib.shell.programs.accountfiles import AccountFiles
from course_lib.shell.programs.system import start
from course_lib.shell.sayings import words
from course_lib.shell.task import decoded, encoded
from course_lib.shell.users import Credentials, accounts, groups, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from course_lib.shell.task import Task
    from course_lib.shell.users import Account

_NOT_FOUND = 127
_MISSING = 2


def _become(task: Task, account: Account) -> None:
    also = {g.gid for g in groups(task.machine.fs) if account.name in g.members}
    who = Credentials(account.uid, account.gid, frozenset({account.gid, *also}))
    task.files.who = who


def _run(task: Task, argv: Sequence[str], env: dict[str, str]) -> int:
    """Replace the program of the task by another."""
    name = task.name
    try:
        return start(task, tuple(argv), env)
    except OSError as error:
        task.err(f"{name}: failed to execute {argv[0]}: {words(error)}")
        return _NOT_FOUND


def _su(task: Task) -> int:  # noqa: C901 - one option after another
    given = parse(
        task, "c:s:mpl", {"command=": "c", "shell=": "s", "login": "l", "preserve-environment": "m"},
    )  # fmt: skip
    operands = list(given.operands)
    login = "l" in given
    if operands[:1] == ["-"]:
        operands.pop(0)
        login = True
    name = operands.pop(0) if operands else "root"
    account = next((one for one in accounts(task.machine.fs) if one.name == name), None)
    if account is None:
        if task.busybox:
            return task.complain(f"unknown user {name}")
        return task.complain(
            f"user {name} does not exist or the user entry does not contain all the required fields"
        )
    if task.files.who.uid not in {0, account.uid}:
        task.out("Password: ")
        return task.complain("Authentication failure")
    shell = given.value("s") or account.shell or "/bin/sh"
    env = dict(task.env)
    if login:
        env = {name: value for name, value in env.items() if name == "TERM"}
        env["PATH"] = "/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games"
        if account.uid == 0:
            env["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        if task.files.is_directory(account.home):
            task.files.cwd = account.home
    if "m" not in given and "p" not in given:
        env |= {"HOME": account.home, "SHELL": shell}
        if account.uid != 0 or login:
            env |= {"USER": account.name, "LOGNAME": account.name}
    _become(task, account)
    command = ["-c", given.value("c")] if "c" in given else []
    if shell.endswith("nologin"):
        task.out("This account is currently not available.\n")
        return 1
    return _run(task, (shell, *command, *operands), env)


def _switch(task: Task) -> int:
    """`gosu user command`, `su-exec user:group command`."""
    if len(task.args) < 2:  # noqa: PLR2004 - a user and a command
        task.err(f"Usage: {task.name} user-spec command [args]")
        return 1
    spec, *argv = task.args
    try:
        task.files.who = resolve(spec, task.machine.fs)
    except ExecFailure as error:
        return task.complain(str(error))
    home = next((a.home for a in accounts(task.machine.fs) if a.uid == task.files.who.uid), "/")
    return _run(task, argv, {**task.env, "HOME": home})


def _sudo(task: Task) -> int:
    given = parse(task, "u:EHnSig:", {"user=": "u", "preserve-env": "E"}, in_order=True)
    if not given.operands:
        task.err("usage: sudo -h | -K | -k | -V")
        return 1
    if task.files.who.uid != 0:
        msg = "by a user who is not root"
        raise task.not_simulated(msg)
    name = given.value("u", "root")
    account = next((one for one in accounts(task.machine.fs) if one.name == name), None)
    if account is None:
        return task.complain(f"unknown user {name}")
    _become(task, account)
    operands = list(given.operands)
    env = {**task.env, "SUDO_USER": "root", "USER": name, "LOGNAME": name, "HOME": account.home}
    while operands and "=" in operands[0]:
        key, _, value = operands.pop(0).partition("=")
        env[key] = value
    return _run(task, operands, env) if operands else 0


def _runuser(task: Task) -> int:
    given = parse(task, "u:c:s:l", {"user=": "u", "command=": "c", "login": "l"}, in_order=True)
    if "u" not in given:
        return _su(task)
    account = next((a for a in accounts(task.machine.fs) if a.name == given.value("u")), None)
    if account is None:
        return task.complain(
            f"user {given.value('u')} does not exist or the user entry does not contain all the required fields"
        )
    _become(task, account)
    return _run(task, given.operands, dict(task.env)) if given.operands else 0


# -- who there is --------------------------------------------------------------------------------


def _groups(task: Task) -> int:
    given = parse(task, "")
    fs = task.machine.fs
    named = {group.gid: group.name for group in reversed(groups(fs))}
    if not given.operands:
        who = task.files.who
        ordered = [who.gid, *sorted(who.groups - {who.gid})]
        task.out(" ".join(str(named.get(gid, gid)) for gid in ordered) + "\n")
        return 0
    status = 0
    for name in given.operands:
        account = next((one for one in accounts(fs) if one.name == name), None)
        if account is None:
            shown = f"unknown user {name}" if task.busybox else f"'{name}': no such user"
            status = task.complain(shown)
            continue
        also = sorted(g.gid for g in groups(fs) if name in g.members and g.gid != account.gid)
        listed = " ".join(str(named.get(gid, gid)) for gid in (account.gid, *also))
        task.out(listed + "\n" if task.busybox else f"{name} : {listed}\n")
    return status


def _getent(task: Task) -> int:
    given = parse(task, "", {})
    if not given.operands:
        raise missing_operand(task)
    database, *keys = given.operands
    paths = {
        "passwd": "/etc/passwd",
        "group": "/etc/group",
        "shadow": "/etc/shadow",
        "hosts": "/etc/hosts",
    }
    if database not in paths:
        raise task.not_simulated(database)
    try:
        lines = decoded(task.files.read(paths[database])).splitlines()
    except OSError:
        lines = []
    mark = None if database == "hosts" else ":"
    if not keys:
        task.out("".join(line + "\n" for line in lines))
        return 0
    status = 0
    for key in keys:
        fits = [line for line in lines if _is_key(line.split(mark), key, database)]
        if not fits:
            status = _MISSING
        task.out("".join(line + "\n" for line in fits[:1]))
    return status


def _is_key(fields: list[str], key: str, database: str) -> bool:
    if database == "hosts":
        return key in fields
    return fields[:1] == [key] or (key.isdecimal() and fields[2:3] == [key])


# -- passwords -----------------------------------------------------------------------------------


def _chpasswd(task: Task) -> int:
    given = parse(task, "ec:mS", {"encrypted": "e", "crypt-method=": "c", "md5": "m"})
    if task.files.who.uid:
        return task.complain("Permission denied.")
    status = 0
    for number, line in enumerate(decoded(task.stdin.read()).splitlines(), 1):
        name, colon, password = line.partition(":")
        if not colon:
            status = task.complain(f"line {number}: missing new password")
        elif AccountFiles(task).user(name) is None:
            if task.busybox:
                return task.complain(f"unknown user {name}")
            status = task.complain(f"line {number}: user '{name}' does not exist")
        else:
            _set_password(task, name, password if "e" in given else _hashed(password))
            if task.busybox:
                task.err(f"chpasswd: password for '{name}' changed")
    return status


def _hashed(password: str) -> str:
    """Something that looks as a hash does and is the same for the same password."""
    return "$y$j9T$" + hashlib.sha256(encoded(password)).hexdigest()[:43]


def _set_password(task: Task, name: str, field: str) -> None:
    machine = task.machine
    node = machine.node("/etc/shadow")
    text = decoded(node.content.data) if isinstance(node, File) else ""
    lines = text.splitlines()
    days = machine.clock.now() // 86400
    if not any(line.startswith(f"{name}:") for line in lines):
        lines.append(f"{name}:!:{days}:0:99999:7:::")
    for number, line in enumerate(lines):
        fields = line.split(":")
        if fields[0] == name:
            lines[number] = ":".join([name, field, str(days), *fields[3:]])
    content = Content.of(encoded("".join(line + "\n" for line in lines)))
    if node is None:
        machine.put("/etc/shadow", File(content, 0o640))
    else:
        machine.store("/etc/shadow", content)


def _passwd(task: Task) -> int:
    given = parse(
        task, "dluSe", {"delete": "d", "lock": "l", "unlock": "u", "status": "S", "expire": "e"},
    )  # fmt: skip
    name = given.operands[0] if given.operands else "root"
    if AccountFiles(task).user(name) is None:
        shown = f"unknown user {name}" if task.busybox else f"user '{name}' does not exist"
        return task.complain(shown)
    if task.files.who.uid:
        return task.complain("Permission denied.")
    if "d" in given or "l" in given:
        _set_password(task, name, "" if "d" in given else "!")
        task.out("passwd: password changed.\n" if not task.busybox else "")
        return 0
    msg = "without -d or -l: it asks for a password"
    raise task.not_simulated(msg)


# -- changing accounts ---------------------------------------------------------------------------


def _chsh(task: Task) -> int:
    given = parse(task, "s:", {"shell=": "s"})
    name = given.operands[0] if given.operands else "root"
    files = AccountFiles(task)
    account = files.user(name)
    if account is None:
        return task.complain(f"user '{name}' does not exist")
    if "s" not in given:
        msg = "without -s: it asks for a shell"
        raise task.not_simulated(msg)
    files.change_user(account, replace(account, shell=given.value("s")))
    return 0


def _gpasswd(task: Task) -> int:
    given = parse(task, "a:d:", {"add=": "a", "delete=": "d"})
    if not given.operands or "a" not in given:
        msg = "without -a"
        raise task.not_simulated(msg)
    files = AccountFiles(task)
    group = files.group(given.operands[0])
    user = files.user(given.value("a"))
    if group is None:
        return task.complain(f"group '{given.operands[0]}' does not exist in /etc/group", 3)
    if user is None:
        return task.complain(f"user '{given.value('a')}' does not exist", 3)
    task.out(f"Adding user {user.name} to group {group.name}\n")
    files.join(user.name, group)
    return 0


COMMANDS: dict[str, Callable[[Task], int]] = {
    "su": _su,
    "gosu": _switch,
    "su-exec": _switch,
    "sudo": _sudo,
    "runuser": _runuser,
    "groups": _groups,
    "getent": _getent,
    "chpasswd": _chpasswd,
    "passwd": _passwd,
    "chsh": _chsh,
    "gpasswd": _gpasswd,
}
