"""Paths inside an image: following links without leaving the root, and making missing folders."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Protocol

from course_lib.build.accounts import ROOT, Owner
from course_lib.build.errors import InstructionError
from course_lib.image.entries import DEFAULT_DIRECTORY_MODE, Directory, Symlink
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.image.entries import Node
    from course_lib.image.workspace import Workspace

_MOST_LINKS = 255
_LONGEST_NAME, _LONGEST_PATH = 255, 4096  # linux/limits.h
_SHOWN = 60


class Readable(Protocol):
    """A tree or a workspace."""

    def get(self, path: str, /) -> Node | None:
        """What stands at a path; links are not followed."""


def clean(path: str) -> str:
    """An absolute path without `.`, `..`, doubled or trailing slashes; `..` stops at the root."""
    return posixpath.normpath("/" + path.lstrip("/"))


def inside(files: Readable, path: str) -> str:
    """The real path behind links; what does not exist is taken as it is written.

    Raises:
        InstructionError: `too many links`, `file name too long`.

    """
    pending = [part for part in reversed(path.split("/")) if part not in ("", ".")]
    if _bytes(path) > _LONGEST_PATH or any(_bytes(part) > _LONGEST_NAME for part in pending):
        raise InstructionError(
            message=f"{path[:_SHOWN]}...: file name too long",
            help=Text(
                f"Linux knows names of at most {_LONGEST_NAME} bytes and paths of {_LONGEST_PATH}.",
                f"Linux 的文件名最长 {_LONGEST_NAME} 字节，路径最长 {_LONGEST_PATH} 字节。",
            ),
        )
    real = ""
    links = 0
    while pending:
        part = pending.pop()
        if part == "..":
            real = real.rpartition("/")[0]
            continue
        node = files.get(f"{real}/{part}")
        if not isinstance(node, Symlink):
            real = f"{real}/{part}"
            continue
        links += 1
        if links > _MOST_LINKS:
            raise InstructionError(
                message="too many links",
                help=Text(
                    f"The links on the way to {path} go round in a circle.",
                    f"通往 {path} 的符号链接绕成了一个圈。",
                ),
            )
        real = "" if node.target.startswith("/") else real
        pending += [piece for piece in reversed(node.target.split("/")) if piece not in ("", ".")]
    return real or "/"


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogateescape"))


def make_folders(files: Workspace, path: str, owner: Owner = ROOT) -> None:
    """Make a folder and its missing parents, mode 0755, all of one owner.

    Raises:
        InstructionError: `mkdir /file: not a directory`.

    """
    missing: list[str] = []
    while path != "/":
        node = files.get(path)
        if isinstance(node, Directory):
            break
        if node is not None:
            raise InstructionError(
                message=f"mkdir {path}: not a directory",
                help=Text(
                    f"{path} is a file in the image, so no folder can take its place.",
                    f"镜像里的 {path} 是一个文件，不能当作目录。",
                ),
            )
        missing.append(path)
        path = posixpath.dirname(path)
    for folder in reversed(missing):
        files.mkdir(folder, DEFAULT_DIRECTORY_MODE, owner.uid, owner.gid)
