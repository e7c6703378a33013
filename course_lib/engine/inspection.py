"""`docker inspect`: images, containers and volumes as the JSON objects of docker's API."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.clock import rfc3339
from course_lib.engine.gojson import Json, NilList, NilMap, Struct, struct
from course_lib.engine.web import GATEWAY
from course_lib.run.container import Created, Exited, Running

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from course_lib.engine.health import HealthReport
    from course_lib.engine.images import Provenance
    from course_lib.engine.volumes import Volume
    from course_lib.image.config import HealthConfig, ImageConfig
    from course_lib.image.image import Image
    from course_lib.run.container import Container, Mount
    from course_lib.run.options import PortBinding

__all__ = ["Json", "config_json", "container_json", "image_json", "status_word", "volume_json"]

_NEVER = "0001-01-01T00:00:00Z"


def image_json(
    image: Image,
    references: Sequence[str],
    digests: Sequence[str],
    made_from: Provenance | None,
) -> Mapping[str, Json]:
    """`docker image inspect`: one image."""
    committed = made_from is not None and made_from.by == "commit"
    comment = image.history[-1].comment if image.history else ""
    return Struct(
        {
            "Id": image.id,
            "RepoTags": list(references),
            "RepoDigests": list(digests),
            "Parent": made_from.parent.id if made_from is not None and committed else "",
            "Comment": comment,
            "Created": image.created,
            "Author": image.author,
            "Config": config_json(image.config),
            "Architecture": image.architecture,
            "Os": image.os,
            "Size": image.size,
            "GraphDriver": {"Data": {}, "Name": "overlay2"},
            "RootFS": {"Type": "layers", "Layers": [layer.diff_id for layer in image.layers]},
            "Metadata": {"LastTagTime": _NEVER},
        }
    )


def container_json(
    container: Container,
    volumes: Mapping[str, Volume],
    *,
    health: HealthReport | None = None,
    address: str = "",
) -> Mapping[str, Json]:
    """`docker container inspect`: one container."""
    argv = container.argv.argv
    return Struct(
        {
            "Id": container.id,
            "Created": rfc3339(container.created),
            "Path": argv[0],
            "Args": list(argv[1:]),
            "State": _state(container, health),
            "Image": container.image.id,
            "ResolvConfPath": f"/var/lib/docker/containers/{container.id}/resolv.conf",
            "HostnamePath": f"/var/lib/docker/containers/{container.id}/hostname",
            "HostsPath": f"/var/lib/docker/containers/{container.id}/hosts",
            "LogPath": f"/var/lib/docker/containers/{container.id}/{container.id}-json.log",
            "Name": f"/{container.name}",
            "RestartCount": 0,
            "Driver": "overlay2",
            "Platform": container.image.os,
            "HostConfig": _host_config(container),
            "GraphDriver": {"Data": {}, "Name": "overlay2"},
            "Mounts": [
                _mount(mount, volumes)
                for mount in container.mounts
                if not (mount.type == "tmpfs" and mount.destination in _tmpfs(container))
            ],
            "Config": struct(
                {
                    "Hostname": container.hostname,
                    "Domainname": "",
                    "AttachStdin": container.options.interactive and not container.options.detach,
                    "AttachStdout": not container.options.detach,
                    "AttachStderr": not container.options.detach,
                    "Tty": container.options.tty,
                    "OpenStdin": container.options.interactive,
                    "StdinOnce": container.options.interactive and not container.options.detach,
                    "Image": container.image_name,
                },
                {"StopTimeout": container.options.stop_timeout},
            )
            | config_json(container.config),
            "NetworkSettings": _network(container, address),
        }
    )


def volume_json(volume: Volume) -> Mapping[str, Json]:
    """`docker volume inspect`: one volume."""
    labels: Json = dict(sorted(volume.labels.items())) or NilMap()
    if volume.anonymous and not volume.labels:
        labels = {"com.docker.volume.anonymous": ""}
    return Struct(
        {
            "CreatedAt": rfc3339(volume.created),
            "Driver": "local",
            "Labels": labels,
            "Mountpoint": volume.mountpoint,
            "Name": volume.name,
            "Options": NilMap(),
            "Scope": "local",
        }
    )


def config_json(config: ImageConfig) -> Struct:
    """The `Config` object, of an image or of a container."""
    return struct(
        {
            "User": config.user,
            "Env": list(config.env) or NilList(),
            "Cmd": _words(config.cmd),
            "Volumes": {path: {} for path in config.volumes} or NilMap(),
            "WorkingDir": config.working_dir,
            "Entrypoint": _words(config.entrypoint),
            "OnBuild": list(config.on_build) or NilList(),
            "Labels": dict(sorted(config.labels.items())) or NilMap(),
        },
        {
            "ExposedPorts": {port: {} for port in config.exposed_ports} or NilMap(),
            "StopSignal": config.stop_signal,
            "Healthcheck": _health(config.healthcheck) if config.healthcheck else None,
            "Shell": _words(config.shell),
        },
    )


def status_word(container: Container) -> str:
    """`created`, `running`, `paused` or `exited`: State.Status, and `--filter status=`."""
    match container.state:
        case Created():
            return "created"
        case Running(paused=paused):
            return "paused" if paused else "running"
        case Exited():
            return "exited"


def _state(container: Container, health: HealthReport | None) -> Struct:
    state = container.state
    return struct(
        {
            "Status": status_word(container),
            "Running": isinstance(state, Running),
            "Paused": isinstance(state, Running) and state.paused,
            "Restarting": False,
            "OOMKilled": False,
            "Dead": False,
            "Pid": state.processes[0].pid if isinstance(state, Running) else 0,
            "ExitCode": container.exit_code,
            "Error": state.error if isinstance(state, Created) else "",
            "StartedAt": _NEVER if isinstance(state, Created) else rfc3339(state.since),
            "FinishedAt": rfc3339(state.at) if isinstance(state, Exited) else _NEVER,
        },
        {"Health": _health_state(health) if health else None},
    )


def _health_state(health: HealthReport) -> Mapping[str, Json]:
    return {
        "Status": health.status,
        "FailingStreak": health.failing_streak,
        "Log": [
            {
                "Start": rfc3339(answer.at),
                "End": rfc3339(answer.at),
                "ExitCode": answer.exit_code,
                "Output": answer.output,
            }
            for answer in health.log
        ],
    }


def _host_config(container: Container) -> Struct:
    options = container.options
    tmpfs = _tmpfs(container)
    return struct(
        {
            "Binds": [mount.written for mount in options.mounts if mount.written and mount.source]
            or NilList(),
            "NetworkMode": options.network,
            "PortBindings": _bindings(options.ports),
            "RestartPolicy": {"Name": "no", "MaximumRetryCount": 0},
            "AutoRemove": options.remove,
            "Privileged": False,
            "PublishAllPorts": options.publish_all,
            "ReadonlyRootfs": options.read_only,
            "Memory": 0,
            "NanoCpus": 0,
        },
        {"Tmpfs": dict.fromkeys(tmpfs, "") or NilMap()},
    )


def _tmpfs(container: Container) -> tuple[str, ...]:
    return tuple(m.target for m in container.options.mounts if m.type == "tmpfs" and not m.written)


def _network(container: Container, address: str) -> Struct:
    network = {"IPAddress": address, "Gateway": GATEWAY if address else ""}
    return Struct(
        {
            "Ports": _bindings(_everywhere(container.ports)),
            **network,
            "Networks": {container.options.network: network},
        }
    )


def _mount(mount: Mount, volumes: Mapping[str, Volume]) -> Struct:
    source = mount.source
    if mount.type == "volume" and mount.name in volumes:
        source = volumes[mount.name].mountpoint
    return struct(
        {
            "Type": mount.type,
            "Source": source,
            "Destination": mount.destination,
            "Mode": mount.mode,
            "RW": not mount.read_only,
            "Propagation": "rprivate" if mount.type == "bind" else "",
        },
        {"Name": mount.name, "Driver": "local" if mount.type == "volume" else ""},
    )


def _everywhere(ports: Sequence[PortBinding]) -> list[PortBinding]:
    """A port without an address is open on all of them, IPv4 and IPv6."""
    return [
        replace(port, host_ip=address)
        for port in ports
        for address in ([port.host_ip] if port.host_ip else ["0.0.0.0", "::"])  # noqa: S104 - what docker shows
    ]


def _bindings(ports: Sequence[PortBinding]) -> Mapping[str, Json]:
    bound: dict[str, list[Json]] = {}
    for port in ports:
        host = str(port.host_port) if port.host_port else ""
        bound.setdefault(port.exposed, []).append({"HostIp": port.host_ip, "HostPort": host})
    return dict(bound)


def _health(health: HealthConfig) -> Struct:
    return struct(
        {},
        {
            "Test": list(health.test),
            "Interval": health.interval,
            "Timeout": health.timeout,
            "StartPeriod": health.start_period,
            "StartInterval": health.start_interval,
            "Retries": health.retries,
        },
    )


def _words(words: tuple[str, ...] | None) -> Json:
    return NilList() if words is None else list(words)
