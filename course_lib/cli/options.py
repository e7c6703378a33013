"""The options of `docker run`: words to values."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from course_lib.cli.flags import Flag, UsageError, see_help
from course_lib.run.options import MountSpec, PortBinding, RunOptions
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.cli.flags import Parsed
    from course_lib.cli.session import Session

_PORT = re.compile(r"(?:(?:(\d+\.\d+\.\d+\.\d+):)?(\d*):)?(\d+)(?:/(tcp|udp|sctp))?")
_MAX_PORT = 65535

PROCESS_FLAGS = (
    Flag("env", "list", "Set environment variables", "e"),
    Flag("env-file", "list", "Read in a file of environment variables"),
    Flag("interactive", "bool", "Keep STDIN open even if not attached", "i"),
    Flag("tty", "bool", "Allocate a pseudo-TTY", "t"),
    Flag("user", "string", "Username or UID (format: <name|uid>[:<group|gid>])", "u"),
    Flag("workdir", "string", "Working directory inside the container", "w"),
)
CREATE_FLAGS = (
    *PROCESS_FLAGS,
    Flag("entrypoint", "string", "Overwrite the default ENTRYPOINT of the image"),
    Flag("expose", "list", "Expose a port or a range of ports"),
    Flag("hostname", "string", "Container host name", "h"),
    Flag("label", "list", "Set meta data on a container", "l"),
    Flag("mount", "list", "Attach a filesystem mount to the container"),
    Flag("name", "string", "Assign a name to the container"),
    Flag("network", "string", "Connect a container to a network"),
    Flag("net", "string", simulated=False),
    Flag("publish", "list", "Publish a container's port(s) to the host", "p"),
    Flag("publish-all", "bool", "Publish all exposed ports to random ports", "P"),
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
            ("group-add", ""), ("health-cmd", ""), ("health-interval", ""),
            ("health-retries", ""), ("health-timeout", ""), ("ip", ""), ("ipc", ""), ("link", ""),
            ("log-driver", ""), ("memory", "m"), ("pid", ""), ("platform", ""), ("pull", ""),
            ("restart", ""), ("runtime", ""), ("security-opt", ""), ("shm-size", ""),
            ("sysctl", ""), ("ulimit", ""), ("volumes-from", ""),
        )
    ),
    *(
        Flag(name, "bool", simulated=False)
        for name in ("init", "no-healthcheck", "oom-kill-disable", "privileged", "read-only")
    ),
)  # fmt: skip


def run_options(session: Session, parsed: Parsed, command: str) -> RunOptions:
    """The options of one `docker run` or `docker create`.

    Raises:
        UsageError: a port, volume or mount that docker refuses, or that is not simulated.

    """
    try:
        ports = tuple(_port(text) for text in parsed.all("publish"))
        mounts = (
            *(_volume(text) for text in parsed.all("volume")),
            *(_mount(text) for text in parsed.all("mount")),
            *(MountSpec(_target(t.partition(":")[0]), type="tmpfs") for t in parsed.all("tmpfs")),
        )
    except ValueError as error:
        msg = f"docker: {error}.\n{see_help(command)}"
        raise UsageError(msg, 125) from error
    return RunOptions(
        name=parsed.text("name"),
        entrypoint=parsed.text("entrypoint") if parsed.given("entrypoint") else None,
        env=environment(session, parsed),
        labels=dict(text.partition("=")[::2] for text in parsed.all("label")),
        user=parsed.text("user"),
        workdir=parsed.text("workdir"),
        hostname=parsed.text("hostname"),
        tty=parsed.on("tty"),
        interactive=parsed.on("interactive"),
        detach=parsed.on("detach"),
        remove=parsed.on("rm"),
        mounts=mounts,
        ports=ports,
        publish_all=parsed.on("publish-all"),
        expose=tuple(_with_protocol(text) for text in parsed.all("expose")),
        network=parsed.text("network", "bridge"),
        stop_signal=parsed.text("stop-signal"),
        stop_timeout=parsed.number("stop-timeout"),
    )


def environment(session: Session, parsed: Parsed) -> tuple[str, ...]:
    """`-e NAME` alone takes the host's value, and the simulated host has none: it falls out."""
    from_files = (
        line.strip()
        for name in parsed.all("env-file")
        for line in _host_file(session, name).splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    )
    return tuple(pair for pair in (*from_files, *parsed.all("env")) if "=" in pair)


