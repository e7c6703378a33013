"""ps, stop, kill, rm, rename, logs, diff, wait, top, port: the commands about containers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.cli.flags import Command, Flag, UsageError
from course_lib.cli.gotemplate import TemplateError
from course_lib.cli.images import ago, bad_filter
from course_lib.cli.listing import Column, print_list
from course_lib.cli.table import columns, cut
from course_lib.cli.units import human_duration, human_size
from course_lib.engine import EngineError
from course_lib.engine.errors import not_running
from course_lib.engine.images import short_id
from course_lib.engine.inspection import status_word
from course_lib.run.container import Created, Exited, Running
from course_lib.shell import Chunk
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from course_lib.cli.flags import Parsed
    from course_lib.cli.session import Session
    from course_lib.engine.results import Stopped
    from course_lib.run.container import Container
    from course_lib.run.options import PortBinding

_COMMAND_WIDTH = 20
_STATUSES = ("created", "dead", "exited", "paused", "removing", "restarting", "running")
_COLUMNS = (
    Column("CONTAINER ID", "ID"),
    Column("IMAGE", "Image"),
    Column("COMMAND", "Command"),
    Column("CREATED", "RunningFor"),
    Column("STATUS", "Status"),
    Column("PORTS", "Ports"),
    Column("NAMES", "Names"),
)
_SIZE = Column("SIZE", "Size")
_OTHERS = (
    Column("STATE", "State"),
    Column("CREATED AT", "CreatedAt"),
    Column("LABELS", "Labels"),
    Column("MOUNTS", "Mounts"),
)


def status(session: Session, container: Container) -> str:
    """`Up 3 seconds`, `Exited (0) 3 seconds ago`, `Created`."""
    match container.state:
        case Created():
            return "Created"
        case Running(since=since):
            up = f"Up {human_duration(session.engine.clock.now() - since)}"
            if container.state.paused:
                return f"{up} (Paused)"
            health = session.engine.health(container)
            if health:
                return f"{up} ({'health: ' if health == 'starting' else ''}{health})"
            return up
        case Exited(code=code, at=at):
            return f"Exited ({code}) {ago(session, at)}"


def _ps(session: Session, parsed: Parsed) -> None:
    filters = parsed.all("filter")
    for text in filters:
        key, _, value = text.partition("=")
        if key not in _FILTERS:
            raise bad_filter(key)
        if key == "status" and value not in _STATUSES:
            raise bad_filter(text)
    wants_all = (
        parsed.on("all") or parsed.on("latest") or any(f.startswith("status=") for f in filters)
    )
    listed = [
        container for container in session.engine.ps(all=wants_all) if _filtered(container, filters)
    ]
    if parsed.on("latest"):
        listed = listed[:1]
    last = parsed.number("last")
    if last is not None and last >= 0:
        listed = [c for c in session.engine.ps(all=True) if _filtered(c, filters)][:last]
    full = parsed.on("no-trunc")
    session.show(tuple(listed))
    if parsed.on("quiet"):
        for container in listed:
            session.line(container.id if full else container.short_id)
        return
    rows = [_row(session, container, full=full) for container in listed]
    try:
        print_list(
            session,
            rows,
            (*_COLUMNS, _SIZE) if parsed.on("size") else _COLUMNS,
            parsed.text("format"),
            (*_OTHERS, _SIZE),
            go_type="*formatter.ContainerContext",
        )
    except TemplateError as error:
        doing = "execute" if "executing" in str(error) else "parse"
        msg = f"failed to {doing} template: {error}"
        raise UsageError(msg, 1) from error


def _row(session: Session, container: Container, *, full: bool) -> Mapping[str, str]:
    command = " ".join(_quoted(word) for word in container.argv.argv)
    return {
        "ID": container.id if full else container.short_id,
        "Image": _image_name(session, container, full=full),
        "Command": f'"{command if full else cut(command, _COMMAND_WIDTH)}"',
        "RunningFor": ago(session, container.created),
        "CreatedAt": str(container.created),
        "Status": status(session, container),
        "State": status_word(container),
        "Ports": _ports(container),
        "Names": container.name,
        "Labels": ",".join(f"{k}={v}" for k, v in sorted(container.config.labels.items())),
        "Mounts": ",".join(mount.name or mount.destination for mount in container.mounts),
        "Size": _size(session, container),
    }


def _size(session: Session, container: Container) -> str:
    """The writable layer, and with the image's layers: `5B (virtual 7.48MB)`."""
    own = session.engine.files(container.id).changes().size
    return f"{human_size(own)} (virtual {human_size(own + container.image.size)})"


