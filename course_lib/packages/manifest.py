r"""Files as lines of text, the form in which base images and packages are written down.

    d /tmp mode=1777                   a directory
    p /usr/bin/ls 151344               a program of that many bytes; `name=` if not its file name
    f /usr/lib/libm.so.6 907784        a file of that many bytes, all zero: its bytes don't matter
    l /bin/sh dash                     a symbolic link
    t /etc/hostname "box\n"           a file with that text, quoted as in JSON

`mode=` is octal; `owner=` is `uid:gid`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from course_lib.image.entries import Content, Directory, File, Symlink
from course_lib.image.programs import program

if TYPE_CHECKING:
    from collections.abc import Iterable

    from course_lib.image.entries import Node

LETTERS = frozenset("dpflt")
_MODES = {"d": 0o755, "p": 0o755, "f": 0o644, "t": 0o644}


def read_entry(line: str, mtime: int = 0) -> tuple[str, Node]:
    """The path and the node of one line.

    Raises:
        ValueError: for a line that is none of the five kinds.

    """
    letter, path, *rest = line.split(" ")
    if letter == "l" and rest:
        return path, Symlink(rest[0], mtime=mtime)
    if letter not in _MODES:
        msg = f"not a line of a manifest: {line!r}"
        raise ValueError(msg)
    words = line[line.rindex('"') + 1 :].split() if letter == "t" else rest
    options = dict(word.split("=", 1) for word in words if "=" in word)
    mode = int(options["mode"], 8) if "mode" in options else _MODES[letter]
    uid, gid = map(int, options.get("owner", "0:0").split(":"))
    if letter == "d":
        return path, Directory(mode, uid, gid, mtime)
    return path, File(
        _content(letter, path, line, rest, options.get("name", "")), mode, uid, gid, mtime
    )


def read_entries(text: str, mtime: int = 0) -> dict[str, Node]:
    """The entries of a manifest; empty lines and lines with # are comments."""
    return dict(read_entry(line, mtime) for line in _lines(text.splitlines()))


def _lines(lines: Iterable[str]) -> Iterable[str]:
    return (line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#"))


def _content(letter: str, path: str, line: str, rest: list[str], name: str) -> Content:
    if letter == "t":
        start = line.index('"')
        return Content.of(json.loads(line[start : line.rindex('"') + 1]))
    if letter == "p":
        return program(name or path.rpartition("/")[2], int(rest[0]))
    return Content(b"", int(rest[0]))
