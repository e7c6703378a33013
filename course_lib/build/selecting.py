"""What a COPY or ADD takes: the files of a source that its patterns name.

The rules are those of BuildKit's copier (tonistiigi/fsutil): wildcards match element by element, a
source that is a link is followed, a source without wildcards must be there.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from course_lib.build.errors import InstructionError
from course_lib.build.glob import BadPatternError, has_wildcards, matches
from course_lib.build.gotext import plain_list
from course_lib.build.ignore import IgnoreRules, IllegalExclusionError
from course_lib.build.paths import clean, inside
from course_lib.image.entries import Directory
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.image.entries import Node
    from course_lib.image.tree import Tree


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
            InstructionError: a source without wildcards that is not there; a link to nothing.

        """
        return tuple(path for pattern in self.patterns for path in self._matching(pattern))

    def content(self) -> tuple[tuple[str, Node], ...]:
        """All that is copied, without times: what the cache compares."""
        found: dict[str, Node] = {}
        for source in self.sources():
            if self.parents:
                below = ((path, self.tree.get(path)) for path in self._belowpivot(source))
                found |= {path: node for path, node in below if node is not None}
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

    def belowpivot(self, source: str) -> Iterator[tuple[str, str]]:
        """For `--parents`: pairs of a path in the source and its path below the destination."""
        base, _, _ = pivot(source)
        real = inside(self.tree, base)
        for path in self._belowpivot(source):
            yield path, path[len(real) :].lstrip("/")

    def _belowpivot(self, source: str) -> tuple[str, ...]:
        base, pattern, required = pivot(source)
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
            return (self._there(path),)
        try:
            return tuple(self._there(found) for found in _wild(self.tree, path))
        except BadPatternError as error:
            raise InstructionError(
                message=str(error),
                help=Text(
                    f"The pattern {pattern} has a [ without its ].",
                    f"模式 {pattern} 里的 [ 没有对应的 ]。",
                ),
            ) from error

    def _there(self, path: str) -> str:
        real = inside(self.tree, path)
        if self.tree.get(real) is None:
            raise MissingSourceError(real)
        return path


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


def pivot(source: str) -> tuple[str, str, bool]:
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
