"""git, as far as a build without a network gets: version, config, init, and clone's way to fail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory, File

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task

_URL = re.compile(r"(https?|git|ssh)://(?:[^/@]*@)?([^/:]+)(?::\d+)?/")
_SCP = re.compile(r"(?:[^/@:]+@)([^/:]+):")
_FATAL = 128
_VALUED = frozenset(
    ("-b", "--branch", "--depth", "-o", "--origin", "-c", "--config", "-j", "--jobs", "--reference")
)
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
    if _repository(task) is None and command in _IN_REPOSITORY:
        task.err("fatal: not a git repository (or any of the parent directories): .git")
        return _FATAL
    raise task.not_simulated(command)


def _version(task: Task) -> str:
    for path, pattern in _HEADS.items():
        if task.files.find(path) is not None:
            match = pattern.search(task.files.read(path).decode("utf-8", "replace"))
            if match:
                return match.group(1)
    return "2.43.0"


def _clone(task: Task, words: list[str]) -> int:
    """Nothing answers outside, so what git says first is all that there is."""
    operands, quiet = _operands(words)
    if not operands:
        task.err("fatal: You must specify a repository to clone.")
        return 129
    url = operands[0]
    folder = operands[1] if len(operands) > 1 else _folder(url)
    node = task.files.find(folder)
    if isinstance(node, File) or (isinstance(node, Directory) and task.files.names(folder)):
        task.err(
            f"fatal: destination path '{folder}' already exists and is not an empty directory."
        )
        return _FATAL
    web, shell = _URL.match(url), _SCP.match(url)
    if web is None and shell is None:
        if task.files.find(url) is None:
            task.err(f"fatal: repository '{url}' does not exist")
            return _FATAL
        msg = "clone of a local repository"
        raise task.not_simulated(msg)
    if not quiet:
        task.err(f"Cloning into '{folder}'...")
    return _no_answer(task, url)


def _operands(words: list[str]) -> tuple[list[str], bool]:
    """What to clone and where to, and whether to be quiet."""
    operands: list[str] = []
    quiet = False
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        if word in _VALUED:
            waiting = waiting[1:]
        elif word.startswith("-"):
            quiet = quiet or word in ("-q", "--quiet")
        else:
            operands.append(word)
    return operands, quiet


def _no_answer(task: Task, url: str) -> int:
    web, shell = _URL.match(url), _SCP.match(url)
    scheme, host = web.groups() if web else ("ssh", shell.group(1) if shell else url)
    if scheme.startswith("http"):
        address = url if url.endswith("/") else f"{url}/"
        task.err(f"fatal: unable to access '{address}': Could not resolve host: {host}")
    elif scheme == "git":
        task.err(f"fatal: unable to look up {host} (port 9418) (Name or service not known)")
    else:
        task.err(f"ssh: Could not resolve hostname {host}: Name or service not known")
        task.err("fatal: Could not read from remote repository.\n")
        task.err("Please make sure you have the correct access rights\nand the repository exists.")
    return _FATAL


def _folder(url: str) -> str:
    return re.split(r"[/:]", url.rstrip("/"))[-1].removesuffix(".git")


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
        repository = _repository(task)
        if repository is None:
            task.err("fatal: not in a git directory")
            return _FATAL
        path = f"{repository}/config"
    section, _, key = operands[0].rpartition(".")
    head, _, below = section.partition(".")
    title = f'[{head} "{below}"]' if below else f"[{head}]"
    before = b"" if task.files.find(path) is None else task.files.read(path)
    task.files.write(path, before + f"{title}\n\t{key} = {operands[1]}\n".encode(), 0o666)
    return 0


def _repository(task: Task) -> str | None:
    folder = task.files.cwd
    while True:
        place = f"{folder.rstrip('/')}/.git"
        if task.files.find(place) is not None:
            return place
        if folder == "/":
            return None
        folder = folder.rpartition("/")[0] or "/"


_COMMANDS: dict[str, Callable[[Task, list[str]], int]] = {
    "clone": _clone,
    "config": _config,
    "init": _init,
}
_IN_REPOSITORY = frozenset(
    [
        "add",
        "am",
        "branch",
        "checkout",
        "cherry-pick",
        "commit",
        "describe",
        "diff",
        "fetch",
        "log",
        "merge",
        "pull",
        "push",
        "rebase",
        "remote",
        "reset",
        "restore",
        "rev-parse",
        "show",
        "stash",
        "status",
        "submodule",
        "switch",
        "tag",
    ]
)

COMMANDS: dict[str, Callable[[Task], int]] = {"git": _git}
