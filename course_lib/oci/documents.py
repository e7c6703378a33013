"""The JSON documents of the OCI image spec, checked and read: descriptor, manifest, index, layout, config.

The rules are those of the spec's own schema folder. Unknown fields are allowed, as the spec asks.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import reprlib
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from course_lib.image.config import HealthConfig, History, ImageConfig
from course_lib.oci.errors import ImageReadError
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DOCKER_MANIFEST = "manifest.json"
MOST_BYTES = 4 << 20  # as containerd and registries hold it for manifests

_MEDIA_TYPE = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}"
)
_DIGEST = re.compile(r"[a-z0-9]+(?:[+._-][a-z0-9]+)*:[a-zA-Z0-9=_-]+")
_HEX = {"sha256": re.compile(r"[a-f0-9]{64}"), "sha512": re.compile(r"[a-f0-9]{128}")}
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_VARIABLE = re.compile(r"[^=]+=.*", re.DOTALL)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Platform:
    """`os` and `architecture` of a manifest in an index."""

    os: str
    architecture: str
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A reference to a blob: its type, `algorithm:hex` and size in bytes."""

    media_type: str
    digest: str
    size: int
    platform: Platform | None = None
    annotations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """One image: the config and the layers, the lowest first."""

    config: Descriptor
    layers: tuple[Descriptor, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """Several manifests, or further indexes."""

    manifests: tuple[Descriptor, ...]


@dataclass(frozen=True, slots=True)
class DockerManifest:
    """An image in the `manifest.json` of `docker save`: the names of files in the archive."""

    config: str
    repo_tags: tuple[str, ...]
    layers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConfigDocument:
    """A config file: all of an image but its layers, which it names by `diff_ids`."""

    config: ImageConfig
    history: tuple[History, ...]
    diff_ids: tuple[str, ...]
    created: str
    author: str
    architecture: str
    os: str


def read_json(data: bytes) -> object:
    """The value that a JSON text stands for.

    Raises:
        ImageReadError: it is none, it is nested too deep, it is larger than 4 MiB.

    """
    if len(data) > MOST_BYTES:
        message = f"a JSON document of {len(data)} bytes, more than {MOST_BYTES}"
        raise ImageReadError(message)
    try:
        return json.loads(data)
    except RecursionError:
        message = "a JSON document that is nested too deep"
        raise ImageReadError(message) from None
    except ValueError as error:
        message = f"invalid JSON: {error}"
        raise ImageReadError(message) from error


def read_layout(data: bytes) -> None:
    """Check an `oci-layout` file.

    Raises:
        ImageReadError: no layout of version 1.0.0.

    """
    version = _object(read_json(data), "oci-layout").get("imageLayoutVersion")
    if version != "1.0.0":
        message = f"imageLayoutVersion is {version!r}, expected '1.0.0'"
        raise ImageReadError(message)


def read_descriptor(data: bytes) -> Descriptor:
    """Read one descriptor.

    Raises:
        ImageReadError: a field that is missing or wrong.

    """
    return _descriptor(read_json(data), "descriptor")


def read_manifest(data: bytes) -> Manifest:
    """Read an image manifest.

    Raises:
        ImageReadError: a field that is missing or wrong, or no layer.

    """
    document = _versioned(data, "manifest")
    layers = _list(_needed(document, "layers", "manifest"), "layers", _descriptor)
    if not layers:
        message = "manifest: layers is empty, expected at least one"
        raise ImageReadError(message)
    return Manifest(_descriptor(_needed(document, "config", "manifest"), "config"), layers)


def read_index(data: bytes) -> Index:
    """Read an image index.

    Raises:
        ImageReadError: a field that is missing or wrong.

    """
    document = _versioned(data, "index")
    return Index(_list(_needed(document, "manifests", "index"), "manifests", _descriptor))


def read_config(data: bytes) -> ConfigDocument:
    """Read an image config.

    Raises:
        ImageReadError: a field that is missing or wrong.

    """
    document = _object(read_json(data), "config")
    rootfs = _object(_needed(document, "rootfs", "config"), "rootfs")
    if rootfs.get("type") != "layers":
        message = f"rootfs.type is {rootfs.get('type')!r}, expected 'layers'"
        raise ImageReadError(message)
    _string(document.get("variant"), "variant")
    return ConfigDocument(
        config=_image_config(_object(document.get("config") or {}, "config")),
        history=_list(document.get("history"), "history", _history),
        diff_ids=_list(_needed(rootfs, "diff_ids", "rootfs"), "diff_ids", _digest),
        created=_time(document.get("created"), "created"),
        author=_string(document.get("author"), "author"),
        architecture=_string(_needed(document, "architecture", "config"), "architecture"),
        os=_string(_needed(document, "os", "config"), "os"),
    )


def read_docker_manifest(data: bytes) -> tuple[DockerManifest, ...]:
    """Read the `manifest.json` of `docker save`.

    Raises:
        ImageReadError: a field that is missing or wrong.

    """
    return _list(read_json(data), DOCKER_MANIFEST, _docker_manifest)


def _docker_manifest(value: object, what: str) -> DockerManifest:
    document = _object(value, what)
    return DockerManifest(
        _string(_needed(document, "Config", what), "Config"),
        _list(document.get("RepoTags"), "RepoTags", _string),
        _list(_needed(document, "Layers", what), "Layers", _string),
    )


def _versioned(data: bytes, what: str) -> dict[str, Any]:
    document = _object(read_json(data), what)
    if document.get("schemaVersion") != 2:  # noqa: PLR2004 - the spec's number
        message = f"{what}: schemaVersion is {document.get('schemaVersion')!r}, expected 2"
        raise ImageReadError(message)
    for name in ("mediaType", "artifactType"):
        if name in document:
            _media_type(document[name], name)
    if "subject" in document:
        _descriptor(document["subject"], "subject")
    _strings(document.get("annotations"), "annotations")
    return document


def _descriptor(value: object, what: str) -> Descriptor:
    document = _object(value, what)
    size = _integer(_needed(document, "size", what), f"{what}.size")
    if size < 0:
        message = f"{what}.size is {size}, expected no negative number"
        raise ImageReadError(message)
    if "artifactType" in document:
        _media_type(document["artifactType"], f"{what}.artifactType")
    for url in _list(document.get("urls"), f"{what}.urls", _string):
        if not _URI.fullmatch(url):
            raise _wrong(url, "an address", f"{what}.urls")
    _base64(_string(document.get("data"), f"{what}.data"), f"{what}.data")
    platform = document.get("platform")
    return Descriptor(
        _media_type(_needed(document, "mediaType", what), f"{what}.mediaType"),
        _digest(_needed(document, "digest", what), f"{what}.digest"),
        size,
        None if platform is None else _platform(_object(platform, "platform")),
        _strings(document.get("annotations"), f"{what}.annotations"),
    )


def _platform(document: dict[str, Any]) -> Platform:
    return Platform(
        _string(_needed(document, "os", "platform"), "platform.os"),
        _string(_needed(document, "architecture", "platform"), "platform.architecture"),
        _string(document.get("variant"), "platform.variant"),
    )


def _image_config(document: dict[str, Any]) -> ImageConfig:
    env = _list(document.get("Env"), "Env", _string)
    for pair in env:
        if not _VARIABLE.fullmatch(pair):
            raise _wrong(pair, "NAME=value", "Env")
    health = document.get("Healthcheck")
    return ImageConfig(
        user=_string(document.get("User"), "User"),
        exposed_ports=_set(document.get("ExposedPorts"), "ExposedPorts"),
        env=env,
        entrypoint=_words(document, "Entrypoint"),
        cmd=_words(document, "Cmd"),
        volumes=_set(document.get("Volumes"), "Volumes"),
        working_dir=_string(document.get("WorkingDir"), "WorkingDir"),
        labels=MappingProxyType(_strings(document.get("Labels"), "Labels")),
        stop_signal=_string(document.get("StopSignal"), "StopSignal"),
        healthcheck=None if health is None else _health(_object(health, "Healthcheck")),
        shell=_words(document, "Shell"),
        on_build=_list(document.get("OnBuild"), "OnBuild", _string),
    )


def _words(document: dict[str, Any], name: str) -> tuple[str, ...] | None:
    value = document.get(name)
    return None if value is None else _list(value, name, _string)


def _health(document: dict[str, Any]) -> HealthConfig | None:
    test = _list(document.get("Test"), "Healthcheck.Test", _string)
    numbers = (
        _integer(document.get(name, 0), f"Healthcheck.{name}")
        for name in ("Interval", "Timeout", "StartPeriod", "StartInterval", "Retries")
    )
    return HealthConfig(test, *numbers)


def _history(value: object, what: str) -> History:
    line = _object(value, what)
    empty = line.get("empty_layer", False)
    if not isinstance(empty, bool):
        raise _wrong(empty, "true or false", f"{what}.empty_layer")
    return History(
        _time(line.get("created"), f"{what}.created"),
        _string(line.get("created_by"), f"{what}.created_by"),
        _string(line.get("comment"), f"{what}.comment"),
        _string(line.get("author"), f"{what}.author"),
        empty_layer=empty,
    )


def _object(value: object, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(value, "an object", what)
    return value


def _needed(document: dict[str, Any], name: str, what: str) -> object:
    if name not in document:
        message = f"{what}: {name} is missing"
        raise ImageReadError(message)
    return document[name]


def _list(value: object, what: str, read: Callable[[object, str], _T]) -> tuple[_T, ...]:
    """The items of a list; none where it is absent or null."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise _wrong(value, "a list", what)
    return tuple(read(item, f"{what}[{number}]") for number, item in enumerate(value))


def _set(value: object, what: str) -> tuple[str, ...]:
    """The names of Go's `map[string]struct{}`, sorted."""
    if value is None:
        return ()
    return tuple(sorted(_object(value, what)))


def _strings(value: object, what: str) -> dict[str, str]:
    if value is None:
        return {}
    found = _object(value, what)
    return {name: _string(text, f"{what}.{name}") for name, text in found.items()}


def _string(value: object, what: str) -> str:
    """A string; '' where it is absent or null."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(value, "a string", what)
    return value


def _integer(value: object, what: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 1 << 63:
        raise _wrong(value, "a whole number", what)
    return value


def _time(value: object, what: str) -> str:
    text = _string(value, what)
    if text and not _TIME.fullmatch(text):
        raise _wrong(text, "a time as in RFC 3339", what)
    return text


def _media_type(value: object, what: str) -> str:
    if not isinstance(value, str) or not _MEDIA_TYPE.fullmatch(value):
        raise _wrong(value, "a media type", what)
    return value


def _digest(value: object, what: str) -> str:
    text = _string(value, what)
    algorithm, _, encoded = text.partition(":")
    rule = _HEX.get(algorithm)
    if not _DIGEST.fullmatch(text) or (rule and not rule.fullmatch(encoded)):
        raise _wrong(text, "a digest", what)
    return text


def _base64(text: str, what: str) -> None:
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _wrong(text, "base64", what) from error


def _wrong(value: object, expected: str, what: str) -> ImageReadError:
    return ImageReadError(
        message=f"{what} is {reprlib.repr(value)}, expected {expected}",
        help=Text(
            f"The field {what} of a JSON document in the image is not as the OCI image spec asks.",
            f"镜像的 JSON 文档里，字段 {what} 不符合 OCI 镜像规范。",
        ),
    )
