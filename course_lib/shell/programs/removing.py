"""rm: files, and trees of them."""

from __future__ import annotations

import errno
import posixpath
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory
from course_lib.shell.options import missing_operand, parse
from course_lib.shell.sayings import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.image.entries import Node
    from course_lib.shell.options import Given
    from course_lib.shell.task import Task


def _rm(task: Task) -> int:
    given = parse(
        task, "rRfidvI",
        {"recursive": "r", "force": "f", "dir": "d", "verbose": "v", "no-preserve-root": "N",
         "preserve-root": "P", "one-file-system": "P"},
    )  # fmt: skip
    force = given.last_of("fi") == "f"
    if not given.operands:
        if force:
            return 0
        raise missing_operand(task)
    status = 0
    for path in given.operands:
        status |= _remove(task, path, given, force=force)
    return status


def _remove(  # noqa: PLR0911 - one refusal after another, as the real one checks
    task: Task, path: str, given: Given, *, force: bool
) -> int:
    name = path.rstrip("/").rpartition("/")[2]
    if name in {".", ".."}:
        shown = f"refusing to remove '.' or '..' directory: skipping '{path}'"
        return task.complain(shown if not task.busybox else "can't remove '.' or '..'")
    files = task.files
    try:
        node = files.stat(path, follow=False)
    except OSError as error:
        if force and error.errno in {errno.ENOENT, errno.ENOTDIR}:
            return 0
        return _rm_failed(task, path, error)
    recursive = "r" in given or "R" in given
    if recursive and files.real(path) == "/" and isinstance(node, Directory) and "N" not in given:
        task.complain("it is dangerous to operate recursively on '/'")
        return task.complain("use --no-preserve-root to override this failsafe")
    if isinstance(node, Directory) and not recursive and "d" not in given:
        if task.busybox:
            return task.complain(f"'{path}' is a directory")
        return task.complain(f"cannot remove '{path}': Is a directory")
    return remove_tree(task, path, node, verbose="v" in given)


def _rm_failed(task: Task, path: str, error: OSError) -> int:
    verb = "can't remove" if task.busybox else "cannot remove"
    return task.complain(f"{verb} '{path}': {words(error)}")


def remove_tree(task: Task, path: str, node: Node, *, verbose: bool = False) -> int:
    """Remove a path and all below it; what can't be removed is reported. Returns the status."""
    files = task.files
    task.machine.meter.step()
    try:
        if not isinstance(node, Directory):
            files.remove(path)
        else:
            status = 0
            for name in files.names(path):
                inner = posixpath.join(path, name)
                status |= remove_tree(task, inner, files.stat(inner, follow=False), verbose=verbose)
            if status:
                return status
            files.remove_directory(path)
    except OSError as error:
        return _rm_failed(task, path, error)
    if verbose:
        kind = " directory" if isinstance(node, Directory) else ""
        task.out(f"removed{kind} '{path}'\n")
    return 0


COMMANDS: dict[str, Callable[[Task], int]] = {"rm": _rm}
