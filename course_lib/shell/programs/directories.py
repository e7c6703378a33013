"""mkdir and rmdir."""

from __future__ import annotations

import errno
import posixpath
from typing import TYPE_CHECKING

from course_lib.shell.modes import ModeError, changed_mode
from course_lib.shell.options import missing_operand, parse
from course_lib.shell.sayings import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task


def _mkdir(task: Task) -> int:
    given = parse(task, "pm:v", {"parents": "p", "mode=": "m", "verbose": "v"}, real="Z")
    if not given.operands:
        raise missing_operand(task)
    mode = None
    if "m" in given:
        try:
            mode = changed_mode(given.value("m"), 0o777, directory=True, umask=0)
        except ModeError:
            return task.complain(f"invalid mode '{given.value('m')}'")
    status = 0
    for path in given.operands:
        try:
            if "p" in given:
                make_parents(task, path, mode, verbose="v" in given)
            else:
                _make(task, path, mode, verbose="v" in given)
        except OSError as error:
            shown = error.filename if "p" in given and not task.busybox else path
            if task.busybox:
                task.complain(f"can't create directory '{path}': {words(error)}")
            else:
                task.complain(f"cannot create directory '{shown}': {words(error)}")
            status = 1
    return status


def _make(task: Task, path: str, mode: int | None, *, verbose: bool) -> None:
    task.files.make_directory(path)
    if mode is not None:
        task.files.change_mode(path, mode)
    if verbose:
        task.out(f"{task.name}: created directory '{path}'\n")


def make_parents(task: Task, path: str, mode: int | None = None, *, verbose: bool = False) -> None:
    """`mkdir -p`: make a directory and those above it that are missing.

    Raises:
        OSError: with the path of the directory that can't be made.

    """
    made = "/" if path.startswith("/") else ""
    names = [name for name in path.split("/") if name]
    for number, name in enumerate(names):
        made = posixpath.join(made, name)
        if task.files.is_directory(made):
            continue
        if task.files.find(made, follow=False) is not None:
            number_of_error = errno.EEXIST if number == len(names) - 1 else errno.ENOTDIR
            raise OSError(number_of_error, "", made)
        last = number == len(names) - 1
        _make(task, made, mode if last else None, verbose=verbose)


def _rmdir(task: Task) -> int:
    given = parse(task, "pv", {"parents": "p", "ignore-fail-on-non-empty": "i", "verbose": "v"})
    if not given.operands:
        raise missing_operand(task)
    status = 0
    for path in given.operands:
        waiting = [path]
        if "p" in given:
            parts = path.rstrip("/").split("/")
            waiting = [
                "/".join(parts[:end]) for end in range(len(parts), 0, -1) if parts[:end] != [""]
            ]
        for one in waiting:
            try:
                task.files.remove_directory(one)
            except OSError as error:
                if not ("i" in given and error.errno == errno.ENOTEMPTY):
                    status = 1
                    _refused(task, one, error)
                break
    return status


def _refused(task: Task, path: str, error: OSError) -> None:
    if task.busybox:
        task.complain(f"'{path}': {words(error)}")
    else:
        task.complain(f"failed to remove '{path}': {words(error)}")


COMMANDS: dict[str, Callable[[Task], int]] = {"mkdir": _mkdir, "rmdir": _rmdir}
