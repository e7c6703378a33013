"""git, as far as builds use it: version, config, init, clone from the simulated web, checkout, log."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.shell.programs.cloning import CLONING, FATAL, repository_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task

_HEADS = {  # the first bytes of a package database -> the version it brought
    "/lib/apk/db/installed": re.compile(r"^P:git\nV:([^-\n]+)", re.MULTILINE),
    "/var/lib/dpkg/status": re.compile(
        r"^Package: git\n(?:.+\n)*?Version: (?:\d+:)?([^-\n]+)", re.MULTILINE
    ),
}


def _git(task: Task) -> int:
    words = list(task.args)
    while words[:1] == ["-C"] or words[:1] == ["-c"]:
        if words[0] == "-C":
            msg = "-C"
            raise task.not_simulated(msg)
        del words[:2]
    command = words[0] if words else ""
    if command in ("--version", "version", "-v"):
        task.out(f"git version {_version(task)}\n")
        return 0
    if command in _COMMANDS:
        return _COMMANDS[command](task, words[1:])
    if command in ("", "help", "--help"):
        msg = "help"
        raise task.not_simulated(msg)
    if repository_of(task) is None and command in _IN_REPOSITORY:
        task.err("fatal: not a git repository (or any of the parent directories): .git")
        return FATAL
    raise task.not_simulated(command)


def _version(task: Task) -> str:
    for path, pattern in _HEADS.items():
        if task.files.find(path) is not None:
            match = pattern.search(task.files.read(path).decode("utf-8", "replace"))
            if match:
                return match.group(1)
    return "2.43.0"


def _init(task: Task, words: list[str]) -> int:
    operands = [word for word in words if not word.startswith("-")]
    folder = task.files.absolute(operands[0] if operands else ".").removesuffix("/.")
    for name in ("", "/.git", "/.git/objects", "/.git/refs", "/.git/refs/heads"):
        if task.files.find(f"{folder}{name}") is None:
            task.files.make_directory(f"{folder}{name}", 0o755)
    task.files.write(f"{folder}/.git/HEAD", b"ref: refs/heads/master\n", 0o666)
    if "-q" not in words and "--quiet" not in words:
        task.out(f"Initialized empty Git repository in {folder}/.git/\n")
    return 0


def _config(task: Task, words: list[str]) -> int:
    """`git config --global NAME VALUE`: a line in the file of the user, or of all."""
    operands = [word for word in words if not word.startswith("-")]
    if len(operands) != 2 or "." not in operands[0]:  # noqa: PLR2004 - a name and its value
        msg = "config " + " ".join(words)
        raise task.not_simulated(msg.strip())
    if "--system" in words:
        path = "/etc/gitconfig"
    elif "--global" in words:
        path = f"{task.env.get('HOME', '/root').rstrip('/')}/.gitconfig"
    else:
        repository = repository_of(task)
        if repository is None:
            task.err("fatal: not in a git directory")
            return FATAL
        path = f"{repository}/config"
    section, _, key = operands[0].rpartition(".")
    head, _, below = section.partition(".")
    title = f'[{head} "{below}"]' if below else f"[{head}]"
    before = b"" if task.files.find(path) is None else task.files.read(path)
    task.files.write(path, before + f"{title}\n\t{key} = {operands[1]}\n".encode(), 0o666)
    return 0


_COMMANDS: dict[str, Callable[[Task, list[str]], int]] = {
    **CLONING,
    "config": _config,
    "init": _init,
}
_IN_REPOSITORY = frozenset(
    [
        "add",
        "am",
        "branch",
        "cherry-pick",
        "commit",
        "describe",
        "diff",
        "fetch",
        "merge",
        "pull",
        "push",
        "rebase",
        "remote",
        "reset",
        "restore",
        "show",
        "stash",
        "status",
        "submodule",
        "switch",
        "tag",
    ]
)

COMMANDS: dict[str, Callable[[Task], int]] = {"git": _git}
