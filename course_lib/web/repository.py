"""A git repository: commits with their files, branches and tags, and git's own names for them.

The ids are those that git itself would give: SHA-1 over the objects as gitformat-loose(5) and
git-hash-object(1) write them.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha1
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Source:
    """A file that a project keeps."""

    data: bytes
    executable: bool = False

    @classmethod
    def of(cls, text: str, *, executable: bool = False) -> Source:
        """A text file."""
        return cls(text.encode(), executable)


@dataclass(frozen=True)
class _Object:
    kind: str
    data: bytes

    @cached_property
    def raw(self) -> bytes:
        return f"{self.kind} {len(self.data)}\0".encode() + self.data

    @cached_property
    def id(self) -> str:
        return sha1(self.raw, usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class Commit:
    """The state of all files at `when` (seconds since 1970), and the commit before it."""

    files: Mapping[str, Source]
    message: str
    author: str  # `Ann <ann@example.com>`
    when: int
    parent: Commit | None = None

    @property
    def id(self) -> str:
        """40 hexadecimal digits."""
        return self._object.id

    @property
    def line(self) -> str:
        """`1a2b3c4 Subject`, as `git log --oneline` shows it."""
        return f"{self.id[:7]} {self.message.partition(chr(10))[0]}"

    def history(self) -> Iterator[Commit]:
        """The commit and those before it, the newest first."""
        here: Commit | None = self
        while here is not None:
            yield here
            here = here.parent

    @cached_property
    def _trees(self) -> tuple[_Object, ...]:
        """All trees and blobs, the root last."""
        found: list[_Object] = []
        _tree({tuple(path.split("/")): file for path, file in self.files.items()}, found)
        return tuple(found)

    @cached_property
    def _object(self) -> _Object:
        who = f"{self.author} {self.when} +0000"
        above = f"parent {self.parent.id}\n" if self.parent else ""
        text = (
            f"tree {self._trees[-1].id}\n{above}author {who}\ncommitter {who}\n\n{self.message}\n"
        )
        return _Object("commit", text.encode())

    def objects(self) -> Iterator[tuple[str, bytes]]:
        """Ids and loose files (stored, not deflated) of the commit and all that it reaches."""
        for commit in self.history():
            for one in (commit._object, *commit._trees):  # noqa: SLF001 - of the same class
                yield one.id, zlib.compress(one.raw, 0)


@dataclass(frozen=True)
class Repository:
    """Branches and tags; HEAD is the branch named `head`."""

    branches: Mapping[str, Commit]
    tags: Mapping[str, Commit]
    head: str = "main"

    def find(self, ref: str) -> Commit | None:
        """The commit of a branch, a tag or the beginning of an id; a branch wins over a tag."""
        name = ref.removeprefix("refs/").removeprefix("heads/").removeprefix("tags/")
        if name in ("", "HEAD"):
            return self.branches[self.head]
        return self.branches.get(name) or self.tags.get(name) or self._by_id(ref)

    def _by_id(self, ref: str) -> Commit | None:
        if len(ref) < len("1a2b"):
            return None
        return next((one for one in self.commits() if one.id.startswith(ref)), None)

    def commits(self) -> Iterator[Commit]:
        """All that a branch or a tag reaches, each once."""
        seen: set[str] = set()
        for tip in (*self.branches.values(), *self.tags.values()):
            for commit in tip.history():
                if commit.id not in seen:
                    seen.add(commit.id)
                    yield commit

    def files(self, url: str, ref: str) -> dict[str, bytes]:
        """The `.git` folder after a clone of `url` with `ref` checked out, by paths below it."""
        found = {
            "HEAD": self.head_line(ref).encode(),
            "config": _CONFIG.format(url=url, branch=self._branch(ref)).encode(),
            "packed-refs": "".join(self._packed()).encode(),
            "refs/remotes/origin/HEAD": f"ref: refs/remotes/origin/{self.head}\n".encode(),
        }
        branch = self._branch(ref)
        if ref in self.branches or not ref:
            found[f"refs/heads/{branch}"] = f"{self.branches[branch].id}\n".encode()
        for commit in self.commits():
            for name, data in commit.objects():
                found[f"objects/{name[:2]}/{name[2:]}"] = data
        return found

    def head_line(self, ref: str) -> str:
        """What HEAD says when `ref` is checked out: a branch by its name, all else by its id."""
        if ref in self.branches or not ref:
            return f"ref: refs/heads/{ref or self.head}\n"
        commit = self.find(ref)
        assert commit is not None, ref  # noqa: S101 - the caller found it
        return f"{commit.id}\n"

    def _branch(self, ref: str) -> str:
        return ref if ref in self.branches else self.head

    def _packed(self) -> Iterator[str]:
        yield "# pack-refs with: peeled fully-peeled sorted \n"
        for name, commit in sorted(self.branches.items()):
            yield f"{commit.id} refs/remotes/origin/{name}\n"
        for name, commit in sorted(self.tags.items()):
            yield f"{commit.id} refs/tags/{name}\n"


_CONFIG = """\
[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = false
\tlogallrefupdates = true
[remote "origin"]
\turl = {url}
\tfetch = +refs/heads/*:refs/remotes/origin/*
[branch "{branch}"]
\tremote = origin
\tmerge = refs/heads/{branch}
"""


def _tree(files: Mapping[tuple[str, ...], Source], found: list[_Object]) -> _Object:
    """Make the object of a folder after those of what is in it; folders sort as `name/`."""
    below: dict[str, dict[tuple[str, ...], Source]] = {}
    lines: dict[str, bytes] = {}
    for path, source in files.items():
        if len(path) > 1:
            below.setdefault(path[0], {})[path[1:]] = source
            continue
        blob = _Object("blob", source.data)
        found.append(blob)
        mode = "100755" if source.executable else "100644"
        lines[path[0]] = _entry(mode, path[0], blob)
    for name, inner in below.items():
        lines[f"{name}/"] = _entry("40000", name, _tree(inner, found))
    tree = _Object("tree", b"".join(lines[name] for name in sorted(lines)))
    found.append(tree)
    return tree


def _entry(mode: str, name: str, target: _Object) -> bytes:
    return f"{mode} {name}\0".encode() + bytes.fromhex(target.id)
