"""cp and mv: files and trees in new places."""

from __future__ import annotations

import errno
import posixpath
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory, File, Symlink
from course_lib.shell.devices import device
from course_lib.shell.options import LeaveProgram, missing_operand, parse
from course_lib.shell.programs.directories import make_parents
from course_lib.shell.programs.removing import remove_tree
from course_lib.shell.sayings import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.image.entries import Node
    from course_lib.shell.options import Given
    from course_lib.shell.task import Task


def into(folder: str, path: str) -> str:
    """The path that `path` gets inside a folder."""
    return posixpath.join(folder, posixpath.basename(path.rstrip("/")) or "/")


def targets(task: Task, given: Given) -> list[tuple[str, str]]:
    """Pair each source with its destination, as cp, mv and ln do.

    Raises:
        LeaveProgram: when operands are missing, or many sources meet no directory.

    """
    operands = list(given.operands)
    if "t" in given:
        folder = given.value("t")
        if not task.files.is_directory(folder):
            task.complain(f"target directory '{folder}': {_not_directory(task, folder)}")
            raise LeaveProgram(1)
        return [(source, into(folder, source)) for source in operands]
    if not operands:
        raise missing_operand(task, what="file operand")
    if len(operands) == 1:
        raise missing_operand(task, after=operands[0])
    *sources, target = operands
    if "T" in given:
        return [(sources[0], target)]
    if task.files.is_directory(target):
        return [(source, into(target, source)) for source in sources]
    if len(sources) > 1:
        task.complain(f"target '{target}': {_not_directory(task, target)}")
        raise LeaveProgram(1)
    return [(sources[0], target)]


def _not_directory(task: Task, path: str) -> str:
    missing = task.files.find(path, follow=False) is None
    return "No such file or directory" if missing else "Not a directory"


# -- cp ------------------------------------------------------------------------------------------


def _cp(task: Task) -> int:
    given = parse(
        task, "rRaApdfinuvPLHTt:s",
        {"recursive": "r", "archive": "a", "force": "f", "no-clobber": "n", "update": "u",
         "verbose": "v", "no-dereference": "P", "dereference": "L", "no-target-directory": "T",
         "target-directory=": "t", "parents": "A", "symbolic-link": "s"},
        real="blxSZ",
    )  # fmt: skip
    copier = Copier(
        task,
        recursive=any(letter in given for letter in "rRa"),
        preserve=any(letter in given for letter in "pa"),
        follow=given.last_of("PLad", "L" if "r" not in given and "R" not in given else "P") == "L",
        clobber="n" not in given,
        newer="u" in given,
        force="f" in given,
        verbose="v" in given,
    )
    if "s" in given:
        msg = "-s"
        raise task.not_simulated(msg)
    if "A" in given:
        return _cp_parents(copier, given)
    for source, target in targets(task, given):
        copier.copy(source, target)
    return copier.status


def _cp_parents(copier: Copier, given: Given) -> int:
    *sources, folder = given.operands
    for source in sources:
        target = posixpath.join(folder, source.lstrip("/"))
        make_parents(copier.task, posixpath.dirname(target))
        copier.copy(source, target)
    return copier.status


