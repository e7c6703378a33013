"""The configuration and the history of an image, under the names of the OCI image spec.

`None` and `()` differ where Docker makes them differ: a null Cmd and an empty one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

EMPTY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class HealthConfig:
    """`Healthcheck`: `test` is ("NONE",), ("CMD", ...) or ("CMD-SHELL", text); durations in ns."""

    test: tuple[str, ...]
    interval: int = 0
    timeout: int = 0
    start_period: int = 0
    start_interval: int = 0
    retries: int = 0


@dataclass(frozen=True, slots=True)
class ImageConfig:
    """The `config` object: what a container of this image starts with."""

    user: str = ""
    exposed_ports: tuple[str, ...] = ()  # "80/tcp", sorted
    env: tuple[str, ...] = ()  # "NAME=value", in order
    entrypoint: tuple[str, ...] | None = None
    cmd: tuple[str, ...] | None = None
    volumes: tuple[str, ...] = ()  # sorted
    working_dir: str = ""
    labels: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    stop_signal: str = ""
    healthcheck: HealthConfig | None = None
    shell: tuple[str, ...] | None = None
    on_build: tuple[str, ...] = ()

    def environment(self) -> dict[str, str]:
        """`env` as a mapping."""
        return dict(pair.partition("=")[::2] for pair in self.env)


@dataclass(frozen=True, slots=True)
class History:
    """One line of `docker history`; `created` is an RFC 3339 time in UTC."""

    created: str
    created_by: str
    comment: str = ""
    author: str = ""
    empty_layer: bool = False
