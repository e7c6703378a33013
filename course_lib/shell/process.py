"""What goes into a simulated process and what comes out of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from course_lib.text import Text

_STDERR = 2
_EMPTY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Process:
    """What to start: `argv[0]` is looked up on the PATH of `env` unless it has a slash.

    `user` is "" (root), "name", "uid", "uid:gid" or "name:group", resolved in the /etc/passwd
    and /etc/group of the file system. `online` is False where there is no network at all
    (`--network=none`). `beside` are the processes that it finds when it starts, as `docker exec` does;
    they belong to the user `owner`.
    """

    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    cwd: str = "/"
    user: str = ""
    stdin: bytes = b""
    hostname: str = ""
    tty: bool = False
    online: bool = True
    beside: tuple[ProcessInfo, ...] = ()
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Bytes that a process wrote to file descriptor 1 or 2, in the order of writing."""

    fd: int
    data: bytes


@dataclass(frozen=True, slots=True)
class ProcessInfo:
    """A process that is alive; `handles` are the signals it has a handler for (`SIGTERM`).

    `on_signal` runs the handler of one of them, where that is a script: the trap of a shell.
    A shell runs it when its foreground command has ended: `busy` seconds from now.
    """

    pid: int
    argv: tuple[str, ...]
    handles: frozenset[str] = frozenset()
    on_signal: Callable[[str], Outcome] | None = field(default=None, compare=False, repr=False)
    busy: float = field(default=0.0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a process went.

    `exit_code` is None while it is still running; `processes` then tells what is alive, PID 1
    first. `seconds` is simulated time; after `left` more of them a process that sleeps goes on by
    itself. `unsupported` says what is not simulated, or which budget was used up, when that is
    why the process ended.
    """

    exit_code: int | None
    output: tuple[Chunk, ...] = ()
    processes: tuple[ProcessInfo, ...] = ()
    seconds: int = 0
    unsupported: Text | None = None
    left: float = math.inf

    @property
    def stdout(self) -> bytes:
        """All that went to file descriptor 1."""
        return b"".join(chunk.data for chunk in self.output if chunk.fd == 1)

    @property
    def stderr(self) -> bytes:
        """All that went to file descriptor 2."""
        return b"".join(chunk.data for chunk in self.output if chunk.fd == _STDERR)


@dataclass(frozen=True, slots=True)
class Budget:
    """What one `execute` may use up before it is stopped with a message.

    `steps` counts commands and loop rounds, `output` bytes on stdout and stderr, `memory`
    bytes held in variables, pipes and files, `disk` the apparent size of files written
    (sparse ones too), `depth` nested calls, substitutions and processes.
    """

    steps: int = 100_000
    output: int = 4 << 20
    memory: int = 64 << 20
    disk: int = 64 << 30
    depth: int = 60


class ExecFailure(Exception):  # noqa: N818 - runc calls it a failure to exec
    """`argv[0]` can't be started; the message is runc's, `exit_code` is 127 or 126."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code
