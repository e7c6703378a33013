"""basename, dirname, readlink, realpath, mktemp, which."""

from __future__ import annotations

import errno
import posixpath
import re
from typing import TYPE_CHECKING

from course_lib.image.entries import Symlink
from course_lib.shell.launcher import DEFAULT_PATH, look_up
from course_lib.shell.options import missing_operand, parse
from course_lib.shell.sayings import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task


def _basename(task: Task) -> int:
    given = parse(task, "as:z", {"multiple": "a", "suffix=": "s", "zero": "z"}, in_order=True)
    if not given.operands:
        raise missing_operand(task)
    many = "a" in given or "s" in given
    suffix = given.value("s")
    names = given.operands
    if not many:
        suffix = names[1] if len(names) > 1 else ""
        if len(names) > 2:  # noqa: PLR2004 - a path and a suffix
            task.complain(f"extra operand '{names[2]}'")
            task.err("Try 'basename --help' for more information.")
            return 1
        names = names[:1]
    for name in names:
        base = posixpath.basename(name.rstrip("/")) or ("/" if name else "")
        if suffix and base != suffix:
            base = base.removesuffix(suffix)
        task.out(base + "\n")
    return 0


def _dirname(task: Task) -> int:
    given = parse(task, "z", {"zero": "z"})
    if not given.operands:
        raise missing_operand(task)
    for name in given.operands:
        stripped = name.rstrip("/")
        if not stripped:
            task.out("/\n" if name else ".\n")
            continue
        folder = stripped.rpartition("/")[0]
        shown = folder.rstrip("/") or ("/" if "/" in stripped else ".")
        task.out(shown + "\n")
    return 0


def _readlink(task: Task) -> int:
    given = parse(
        task, "femnqsvz",
        {"canonicalize": "f", "canonicalize-existing": "e", "canonicalize-missing": "m",
         "no-newline": "n"},
    )  # fmt: skip
    if not given.operands:
        raise missing_operand(task)
    status = 0
    how = given.last_of("fem")
    for path in given.operands:
        try:
            shown = _canonical(task, path, how) if how else _target(task, path)
        except OSError as error:
            status = 1
            if "v" in given:
                task.complain_about(path, error)
            continue
        task.out(shown + ("" if "n" in given else "\n"))
    return status


def _target(task: Task, path: str) -> str:
    node = task.files.stat(path, follow=False)
    if not isinstance(node, Symlink):
        raise OSError(errno.EINVAL, "Invalid argument", path)
    return node.target


def _canonical(task: Task, path: str, how: str) -> str:
    files = task.files
    if how == "m":
        return posixpath.normpath(files.absolute(path))
    place = files.locate(path.rstrip("/") or "/")
    if how == "e" and place.node is None:
        raise OSError(errno.ENOENT, "No such file or directory", path)
    return place.path


def _realpath(task: Task) -> int:
    given = parse(
        task, "emsqz", {"canonicalize-existing": "e", "canonicalize-missing": "m", "quiet": "q",
                        "relative-to=": "R"},
    )  # fmt: skip
    if not given.operands:
        raise missing_operand(task)
    status = 0
    for path in given.operands:
        how = given.last_of("em") or ("e" if task.busybox else "f")
        try:
            shown = _canonical(task, path, how)
        except OSError as error:
            status = 1
            if "q" not in given:
                task.complain_about(path, error)
            continue
        if "R" in given:
            shown = posixpath.relpath(shown, task.files.real(given.value("R")))
        task.out(shown + "\n")
    return status


_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def _mktemp(task: Task) -> int:
    given = parse(task, "duqtp:", {"directory": "d", "dry-run": "u", "quiet": "q", "tmpdir=": "p"})
    folder = given.value("p") or task.env.get("TMPDIR", "/tmp")  # noqa: S108 - the simulated /tmp
    template = given.operands[0] if given.operands else "tmp.XXXXXXXXXX"
    if not given.operands or "p" in given or "t" in given:
        template = posixpath.join(folder, template)
    match = re.search(r"X{3,}(?=[^/X]*\Z)", template)
    if match is None:
        return task.complain(f"too few X's in template '{template}'")
    noise = task.machine.noise(len(match.group()))
    name = "".join(_LETTERS[code % len(_LETTERS)] for code in noise)
    path = template[: match.start()] + name + template[match.end() :]
    try:
        if "u" not in given and "d" in given:
            task.files.make_directory(path, 0o700)
        elif "u" not in given:
            task.files.writable(path, 0o600, exclusive=True)
    except OSError as error:
        kind = "directory" if "d" in given else "file"
        return task.complain(f"failed to create {kind} via template '{template}': {words(error)}")
    task.out(path + "\n")
    return 0


def _which(task: Task) -> int:
    given = parse(task, "as")
    status = 0
    for name in given.operands:
        try:
            path = look_up(task.files, name, task.env.get("PATH", DEFAULT_PATH))
        except OSError:
            status = 1
            continue
        if "s" not in given:
            task.out(path + "\n")
    return status


COMMANDS: dict[str, Callable[[Task], int]] = {
    "basename": _basename,
    "dirname": _dirname,
    "readlink": _readlink,
    "realpath": _realpath,
    "mktemp": _mktemp,
    "which": _which,
}
