"""ln and touch: names and times of files."""

from __future__ import annotations

import errno
import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory, File, Symlink
from course_lib.shell.dates import parse_date
from course_lib.shell.options import missing_operand, parse, try_help
from course_lib.shell.programs.moving import into, targets
from course_lib.shell.sayings import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.options import Given
    from course_lib.shell.task import Task


def _ln(task: Task) -> int:
    given = parse(
        task, "sfnvTt:r",
        {"symbolic": "s", "force": "f", "no-dereference": "n", "verbose": "v",
         "no-target-directory": "T", "target-directory=": "t", "relative": "r"},
        real="bidLPS",
    )  # fmt: skip
    match given.operands:
        case [source]:
            pairs = [(source, into(".", source))]
        case [source, target] if "n" in given and isinstance(
            task.files.find(target, follow=False), Symlink
        ):
            pairs = [(source, target)]
        case _:
            pairs = targets(task, given)
    status = 0
    for source, target in pairs:
        status |= _link(task, source, target, given)
    return status


def _link(task: Task, source: str, target: str, given: Given) -> int:
    files = task.files
    kind = "symbolic link" if "s" in given else "hard link"
    try:
        if "f" in given and isinstance(files.find(target, follow=False), (File, Symlink)):
            files.remove(target)
        if "s" in given:
            if "r" in given:
                folder = files.real(posixpath.dirname(target) or ".")
                source = posixpath.relpath(files.absolute(source), folder)
            files.make_link(source, target)
        else:
            _hard_link(task, source, target)
    except OSError as error:
        if task.busybox:
            return task.complain(f"{target}: {words(error)}")
        if error.filename == source and "s" not in given:
            return task.complain(f"failed to access '{source}': {words(error)}")
        if error.errno == errno.EPERM:
            return task.complain(f"{source}: hard link not allowed for directory")
        return task.complain(f"failed to create {kind} '{target}': {words(error)}")
    if "v" in given:
        task.out(f"'{target}' -> '{source}'\n")
    return 0


def _hard_link(task: Task, source: str, target: str) -> None:
    """Make a second file with the same bytes and attributes: layers here know no inodes."""
    files = task.files
    node = files.stat(source, follow=False)
    if isinstance(node, Directory):
        raise OSError(errno.EPERM, "", source)
    if files.find(target, follow=False) is not None:
        raise OSError(errno.EEXIST, "File exists", target)
    if isinstance(node, Symlink):
        files.make_link(node.target, target)
        return
    files.place_node(target, replace(node))


def _touch(task: Task) -> int:
    given = parse(task, "acmd:t:r:h", {"no-create": "c", "date=": "d", "reference=": "r"}, real="f")
    if not given.operands:
        raise missing_operand(task, what="file operand")
    when = task.machine.clock.now()
    if "d" in given or "t" in given:
        parsed = parse_date(given.value("d") or given.value("t"), when, touch="t" in given)
        if parsed is None:
            task.complain(f"invalid date format '{given.value('d') or given.value('t')}'")
            raise try_help(task)
        when = parsed
    if "r" in given:
        when = task.files.stat(given.value("r")).mtime
    status = 0
    for path in given.operands:
        try:
            if task.files.locate(path).node is None:
                if "c" in given:
                    continue
                task.files.write(path, b"")
            task.files.change_time(path, when)
        except OSError as error:
            if task.busybox:
                status = task.complain(f"{path}: {words(error)}")
            else:
                verb = (
                    "setting times of"
                    if error.errno == errno.EACCES and task.files.find(path)
                    else "cannot touch"
                )
                status = task.complain(f"{verb} '{path}': {words(error)}")
    return status


COMMANDS: dict[str, Callable[[Task], int]] = {"ln": _ln, "touch": _touch}
