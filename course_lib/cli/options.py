"""The options of `docker run`: words to values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.cli import mounts
from course_lib.cli.flags import Flag, UsageError, flag_error, refused
from course_lib.image.config import HealthConfig
from course_lib.run.options import PortBinding, RunOptions
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from course_lib.cli.flags import Command, Parsed
    from course_lib.cli.session import Session
    from course_lib.run.options import MountSpec

_ADDRESS = re.compile(r"|\d+\.\d+\.\d+\.\d+|\[[0-9a-fA-F:.]+\]")
_RANGE = re.compile(r"(\d{1,18})(?:-(\d{1,18}))?", re.ASCII)
_PROTOCOLS = frozenset({"tcp", "udp", "sctp"})
_MAX_PORT = 65535
_NO_ROOM = 125

PROCESS_FLAGS = (
    Flag("env", "list", "Set environment variables", "e"),
    Flag("env-file", "list", "Read in a file of environment variables"),
    Flag("interactive", "bool", "Keep STDIN open even if not attached", "i"),
    Flag("tty", "bool", "Allocate a pseudo-TTY", "t"),
    Flag("user", "string", "Username or UID (format: <name|uid>[:<group|gid>])", "u"),
    Flag("workdir", "string", "Working directory inside the container", "w"),
)
_HEALTH_FLAGS = (
    Flag("health-cmd", "string", "Command to run to check health"),
    Flag("health-interval", "string", "Time between running the check (ms|s|m|h) (default 0s)"),
    Flag("health-retries", "int", "Consecutive failures needed to report unhealthy"),
    Flag("health-start-interval", "string", "Time between checks during the start period"),
    Flag("health-start-period", "string", "Start period before the health-retries countdown"),
    Flag("health-timeout", "string", "Maximum time to allow one check to run (default 0s)"),
    Flag("no-healthcheck", "bool", "Disable any container-specified HEALTHCHECK"),
)
CREATE_FLAGS = (
    *PROCESS_FLAGS,
    *_HEALTH_FLAGS,
    Flag("entrypoint", "string", "Overwrite the default ENTRYPOINT of the image"),
    Flag("expose", "list", "Expose a port or a range of ports"),
    Flag("hostname", "string", "Container host name", "h"),
    Flag("init", "bool", "Run an init inside the container that forwards signals and reaps processes"),
    Flag("label", "list", "Set meta data on a container", "l"),
    Flag("mount", "list", "Attach a filesystem mount to the container"),
    Flag("name", "string", "Assign a name to the container"),
    Flag("network", "string", "Connect a container to a network"),
    Flag("net", "string", "The same as --network"),
    Flag("publish", "list", "Publish a container's port(s) to the host", "p"),
    Flag("publish-all", "bool", "Publish all exposed ports to random ports", "P"),
    Flag("pull", "string", 'Pull image before running ("always", "missing", "never")'),
    Flag("read-only", "bool", "Mount the container's root filesystem as read only"),
    Flag("rm", "bool", "Automatically remove the container when it exits"),
    Flag("stop-signal", "string", "Signal to stop the container"),
    Flag("stop-timeout", "int", "Timeout (in seconds) to stop a container"),
    Flag("tmpfs", "list", "Mount a tmpfs directory"),
    Flag("volume", "list", "Bind mount a volume", "v"),
    *(
        Flag(name, "string", short=short, simulated=False)
        for name, short in (
            ("add-host", ""), ("attach", "a"), ("cap-add", ""), ("cap-drop", ""), ("cidfile", ""),
            ("cpu-shares", "c"), ("cpus", ""), ("device", ""), ("dns", ""), ("gpus", ""),
            ("group-add", ""), ("ip", ""), ("ipc", ""), ("link", ""), ("log-driver", ""),
            ("memory", "m"), ("pid", ""), ("platform", ""), ("restart", ""), ("runtime", ""),
            ("security-opt", ""), ("shm-size", ""), ("sysctl", ""), ("ulimit", ""),
            ("volumes-from", ""),
        )
    ),
    *(Flag(name, "bool", simulated=False) for name in ("oom-kill-disable", "privileged")),
)  # fmt: skip


def run_options(session: Session, parsed: Parsed, command: Command) -> RunOptions:
    """The options of one `docker run` or `docker create`.

    Raises:
        UsageError: what the docker command itself refuses.
        EngineError: what the daemon refuses.

    """
    return RunOptions(
        name=parsed.text("name"),
        entrypoint=parsed.text("entrypoint") if parsed.given("entrypoint") else None,
        env=environment(session, parsed, command),
        labels=dict(text.partition("=")[::2] for text in parsed.all("label")),
        user=parsed.text("user"),
        workdir=parsed.text("workdir"),
        hostname=parsed.text("hostname"),
        tty=parsed.on("tty"),
        interactive=parsed.on("interactive"),
        detach=parsed.on("detach"),
        remove=parsed.on("rm"),
        init=parsed.on("init"),
        read_only=parsed.on("read-only"),
        mounts=_mounts(session, parsed, command),
        ports=_ports(parsed, command),
        publish_all=parsed.on("publish-all"),
        expose=_exposed(parsed, command),
        network=parsed.text("network") or parsed.text("net", "bridge"),
        stop_signal=parsed.text("stop-signal"),
        stop_timeout=parsed.number("stop-timeout"),
        healthcheck=_health(parsed, command),
    )


def environment(session: Session, parsed: Parsed, command: Command) -> tuple[str, ...]:
    """The pairs of `--env-file`, then those of `-e`.

    `-e NAME` alone takes the host's value, and the simulated host has none: it falls out.

    Raises:
        UsageError: a file that is not there, a name that no variable has.

    """
    for text in parsed.all("env"):
        if not text or text.startswith("="):
            msg = f'invalid argument "{text}" for "-e, --env" flag: invalid environment variable: {text}'
            raise flag_error(command, msg)
    from_files = (
        pair for name in parsed.all("env-file") for pair in _env_file(session, name, command)
    )
    return tuple(pair for pair in (*from_files, *parsed.all("env")) if "=" in pair)


def _env_file(session: Session, name: str, command: Command) -> list[str]:
    try:
        text = session.engine.host.read(name).decode(errors="replace")
    except OSError as error:
        raise UsageError(
            refused(f"open {name}: no such file or directory", command.name),
            _NO_ROOM,
            Text(
                f"There is no file {name} in {session.engine.host.folder} of the simulated host.",
                f"模拟的宿主机的 {session.engine.host.folder} 里没有文件 {name}。",
            ),
        ) from error
    lines = [line.lstrip() for line in text.splitlines()]
    pairs = [line for line in lines if line and not line.startswith("#")]
    for pair in pairs:
        variable = pair.partition("=")[0]
        if any(blank in variable for blank in " \t"):
            why = f"poorly formatted environment: variable '{variable}' contains whitespaces"
            raise UsageError(refused(why, command.name), _NO_ROOM)
        if not variable:
            why = f"poorly formatted environment: no variable name on line '{pair}'"
            raise UsageError(refused(why, command.name), _NO_ROOM)
    return pairs


def _mounts(session: Session, parsed: Parsed, command: Command) -> tuple[MountSpec, ...]:
    host = session.engine.host
    found = [mounts.volume(text, host) for text in parsed.all("volume")]
    for text in parsed.all("mount"):
        try:
            found.append(mounts.mount(text, host))
        except mounts.MountError as error:
            msg = f'invalid argument "{text}" for "--mount" flag: {error}'
            raise flag_error(command, msg) from error
    return (*found, *(mounts.tmpfs(text) for text in parsed.all("tmpfs")))


def _ports(parsed: Parsed, command: Command) -> tuple[PortBinding, ...]:
    try:
        return tuple(port for text in parsed.all("publish") for port in _port(text))
    except ValueError as error:
        raise UsageError(
            refused(str(error), command.name),
            _NO_ROOM,
            Text(
                "-p HOST:CONTAINER, as in -p 8080:80: the host's port comes first.",
                "-p 宿主机端口:容器端口，例如 -p 8080:80：宿主机的端口在前。",
            ),
        ) from error


def _port(text: str) -> Iterator[PortBinding]:
    """`[[IP:]HOST:]CONTAINER[/PROTOCOL]`, also with ranges of equal length: `8000-8002:80-82`."""
    *before, inside = text.split(":")
    inside, slash, protocol = inside.partition("/")
    host = before.pop() if before else ""
    ip = ":".join(before)
    if not _ADDRESS.fullmatch(ip):
        msg = f"invalid IP address: {ip}"
        raise ValueError(msg)
    ports = _range(inside, "containerPort")
    hosts = _range(host, "hostPort") if host else [0] * len(ports)
    if slash and protocol.lower() not in _PROTOCOLS:
        msg = f"invalid proto: {protocol}"
        raise ValueError(msg)
    if len(hosts) != len(ports):
        msg = f"invalid ranges specified for container and host Ports: {inside} and {host}"
        raise ValueError(msg)
    for container_port, host_port in zip(ports, hosts, strict=True):
        yield PortBinding(container_port, protocol.lower() or "tcp", host_port, ip)


def _range(text: str, which: str) -> Sequence[int]:
    match = _RANGE.fullmatch(text)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if not first <= last <= _MAX_PORT:
        msg = f"invalid {which}: {text}"
        raise ValueError(msg)
    return range(first, last + 1)


def _exposed(parsed: Parsed, command: Command) -> tuple[str, ...]:
    """`--expose 80 --expose 5000-5002/udp`: a port each."""
    found: list[str] = []
    for text in parsed.all("expose"):
        ports, _, protocol = text.partition("/")
        try:
            found += [f"{port}/{protocol.lower() or 'tcp'}" for port in _range(ports, "port")]
        except ValueError as error:
            words = "port" if ":" in text else "range"
            msg = f"invalid {words} format for --expose: {text}"
            raise UsageError(
                refused(msg, command.name),
                _NO_ROOM,
                Text(
                    "--expose names ports of the container, as EXPOSE does; -p HOST:CONTAINER publishes.",
                    "--expose 和 EXPOSE 一样，写的是容器的端口；要发布用 -p 宿主机端口:容器端口。",
                ),
            ) from error
    return tuple(found)


def _health(parsed: Parsed, command: Command) -> HealthConfig | None:
    names = [flag.name for flag in _HEALTH_FLAGS if flag.name != "no-healthcheck"]
    given = [name for name in names if parsed.given(name)]
    if parsed.on("no-healthcheck"):
        if given:
            why = "--no-healthcheck conflicts with --health-* options"
            raise UsageError(refused(why, command.name), _NO_ROOM)
        return HealthConfig(("NONE",))
    if not given:
        return None
    text = parsed.text("health-cmd")
    return HealthConfig(
        ("CMD-SHELL", text) if text else (),
        interval=_duration(parsed, "health-interval", command),
        timeout=_duration(parsed, "health-timeout", command),
        start_period=_duration(parsed, "health-start-period", command),
        start_interval=_duration(parsed, "health-start-interval", command),
        retries=parsed.number("health-retries") or 0,
    )


def _duration(parsed: Parsed, name: str, command: Command) -> int:
    if not parsed.given(name):
        return 0
    from course_lib.dockerfile.durations import (  # noqa: PLC0415 - loaded when needed
        BadDurationError,
        nanoseconds,
    )

    try:
        return nanoseconds(parsed.text(name))
    except BadDurationError as error:
        msg = f'invalid argument "{parsed.text(name)}" for "--{name}" flag: {error}'
        raise flag_error(command, msg) from error
