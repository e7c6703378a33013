"""Finding a program on PATH and running it: what execve(2) does."""

from __future__ import annotations

import errno
import posixpath
from typing import TYPE_CHECKING

from course_lib.image.entries import File
from course_lib.image.programs import program_name
from course_lib.shell.files import EXECUTE
from course_lib.shell.options import LeaveProgram
from course_lib.shell.programs import find
from course_lib.shell.sayings import failure, words
from course_lib.shell.scripterrors import NotSimulatedError
from course_lib.shell.streams import BrokenPipe
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.shell.files import Files
    from course_lib.shell.task import Task

DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
SIGPIPE_STATUS = 141
_MAX_INTERPRETERS = 4
_SHEBANG_LINE = 255
_START_STEPS = 25  # a program costs more than a command of the shell itself


def look_up(files: Files, name: str, path: str) -> str:
    """Find the path of the program `name`.

    Raises:
        OSError: ENOENT, or EACCES when only something that is no executable file is there.

    """
    if "/" in name:
        _check(files, name)
        return name
    problem = failure(errno.ENOENT, name)
    for folder in path.split(":"):
        candidate = posixpath.join(folder or ".", name)
        try:
            _check(files, candidate)
        except OSError as error:
            if error.errno == errno.EACCES:
                problem = error
            continue
        return candidate
    raise problem


def _check(files: Files, path: str) -> None:
    node = files.stat(path)
    if not isinstance(node, File) or not files.allows(node, EXECUTE):
        raise failure(errno.EACCES, path)


def run(task: Task, path: str) -> int:
    """Run the program at `path` in `task` and return its exit status.

    Raises:
        OSError: ENOEXEC for a file that no interpreter is named for; ENOENT for an
            interpreter that is not there.
        NotSimulatedError: for a program that is not simulated.

    """
    meter = task.machine.meter
    meter.step(_START_STEPS)
    meter.enter()
    try:
        return _run(task, path, 0)
    finally:
        meter.leave()


def _run(task: Task, path: str, links: int) -> int:
    files = task.files
    node = files.stat(path)
    if not isinstance(node, File) or not files.allows(node, EXECUTE):
        raise failure(errno.EACCES, path)
    name = program_name(node.content)
    if name is not None:
        return _start(task, name)
    head = node.content.head
    if head.startswith(b"#!") and links < _MAX_INTERPRETERS:
        line = head[2:_SHEBANG_LINE].partition(b"\n")[0].decode("utf-8", "surrogateescape")
        interpreter, _, argument = line.strip(" \t").partition(" ")
        if not interpreter:
            raise failure(errno.ENOEXEC, path)
        given = (argument.strip(" \t"),) if argument.strip(" \t") else ()
        task.argv = (interpreter, *given, path, *task.argv[1:])
        return _run(task, interpreter, links + 1)
    if head.startswith(b"\x7fELF"):
        raise NotSimulatedError(
            Text(
                f"{path} is a real program: the simulation can't run it",
                f"{path} 是真正的程序：模拟器无法运行它",
            ),
        )
    raise failure(errno.ENOEXEC, path)


def _start(task: Task, name: str) -> int:
    if name == "busybox":
        task.flavour = "busybox"
        name = _applet(task)
    command = task.machine.programs.get(name) or find(name)
    if command is None:
        raise NotSimulatedError(
            Text(
                f"the program {name} is in the image, but what it does is not simulated",
                f"镜像里有 {name} 这个程序，但没有模拟它的行为",
            ),
        )
    try:
        return command(task)
    except LeaveProgram as leaving:
        return leaving.status
    except BrokenPipe:
        return SIGPIPE_STATUS
    except OSError as error:
        about = f"{error.filename}: " if error.filename else ""
        return task.complain(f"{about}{words(error)}")


def _applet(task: Task) -> str:
    applet = task.name.removeprefix("-")
    if applet == "busybox" and task.args:
        task.argv = task.args
        applet = task.name
    if applet in {"sh", "ash"}:
        return "ash"
    return applet
