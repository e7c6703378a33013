"""COPY: which files of a source go where in the image.

The rules are those of BuildKit's copier (tonistiigi/fsutil): folder contents, not folders; links in a
copied folder stay links; a folder that is there already keeps its children; the named
destination folder keeps or gets mode 0755, folders below it take over the source's attributes.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

from course_lib.build.errors import InstructionError
from course_lib.build.glob import BadPatternError, has_wildcards, matches
from course_lib.build.gotext import plain_list
from course_lib.build.ignore import IgnoreRules, IllegalExclusionError
from course_lib.build.paths import clean, inside, make_folders
from course_lib.image.entries import Directory, File, Symlink
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.build.accounts import Owner
    from course_lib.build.chmod import Chmod
    from course_lib.image.entries import Node
    from course_lib.image.tree import Tree
    from course_lib.image.workspace import Workspace

_N = TypeVar("_N", bound=File | Directory | Symlink)


@dataclass(frozen=True, slots=True)
class Selection:
    """The paths of a source tree that one instruction takes, as `COPY src/*.py docs /x/` names them.

    With `--parents`, a path is taken with its folders from the pivot `/./` on.
    """

    tree: Tree
    patterns: tuple[str, ...]
    parents: bool = False
    exclude: IgnoreRules = field(default_factory=IgnoreRules)

    def sources(self) -> tuple[str, ...]:
        """The real sources in order: each pattern's matches, sorted.

        Raises:
            InstructionError: a source without wildcards that is not there.

        """
        return tuple(path for pattern in self.patterns for path in self._matching(pattern))

    def content(self) -> tuple[tuple[str, Node], ...]:
        """All that is copied, without times: what the cache compares."""
        found: dict[str, Node] = {}
        for source in self.sources():
            if self.parents:
                found |= {path: self.tree.get(path) for path in self._below_pivot(source)}
                continue
            real = inside(self.tree, source)
            for path, node in self.tree.walk(real):
                if not self.excluded(path, real):
                    found[source + path[len(real) :]] = node
        return tuple((path, replace(node, mtime=0)) for path, node in found.items())

    def excluded(self, path: str, root: str) -> bool:
        """Whether `--exclude` keeps out a path below the source `root`."""
        if not self.exclude.patterns:
            return False
        relative = path[len(root) :].lstrip("/")
        return self.exclude.excludes(relative or posixpath.basename(root) or ".")

    def below_pivot(self, source: str) -> Iterator[tuple[str, str]]:
        """For `--parents`: pairs of a path in the source and its path below the destination."""
        base, _, _ = _pivot(source)
        real = inside(self.tree, base)
        for path in self._below_pivot(source):
            yield path, path[len(real) :].lstrip("/")

    def _below_pivot(self, source: str) -> tuple[str, ...]:
        base, pattern, required = _pivot(source)
        real = inside(self.tree, base)
        wanted = pattern_rules((pattern,), "includepatterns")
        found = [
            path
            for path, _ in self.tree.walk(real)
            if wanted.excludes(path[len(real) :].lstrip("/")) and not self.excluded(path, real)
        ]
        if required and not found:
            raise MissingSourceError(clean(f"{base}/{pattern}"))
        return tuple(found)

    def _matching(self, pattern: str) -> tuple[str, ...]:
        if self.parents:
            return (pattern,)
        path = clean(pattern)
        if not has_wildcards(path):
            if self.tree.get(inside(self.tree, path)) is None:
                raise MissingSourceError(path)
            return (path,)
        try:
            return tuple(_wild(self.tree, path))
        except BadPatternError as error:
            raise InstructionError(
                message=str(error),
                help=Text(
                    f"The pattern {pattern} has a [ without its ].",
                    f"模式 {pattern} 里的 [ 没有对应的 ]。",
                ),
            ) from error


def pattern_rules(patterns: tuple[str, ...], what: str) -> IgnoreRules:
    """Patterns with `**`, as `--exclude` and `--parents` take them.

    Raises:
        InstructionError: `invalid excludepatterns: [a[]: syntax error in pattern`.

    """
    try:
        return IgnoreRules.of(patterns)
    except (BadPatternError, IllegalExclusionError) as error:
        raise InstructionError(
            message=f"invalid {what}: {plain_list(patterns)}: {error}",
            help=Text(
                "Look for a [ without its ], or a lone !.",
                "请检查没有闭合的 [，或单独的 !。",
            ),
        ) from error


class MissingSourceError(InstructionError):
    """`"/nope": not found`: a source without wildcards that is not there."""

    def __init__(self, path: str) -> None:
        ref = int.from_bytes(sha256(path.encode()).digest())
        letters = "".join(
            "0123456789abcdefghijklmnopqrstuvwxyz"[ref // 36**i % 36] for i in range(25)
        )
        super().__init__(
            "failed to compute cache key: failed to calculate checksum of ref "
            f'moby::{letters}: "{path}": not found',
            Text(
                f"There is no {path} in the source; paths start at the root of the build context, "
                "or of the stage after --from.",
                f"来源里没有 {path}。路径从构建上下文（或 --from 指定的阶段）的根开始算。",
            ),
        )
        self.path = path


def _pivot(source: str) -> tuple[str, str, bool]:
    """`a/./b/*.py` -> ("a", "b/*.py", whether it must be there)."""
    base, dot, rest = source.partition("/./")
    if not dot:
        base, rest = "/", source
    pattern = clean(rest).lstrip("/")
    return base, pattern or ".", not has_wildcards(base + pattern)


def _wild(tree: Tree, path: str) -> Iterator[str]:
    """The matches of a path with wildcards; a folder that matches is not searched further."""
    parts = path.split("/")
    first = next(i for i, part in enumerate(parts) if has_wildcards(part))
    base = inside(tree, "/".join(parts[:first]))
    if tree.get(base) is None:
        raise InstructionError(
            message=f"lstat {base}: no such file or directory",
            help=Text(
                f"There is no folder {base} to look for the pattern in.",
                f"没有 {base} 这个目录，无法在其中查找该模式。",
            ),
        )
    matches("/".join(parts[first:]), "")  # a bad pattern is bad without any file, too
    level = [base]
    for part in parts[first:]:
        level = [
            posixpath.join(folder, name)
            for folder in level
            if isinstance(tree.get(folder), Directory)
            for name in tree.children(folder)
            if matches(part, name)
        ]
    yield from sorted(level)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where copied files go, and what is changed on the way: `--chown`, `--chmod`."""

    files: Workspace
    dest: str  # absolute; a trailing slash says: into this folder
    owner: Owner | None = None
    chmod: Chmod | None = None

    def place(self, selection: Selection) -> None:
        """Copy all that a selection names.

        Raises:
            InstructionError: `cannot copy to non-directory: /file` and the like.

        """
        for source in selection.sources():
            if selection.parents:
                self._place_with_parents(selection, source)
            else:
                self.place_one(selection, source)

    def place_one(self, selection: Selection, source: str) -> None:
        """Copy one source."""
        self.make_folders(inside(self.files, self._folder_of_dest()))
        dest = inside(self.files, self.dest)
        real = inside(selection.tree, source)
        node = selection.tree.get(real)
        at_dest = self.files.get(dest)
        if isinstance(node, Directory):
            self.make_folders(dest if at_dest is None else posixpath.dirname(dest))
        elif isinstance(at_dest, Directory):
            dest = posixpath.join(dest, posixpath.basename(source))
        self._copy(selection, real, real, dest)

    def make_folders(self, path: str) -> None:
        """Make missing folders: mode 0755, of the --chown owner."""
        make_folders(self.files, path, *([self.owner] if self.owner else []))

    def _folder_of_dest(self) -> str:
        if self.dest.endswith(("/", "/.")):
            return self.dest
        return posixpath.dirname(self.dest)

    def _copy(self, selection: Selection, root: str, source: str, dest: str) -> None:
        if selection.excluded(source, root) and source != root:
            return
        node = selection.tree.get(source)
        assert node is not None, source  # noqa: S101 - the selection found it
        if not isinstance(node, Directory):
            if source != root or not selection.excluded(source, root):
                self._put_file(node, dest)
            return
        self._enter(node, dest, overwrite=source != root)
        for name in selection.tree.children(source):
            self._copy(selection, root, posixpath.join(source, name), posixpath.join(dest, name))
        if source != root:
            self.files.utime(dest, node.mtime)

    def _enter(self, node: Directory, dest: str, *, overwrite: bool) -> None:
        there = self.files.get(dest)
        new = self._dressed(node)
        if there is None:
            self.files.mkdir(dest, new.mode, new.uid, new.gid)
        elif not isinstance(there, Directory):
            raise InstructionError(
                message=f"cannot copy to non-directory: {dest}",
                help=Text(
                    f"The source is a folder, and {dest} is not one in the image.",
                    f"来源是目录，而镜像里的 {dest} 不是目录。",
                ),
            )
        elif overwrite:
            self.files.chmod(dest, new.mode)
            self.files.chown(dest, new.uid, new.gid)

    def _put_file(self, node: Node, dest: str) -> None:
        if isinstance(self.files.get(dest), Directory):
            raise InstructionError(
                message=f"cannot replace to directory {dest} with file",
                help=Text(
                    f"{dest} is a folder in the image, the source is a file.",
                    f"镜像里的 {dest} 是目录，来源却是文件。",
                ),
            )
        self.files.put(dest, self._dressed(node))

    def _dressed(self, node: _N) -> _N:
        if self.owner:
            node = replace(node, uid=self.owner.uid, gid=self.owner.gid)
        if self.chmod and not isinstance(node, Symlink):
            mode = self.chmod.applied(node.mode, directory=isinstance(node, Directory))
            node = replace(node, mode=mode)
        return node

    def _place_with_parents(self, selection: Selection, source: str) -> None:
        dest = inside(self.files, self.dest)
        self.make_folders(dest)
        base = inside(selection.tree, _pivot(source)[0])
        for path, relative in selection.below_pivot(source):
            parts = relative.split("/")
            for depth in range(1, len(parts)):
                folder = selection.tree.get(posixpath.join(base, *parts[:depth]))
                assert isinstance(folder, Directory), folder  # noqa: S101 - the walk came through it
                self._enter(folder, posixpath.join(dest, *parts[:depth]), overwrite=True)
            node = selection.tree.get(path)
            target = posixpath.join(dest, relative)
            if isinstance(node, Directory):
                self._enter(node, target, overwrite=True)
            elif node is not None:
                self._put_file(node, target)