def _quoted(word: str) -> str:
    plain = word and all(char.isalnum() or char in "_-./=:,@%+" for char in word)
    return word if plain else "'" + word.replace("'", "'\\''") + "'"


def _image_name(session: Session, container: Container, *, full: bool) -> str:
    """The name the user typed, or the id when that name means another image by now."""
    if session.engine.find_image(container.image_name) == container.image:
        return container.image_name
    return container.image.id if full else short_id(container.image.id)


def _ports(container: Container) -> str:
    if not isinstance(container.state, Running):
        return ""
    published = [
        f"{address}:{port.host_port}->{port.exposed}"
        for port in container.ports
        for address in _addresses(port)
    ]
    bound = {port.exposed for port in container.ports}
    return ", ".join([*published, *(p for p in container.config.exposed_ports if p not in bound)])


def _addresses(port: PortBinding) -> tuple[str, ...]:
    return (port.host_ip,) if port.host_ip else ("0.0.0.0", "[::]")  # noqa: S104 - docker's text


def _filtered(container: Container, filters: tuple[str, ...]) -> bool:
    return all(
        _FILTERS[key](container, value) for key, _, value in (f.partition("=") for f in filters)
    )


def _is_ancestor(container: Container, value: str) -> bool:
    names = (container.image_name, container.image.id, container.image_name.removesuffix(":latest"))
    return value in names or short_id(container.image.id).startswith(value)


def _has_exited(container: Container, code: str) -> bool:
    return isinstance(container.state, Exited) and str(container.state.code) == code


def _has_label(container: Container, text: str) -> bool:
    name, equals, value = text.partition("=")
    labels = container.config.labels
    return name in labels and (not equals or labels[name] == value)


def _has_mount(container: Container, value: str) -> bool:
    return any(value in (mount.name, mount.destination) for mount in container.mounts)


_FILTERS: Mapping[str, Callable[[Container, str], bool]] = {
    "ancestor": _is_ancestor,
    "exited": _has_exited,
    "id": lambda container, value: container.id.startswith(value),
    "label": _has_label,
    "name": lambda container, value: value.removeprefix("/") in container.name,
    "status": lambda container, value: status_word(container) == value,
    "volume": _has_mount,
}


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
        _show_stopped(session, session.engine.stop(name, parsed.number("time")))

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
    count = int(tail) if tail.isdigit() else len(lines)
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
        for port in container.ports:
            for address in _addresses(port):
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
        for address in _addresses(port):
            session.line(f"{address}:{port.host_port}")


_SECONDS = Flag("time", "int", "Seconds to wait before killing the container", "t")

COMMANDS = (
    Command(
        "ps",
        "docker ps [OPTIONS]",
        "List containers",
        _ps,
        (
            Flag("all", "bool", "Show all containers (default shows just running)", "a"),
            Flag("filter", "list", "Filter output based on conditions provided", "f"),
            Flag("format", "string", "Format output using a custom template"),
            Flag("last", "int", "Show n last created containers (includes all states)", "n"),
            Flag("latest", "bool", "Show the latest created container", "l"),
            Flag("no-trunc", "bool", "Don't truncate output"),
            Flag("quiet", "bool", "Only display container IDs", "q"),
            Flag("size", "bool", "Display total file sizes", "s"),
        ),
        most=0,
        aliases=("container ls", "container list", "container ps"),
    ),
    Command(
        "stop",
        "docker stop [OPTIONS] CONTAINER [CONTAINER...]",
        "Stop one or more running containers",
        _stop,
        (_SECONDS,),
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
