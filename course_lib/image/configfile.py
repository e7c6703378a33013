"""The config JSON of an image (OCI image spec, config.md), byte for byte as Go writes it.

Docker's own fields (Healthcheck, OnBuild, Shell) stand behind those of the spec. An empty field is left
out, but an empty Cmd or Entrypoint is `[]` where null and empty differ.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from course_lib.image.config import HealthConfig, History, ImageConfig
    from course_lib.image.image import Image

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


def config_file(image: Image) -> bytes:
    """The bytes whose sha256 is the image's id."""
    document: dict[str, Json] = {
        "architecture": image.architecture,
        "author": image.author,
        "config": config_object(image.config),
        "created": image.created,
        "history": [_history(line) for line in image.history],
        "os": image.os,
        "rootfs": {"type": "layers", "diff_ids": list(image.diff_ids)},
    }
    for name in ("author", "created"):
        if not document[name]:
            del document[name]
    return go_json(document)


def config_object(config: ImageConfig) -> dict[str, Json]:
    """The `config` object; fields in the order of the spec, empty ones left out."""
    fields: dict[str, Json] = {
        "User": config.user,
        "ExposedPorts": {port: {} for port in config.exposed_ports},
        "Env": list(config.env),
        "Entrypoint": _argv(config.entrypoint),
        "Cmd": _argv(config.cmd),
        "Volumes": {path: {} for path in config.volumes},
        "WorkingDir": config.working_dir,
        "Labels": _sorted(config.labels),
        "StopSignal": config.stop_signal,
        "Healthcheck": _health(config.healthcheck) if config.healthcheck else None,
        "OnBuild": list(config.on_build),
        "Shell": _argv(config.shell),
    }
    kept_empty = {"Entrypoint", "Cmd", "Shell"}
    return {
        name: value
        for name, value in fields.items()
        if value or (name in kept_empty and value is not None)
    }


def go_json(document: Json) -> bytes:
    """JSON as Go's encoding/json writes it: no blanks, `<`, `>` and `&` escaped."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text.encode("utf-8", "replace")


def _argv(words: Sequence[str] | None) -> Json:
    return None if words is None else list(words)


def _sorted(pairs: Mapping[str, str]) -> dict[str, Json]:
    return {name: pairs[name] for name in sorted(pairs)}


def _health(check: HealthConfig) -> Json:
    fields: dict[str, Json] = {
        "Test": list(check.test),
        "Interval": check.interval,
        "Timeout": check.timeout,
        "StartPeriod": check.start_period,
        "StartInterval": check.start_interval,
        "Retries": check.retries,
    }
    return {name: value for name, value in fields.items() if value}


def _history(line: History) -> Json:
    fields: dict[str, Json] = {
        "created": line.created,
        "created_by": line.created_by,
        "author": line.author,
        "comment": line.comment,
        "empty_layer": line.empty_layer,
    }
    return {name: value for name, value in fields.items() if value}
