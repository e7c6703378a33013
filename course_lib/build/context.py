"""The build context: the files that COPY and ADD can reach."""

from __future__ import annotations

import stat
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from course_lib.build.ignore import IgnoreRules
from course_lib.clock import START
from course_lib.image.entries import Content, Directory, File, Symlink, Whiteout
from course_lib.image.layer import Layer
from course_lib.image.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from course_lib.build.ignore import Pattern
    from course_lib.image.entries import Entry, Node

_BLOCK = 512


@dataclass(frozen=True, slots=True)
class Context:
    """The files under `docker build .`, by paths relative to it: `src/app.py`.

    A folder needs an entry of its own only when it is empty or has an unusual mode.
    """

    files: Mapping[str, Entry]

    @classmethod
    def of(cls, files: Mapping[str, str | bytes | Node]) -> Context:
        """Make a context from texts (mode 0644) and ready entries; `{"app/": ...}` is not needed."""
        return cls(
            MappingProxyType(
                {
                    path: File(Content.of(given), mtime=START)
                    if isinstance(given, str | bytes)
                    else given
                    for path, given in sorted(files.items())
                }
            )
        )

    @classmethod
    def from_directory(cls, path: Path) -> Context:
        """Read a folder of the host; links stay links, sockets and devices stay out."""
        return cls(MappingProxyType(dict(sorted(_read(path)))))

    def ignoring(self, patterns: tuple[str, ...]) -> Context:
        """Leave out what the patterns of a .dockerignore exclude.

        Raises:
            IllegalExclusionError, BadPatternError: for a pattern that Docker refuses.

        """
        return self.without(IgnoreRules.of(patterns))

    def without(self, rules: IgnoreRules) -> Context:
        """Leave out what the rules exclude; the folders of what stays, stay."""
        if not rules.patterns:
            return self
        kept = {path: entry for path, entry in self.files.items() if not rules.excludes(path)}
        for path in tuple(kept):
            for parent in _parents(path):
                if parent in self.files:
                    kept[parent] = self.files[parent]
        return Context(MappingProxyType(dict(sorted(kept.items()))))

    def ignored(self, path: str, rules: IgnoreRules) -> Pattern | None:
        """The pattern that keeps out a path which is there; None when it is not there at all."""
        there = any(file == path or file.startswith(f"{path}/") for file in self.files)
        return rules.excluding(path) if there else None

    def tar_size(self) -> int:
        """Bytes of the archive in which the older builder is sent the context (without long names).

        A header of 512 bytes for each file and folder, contents filled up to 512, two empty blocks.
        """
        folders = {parent for path in self.files for parent in _parents(path)}
        sizes = [node.size for node in self.files.values() if isinstance(node, File)]
        headers = len(folders | set(self.files))
        return _BLOCK * (headers + sum(-(-size // _BLOCK) for size in sizes) + 2)

    def text(self, path: str) -> str | None:
        """The text of a file, or None when there is no such file."""
        found = self.files.get(path)
        return found.content.data.decode(errors="replace") if isinstance(found, File) else None

    def tree(self) -> Tree:
        """The context as the builder gets it: everything belongs to root."""
        entries: dict[str, Entry] = {}
        for path, entry in self.files.items():
            for parent in _parents(path):
                if parent not in self.files:
                    entries["/" + parent] = Directory(mtime=START)
            if not isinstance(entry, Whiteout):
                entries["/" + path] = replace(entry, uid=0, gid=0)
        return Layer(dict(sorted(entries.items()))).apply(Tree.EMPTY)


def _parents(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _read(root: Path) -> Iterator[tuple[str, Entry]]:
    for path in root.rglob("*"):
        about = path.lstat()
        mode, mtime = stat.S_IMODE(about.st_mode), int(about.st_mtime)
        name = path.relative_to(root).as_posix()
        if stat.S_ISLNK(about.st_mode):
            yield name, Symlink(str(path.readlink()), mtime=mtime)
        elif stat.S_ISDIR(about.st_mode):
            yield name, Directory(mode, mtime=mtime)
        elif stat.S_ISREG(about.st_mode):
            yield name, File(Content.of(path.read_bytes()), mode, mtime=mtime)