def _host_file(session: Session, name: str) -> str:
    if name not in session.files:
        msg = f"docker: open {name}: no such file or directory.\n{see_help('run')}"
        raise UsageError(
            msg,
            125,
            Text(
                f"There is no file {name} beside the build context.",
                f"构建上下文旁边没有文件 {name}。",
            ),
        )
    return session.files[name]


def _port(text: str) -> PortBinding:
    match = _PORT.fullmatch(text)
    if match is None:
        msg = f"invalid containerPort: {text.rpartition(':')[2]}"
        raise ValueError(msg)
    ip, host, inside, protocol = match.groups()
    for number in (inside, host or "0"):
        if int(number) > _MAX_PORT:
            msg = f"invalid port: {number}"
            raise ValueError(msg)
    return PortBinding(int(inside), protocol or "tcp", int(host or 0), ip or "")


def _with_protocol(text: str) -> str:
    return text if "/" in text else f"{text}/tcp"


def _volume(text: str) -> MountSpec:
    parts = text.split(":")
    if len(parts) == 1:
        return MountSpec(_target(parts[0]))
    source, target = parts[0], parts[1]
    modes = parts[2].split(",") if len(parts) > 2 else []  # noqa: PLR2004 - source:target:mode
    for mode in modes:
        if mode not in ("ro", "rw", "z", "Z", "nocopy"):
            msg = f"Error response from daemon: invalid mode: {mode}"
            raise ValueError(msg)
    if source.startswith(("/", ".", "~")):
        unsupported = f"docker: bind mounts (-v {source}:...) are not simulated here"
        raise UsageError(
            unsupported,
            125,
            Text(
                "The course has no host folders yet; a named volume works: -v data:/path.",
                "课程里还没有宿主机目录；可以用命名 volume：-v data:/path。",
            ),
        )
    if not target.startswith("/"):
        msg = (
            f"Error response from daemon: invalid volume specification: '{text}': invalid mount "
            f"config for type \"volume\": invalid mount path: '{target}' mount path must be absolute"
        )
        raise ValueError(msg)
    return MountSpec(_target(target), source, read_only="ro" in modes, copy="nocopy" not in modes)


def _mount(text: str) -> MountSpec:
    """`type=volume,source=data,target=/path,readonly`."""
    fields = dict(part.partition("=")[::2] for part in text.split(","))
    kind = fields.get("type", "volume")
    target = fields.get("target") or fields.get("dst") or fields.get("destination") or ""
    if kind == "bind":
        return _volume(f"{fields.get('source') or fields.get('src') or '/'}:{target}")
    if kind not in ("volume", "tmpfs"):
        msg = f'invalid argument "{text}" for "--mount" flag: invalid mount type {kind}'
        raise ValueError(msg)
    if not target:
        msg = f'invalid argument "{text}" for "--mount" flag: target is required'
        raise ValueError(msg)
    read_only = any(fields.get(name, "false") in ("", "true", "1") for name in ("readonly", "ro"))
    source = fields.get("source") or fields.get("src") or ""
    return MountSpec(
        _target(target), source, "tmpfs" if kind == "tmpfs" else "volume", read_only=read_only
    )


def _target(path: str) -> str:
    if not path.startswith("/"):
        msg = (
            f"Error response from daemon: invalid volume specification: '{path}': invalid mount "
            f"config for type \"volume\": invalid mount path: '{path}' mount path must be absolute"
        )
        raise ValueError(msg)
    return posixpath.normpath(path)
