"""A process as the kernel sees it, and what a simulated command gets to work with."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from course_lib.shell.process import ProcessInfo
from course_lib.shell.sayings import words
from course_lib.shell.scripterrors import NotSimulatedError
from course_lib.shell.streams import Stream
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.files import Files
    from course_lib.shell.machine import Machine
    from course_lib.shell.process import Outcome

_CLOSED = Stream()


class Parked(Exception):  # noqa: N818 - not an error: a process that waits for the world
    """A task goes on for longer than its caller waits: a server, `sleep infinity`, `tail -f`.

    `seconds` is how long it still goes on by itself.
    """

    def __init__(self, task: Task, seconds: float = math.inf) -> None:
        super().__init__(task.argv[0])
        self.task = task
        self.seconds = seconds


class Task:
    """One process: who, where, with which streams.

    A command reads `args`, `env`, `files` and `stdin`, writes with `out` and `err`, and returns
    its exit status.
    """

    def __init__(  # noqa: PLR0913 - what a process has
        self,
        machine: Machine,
        argv: tuple[str, ...],
        env: dict[str, str],
        files: Files,
        fds: dict[int, Stream],
        *,
        parent: Task | None = None,
        pid: int | None = None,
        flavour: str = "gnu",
    ) -> None:
        self.machine = machine
        self.argv = argv
        self.env = env
        self.files = files
        self.fds = fds
        self.parent = parent
        self.pid = machine.new_pid() if pid is None else pid
        self.flavour = flavour  # "gnu" or "busybox": whose words and options a command speaks
        self.handles: frozenset[str] = frozenset()
        self.on_signal: Callable[[str], Outcome] | None = None
        self.tty = False
        self.prefix = ""  # before its messages, when a command is a shell's own

    @property
    def name(self) -> str:
        """The command's name as its messages begin: `ls`."""
        return self.argv[0].rpartition("/")[2]

    @property
    def args(self) -> tuple[str, ...]:
        """The arguments after the name."""
        return self.argv[1:]

    @property
    def busybox(self) -> bool:
        """Whether this is busybox's version of the command."""
        return self.flavour == "busybox"

    @property
    def stdin(self) -> Stream:
        """File descriptor 0."""
        return self.stream(0)

    def stream(self, fd: int) -> Stream:
        """The stream of a descriptor; reading or writing a closed one fails with EBADF."""
        return self.fds.get(fd) or _CLOSED

    def out(self, data: str | bytes) -> None:
        """Write to stdout."""
        self.stream(1).write(encoded(data) if isinstance(data, str) else data)

    def err(self, line: str) -> None:
        """Write a line to stderr; a closed stderr swallows it, as it does on Linux."""
        stream = self.fds.get(2)
        if stream is not None:
            stream.write(encoded(line + "\n"))

    def complain(self, message: str, status: int = 1) -> int:
        """Write `name: message` to stderr and return the status."""
        self.err(f"{self.prefix}{self.name}: {message}")
        return status

    def complain_about(self, path: str, error: OSError, status: int = 1) -> int:
        """Write `name: path: No such file or directory`, say, to stderr; return the status."""
        return self.complain(f"{path}: {words(error)}", status)

    def not_simulated(self, what: str) -> NotSimulatedError:
        """Make the error for an option or a use that the real command has and this has not."""
        said = f"{self.name} {what}".strip()
        return NotSimulatedError(Text(f"{said} is not simulated", f"没有模拟 {said}"))

    def fork(self) -> Task:
        """A child with the same program, a copy of everything, and a new process id."""
        child = Task(
            self.machine,
            self.argv,
            dict(self.env),
            self.files.copy(),
            dict(self.fds),
            parent=self,
            flavour=self.flavour,
        )
        child.tty = self.tty
        return child

    def named(self, argv: tuple[str, ...], flavour: str) -> Task:
        """The same process under another command's name: what a builtin runs as."""
        made = Task.__new__(Task)
        made.__dict__.update(self.__dict__)
        made.argv, made.flavour = argv, flavour
        return made

    def block(self, handles: frozenset[str] = frozenset(), *, seconds: float = math.inf) -> Parked:
        """Make what a command raises that runs for `seconds`, or until it gets a signal it handles."""
        self.handles = handles
        return Parked(self, seconds)

    def info(self) -> ProcessInfo:
        """What `ps` and `docker stop` see."""
        return ProcessInfo(self.pid, self.argv, self.handles, self.on_signal)


def encoded(text: str) -> bytes:
    """The bytes of a word or line: UTF-8, and bytes that were never UTF-8 as they were."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half of a pair, which no bytes stand for
        return text.encode("utf-8", "surrogatepass")


def decoded(data: bytes) -> str:
    """The text of some bytes, from which `encoded` gives the same bytes again."""
    return data.decode("utf-8", "surrogateescape")
