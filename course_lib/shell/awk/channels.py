"""Files and commands that an awk program reads from and writes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.awk.errors import AwkError
from course_lib.shell.awk.records import Input
from course_lib.shell.openfile import open_for_reading, open_for_writing
from course_lib.shell.programs.system import run_child
from course_lib.shell.sayings import words
from course_lib.shell.streams import Pipe
from course_lib.shell.task import encoded

if TYPE_CHECKING:
    from course_lib.shell.streams import Stream
    from course_lib.shell.task import Task


class Channels:
    """What is open, by the name that the program uses."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._outputs: dict[tuple[str, str], Stream] = {}
        self._inputs: dict[tuple[str, str], Input] = {}

    def write(self, kind: str, name: str, text: str) -> None:
        """Print to `> name`, `>> name` or `| name`.

        Raises:
            AwkError: when the file can't be made.

        """
        task = self._task
        direct = {"/dev/stdout": 1, "-": 1, "/dev/stderr": 2}.get(name) if kind != "|" else None
        if direct is not None:
            task.stream(direct).write(encoded(text))
            return
        channel = ("|" if kind == "|" else ">", name)
        stream = self._outputs.get(channel)
        if stream is None:
            if kind == "|":
                stream = Pipe(task.machine.meter)
            else:
                stream = self._made(name, append=kind == ">>")
            self._outputs[channel] = stream
        stream.write(encoded(text))

    def _made(self, name: str, *, append: bool) -> Stream:
        try:
            return open_for_writing(self._task.files, name, append=append)
        except OSError as error:
            msg = f'cannot open "{name}" for output ({words(error)})'
            if self._task.busybox:
                msg = f"can't open '{name}': {words(error)}"
            raise AwkError(msg) from error

    def source(self, kind: str, name: str) -> Input | None:
        """What `getline` reads from; None when the file can't be opened."""
        channel = (kind, name)
        found = self._inputs.get(channel)
        if found is None:
            if kind == "|":
                found = Input(self._output_of(name))
            elif name in {"-", "/dev/stdin"}:
                found = Input(self._task.stdin)
            else:
                try:
                    self._task.files.file(name)
                    found = Input(open_for_reading(self._task.files, name))
                except OSError:
                    return None
            self._inputs[channel] = found
        return found

    def _output_of(self, command: str) -> Stream:
        child = self._task.fork()
        pipe = Pipe(self._task.machine.meter)
        child.fds[1] = pipe
        run_child(child, ("/bin/sh", "-c", command))
        return pipe

    def system(self, command: str) -> int:
        """Run a command in `sh -c`; return its status."""
        return run_child(self._task, ("/bin/sh", "-c", command))

    def close(self, name: str) -> int:
        """Close all of that name; -1 when nothing was open."""
        status = -1
        for kind in (">", "|"):
            stream = self._outputs.pop((kind, name), None)
            if stream is not None:
                status = self._finish(kind, name, stream)
        for kind in ("<", "|"):
            if self._inputs.pop((kind, name), None) is not None:
                status = 0
        return status

    def close_all(self) -> None:
        """At the end: the commands that were written to run now."""
        for kind, name in list(self._outputs):
            self._finish(kind, name, self._outputs.pop((kind, name)))

    def _finish(self, kind: str, name: str, stream: Stream) -> int:
        if kind == ">":
            return 0
        child = self._task.fork()
        child.fds[0] = stream
        return run_child(child, ("/bin/sh", "-c", name))
