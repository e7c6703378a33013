"""git clone from the simulated web, and what can be asked of a clone: checkout, log, rev-parse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory, File
from course_lib.shell.network import Url
from course_lib.shell.programs.fetching import has_certificates
from course_lib.web import INTERNET

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task
    from course_lib.web import Commit, Repository

_URL = re.compile(r"(https?|git|ssh)://(?:[^/@]*@)?([^/:]+)(?::\d+)?/")
_SCP = re.compile(r"(?:[^/@:]+@)([^/:]+):")
FATAL = 128
_VALUED = frozenset(
    ("-b", "--branch", "--depth", "-o", "--origin", "-c", "--config", "-j", "--jobs", "--reference")
)
_BRANCH = frozenset(("-b", "--branch"))
_DETACHED = """\
You are in 'detached HEAD' state. You can look around, make experimental
changes and commit them, and you can discard any commits you make in this
state without impacting any branches by switching back to a branch.

If you want to create a new branch to retain commits you create, you may
do so (now or later) by using -c with the switch command. Example:

  git switch -c <new-branch-name>

Or undo this operation with:

  git switch -

Turn off this advice by setting config variable advice.detachedHead to false
"""
_REMOTE = re.compile(r'^\[remote "origin"\]\n\turl = (.+)$', re.MULTILINE)
_NO_REPOSITORY = "not a git repository (or any of the parent directories): .git"


def _clone(task: Task, words: list[str]) -> int:
    operands, quiet, ref = _operands(words)
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
        return FATAL
    web, shell = _URL.match(url), _SCP.match(url)
    if web is None and shell is None:
        if task.files.find(url) is None:
            return fatal(task, f"repository '{url}' does not exist")
        msg = "clone of a local repository"
        raise task.not_simulated(msg)
    if not quiet:
        task.err(f"Cloning into '{folder}'...")
    return _cloned(task, url, folder, ref, quiet=quiet)


def _cloned(task: Task, url: str, folder: str, ref: str, *, quiet: bool) -> int:
    address = Url.parse(url) if url.startswith(("http://", "https://")) else None
    if address is None or not address.outside or not task.machine.online:
        return _no_answer(task, url)
    if address.scheme == "https" and not has_certificates(task):
        return fatal(
            task,
            f"unable to access '{url.rstrip('/')}/': server certificate verification failed. "
            "CAfile: none CRLfile: none",
        )
    repository = INTERNET.repository(address.host, address.path)
    if repository is None:
        return fatal(task, f"repository '{url.rstrip('/')}/' not found")
    return _written(task, repository, url, folder, ref, quiet=quiet)


def _written(  # noqa: PLR0913 - what was asked for
    task: Task, repository: Repository, url: str, folder: str, ref: str, *, quiet: bool
) -> int:
    named = ref in repository.branches or ref in repository.tags
    if ref and not named:
        if not quiet:
            task.err(f"warning: Could not find remote branch {ref} to clone.")
        return fatal(task, f"Remote branch {ref} not found in upstream origin")
    commit = repository.find(ref)
    assert commit is not None, ref  # noqa: S101 - it is a branch, a tag or HEAD
    for path, data in repository.files(url, ref).items():
        _write(task, f"{folder}/.git/{path}", data, 0o444 if path.startswith("objects/") else 0o666)
    _place(task, folder, commit)
    if ref in repository.tags and not quiet:
        task.err(f"Note: switching to '{commit.id}'.\n\n{_DETACHED}")
    return 0


def _place(task: Task, folder: str, commit: Commit) -> None:
    for path, source in commit.files.items():
        _write(task, f"{folder}/{path}", source.data, 0o777 if source.executable else 0o666)


def _write(task: Task, path: str, data: bytes, mode: int) -> None:
    above = path.rpartition("/")[0]
    missing: list[str] = []
    while above and task.files.find(above) is None:
        missing.append(above)
        above = above.rpartition("/")[0]
    for folder in reversed(missing):
        task.files.make_directory(folder)
    task.files.write(path, data, mode)


def _operands(words: list[str]) -> tuple[list[str], bool, str]:
    """What to clone and where to, whether to be quiet, and the branch or tag of `-b`."""
    operands: list[str] = []
    quiet, ref = False, ""
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        name, _, value = word.partition("=")
        if word in _VALUED:
            ref = "".join(waiting[:1]) if word in _BRANCH else ref
            waiting = waiting[1:]
        elif name in _BRANCH:
            ref = value
        elif word.startswith("-"):
            quiet = quiet or word in ("-q", "--quiet")
        else:
            operands.append(word)
    return operands, quiet, ref


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
    return FATAL


def _folder(url: str) -> str:
    return re.split(r"[/:]", url.rstrip("/"))[-1].removesuffix(".git")


def _origin(task: Task, folder: str) -> tuple[Repository, Commit]:
    """The repository that a folder was cloned from, and the commit that is checked out."""
    config = task.files.read(f"{folder}/config").decode("utf-8", "replace")
    match = _REMOTE.search(config)
    address = Url.parse(match.group(1)) if match else None
    repository = INTERNET.repository(address.host, address.path) if address else None
    head = task.files.read(f"{folder}/HEAD").decode("utf-8", "replace").strip()
    commit = repository.find(head.removeprefix("ref: ")) if repository else None
    if repository is None or commit is None:
        msg = "in a repository that was not cloned from the simulated web"
        raise task.not_simulated(msg)
    return repository, commit


def _checkout(task: Task, words: list[str]) -> int:
    """`git checkout v1.0`: the files of another commit."""
    folder = repository_of(task)
    if folder is None:
        return fatal(task, _NO_REPOSITORY)
    quiet = "-q" in words or "--quiet" in words
    operands = [word for word in words if word not in ("-q", "--quiet", "--detach")]
    if len(operands) != 1 or operands[0].startswith("-"):
        msg = "checkout " + " ".join(words)
        raise task.not_simulated(msg.strip())
    repository, before = _origin(task, folder)
    ref = operands[0]
    commit = repository.find(ref)
    if commit is None:
        task.err(f"error: pathspec '{ref}' did not match any file(s) known to git")
        return 1
    top = folder.removesuffix("/.git") or "/"
    for path in before.files.keys() - commit.files.keys():
        if task.files.find(f"{top}/{path}") is not None:
            task.files.remove(f"{top}/{path}")
    _place(task, top, commit)
    task.files.write(f"{folder}/HEAD", repository.head_line(ref).encode(), 0o666)
    if not quiet and ref not in repository.branches:
        task.err(f"Note: switching to '{ref}'.\n\n{_DETACHED}\nHEAD is now at {commit.line}")
    elif not quiet:
        task.err(f"Switched to branch '{ref}'")
        task.out(f"Your branch is up to date with 'origin/{ref}'.\n")
    return 0


def _log(task: Task, words: list[str]) -> int:
    """`git log --oneline`, with `-1` or `-n 1`."""
    folder = repository_of(task)
    if folder is None:
        return fatal(task, _NO_REPOSITORY)
    text = " ".join(words)
    match = re.fullmatch(r"(?:--oneline ?)?(?:-n ?|-)?(\d+)?(?: --oneline)?", text)
    if match is None or "--oneline" not in text:
        msg = f"log {text}"
        raise task.not_simulated(msg.strip())
    commits = list(_origin(task, folder)[1].history())
    for commit in commits[: int(match.group(1) or len(commits))]:
        task.out(f"{commit.line}\n")
    return 0


def _rev_parse(task: Task, words: list[str]) -> int:
    """`git rev-parse [--short] HEAD`, and other names of commits."""
    folder = repository_of(task)
    if folder is None:
        return fatal(task, _NO_REPOSITORY)
    names = [word for word in words if word != "--short"]
    if len(names) != 1 or names[0].startswith("-"):
        msg = "rev-parse " + " ".join(words)
        raise task.not_simulated(msg.strip())
    repository, head = _origin(task, folder)
    commit = head if names[0] == "HEAD" else repository.find(names[0])
    if commit is None:
        return fatal(
            task,
            f"ambiguous argument '{names[0]}': unknown revision or path not in the working tree.",
        )
    task.out(f"{commit.id[:7] if '--short' in words else commit.id}\n")
    return 0


def repository_of(task: Task) -> str | None:
    """The `.git` folder of the current folder or one above it."""
    folder = task.files.cwd
    while True:
        place = f"{folder.rstrip('/')}/.git"
        if task.files.find(place) is not None:
            return place
        if folder == "/":
            return None
        folder = folder.rpartition("/")[0] or "/"


def fatal(task: Task, why: str) -> int:
    """Say why git gives up; return its status."""
    task.err(f"fatal: {why}")
    return FATAL


CLONING: dict[str, Callable[[Task, list[str]], int]] = {
    "checkout": _checkout,
    "clone": _clone,
    "log": _log,
    "rev-parse": _rev_parse,
}
