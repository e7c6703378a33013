"""docker ps: the containers as a table, as ids, or by a template; its filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.cli.flags import Command, Flag, UsageError
from course_lib.cli.gotemplate import TemplateError
from course_lib.cli.images import ago, bad_filter
from course_lib.cli.listing import Column, print_list
from course_lib.cli.table import cut
from course_lib.cli.units import human_duration, human_size
from course_lib.engine.images import short_id
from course_lib.engine.inspection import status_word
from course_lib.run.container import Created, Exited, Running

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from course_lib.cli.flags import Parsed
    from course_lib.cli.session import Session
    from course_lib.run.container import Container
    from course_lib.run.options import PortBinding

_COMMAND_WIDTH = 20
_STATUSES = ("created", "dead", "exited", "paused", "removing", "restarting", "running")
_HEALTHS = ("starting", "healthy", "unhealthy", "none")
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
        if key not in _FILTERS and key != "health":
            raise bad_filter(key)
        if key == "health" and value not in _HEALTHS:
            raise bad_filter(text)
        if key == "status" and value not in _STATUSES:
            raise bad_filter(text)
    wants_all = (
        parsed.on("all") or parsed.on("latest") or any(f.startswith("status=") for f in filters)
    )
    listed = [
        container
        for container in session.engine.ps(all=wants_all)
        if _filtered(session, container, filters)
    ]
    if parsed.on("latest"):
        listed = listed[:1]
    last = parsed.number("last")
    if last is not None and last >= 0:
        listed = [c for c in session.engine.ps(all=True) if _filtered(session, c, filters)][:last]
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
    """As the formatter of docker's command line: those with one number first, in ranges."""
    if not isinstance(container.state, Running):
        return ""
    bound = {port.exposed for port in container.ports}
    free = (name.partition("/") for name in container.config.exposed_ports if name not in bound)
    every = [(int(number), "", 0, protocol) for number, _, protocol in free]
    every += [
        (port.container_port, address, port.host_port, port.protocol)
        for port in container.ports
        for address in addresses(port)
    ]
    groups: dict[tuple[str, str], list[range]] = {}
    mapped: list[str] = []
    for number, address, host, protocol in sorted(every):
        if address and host != number:
            mapped.append(f"{address}:{host}->{number}/{protocol}")
            continue
        ranges = groups.setdefault((address, protocol), [])
        if ranges and ranges[-1].stop == number:
            ranges[-1] = range(ranges[-1].start, number + 1)
        else:
            ranges.append(range(number, number + 1))
    earlier = [_group(key, one) for key, ranges in groups.items() for one in ranges[:-1]]
    last = [_group(key, ranges[-1]) for key, ranges in groups.items()]
    return ", ".join([*earlier, *last, *mapped])


def _group(key: tuple[str, str], numbers: range) -> str:
    """`5000-5002/tcp`, or `0.0.0.0:80->80/tcp`: ports whose numbers are the same on both sides."""
    address, protocol = key
    text = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"
    return f"{address}:{text}->{text}/{protocol}" if address else f"{text}/{protocol}"


def addresses(port: PortBinding) -> tuple[str, ...]:
    """The host addresses of a published port: all of IPv4 and IPv6 where none was named."""
    return (port.host_ip,) if port.host_ip else ("0.0.0.0", "[::]")  # noqa: S104 - docker's text


def _filtered(session: Session, container: Container, filters: tuple[str, ...]) -> bool:
    """As the daemon: of several filters with one key one is enough, of labels all are needed."""
    passed: dict[str, list[bool]] = {}
    for key, _, value in (text.partition("=") for text in filters):
        if key == "health":
            fits = (session.engine.health(container) or "none") == value
        else:
            fits = _FILTERS[key](container, value)
        passed.setdefault(key, []).append(fits)
    return all(all(fits) if key == "label" else any(fits) for key, fits in passed.items())


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
)
