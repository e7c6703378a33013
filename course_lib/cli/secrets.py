"""docker build --secret: `id=NAME,src=FILE`, `id=NAME,env=VARIABLE`, or `id=NAME` alone."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from course_lib.cli.flags import UsageError
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from course_lib.cli.session import Session

_KEYS = ("type", "id", "src", "source", "env")
_LARGEST = 500 * 1024


def secrets(session: Session, written: Iterable[str]) -> dict[str, bytes]:
    """Read the secrets of a build, by their ids, from files of the host or from variables.

    Without `src` or `env`, the id names a variable, or else a file (buildx).

    Raises:
        UsageError: in buildx's words, for a word that does not fit, or a file that is not there.

    """
    return dict(_secret(session, text) for text in written)


def _secret(session: Session, text: str) -> tuple[str, bytes]:
    given = _given(text)
    name, path, variable = given.get("id", ""), given.get("src", ""), given.get("env", "")
    if given.get("type") == "env" and not variable:
        path, variable = "", path
    if not name:
        raise _error(message="secret missing ID")
    if not path and not variable:
        path, variable = ("", name) if name in session.environment else (name, "")
    if variable:
        return name, session.environment.get(variable, "").encode()
    try:
        content = session.engine.host.read(path)
    except OSError as error:
        reason = (error.strerror or "").lower()
        raise _error(message=f"failed to stat {path}: stat {path}: {reason}") from error
    if len(content) > _LARGEST:
        raise _error(message=f"secret {name} too big. max size 500KB")
    return name, content


def _given(text: str) -> dict[str, str]:
    given = {}
    for field in next(csv.reader([text], strict=True), []):
        key, equals, value = field.partition("=")
        if not equals:
            raise _error(message=f"invalid field '{field}' must be a key=value pair")
        if key.lower() not in _KEYS or (key.lower() == "type" and value not in ("file", "env")):
            kind = "unsupported secret type" if key.lower() == "type" else "unexpected key"
            raise _error(message=f"{kind} '{value if key.lower() == 'type' else key}' in '{field}'")
        given["src" if key.lower() == "source" else key.lower()] = value
    return given


def _error(message: str) -> UsageError:
    return UsageError(
        f"ERROR: {message}",
        1,
        Text(
            "--secret id=NAME,src=FILE gives a file of the host to RUN --mount=type=secret,id=NAME.",
            "--secret id=名字,src=文件 把宿主机上的文件交给 RUN --mount=type=secret,id=名字。",
        ),
    )
