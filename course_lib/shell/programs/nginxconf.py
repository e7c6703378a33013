"""nginx -t: does the configuration read; words, blocks and what is included, not what they mean."""

from __future__ import annotations

import fnmatch
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.shell.task import Task

MAIN = "/etc/nginx/nginx.conf"
_TOKEN = re.compile(
    r"""\#[^\n]* | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | [{};]
        | (?:\$\{[^}]*\}|\\.|[^\s{};])+ | \n""",
    re.VERBOSE,
)
_END, _CLOSE = ";", "}"
_SIGNS = {"{": 1, _CLOSE: -1, _END: 0}  # what each does to the depth of blocks
_DEPTH = 10  # of includes


class _BadConfigError(Exception):
    """nginx's words after `nginx: [emerg]`."""


def examine(task: Task, path: str = MAIN) -> int:
    """What `nginx -t` says of a configuration, and its exit status."""
    try:
        _check(task, path, path, 0)
    except _BadConfigError as error:
        task.err(f"nginx: [emerg] {error}")
        task.err(f"nginx: configuration file {path} test failed")
        return 1
    task.err(f"nginx: the configuration file {path} syntax is ok")
    task.err(f"nginx: configuration file {path} test is successful")
    return 0


def says(task: Task, *words: str) -> bool:
    """Whether the main file has this directive outside all blocks: `daemon off;`."""
    try:
        text = task.files.read(MAIN).decode("utf-8", "replace").strip("\0")
    except OSError:
        return False
    found: list[str] = []
    blocks = 0
    for token, _ in _tokens(text):
        if token not in _SIGNS:
            found.append(token)
            continue
        if token == _END and not blocks and tuple(found) == words:
            return True
        blocks += _SIGNS[token]
        found = []
    return False


def _check(task: Task, path: str, origin: str, depth: int) -> None:
    try:
        text = task.files.read(path).decode("utf-8", "replace").strip("\0")
    except OSError as error:
        msg = f'open() "{path}" failed ({error.errno}: {error.strerror})'
        raise _BadConfigError(msg + ("" if path == origin else f" in {origin}")) from error
    words: list[str] = []
    blocks = 0
    line = 1
    for token, line in _tokens(text):
        if token not in _SIGNS:
            words.append(token)
            continue
        if bool(words) == (token == _CLOSE) or (token == _CLOSE and not blocks):
            msg = f'unexpected "{token}" in {path}:{line}'
            raise _BadConfigError(msg)
        if token == _END and words[0] == "include" and depth < _DEPTH:
            for file in _files(task, words[-1]):
                _check(task, file, f"{path}:{line}", depth + 1)
        blocks += _SIGNS[token]
        words = []
    if words or blocks:
        wanted = '";" or "}"' if words else '"}"'
        msg = f"unexpected end of file, expecting {wanted} in {path}:{line}"
        raise _BadConfigError(msg)


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line = 1
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token != "\n" and not token.startswith("#"):  # noqa: S105 - the end of a line
            yield token, line
        line += token.count("\n")


def _files(task: Task, pattern: str) -> list[str]:
    path = pattern.strip("\"'")
    path = path if path.startswith("/") else f"/etc/nginx/{path}"
    folder, _, name = path.rpartition("/")
    if not any(sign in path for sign in "*?["):
        return [path]
    names = task.files.names(folder) if task.files.is_directory(folder) else []
    return [f"{folder}/{each}" for each in sorted(names) if fnmatch.fnmatch(each, name)]
