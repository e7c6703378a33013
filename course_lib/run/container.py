"""A container: one image's config merged with options, a state, mounts and a log.

The value holds no files: the writable layer is a `Workspace` that the engine keeps under the
container's id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_lib.image.config import ImageConfig
    from course_lib.image.image import Image
    from course_lib.run.argv import Argv
    from course_lib.run.options import MountType, PortBinding, RunOptions
    from course_lib.shell import Chunk, ProcessInfo

SHORT_ID = 12


@dataclass(frozen=True, slots=True)
class Created:
    """Not started yet, or the start failed (then `error` says why, `exit_code` is 126 or 127)."""

    exit_code: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """A process is alive; `since` is when it started. PID 1 is `processes[0]`."""

    since: int
    processes: tuple[ProcessInfo, ...]
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Exited:
    """PID 1 has ended with `code`; it ran from `since` until `at` (seconds since 1970)."""

    code: int
    since: int
    at: int


State = Created | Running | Exited


@dataclass(frozen=True, slots=True)
class Mount:
    """A volume, a path of the host (`source`) or a tmpfs at `destination`; `name` is a volume's name.

    `mode` is what stands after the second colon of `-v`.
    """

    destination: str
    name: str = ""
    type: MountType = "volume"
    read_only: bool = False
    anonymous: bool = False
    source: str = ""
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Container:
    """`docker create`'s result. `image_name` is the image as the user typed it.

    `config` is the merged config; `options` is what the command line said; `created` is in
    seconds since 1970.
    """

    id: str
    name: str
    image: Image
    image_name: str
    config: ImageConfig
    argv: Argv
    options: RunOptions
    created: int
    state: State = Created()
    mounts: tuple[Mount, ...] = ()
    log: tuple[Chunk, ...] = ()
    ports: tuple[PortBinding, ...] = ()  # published while it runs

    @property
    def short_id(self) -> str:
        """The first 12 digits, as `docker ps` shows them; also the default host name."""
        return self.id[:SHORT_ID]

    @property
    def hostname(self) -> str:
        """What `hostname` prints inside."""
        return self.options.hostname or self.short_id

    @property
    def exit_code(self) -> int:
        """`State.ExitCode`: 0 while PID 1 runs."""
        match self.state:
            case Created(exit_code=code) | Exited(code=code):
                return code
            case Running():
                return 0
