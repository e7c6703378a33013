"""stop, kill, rm, rename, logs, diff, wait, top, port ...: the commands about one container or several."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.cli.flags import Command, Flag, UsageError
from course_lib.cli.ps import addresses
from course_lib.cli.table import columns
from course_lib.engine import EngineError
from course_lib.engine.errors import not_running
from course_lib.run.container import Running
from course_lib.shell import Chunk
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.cli.flags import Parsed
    from course_lib.cli.session import Session
    from course_lib.engine.results import Stopped


def _each(session: Session, parsed: Parsed, do: Callable[[str], None]) -> None:
    """Do it for each name; a name that fails is reported, and the next one has its turn."""
    for name in parsed.args:
        try:
            do(name)
        except EngineError as error:
            session.complain(error.shown, error.help)
            session.exit_code = 1
        else:
            session.line(name)


def _stop(session: Session, parsed: Parsed) -> None:
    def stop(name: str) -> None:
        _show_stopped(
            session, session.engine.stop(name, parsed.number("time"), parsed.text("signal"))
        )

    _each(session, parsed, stop)


def _kill(session: Session, parsed: Parsed) -> None:
    def kill(name: str) -> None:
        _show_stopped(session, session.engine.kill(name, parsed.text("signal", "KILL")))

    _each(session, parsed, kill)


def _show_stopped(session: Session, stopped: Stopped) -> None:
    session.show(stopped)
    ending = stopped.ending
    if ending is not None and ending.seconds:
        for reason in ending.because:
            session.note(reason)


def _pause(session: Session, parsed: Parsed) -> None:
    _each(session, parsed, lambda name: session.show(session.engine.pause(name)))


def _unpause(session: Session, parsed: Parsed) -> None:
    _each(session, parsed, lambda name: session.show(session.engine.unpause(name)))


def _rm(session: Session, parsed: Parsed) -> None:
    force = parsed.on("force")

    def remove(name: str) -> None:
        session.engine.rm(name, force=force, volumes=parsed.on("volumes"))

    _each(session, parsed, remove)
    if force:
        session.exit_code = 0  # with -f a container that is not there is no failure


def _rename(session: Session, parsed: Parsed) -> None:
    if not parsed.args[1]:
        msg = "new name cannot be blank"
        raise UsageError(msg, 1)
    try:
        session.engine.rename(*parsed.args)
    except EngineError as error:
        msg = f"failed to rename container: {error.shown}"
        raise UsageError(msg, 1, error.help) from error


def _logs(session: Session, parsed: Parsed) -> None:
    log = session.engine.logs(parsed.args[0])
    tail = parsed.text("tail", "all")
    lines = [
        Chunk(chunk.fd, line) for chunk in log for line in chunk.data.splitlines(keepends=True)
    ]
    count = int(tail) if re.fullmatch("[0-9]{1,18}", tail) else len(lines)
    session.chunks(lines[max(0, len(lines) - count) :])


def _diff(session: Session, parsed: Parsed) -> None:
    changes = session.engine.diff(parsed.args[0])
    session.show(session.engine.container(parsed.args[0]))
    for change in changes:
        session.line(f"{change.kind} {change.path}")


def _wait(session: Session, parsed: Parsed) -> None:
    for name in parsed.args:
        container = session.engine.wait(name)
        if isinstance(container.state, Running):
            session.note(
                Text(
                    f"{name} still runs: a real terminal would wait here until it ends.",
                    f"{name} 还在运行：真实的终端会在这里一直等到它结束。",
                )
            )
        else:
            session.line(str(container.exit_code))


def _attach(session: Session, parsed: Parsed) -> None:
    container = session.engine.container(parsed.args[0])
    if not isinstance(container.state, Running):
        msg = "You cannot attach to a stopped container, start it first"
        raise EngineError(msg, from_daemon=False)
    if container.state.paused:
        msg = "You cannot attach to a paused container, unpause it first"
        raise EngineError(msg, from_daemon=False)
    session.show(container)
    session.note(
        Text(
            f"A real terminal would now wait for what {container.name} prints. "
            f"docker logs {container.name} shows what it has printed.",
            f"真实的终端会在这里等着 {container.name} 的输出。"
            f"docker logs {container.name} 会列出它已经输出的内容。",
        )
    )


def _top(session: Session, parsed: Parsed) -> None:
    container = session.engine.container(parsed.args[0])
    if not isinstance(container.state, Running):
        raise not_running(container.id, container.name)
    rows = [[str(p.pid), " ".join(p.argv)] for p in container.state.processes]
    session.show(container)
    session.out(columns([["PID", "CMD"], *rows]))


def _port(session: Session, parsed: Parsed) -> None:
    container = session.engine.container(parsed.args[0])
    if len(parsed.args) == 1:
        for port in sorted(container.ports, key=lambda one: (one.container_port, one.protocol)):
            for address in addresses(port):
                session.line(f"{port.exposed} -> {address}:{port.host_port}")
        return
    wanted = parsed.args[1] if "/" in parsed.args[1] else f"{parsed.args[1]}/tcp"
    bound = [port for port in container.ports if port.exposed == wanted]
    if not bound:
        msg = f"no public port '{parsed.args[1]}' published for {parsed.args[0]}"
        raise UsageError(
            msg,
            1,
            Text(
                "docker port NAME lists what is published; -p publishes.",
                "docker port 容器名 会列出已发布的端口；用 -p 发布。",
            ),
        )
    for port in bound:
        for address in addresses(port):
            session.line(f"{address}:{port.host_port}")


_SECONDS = Flag("time", "int", "Seconds to wait before killing the container", "t")

COMMANDS = (
    Command(
        "stop",
        "docker stop [OPTIONS] CONTAINER [CONTAINER...]",
        "Stop one or more running containers",
        _stop,
        (Flag("signal", "string", "Signal to send to the container", "s"), _SECONDS),
        least=1,
        aliases=("container stop",),
    ),
    Command(
        "kill",
        "docker kill [OPTIONS] CONTAINER [CONTAINER...]",
        "Kill one or more running containers",
        _kill,
        (Flag("signal", "string", "Signal to send to the container", "s"),),
        least=1,
        aliases=("container kill",),
    ),
    Command(
        "rm",
        "docker rm [OPTIONS] CONTAINER [CONTAINER...]",
        "Remove one or more containers",
        _rm,
        (
            Flag("force", "bool", "Force the removal of a running container (uses SIGKILL)", "f"),
            Flag("volumes", "bool", "Remove anonymous volumes of the container", "v"),
            Flag("link", "bool", short="l", simulated=False),
        ),
        least=1,
        aliases=("container rm", "container remove"),
    ),
    Command(
        "pause",
        "docker pause CONTAINER [CONTAINER...]",
        "Pause all processes within one or more containers",
        _pause,
        least=1,
        aliases=("container pause",),
    ),
    Command(
        "unpause",
        "docker unpause CONTAINER [CONTAINER...]",
        "Unpause all processes within one or more containers",
        _unpause,
        least=1,
        aliases=("container unpause",),
    ),
    Command(
        "rename",
        "docker rename CONTAINER NEW_NAME",
        "Rename a container",
        _rename,
        least=2,
        most=2,
        aliases=("container rename",),
    ),
    Command(
        "logs",
        "docker logs [OPTIONS] CONTAINER",
        "Fetch the logs of a container",
        _logs,
        (
            Flag("follow", "bool", "Follow log output", "f"),
            Flag("tail", "string", "Number of lines to show from the end of the logs", "n"),
            Flag("timestamps", "bool", short="t", simulated=False),
            Flag("since", "string", simulated=False),
            Flag("until", "string", simulated=False),
        ),
        least=1,
        most=1,
        aliases=("container logs",),
    ),
    Command(
        "diff",
        "docker diff CONTAINER",
        "Inspect changes to files or directories on a container's filesystem",
        _diff,
        least=1,
        most=1,
        aliases=("container diff",),
    ),
    Command(
        "wait",
        "docker wait CONTAINER [CONTAINER...]",
        "Block until one or more containers stop, then print their exit codes",
        _wait,
        least=1,
        aliases=("container wait",),
    ),
    Command(
        "attach",
        "docker attach [OPTIONS] CONTAINER",
        "Attach local standard input, output, and error streams to a running container",
        _attach,
        (
            Flag("no-stdin", "bool", "Do not attach STDIN"),
            Flag("detach-keys", "string", simulated=False),
            Flag("sig-proxy", "bool", simulated=False),
        ),
        least=1,
        most=1,
        aliases=("container attach",),
    ),
    Command(
        "top",
        "docker top CONTAINER",
        "Display the running processes of a container",
        _top,
        least=1,
        most=1,
        aliases=("container top",),
    ),
    Command(
        "port",
        "docker port CONTAINER [PRIVATE_PORT[/PROTO]]",
        "List port mappings or a specific mapping for the container",
        _port,
        least=1,
        most=2,
        aliases=("container port",),
    ),
)
