"""Redirections: from `2>file` to open streams on file descriptors."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from course_lib.shell.control import ShellError
from course_lib.shell.numbers import whole
from course_lib.shell.openfile import open_for_reading, open_for_writing
from course_lib.shell.sayings import words
from course_lib.shell.streams import Source
from course_lib.shell.task import encoded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.shell.grammar import Redirect
    from course_lib.shell.interpreter import Interpreter
    from course_lib.shell.streams import Stream

Saved = dict[int, "Stream | None"]


def apply(shell: Interpreter, redirects: Sequence[Redirect]) -> Saved:
    """Open and assign in order; return what the descriptors were before.

    Raises:
        ShellError: in the words of the shell, for what can't be opened; nothing is changed then.

    """
    before: Saved = {}
    try:
        for redirect in redirects:
            _apply(shell, redirect, before)
    except BaseException:  # also a parked or ended process: its descriptors are put back first
        restore(shell, before)
        raise
    return before


def restore(shell: Interpreter, before: Saved) -> None:
    """Give descriptors back what they were."""
    fds = shell.task.fds
    for fd, stream in before.items():
        if stream is None:
            fds.pop(fd, None)
        else:
            fds[fd] = stream


def _apply(shell: Interpreter, redirect: Redirect, before: Saved) -> None:
    operator = redirect.operator
    fds = shell.task.fds
    fd = redirect.fd
    if fd is None:
        fd = 0 if operator.startswith("<") else 1
    stream: Stream | None
    if redirect.document is not None:
        stream = Source(encoded(shell.expander.document(redirect.document)))
    elif operator == "<<<":
        stream = Source(encoded(shell.expander.text(redirect.target) + "\n"))
    elif operator in {"<&", ">&"}:
        target = shell.expander.text(redirect.target)
        if operator == ">&" and redirect.fd is None and not _is_fd(target):
            if shell.dialect.name == "dash":
                msg = "Syntax error: Bad fd number"
                raise ShellError(msg, fatal=True)
            stream = _open(shell, ">", target)
            _set(fds, before, 2, stream)
        else:
            stream = _duplicate(shell, target)
    else:
        stream = _open(shell, operator.removeprefix("&"), shell.expander.text(redirect.target))
        if operator.startswith("&"):
            _set(fds, before, 2, stream)
    _set(fds, before, fd, stream)


def _set(fds: dict[int, Stream], before: Saved, fd: int, stream: Stream | None) -> None:
    before.setdefault(fd, fds.get(fd))
    if stream is None:
        fds.pop(fd, None)
    else:
        fds[fd] = stream


def _is_fd(target: str) -> bool:
    return target == "-" or target.isdecimal()


def _duplicate(shell: Interpreter, target: str) -> Stream | None:
    if target == "-":
        return None
    if not target.isdecimal():
        msg = "Syntax error: Bad fd number"
        raise ShellError(msg, fatal=True)
    found = shell.task.fds.get(whole(target))
    if found is None:
        msg = f"{target}: Bad file descriptor"
        raise ShellError(msg, _status(shell))
    return found


def _open(shell: Interpreter, operator: str, path: str) -> Stream:
    files = shell.task.files
    found = _descriptor(shell, path)
    if found is not None:
        return found
    overwrites = operator == ">" and shell.options.noclobber
    if overwrites and files.find(path) is not None:
        taken = OSError(errno.EEXIST, "File exists", path)
        raise ShellError(_words(shell, operator, path, taken), _status(shell))
    try:
        if operator == "<":
            return open_for_reading(files, path)
        return open_for_writing(files, path, append=operator == ">>", keep=operator == "<>")
    except OSError as error:
        raise ShellError(_words(shell, operator, path, error), _status(shell)) from error


def _descriptor(shell: Interpreter, path: str) -> Stream | None:
    """Open /dev/stdout and its kind: a descriptor of the task itself."""
    if not path.startswith(("/dev/", "/proc/self/fd/")):
        return None
    standard = {"/dev/stdin": "0", "/dev/stdout": "1", "/dev/stderr": "2"}.get(path)
    number = standard or path.removeprefix("/dev/fd/").removeprefix("/proc/self/fd/")
    return shell.task.fds.get(whole(number)) if number.isdecimal() else None


def _status(shell: Interpreter) -> int:
    return 2 if shell.dialect.name == "dash" else 1


def _words(shell: Interpreter, operator: str, path: str, error: OSError) -> str:
    dialect = shell.dialect.name
    reads = operator == "<"
    if dialect == "bash":
        if error.errno == errno.EEXIST:
            return f"{path}: cannot overwrite existing file"
        return f"{path}: {words(error)}"
    missing = error.errno in {errno.ENOENT, errno.ENOTDIR}
    if dialect == "busybox":
        lacking = "no such file" if reads else "nonexistent directory"
        verb = "can't open" if reads else "can't create"
    else:
        lacking = "No such file" if reads else "Directory nonexistent"
        verb = "cannot open" if reads else "cannot create"
    return f"{verb} {path}: {lacking if missing else words(error)}"
