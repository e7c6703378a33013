"""From a container to the process that runs in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.image.entries import File
from course_lib.run.argv import is_shell
from course_lib.run.container import Container, Running
from course_lib.run.merge import process_environment
from course_lib.run.signals import INIT
from course_lib.shell import Chunk, Process, ProcessInfo

if TYPE_CHECKING:
    from course_lib.image.workspace import Workspace
    from course_lib.shell import Outcome

_PASSWD_FIELDS = 7


def first_process(
    container: Container, files: Workspace, stdin: bytes = b"", *, detach: bool = False
) -> Process:
    """PID 1 of a container.

    A shell at a terminal waits for words. In the background (`-dit`) it does so for ever; in the foreground
    the terminal is a cell with nothing to type, and the shell meets its end.
    """
    argv = container.argv.argv
    tty = container.options.tty
    if tty and not stdin and not detach and is_shell(argv[0]):
        stdin = b"\n"
    return process(container, files, argv, stdin=stdin, tty=tty)


def process(  # noqa: PLR0913 - the options of docker exec
    container: Container,
    files: Workspace,
    argv: tuple[str, ...],
    *,
    env: tuple[str, ...] = (),
    workdir: str = "",
    user: str = "",
    stdin: bytes = b"",
    tty: bool = False,
) -> Process:
    """A process in a container: PID 1, or one that `docker exec` starts beside it."""
    who = user or container.config.user
    environment = process_environment(
        container.config, hostname=container.hostname, home=home_of(who, files), tty=tty
    )
    environment.update(pair.partition("=")[::2] for pair in env)
    return Process(
        argv=argv,
        env=environment,
        cwd=workdir or container.config.working_dir or "/",
        user=who,
        stdin=stdin,
        hostname=container.hostname,
        tty=tty,
    )


def beside(job: Process, container: Container) -> Process:
    """A process that starts in a container that runs: it finds what runs there."""
    state = container.state
    if not isinstance(state, Running):
        return job
    return replace(job, beside=state.processes, owner=container.config.user)


def home_of(user: str, files: Workspace) -> str:
    """HOME of a user by the container's own /etc/passwd; `/` when it is not there."""
    name = user.partition(":")[0] or "0"
    for fields in _passwd(files):
        if len(fields) == _PASSWD_FIELDS and name in (fields[0], fields[2]):
            return fields[5] or "/"
    return "/"


def _passwd(files: Workspace) -> list[list[str]]:
    node = files.get("/etc/passwd")
    if not isinstance(node, File):
        return []
    return [line.split(":") for line in node.content.data.decode(errors="replace").splitlines()]


def on_one_screen(outcome: Outcome) -> Outcome:
    """What a terminal shows: it has one screen, and docker passes all of it on as stdout."""
    return replace(outcome, output=tuple(Chunk(1, chunk.data) for chunk in outcome.output))


def below_init(container: Container, processes: tuple[ProcessInfo, ...]) -> tuple[ProcessInfo, ...]:
    """The processes of a container; with `--init`, docker's own init is PID 1 above them."""
    if not container.options.init:
        return processes
    init = ProcessInfo(1, (INIT, "--", *container.argv.argv))
    return (init, *(replace(one, pid=one.pid + 1) for one in processes))
