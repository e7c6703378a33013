"""The daemon's merge: what the user gave, then what the image says, field by field.

`docker run` merges the options with the image's config, `docker commit` merges the changed
config with the container's: one rule for both (moby `daemon/commit.go`, `merge`).
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from course_lib.image.config import HealthConfig, ImageConfig

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.run.options import RunOptions


def merge(user: ImageConfig, image: ImageConfig) -> ImageConfig:
    """`user` with the gaps filled from `image`.

    Env: the user's pairs first, then the image's whose name the user did not give. Labels,
    ports and volumes: the union. A given Entrypoint keeps the image's Cmd out. Shell and
    OnBuild are the user's alone.
    """
    given = user.environment()
    return replace(
        user,
        user=user.user or image.user,
        exposed_ports=_union(user.exposed_ports, image.exposed_ports),
        env=user.env + tuple(pair for pair in image.env if pair.partition("=")[0] not in given),
        labels=MappingProxyType({**image.labels, **user.labels}),
        entrypoint=image.entrypoint if user.entrypoint is None else user.entrypoint,
        cmd=user.cmd if user.entrypoint or user.cmd else image.cmd,
        healthcheck=_merge_health(user.healthcheck, image.healthcheck),
        working_dir=user.working_dir or image.working_dir,
        volumes=_union(user.volumes, image.volumes),
        stop_signal=user.stop_signal or image.stop_signal,
    )


def container_config(
    image: ImageConfig, args: Sequence[str] = (), options: RunOptions | None = None
) -> ImageConfig:
    """The config of a container: what `docker inspect CONTAINER` shows under Config."""
    if options is None:
        return _clear_blank(merge(ImageConfig(cmd=tuple(args) or None), image))
    user = ImageConfig(
        user=options.user,
        exposed_ports=_union(options.expose, tuple(port.exposed for port in options.ports)),
        env=_last_wins(options.env),
        entrypoint=None if options.entrypoint is None else (options.entrypoint,),
        cmd=tuple(args) or None,
        volumes=tuple(
            sorted(m.target for m in options.mounts if m.type == "volume" and not m.source)
        ),
        working_dir=options.workdir,
        labels=options.labels,
        stop_signal=options.stop_signal,
        healthcheck=options.healthcheck,
    )
    return _clear_blank(merge(user, image))


def process_environment(
    config: ImageConfig, *, hostname: str, home: str, tty: bool = False
) -> dict[str, str]:
    """The environment of a container's process: the daemon's own names, then the config's."""
    base = {
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOSTNAME": hostname,
    }
    if tty:
        base["TERM"] = "xterm"
    merged = {**base, **config.environment()}
    merged.setdefault("HOME", home)
    return merged


def _clear_blank(config: ImageConfig) -> ImageConfig:
    return replace(config, entrypoint=None) if config.entrypoint == ("",) else config


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*first, *second}))


def _last_wins(env: tuple[str, ...]) -> tuple[str, ...]:
    values = dict(pair.partition("=")[::2] for pair in env)
    return tuple(f"{name}={value}" for name, value in values.items())


def _merge_health(user: HealthConfig | None, image: HealthConfig | None) -> HealthConfig | None:
    if user is None or image is None:
        return user or image
    return HealthConfig(
        test=user.test or image.test,
        interval=user.interval or image.interval,
        timeout=user.timeout or image.timeout,
        start_period=user.start_period or image.start_period,
        start_interval=user.start_interval or image.start_interval,
        retries=user.retries or image.retries,
    )
