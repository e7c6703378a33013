"""COPY and ADD of the older builder: which sources it takes, what it refuses, and their digests.

The digests are those of moby's `pkg/tarsum`, version 1: over the name, mode, owner, size and content of
each file, without its time. They stand in the history, so that the cache can compare them. (An older
docker client sent modes with the bits of the file's type, and got other digests.)
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from hashlib import sha256
from stat import S_ISGID, S_ISUID, S_IXGRP
from typing import TYPE_CHECKING, TypeVar

from course_lib.build.accounts import Owner, owner
from course_lib.build.archives import unpack
from course_lib.build.errors import InstructionError
from course_lib.build.glob import BadPatternError, has_wildcards, matches
from course_lib.build.operations import CopyFiles
from course_lib.build.paths import inside, make_folders
from course_lib.build.placing import Placement
from course_lib.build.selecting import Selection
from course_lib.dockerfile.instructions import Add
from course_lib.image.entries import Directory, File, Symlink
from course_lib.image.oci import content_chunks
from course_lib.shell.users import accounts, groups
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.dockerfile.instructions import Copy
    from course_lib.image.entries import Node
    from course_lib.image.tree import Tree
    from course_lib.image.workspace import Workspace

_N = TypeVar("_N", bound=File | Directory | Symlink)
_TYPES = {File: "0", Symlink: "2", Directory: "5"}


@dataclass(frozen=True, slots=True)
class LegacySelection(Selection):
    """The sources of one instruction; `word` is COPY or ADD, `context` whether they are local."""

    word: str = "COPY"
    context: bool = True

    def _matching(self, pattern: str) -> tuple[str, ...]:
        if pattern.startswith(("http://", "https://")):
            raise self._failed(
                why="source can't be a URL for COPY",
                help=Text(
                    "ADD can take an address; COPY can't.", "ADD 可以使用网址，COPY 不可以。"
                ),
            )
        path = pattern.removeprefix("/").removeprefix("./")
        if has_wildcards(path):
            return tuple(self._there(found) for found in self._wild(path))
        path = posixpath.normpath(path or ".")
        if path == ".." or path.startswith("../"):
            raise self._failed(
                why=f"forbidden path outside the build context: {pattern} ()",
                help=Text(
                    "A source can't lie above the folder that is built: .. is refused.",
                    "来源不能位于构建目录之外：不允许使用 ..。",
                ),
            )
        return (self._there("/" if path == "." else f"/{path}"),)

    def _there(self, path: str) -> str:
        if self.tree.get(inside(self.tree, path)) is None:
            name = path.lstrip("/")
            start = "file not found in build context or excluded by .dockerignore: "
            raise self._failed(
                why=f"{start if self.context else ''}stat {name}: file does not exist",
                help=Text(
                    f"There is no {name} in the source; look at the spelling and at .dockerignore.",
                    f"来源里没有 {name}；请检查拼写和 .dockerignore。",
                ),
            )
        return path

    def _wild(self, pattern: str) -> Iterator[str]:
        """All paths that match as a whole, in the order of a walk; a bad pattern matches nothing."""
        for path, _ in self.tree.walk():
            try:
                if path != "/" and matches(pattern, path[1:]):
                    yield path
            except BadPatternError:
                return

    def _failed(self, why: str, help: Text) -> InstructionError:  # noqa: A002 - as in InstructionError
        return InstructionError(f"{self.word} failed: {why}", help)

    def check(self, dest: str) -> None:
        """Refuse what can't be copied.

        Raises:
            InstructionError: none at all, or several for a destination that is no folder.

        """
        found = self.sources()
        if not found:
            raise self._failed(
                why="no source files were specified",
                help=Text(
                    "The pattern matches no file of the build context.",
                    "这个模式没有匹配到构建上下文里的任何文件。",
                ),
            )
        if len(found) > 1 and not dest.endswith("/"):
            raise InstructionError(
                message=f"When using {self.word} with more than one source file, the destination must "
                "be a directory and end with a /",
                help=Text(
                    f"Write {dest}/ when {dest} is a folder.",
                    f"如果 {dest} 是目录，请写成 {dest}/。",
                ),
            )

    def digest(self) -> str:
        """`file:...` or `dir:...` for one source, `multi:...` for several."""
        found = [self._source_digest(source) for source in self.sources()]
        return found[0] if len(found) == 1 else _list_digest("multi", found)

    def _source_digest(self, source: str) -> str:
        real = inside(self.tree, source)
        node = self.tree.get(real)
        if node is not None and not isinstance(node, Directory):
            return f"file:{_digest(source.lstrip('/'), node)}"
        below = [
            _digest(path.lstrip("/"), child) for path, child in self.tree.walk(real) if path != "/"
        ]
        return _list_digest("dir", sorted(below))


@dataclass(frozen=True, slots=True)
class LegacyPlacement(Placement):
    """Places files as an archive is unpacked: what is of another kind goes.

    The folders above a copied folder belong to root. Files are given to their new owner, if they `change`
    it, and lose the set-ID bits by that, as by any chown(2).
    """

    changes: bool = True

    def place_one(self, selection: Selection, source: str) -> None:
        """Copy one source."""
        if isinstance(selection.tree.get(inside(selection.tree, source)), Directory):
            make_folders(self.files, posixpath.dirname(inside(self.files, self.dest)))
        Placement.place_one(self, selection, source)

    def _enter(self, node: Directory, dest: str, *, overwrite: bool) -> None:
        there = self.files.get(dest)
        if there is not None and not isinstance(there, Directory):
            if not overwrite:
                raise InstructionError(
                    message=f"failed to copy directory: mkdir {dest}: not a directory",
                    help=Text(
                        f"The source is a folder, and {dest} is not one in the image.",
                        f"来源是目录，而镜像里的 {dest} 不是目录。",
                    ),
                )
            self.files.remove(dest)
        Placement._enter(self, node, dest, overwrite=overwrite)  # noqa: SLF001 - the base class

    def _put_file(self, node: Node, dest: str) -> None:
        if isinstance(self.files.get(dest), Directory):
            self.files.remove_tree(dest)
        Placement._put_file(self, node, dest)  # noqa: SLF001 - the same

    def _dressed(self, node: _N) -> _N:
        node = Placement._dressed(self, node)  # noqa: SLF001 - the same
        if self.changes and isinstance(node, File):
            lost = S_ISUID | (S_ISGID if node.mode & S_IXGRP else 0)
            node = replace(node, mode=node.mode & ~lost)
        return node


@dataclass(frozen=True, slots=True)
class LegacyCopy(CopyFiles):
    """COPY and ADD, which refuse a `--chown` that names nobody; archives keep their own owners."""

    def _placement(self, files: Workspace, to: Owner | None) -> Placement:
        selection = self.selection
        local = not isinstance(selection, LegacySelection) or selection.context
        return LegacyPlacement(files, self.dest, to, self.chmod, local or to is not None)

    def _unpack(self, archive: bytes, placement: Placement) -> None:
        unpack(archive, placement.files, self.dest, None)

    def _owner(self, files: Workspace) -> Owner:
        user, _, group = self.chown.partition(":")
        people, teams = accounts(files), groups(files)
        if not user.isdecimal() and user not in {entry.name for entry in people}:
            raise _nobody(why=f"can't find uid for user {user}: no such user: {user}")
        if not group and user.isdecimal():
            return Owner(int(user), int(user))
        group = group or user
        if not group.isdecimal() and group not in {entry.name for entry in teams}:
            raise _nobody(why=f"can't find gid for group {group}: no such group: {group}")
        return owner(f"{user}:{group}", files)


def checked_sources(instruction: Copy | Add, tree: Tree) -> LegacySelection:
    """The sources of an expanded instruction in `tree`.

    Raises:
        InstructionError: what the older builder refuses.

    """
    word = "ADD" if isinstance(instruction, Add) else "COPY"
    context = isinstance(instruction, Add) or not instruction.from_
    found = LegacySelection(tree, instruction.sources, word=word, context=context)
    found.check(instruction.dest)
    return found


def _nobody(why: str) -> InstructionError:
    return InstructionError(
        f"unable to convert uid/gid chown string to host mapping: {why}",
        Text(
            "The name after --chown must stand in the image's /etc/passwd and /etc/group.",
            "--chown 后面的名字必须出现在镜像的 /etc/passwd 和 /etc/group 里。",
        ),
    )


def _digest(name: str, node: Node) -> str:
    size = node.size if isinstance(node, File) else 0
    fields = (
        ("name", f"{name}/" if isinstance(node, Directory) else name),
        ("mode", str(0o777 if isinstance(node, Symlink) else node.mode)),
        ("uid", str(node.uid)),
        ("gid", str(node.gid)),
        ("size", str(size)),
        ("typeflag", _TYPES[type(node)]),
        ("linkname", node.target if isinstance(node, Symlink) else ""),
        *(("uname", ""), ("gname", ""), ("devmajor", "0"), ("devminor", "0")),
    )
    sha = sha256("".join(key + value for key, value in fields).encode("utf-8", "surrogateescape"))
    if isinstance(node, File):
        for chunk in content_chunks(node.content):
            sha.update(chunk)
    return sha.hexdigest()


def _list_digest(word: str, digests: list[str]) -> str:
    return f"{word}:{sha256(','.join(digests).encode()).hexdigest()}"
