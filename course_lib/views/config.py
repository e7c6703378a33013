"""What one step changed in an image's config, in the names that `docker inspect` shows."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING

from course_lib.image.config import HealthConfig
from course_lib.views.columns import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.image.config import ImageConfig

_NAMES = {
    "user": "User",
    "exposed_ports": "ExposedPorts",
    "env": "Env",
    "entrypoint": "Entrypoint",
    "cmd": "Cmd",
    "volumes": "Volumes",
    "working_dir": "WorkingDir",
    "labels": "Labels",
    "stop_signal": "StopSignal",
    "healthcheck": "Healthcheck",
    "shell": "Shell",
    "on_build": "OnBuild",
}
_LISTS = frozenset({"env", "exposed_ports", "volumes", "on_build"})
_MOST = 80


def config_changes(before: ImageConfig, after: ImageConfig) -> tuple[str, ...]:
    """`Cmd = ["sh"]` for a new value, `Env + A=1` and `Env - A=0` for what came and went."""
    return tuple(
        shorten(line, _MOST)
        for field in fields(before)
        for line in _changes(field.name, getattr(before, field.name), getattr(after, field.name))
    )


def _changes(name: str, old: object, new: object) -> Iterator[str]:
    if old == new:
        return
    match old, new:
        case tuple(), tuple() if name in _LISTS:
            yield from (f"{_NAMES[name]} - {item}" for item in old if item not in new)
            yield from (f"{_NAMES[name]} + {item}" for item in new if item not in old)
        case _ if name == "labels":
            yield from _pairs(_NAMES[name], old, new)
        case _:
            yield f"{_NAMES[name]} = {_shown(new)}"


def _pairs(name: str, old: object, new: object) -> Iterator[str]:
    before, after = (dict(side) if side else {} for side in (old, new))  # type: ignore[call-overload]
    yield from (f"{name} - {key}" for key in before if key not in after)
    yield from (
        f"{name} + {key}={value}" for key, value in after.items() if before.get(key) != value
    )


def _shown(value: object) -> str:
    match value:
        case HealthConfig(test=test):
            return json.dumps(list(test), ensure_ascii=False)
        case tuple():
            return json.dumps(list(value), ensure_ascii=False)
        case None:
            return "null"
        case _:
            return str(value)