class Copier:
    """Copies files and trees for one `cp`, or for a `mv` between file systems."""

    def __init__(  # noqa: PLR0913 - cp's options
        self,
        task: Task,
        *,
        recursive: bool = True,
        preserve: bool = True,
        follow: bool = False,
        clobber: bool = True,
        newer: bool = False,
        force: bool = False,
        verbose: bool = False,
    ) -> None:
        self.task = task
        self.status = 0
        self._recursive = recursive
        self._preserve = preserve
        self._follow = follow
        self._clobber = clobber
        self._newer = newer
        self._force = force
        self._verbose = verbose

    def _fail(self, message: str) -> None:
        self.status = self.task.complain(message)

    def copy(self, source: str, target: str) -> None:
        """Copy one operand to its place."""
        task = self.task
        try:
            node = task.files.stat(source, follow=self._follow)
        except OSError as error:
            if task.busybox:
                self._fail(f"can't stat '{source}': {words(error)}")
            else:
                self._fail(f"cannot stat '{source}': {words(error)}")
            return
        if isinstance(node, Directory) and not self._recursive:
            if task.busybox:
                self._fail(f"omitting directory '{source}'")
            else:
                self._fail(f"-r not specified; omitting directory '{source}'")
            return
        if isinstance(node, Directory) and self._inside(source, target):
            self._fail(f"cannot copy a directory, '{source}', into itself, '{target}'")
            return
        self._copy_node(source, node, target)

    def _inside(self, source: str, target: str) -> bool:
        files = self.task.files
        try:
            return (files.real(target) + "/").startswith(files.real(source).rstrip("/") + "/")
        except OSError:
            return False

    def _copy_node(self, source: str, node: Node, target: str) -> None:
        task = self.task
        task.machine.meter.step()
        existing = task.files.find(target, follow=False)
        if existing is not None and not isinstance(node, Directory):
            if not self._clobber:
                return
            if self._newer and existing.mtime >= node.mtime:
                return
        try:
            if isinstance(node, Directory):
                self._copy_directory(source, node, target, existing)
            elif isinstance(node, Symlink):
                self._copy_link(node, target, existing)
            else:
                self._copy_file(source, target, existing)
        except OSError as error:
            self._report(source, target, node, error)
            return
        if self._verbose:
            task.out(f"'{source}' -> '{target}'\n")

    def _report(self, source: str, target: str, node: Node, error: OSError) -> None:
        about = error.filename or target
        if about == source:
            if self.task.busybox:
                self._fail(f"can't open '{source}': {words(error)}")
            else:
                self._fail(f"cannot open '{source}' for reading: {words(error)}")
        elif self.task.busybox:
            self._fail(f"can't create '{target}': {words(error)}")
        elif isinstance(node, Directory):
            self._fail(f"cannot create directory '{target}': {words(error)}")
        else:
            self._fail(f"cannot create regular file '{target}': {words(error)}")

    def _copy_file(self, source: str, target: str, existing: Node | None) -> None:
        task = self.task
        files = task.files
        zero = device(files.locate(source).path, task.machine)
        content = None
        if zero is not None:
            data = zero.read()
            mode = 0o644
        else:
            node = files.file(source)
            content, mode = node.content, node.mode
            data = b""
        if (
            existing is not None
            and files.find(target) is not None
            and files.real(source) == files.real(target)
        ):
            self._fail(f"'{source}' and '{target}' are the same file")
            return
        if isinstance(existing, Directory):
            self._fail(f"cannot overwrite directory '{target}' with non-directory")
            return
        if self._force and isinstance(existing, File):
            try:
                files.writable(target)
            except PermissionError:
                files.remove(target)
        files.write(target, content if content is not None else data, mode & 0o777)
        if self._preserve:
            self._keep_attributes(files.stat(source), target)

    def _copy_link(self, node: Symlink, target: str, existing: Node | None) -> None:
        files = self.task.files
        if existing is not None:
            files.remove(target)
        files.make_link(node.target, target)
        if self._preserve:
            self._keep_owner(node, target)

    def _copy_directory(
        self,
        source: str,
        node: Directory,
        target: str,
        existing: Node | None,
    ) -> None:
        files = self.task.files
        names = files.names(source)
        if existing is None:
            files.make_directory(target, node.mode & 0o7777 | 0o700)
        elif not files.is_directory(target):
            self._fail(f"cannot overwrite non-directory '{target}' with directory '{source}'")
            return
        for name in names:
            inner = posixpath.join(source, name)
            child = files.stat(inner, follow=False)
            if isinstance(child, Symlink) and self._follow:
                child = files.stat(inner)
            self._copy_node(inner, child, posixpath.join(target, name))
        if existing is None and not self._preserve:
            files.change_mode(target, node.mode & 0o777 & ~files.umask)
        if self._preserve:
            self._keep_attributes(node, target)

    def _keep_attributes(self, node: Node, target: str) -> None:
        files = self.task.files
        self._keep_owner(node, target)
        if isinstance(node, (File, Directory)):
            files.change_mode(target, node.mode)
        files.change_time(target, node.mtime)

    def _keep_owner(self, node: Node, target: str) -> None:
        files = self.task.files
        try:
            files.change_owner(target, node.uid, node.gid, follow=False)
        except PermissionError:
            return  # cp -p keeps an owner only when it may


# -- mv ------------------------------------------------------------------------------------------


def _mv(task: Task) -> int:
    given = parse(
        task, "finuvTt:",
        {"force": "f", "no-clobber": "n", "update": "u", "verbose": "v",
         "no-target-directory": "T", "target-directory=": "t"},
        real="bSZ",
    )  # fmt: skip
    status = 0
    for source, target in targets(task, given):
        existing = task.files.find(target, follow=False)
        if existing is not None and "n" in given:
            continue
        try:
            _move(task, source, target)
        except OSError as error:
            status = _mv_failed(task, source, target, error)
            continue
        if "v" in given:
            task.out(f"renamed '{source}' -> '{target}'\n")
    return status


def _move(task: Task, source: str, target: str) -> None:
    files = task.files
    here, there = files.locate(source, follow=False), files.locate(target, follow=False)
    if here.node is not None and here.path == there.path:
        raise OSError(errno.EINVAL, "same", target)
    if isinstance(here.node, Directory) and (there.path + "/").startswith(here.path + "/"):
        raise OSError(errno.EINVAL, "inside", target)
    try:
        files.rename(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV or here.node is None:
            raise
        Copier(task).copy(source, target)  # from one volume to another
        remove_tree(task, source, here.node)


def _mv_failed(task: Task, source: str, target: str, error: OSError) -> int:  # noqa: PLR0911 - one message per reason
    if error.strerror == "same":
        return task.complain(f"'{source}' and '{target}' are the same file")
    if error.strerror == "inside":
        return task.complain(f"cannot move '{source}' to a subdirectory of itself, '{target}'")
    if error.errno == errno.ENOENT and task.files.find(source, follow=False) is None:
        verb = "can't rename" if task.busybox else "cannot stat"
        return task.complain(f"{verb} '{source}': {words(error)}")
    if task.busybox:
        return task.complain(f"can't rename '{source}': {words(error)}")
    if error.errno == errno.EISDIR:
        return task.complain(f"cannot overwrite directory '{target}' with non-directory")
    if error.errno == errno.ENOTDIR and task.files.find(target, follow=False) is not None:
        return task.complain(f"cannot overwrite non-directory '{target}' with directory '{source}'")
    return task.complain(f"cannot move '{source}' to '{target}': {words(error)}")


COMMANDS: dict[str, Callable[[Task], int]] = {"cp": _cp, "mv": _mv}
