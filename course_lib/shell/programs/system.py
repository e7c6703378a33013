"""sleep, env, printenv, id, whoami, hostname, uname, nproc."""

from __future__ import annotations

import errno
import re
from typing import TYPE_CHECKING

from course_lib.shell import launcher
from course_lib.shell.options import LeaveProgram, missing_operand, parse
from course_lib.shell.sayings import words
from course_lib.shell.streams import Null
from course_lib.shell.users import accounts, groups

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from course_lib.shell.task import Task

_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


def _sleep(task: Task) -> int:
    if not task.args:
        raise missing_operand(task)
    total = 0.0
    for word in task.args:
        if word in {"infinity", "inf"}:
            raise task.block()
        match = re.fullmatch(r"(\d+\.?\d*|\.\d+)([smhd]?)", word)
        if match is None:
            if task.busybox:
                return task.complain(f"invalid number '{word}'")
            task.complain(f"invalid time interval '{word}'")
            task.err("Try 'sleep --help' for more information.")
            return 1
        total += float(match[1]) * _UNITS[match[2]]
    if not task.machine.wait(int(min(total, 1e9))):
        raise task.block(seconds=total)
    return 0


def start(task: Task, argv: tuple[str, ...], env: dict[str, str] | None = None) -> int:
    """Replace the program of `task`, as env, xargs or su do with the command they are given.

    Raises:
        OSError: when it can't be found or started.

    """
    environment = task.env if env is None else env
    path = launcher.look_up(task.files, argv[0], environment.get("PATH", launcher.DEFAULT_PATH))
    task.argv, task.env, task.flavour = argv, environment, "gnu"
    return launcher.run(task, path)


def run_child(task: Task, argv: Sequence[str], *, quiet_input: bool = False) -> int:
    """Run a command as a child and return its status, 127 or 126 when it can't be started."""
    one = task.fork()
    if quiet_input:
        one.fds[0] = Null()
    try:
        return start(one, tuple(argv))
    except OSError as error:
        task.complain(
            f"'{argv[0]}': {words(error)}" if task.name == "find" else f"{argv[0]}: {words(error)}",
        )
        return 127 if error.errno == errno.ENOENT else 126


def _env(task: Task) -> int:
    given = parse(
        task, "iu:0C:S", {"ignore-environment": "i", "unset=": "u", "null": "0", "chdir=": "C"},
        in_order=True, status=125,
    )  # fmt: skip
    if "S" in given:
        msg = "-S"
        raise task.not_simulated(msg)
    env = {} if "i" in given else dict(task.env)
    for name in given.values("u"):
        env.pop(name, None)
    operands = list(given.operands)
    if operands[:1] == ["-"]:
        operands.pop(0)
        env = {}
    while operands and "=" in operands[0]:
        name, _, value = operands.pop(0).partition("=")
        env[name] = value
    if "C" in given:
        task.files.cwd = task.files.real(given.value("C"))
    if not operands:
        end = "\0" if "0" in given else "\n"
        task.out("".join(f"{name}={value}{end}" for name, value in env.items()))
        return 0
    try:
        return start(task, tuple(operands), env)
    except OSError as error:
        if task.argv[0] == operands[0]:  # it was found and is no program
            task.argv = ("env",)
        task.complain(_quote(task, operands[0]) + f": {words(error)}")
        return 127 if error.errno == errno.ENOENT else 126


def _quote(task: Task, name: str) -> str:
    return f"can't execute '{name}'" if task.busybox else f"'{name}'"


def _printenv(task: Task) -> int:
    given = parse(task, "0", {"null": "0"})
    if not given.operands:
        task.out("".join(f"{name}={value}\n" for name, value in task.env.items()))
        return 0
    found = [name for name in given.operands if name in task.env]
    task.out("".join(f"{task.env[name]}\n" for name in found))
    return int(len(found) < len(given.operands))


def _id(task: Task) -> int:
    given = parse(
        task,
        "ugGnr",
        {"user": "u", "group": "g", "groups": "G", "name": "n", "real": "r"},
        real="z",
    )
    fs = task.machine.fs
    everyone, all_groups = accounts(fs), groups(fs)
    who = task.files.who
    uid, gid, also = who.uid, who.gid, who.groups
    if given.operands:
        name = given.operands[0]
        account = next((a for a in everyone if name in (a.name, str(a.uid))), None)
        if account is None:
            if task.busybox:
                return task.complain(f"unknown user {name}")
            return task.complain(f"'{name}': no such user")
        uid, gid = account.uid, account.gid
        also = frozenset({gid, *(g.gid for g in all_groups if account.name in g.members)})
    users = {account.uid: account.name for account in reversed(everyone)}
    named = {group.gid: group.name for group in reversed(all_groups)}
    ordered = [gid, *sorted(also - {gid})]
    if "u" in given:
        task.out(f"{users.get(uid, uid) if 'n' in given else uid}\n")
    elif "g" in given:
        task.out(f"{named.get(gid, gid) if 'n' in given else gid}\n")
    elif "G" in given:
        task.out(" ".join(str(named.get(g, g) if "n" in given else g) for g in ordered) + "\n")
    else:
        shown = ",".join(_with_name(g, named) for g in ordered)
        task.out(f"uid={_with_name(uid, users)} gid={_with_name(gid, named)} groups={shown}\n")
    return 0


def _with_name(number: int, names: dict[int, str]) -> str:
    return f"{number}({names[number]})" if number in names else str(number)


def _whoami(task: Task) -> int:
    uid = task.files.who.uid
    for account in accounts(task.machine.fs):
        if account.uid == uid:
            task.out(account.name + "\n")
            return 0
    if task.busybox:
        return task.complain(f"unknown uid {uid}")
    return task.complain(f"cannot find name for user ID {uid}")


def _hostname(task: Task) -> int:
    given = parse(task, "sfidI", {"short": "s", "fqdn": "f"})
    if given.operands:
        task.complain(
            "you must be root to change the host name"
            if task.files.who.uid
            else "sethostname: Operation not permitted",
        )
        raise LeaveProgram(1)
    if "i" in given or "I" in given or "d" in given:
        msg = "-i"
        raise task.not_simulated(msg)
    name = task.machine.hostname or "localhost"
    task.out((name.partition(".")[0] if "s" in given else name) + "\n")
    return 0


_UNAME = {
    "s": "Linux",
    "r": "6.1.0",
    "v": "#1 SMP (simulated)",
    "m": "x86_64",
    "p": "unknown",
    "i": "unknown",
    "o": "GNU/Linux",
}


def _uname(task: Task) -> int:
    given = parse(
        task, "asnrvmpio",
        {"all": "a", "kernel-name": "s", "nodename": "n", "kernel-release": "r",
         "kernel-version": "v", "machine": "m", "processor": "p", "hardware-platform": "i",
         "operating-system": "o"},
    )  # fmt: skip
    wanted = {letter for letter, _ in given.options} or {"s"}
    if "a" in wanted:
        wanted = set("snrvmo")
    words_of = {**_UNAME, "n": task.machine.hostname or "localhost"}
    if task.busybox:
        words_of["o"] = "Linux"
    task.out(" ".join(words_of[letter] for letter in "snrvmpio" if letter in wanted) + "\n")
    return 0


def _nproc(task: Task) -> int:
    parse(task, "", {"all": "a"})
    task.out("2\n")
    return 0


COMMANDS: dict[str, Callable[[Task], int]] = {
    "sleep": _sleep,
    "env": _env,
    "printenv": _printenv,
    "id": _id,
    "whoami": _whoami,
    "hostname": _hostname,
    "uname": _uname,
    "nproc": _nproc,
}
