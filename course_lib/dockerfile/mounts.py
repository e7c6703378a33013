"""`RUN --mount=type=cache,target=/root/.cache`: reading the text, and checking the values."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.dockerfile.csvfields import BadFieldError, fields
from course_lib.dockerfile.errors import DockerfileError
from course_lib.dockerfile.gotext import quoted
from course_lib.dockerfile.instructions import Mount
from course_lib.dockerfile.suggestions import with_suggestion
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

_TYPES = ("bind", "cache", "tmpfs", "secret", "ssh")
_SHARING = ("shared", "private", "locked")
_ALONE = frozenset({"readonly", "ro", "readwrite", "rw", "required"})
_KEYS = (
    "type", "from", "source", "target", "readonly", "id", "sharing", "required", "size", "mode",
    "uid", "gid", "src", "dst", "destination", "ro", "rw", "readwrite", "env",
)  # fmt: skip
_TRUTHS = frozenset(
    {"1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"}
)
_SIZE = re.compile(r"\d+(\.\d+)? ?([kmgtp]i?)?b?", re.ASCII | re.IGNORECASE)
_HIGHEST_ID = 2**32 - 1


def read_mount(text: str) -> Mount:
    """The value of `--mount=`, before `$` expansion.

    Raises:
        DockerfileError: no CSV, a key without value, a variable in `from`.

    """
    try:
        written = fields(text)
    except BadFieldError as error:
        raise DockerfileError(
            message=f"failed to parse csv mounts: {error}",
            help=Text(
                "Write --mount=type=cache,target=/path with commas and without quotes or blanks.",
                "请写成 --mount=type=cache,target=/路径，用逗号分隔，不加引号和空格。",
            ),
        ) from error
    kind = "bind"
    options: list[tuple[str, str]] = []
    for field in written:
        key, equals, value = field.partition("=")
        key = key.lower()
        if not equals and key not in _ALONE:
            raise DockerfileError(
                message=f"invalid field '{field}' must be a key=value pair",
                help=Text(
                    f"Give {field or 'it'} a value, as in target=/path.",
                    f"请给 {field or '它'} 写上值，例如 target=/路径。",
                ),
            )
        if key == "from" and re.search(r"\$.", value):
            raise DockerfileError(
                message="'from' doesn't support variable expansion, define alias stage instead",
                help=Text(
                    "Write FROM $NAME AS x at the top of its own stage, and from=x here.",
                    "请另写一个阶段 FROM $NAME AS x，这里写 from=x。",
                ),
            )
        if key == "type":
            kind = value
        else:
            options.append((key, value if equals else "true"))
    return Mount(kind, tuple(options))


def expanded_mount(mount: Mount, expand: Callable[[str], str]) -> Mount:
    """A mount with the variables in its values filled in, and everything checked.

    Raises:
        DockerfileError: an unknown type or key, a value that does not fit.

    """
    kind = _type(expand(mount.type))
    options = tuple((key, expand(value)) for key, value in mount.options)
    for key, value in options:
        _check(kind, key, value)
    given = dict(options)
    if kind == "secret":
        _check_secret(given)
    if "sharing" in given and kind != "cache":
        raise _error(message=f"invalid cache sharing set for {kind} mount")
    return replace(mount, type=kind, options=options)


def _type(written: str) -> str:
    kind = written.lower()
    if kind in _TYPES:
        return kind
    raise DockerfileError(
        with_suggestion(f"unsupported mount type {quoted(written)}", written, _TYPES),
        help=Text(
            f"Mounts are of type {', '.join(_TYPES)}.", f"挂载的类型有 {'、'.join(_TYPES)}。"
        ),
    )


def _check(kind: str, key: str, value: str) -> None:
    if key not in _KEYS:
        message = f"unexpected key '{key}' in '{key}={value}'"
        raise DockerfileError(
            with_suggestion(message, key, _KEYS),
            help=Text(
                "A mount knows type, from, source, target, readonly, id, sharing and a few more.",
                "挂载的键有 type、from、source、target、readonly、id、sharing 等。",
            ),
        )
    if key in _ALONE and value not in _TRUTHS:
        raise _error(message=f"invalid value for {key}: {value}")
    if (key == "required" and kind not in ("secret", "ssh")) or (key == "size" and kind != "tmpfs"):
        raise _error(message=f"unexpected key '{key}' for mount type '{kind}'")
    if key == "size" and not _SIZE.fullmatch(value):
        raise _error(message=f"invalid value for {key}: {value}")
    if key == "sharing" and value.lower() not in _SHARING:
        message = f"unsupported sharing value {quoted(value)}"
        raise _error(with_suggestion(message, value, _SHARING))
    if key in ("mode", "uid", "gid"):
        _check_number(kind, key, value)


def _check_number(kind: str, key: str, value: str) -> None:
    digits, base = ("[0-7]+", 8) if key == "mode" else ("[0-9]+", 10)
    if not re.fullmatch(digits, value) or int(value[:20], base) > _HIGHEST_ID:
        raise _error(message=f"invalid value {value} for {key}")
    if kind in ("bind", "tmpfs"):
        raise _error(message=f"{key} not allowed for {quoted(kind)} type mounts")


def _check_secret(given: dict[str, str]) -> None:
    if given.get("from"):
        raise _error(message="secret mount should not have a from")
    if given.get("sharing"):
        raise _error(message="secret mount should not define sharing")
    source = given.get("source") or given.get("src")
    named = source or given.get("id") or given.get("env")
    if not named and not any(given.get(key) for key in ("target", "dst", "destination")):
        raise _error(message="invalid secret mount. one of source, target required")
    if source and given.get("id"):
        raise _error(message="both source and id can't be set")


def _error(message: str) -> DockerfileError:
    return DockerfileError(
        message,
        help=Text(
            "Look at what stands after --mount=: this key or value does not go with this type.",
            "请检查 --mount= 后面的内容：这个键或值不适合这种类型的挂载。",
        ),
    )
