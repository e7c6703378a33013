"""`docker inspect`: images, containers and volumes as the JSON objects of docker's API."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from course_lib.clock import rfc3339
from course_lib.run.container import Created, Exited, Running

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from course_lib.engine.images import Provenance
    from course_lib.engine.volumes import Volume
    from course_lib.image.config import HealthConfig, ImageConfig
    from course_lib.image.image import Image
    from course_lib.run.container import Container, Mount
    from course_lib.run.options import PortBinding

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"
_NEVER = "0001-01-01T00:00:00Z"


def image_json(
    image: Image, references: Sequence[str], made_from: Provenance | None
) -> Mapping[str, Json]:
    """`docker image inspect`: one image."""
    committed = made_from is not None and made_from.by == "commit"
    comment = image.history[-1].comment if image.history else ""
    return {
        "Id": image.id,
        "RepoTags": list(references),
        "RepoDigests": [],
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


def container_json(container: Container, volumes: Mapping[str, Volume]) -> Mapping[str, Json]:
    """`docker container inspect`: one container."""
    options = container.options
    argv = container.argv.argv
    return {
        "Id": container.id,
        "Created": rfc3339(container.created),
        "Path": argv[0],
        "Args": list(argv[1:]),
        "State": _state(container),
        "Image": container.image.id,
        "Name": f"/{container.name}",
        "RestartCount": 0,
        "Driver": "overlay2",
        "Platform": container.image.os,
        "HostConfig": {
            "Binds": [
                f"{m.source}:{m.target}" + (":ro" if m.read_only else "")
                for m in options.mounts
                if m.source
            ]
            or None,
            "NetworkMode": options.network,
            "PortBindings": _bindings(options.ports),
            "AutoRemove": options.remove,
            "PublishAllPorts": options.publish_all,
        },
        "Mounts": [_mount(mount, volumes) for mount in container.mounts],
        "Config": {
            "Hostname": container.hostname,
            "Tty": options.tty,
            "OpenStdin": options.interactive,
            "Image": container.image_name,
            **config_json(container.config),
        },
        "NetworkSettings": {"Ports": _bindings(container.ports)},
    }


def volume_json(volume: Volume) -> Mapping[str, Json]:
    """`docker volume inspect`: one volume."""
    return {
        "CreatedAt": rfc3339(volume.created),
        "Driver": "local",
        "Labels": dict(volume.labels) or None,
        "Mountpoint": volume.mountpoint,
        "Name": volume.name,
        "Options": None,
        "Scope": "local",
    }


def config_json(config: ImageConfig) -> Mapping[str, Json]:
    """The `Config` object, of an image or of a container."""
    fields: dict[str, Json] = {
        "User": config.user,
        "Env": list(config.env),
        "Cmd": _words(config.cmd),
        "Volumes": {path: {} for path in config.volumes} or None,
        "WorkingDir": config.working_dir,
        "Entrypoint": _words(config.entrypoint),
        "OnBuild": list(config.on_build) or None,
        "Labels": dict(config.labels) or None,
    }
    if config.exposed_ports:
        fields["ExposedPorts"] = {port: {} for port in config.exposed_ports}
    if config.stop_signal:
        fields["StopSignal"] = config.stop_signal
    if config.healthcheck:
        fields["Healthcheck"] = _health(config.healthcheck)
    if config.shell is not None:
        fields["Shell"] = list(config.shell)
    return fields


def status_word(container: Container) -> str:
    """`created`, `running` or `exited`: State.Status, and `--filter status=`."""
    match container.state:
        case Created():
            return "created"
        case Running():
            return "running"
        case Exited():
            return "exited"


def _state(container: Container) -> Mapping[str, Json]:
    state = container.state
    return {
        "Status": status_word(container),
        "Running": isinstance(state, Running),
        "Paused": False,
        "Restarting": False,
        "OOMKilled": False,
        "Dead": False,
        "Pid": state.processes[0].pid if isinstance(state, Running) else 0,
        "ExitCode": container.exit_code,
        "Error": state.error if isinstance(state, Created) else "",
        "StartedAt": _NEVER if isinstance(state, Created) else rfc3339(state.since),
        "FinishedAt": rfc3339(state.at) if isinstance(state, Exited) else _NEVER,
    }


def _mount(mount: Mount, volumes: Mapping[str, Volume]) -> Mapping[str, Json]:
    if mount.type == "tmpfs":
        return {
            "Type": "tmpfs", "Source": "", "Destination": mount.destination, "Mode": "",
            "RW": not mount.read_only, "Propagation": "",
        }  # fmt: skip
    return {
        "Type": "volume",
        "Name": mount.name,
        "Source": volumes[mount.name].mountpoint if mount.name in volumes else "",
        "Destination": mount.destination,
        "Driver": "local",
        "Mode": "ro" if mount.read_only else "z",
        "RW": not mount.read_only,
        "Propagation": "",
    }


def _bindings(ports: Sequence[PortBinding]) -> Mapping[str, Json]:
    bound: dict[str, list[Json]] = {}
    for port in ports:
        host = str(port.host_port) if port.host_port else ""
        bound.setdefault(port.exposed, []).append({"HostIp": port.host_ip, "HostPort": host})
    return dict(bound)


def _health(health: HealthConfig) -> Mapping[str, Json]:
    fields: dict[str, Json] = {"Test": list(health.test)}
    numbers = {
        "Interval": health.interval,
        "Timeout": health.timeout,
        "StartPeriod": health.start_period,
        "StartInterval": health.start_interval,
        "Retries": health.retries,
    }
    return fields | {name: number for name, number in numbers.items() if number}


def _words(words: tuple[str, ...] | None) -> Json:
    return None if words is None else list(words)
