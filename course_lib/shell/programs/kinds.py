"""file: what a file is, by its type and first bytes, for the kinds that a build meets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory, File, Symlink
from course_lib.shell.options import missing_operand, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.image.entries import Node
    from course_lib.shell.task import Task

_SHEBANG = re.compile(rb"#! ?(\S+)(?: +(\S+))?")
_SHELLS = {"sh": "POSIX shell script", "bash": "Bourne-Again shell script"}
_LOOKED_AT = 1 << 16
_CONTROLS = frozenset(range(32)) - set(b"\a\b\t\n\v\f\r\x1b")


def _file(task: Task) -> int:
    given = parse(
        task, "bL", {"brief": "b", "dereference": "L"}, real="icCdefFhklmnNprRsStPuvzZ0"
    )  # fmt: skip
    if not given.operands:
        raise missing_operand(task)
    width = max(len(path) for path in given.operands) + 1
    for path in given.operands:
        node = task.files.find(path, follow="L" in given)
        if node is None:
            kind = f"cannot open `{path}' (No such file or directory)"
        else:
            kind = _kind(task, path, node)
        task.out(f"{kind}\n" if "b" in given else f"{path + ':':<{width}} {kind}\n")
    return 0


def _kind(task: Task, path: str, node: Node) -> str:
    match node:
        case Directory():
            return "sticky, directory" if node.mode & 0o1000 else "directory"
        case Symlink(target=target):
            there = task.files.find(path) is not None
            return f"symbolic link to {target}" if there else f"broken symbolic link to {target}"
        case File() if node.size == 0:
            return "empty"
        case File() if node.size == 1:
            return "very short file (no magic)"
        case File():
            data = node.content.head[:_LOOKED_AT]
            return _text(data) or _unknown(task, path, data, sparse=node.content.sparse)
        case _:
            raise task.not_simulated(path)


def _text(data: bytes) -> str:
    """`ASCII text` and the like; "" for what is no text."""
    if not data or not _CONTROLS.isdisjoint(data):
        return ""
    try:
        data.decode()
    except UnicodeDecodeError:
        return ""
    kind = "ASCII text" if data.isascii() else "Unicode text, UTF-8 text"
    script = _script(data)
    if script:
        kind = f"{script}, {kind} executable"
    if b"\r\n" in data:
        return f"{kind}, with CRLF line terminators"
    return kind if b"\n" in data else f"{kind}, with no line terminators"


def _script(data: bytes) -> str:
    match = _SHEBANG.match(data)
    if match is None:
        return ""
    program = match.group(1).decode()
    name = program.rpartition("/")[2]
    if name == "env" and match.group(2):
        program = name = match.group(2).decode()
    if name in _SHELLS:
        return _SHELLS[name]
    return "Python script" if name.startswith("python") else f"a {program} script"


def _unknown(task: Task, path: str, data: bytes, *, sparse: bool) -> str:
    known = data.startswith((b"\x7fELF", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"PK", b"\x89PNG"))
    if sparse or known or b"ustar" in data[:300]:
        raise task.not_simulated(path)
    return "data"


COMMANDS: dict[str, Callable[[Task], int]] = {"file": _file}
