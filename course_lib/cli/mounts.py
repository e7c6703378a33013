"""`-v`, `--mount` and `--tmpfs`: words to values."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from course_lib.engine import EngineError
from course_lib.run.options import MountSpec
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.engine.host import Host

_MODES = frozenset({"ro", "rw", "z", "Z", "nocopy", "shared", "slave", "private", "rshared", "rslave",
                    "rprivate", "cached", "delegated", "consistent"})  # fmt: skip
_TYPES = ("volume", "bind", "tmpfs")
_SOURCE_TARGET_MODE = 3


class MountError(Exception):
    """A `--mount` that the docker command itself can't read."""


def volume(text: str, host: Host) -> MountSpec:
    """`[source:]target[:mode]`; a source with a slash is a path of the host.

    Raises:
        EngineError: in the daemon's words.

    """
    source, target, modes = _split(text)
    for mode in modes:
        if mode not in _MODES:
            msg = f"invalid mode: {','.join(modes)}"
            raise EngineError(msg)
    read_only = "ro" in modes
    is_path = source.startswith(("/", ".", "~"))
    kind = "bind" if is_path else "volume"
    if not target.startswith("/"):
        msg = (
            f"invalid volume specification: '{text}': invalid mount "
            f"config for type \"{kind}\": invalid mount path: '{target}' mount path must be absolute"
        )
        raise EngineError(
            msg,
            help=Text(
                "The path inside the container begins with /: -v data:/path.",
                "容器里的路径要以 / 开头：-v data:/path。",
            ),
        )
    if posixpath.normpath(target) == "/":
        msg = f"invalid volume specification: '{text}': invalid specification: destination can't be '/'"
        raise EngineError(msg)
    if is_path:
        real = host.path(source.replace("~", host.folder, 1) if source[0] == "~" else source)
        written = ":".join([real, target, *([",".join(modes)] if modes else [])])
        return MountSpec(_clean(target), real, "bind", read_only=read_only, written=written)
    return MountSpec(
        _clean(target), source, read_only=read_only, copy="nocopy" not in modes, written=text
    )


def _split(text: str) -> tuple[str, str, list[str]]:
    parts = text.split(":")
    if len(parts) > _SOURCE_TARGET_MODE or not all(parts):
        msg = f"invalid volume specification: '{text}'"
        raise EngineError(msg)
    if len(parts) == 1:
        return "", parts[0], []
    if len(parts) == _SOURCE_TARGET_MODE:
        return parts[0], parts[1], parts[2].split(",")
    if set(parts[1].split(",")) <= _MODES:
        return "", parts[0], parts[1].split(",")
    return parts[0], parts[1], []


def mount(text: str, host: Host) -> MountSpec:
    """`type=volume,source=data,target=/path,readonly`.

    Raises:
        MountError: in the docker command's words.
        EngineError: in the daemon's words.

    """
    values = {"type": "volume", "source": "", "target": ""}
    flags = {"readonly": False, "volume-nocopy": False}
    for field in _fields(text):
        name, equals, value = field.partition("=")
        name = _SHORT.get(name.lower(), name.lower())
        if name in flags:
            if equals and value.lower() not in _YES | _NO:
                msg = f"invalid value for {name}: {value}"
                raise MountError(msg)
            flags[name] = not equals or value.lower() in _YES
        elif not equals:
            msg = f"invalid field '{field}' must be a key=value pair"
            raise MountError(msg)
        elif name in values:
            values[name] = value.lower() if name == "type" else value
        elif name not in _IGNORED:
            msg = f"unexpected key '{name}' in '{field}'"
            raise MountError(msg)
    return _mount(values["type"], values["source"], values["target"], flags, host)


def _fields(text: str) -> tuple[str, ...]:
    from course_lib.dockerfile.csvfields import BadFieldError, fields  # noqa: PLC0415 - loaded when needed

    try:
        return fields(text)
    except BadFieldError as error:
        raise MountError(str(error)) from error


def _mount(kind: str, source: str, target: str, flags: dict[str, bool], host: Host) -> MountSpec:
    if not target:
        msg = "target is required"
        raise MountError(msg)
    if kind not in _TYPES:
        msg = f'invalid mount config for type "{kind}": mount type unknown'
        raise EngineError(msg)
    if not target.startswith("/"):
        msg = (
            f'invalid mount config for type "{kind}": '
            f"invalid mount path: '{target}' mount path must be absolute"
        )
        raise EngineError(msg)
    read_only = flags["readonly"]
    if kind == "tmpfs":
        return MountSpec(_clean(target), type="tmpfs", read_only=read_only)
    if kind == "bind":
        if not source:
            msg = 'invalid mount config for type "bind": field Source must not be empty'
            raise EngineError(msg)
        return MountSpec(_clean(target), host.path(source), "bind", read_only=read_only)
    return MountSpec(_clean(target), source, read_only=read_only, copy=not flags["volume-nocopy"])


def tmpfs(text: str) -> MountSpec:
    """`/path[:options]`.

    Raises:
        EngineError: a path that is not absolute.

    """
    target, _, options = text.partition(":")
    if not target.startswith("/"):
        msg = f"invalid tmpfs path: {target}: mount path must be absolute"
        raise EngineError(msg)
    return MountSpec(_clean(target), type="tmpfs", read_only="ro" in options.split(","))


def _clean(path: str) -> str:
    return posixpath.normpath("/" + path.lstrip("/"))


_SHORT = {"src": "source", "dst": "target", "destination": "target", "ro": "readonly"}
_IGNORED = frozenset(
    {"bind-propagation", "consistency", "tmpfs-size", "tmpfs-mode", "volume-label"}
)
_YES = frozenset({"1", "t", "true"})
_NO = frozenset({"0", "f", "false"})
