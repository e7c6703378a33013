"""What `docker run` and `docker create` say about one container, beside its image and words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from course_lib.image.config import EMPTY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.image.config import HealthConfig

MountType = Literal["volume", "bind", "tmpfs"]


@dataclass(frozen=True, slots=True)
class MountSpec:
    """`-v source:target[:ro]`, `--mount`, `--tmpfs`; an empty source is an anonymous volume.

    `written` is the text after `-v`; it is empty for `--mount` and `--tmpfs`.
    """

    target: str
    source: str = ""
    type: MountType = "volume"
    read_only: bool = False
    copy: bool = True  # `nocopy` turns the pre-fill off
    written: str = ""

    @property
    def mode(self) -> str:
        """`ro` of `data:/d:ro`."""
        return ":".join(self.written.split(":")[2:])


@dataclass(frozen=True, slots=True)
class PortBinding:
    """`-p [ip:]host:container[/protocol]`; host 0 lets the engine choose a free port."""

    container_port: int
    protocol: str = "tcp"
    host_port: int = 0
    host_ip: str = ""

    @property
    def exposed(self) -> str:
        """`80/tcp`, the key in ExposedPorts."""
        return f"{self.container_port}/{self.protocol}"


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options of `docker run`; a value of None or "" or () means that it was not given.

    `entrypoint` "" clears the image's. `env` holds "NAME=value" in order. `stop_timeout` is
    in seconds.
    """

    name: str = ""
    entrypoint: str | None = None
    env: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    user: str = ""
    workdir: str = ""
    hostname: str = ""
    tty: bool = False
    interactive: bool = False
    detach: bool = False
    remove: bool = False
    init: bool = False
    read_only: bool = False
    mounts: tuple[MountSpec, ...] = ()
    ports: tuple[PortBinding, ...] = ()
    publish_all: bool = False
    expose: tuple[str, ...] = ()
    network: str = "bridge"
    stop_signal: str = ""
    stop_timeout: int | None = None
    healthcheck: HealthConfig | None = None
