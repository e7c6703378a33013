"""Layers of images that are built on others: files as lines of a manifest, and installed packages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.image.entries import Content, File
from course_lib.packages import apkdb, dpkg
from course_lib.packages.catalogue import catalogue, closure
from course_lib.packages.manifest import read_entries

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.image.entries import Node
    from course_lib.image.tree import Tree

_NOT_IN_SLIM = ("/usr/share/doc/", "/usr/share/info/", "/usr/share/locale/", "/usr/share/man/")


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a manifest, and packages of the distribution below.

    `size` is what the real layer holds, in bytes; what the named files don't make up lies in one
    file at `bulk`: whatever else is in there, its content does not matter to a learner.
    """

    manifest: str = ""
    packages: tuple[str, ...] = ()
    size: int = 0
    bulk: str = "/usr/local/lib/bulk"
    accounts: tuple[str, ...] = ()  # `u nginx 101:101 /nonexistent /bin/false`

    def __call__(self, now: int, below: Tree) -> dict[str, Node]:
        """The entries of the layer."""
        entries = self._packages(now, below) if self.packages else {}
        entries |= read_entries(self.manifest, now)
        for line in self.accounts:
            _, name, ids, home, shell = line.split(" ")
            uid, gid = map(int, ids.split(":"))
            entries |= Account(name, uid, gid, home, shell, makes_home=False)(now, below)
        known = sum(node.size for node in entries.values() if isinstance(node, File))
        if self.size > known:
            entries[self.bulk] = File(Content(b"", self.size - known), mtime=now)
        return entries

    def _packages(self, now: int, below: Tree) -> dict[str, Node]:
        if below.get(apkdb.INSTALLED) is not None:
            return _alpine(self.packages, now, below)
        return _debian(self.packages, now, below)


def _text(below: Tree, path: str) -> str:
    node = below.get(path)
    return node.content.data.decode() if isinstance(node, File) else ""


def _debian(names: tuple[str, ...], now: int, below: Tree) -> dict[str, Node]:
    status = _text(below, dpkg.STATUS)
    present = {fields["Package"] for fields in dpkg.read_status(status)}
    slim = below.get("/etc/dpkg/dpkg.cfg.d/docker") is not None
    entries: dict[str, Node] = {}
    for package in closure(names, catalogue("debian"), present, recommended=False):
        files = package.entries(now)
        entries |= {
            path: node
            for path, node in files.items()
            if not (slim and path.startswith(_NOT_IN_SLIM))
        }
        entries[f"{dpkg.INFO}/{package.name}.list"] = File(
            Content.of(dpkg.file_list(package)), mtime=now
        )
        status += dpkg.stanza(package)
    entries[dpkg.STATUS] = File(Content.of(status), mtime=now)
    return entries


def _alpine(names: tuple[str, ...], now: int, below: Tree) -> dict[str, Node]:
    installed = _text(below, apkdb.INSTALLED)
    present = {package.name for package, _ in apkdb.read_installed(installed)}
    old = _text(below, "/etc/alpine-release").startswith("3.6")
    entries: dict[str, Node] = {}
    offered = catalogue("alpine 3.6" if old else "alpine")
    for package in closure(names, offered, present, recommended=False):
        entries |= package.entries(now)
        installed += apkdb.stanza(package)
    world = _text(below, apkdb.WORLD) + "".join(f"{name}\n" for name in names)
    entries[apkdb.INSTALLED] = File(Content.of(installed), mtime=now)
    entries[apkdb.WORLD] = File(Content.of(world), mtime=now)
    return entries


def with_accounts(below: Tree, lines: Mapping[str, str], now: int) -> dict[str, Node]:
    """The account files of the image below, with a line added to each: `/etc/passwd` -> line."""
    return {
        path: File(Content.of(f"{_text(below, path)}{line}\n"), _mode(below, path), mtime=now)
        for path, line in lines.items()
    }


def _mode(below: Tree, path: str) -> int:
    node = below.get(path)
    return node.mode if isinstance(node, File) else 0o644


@dataclass(frozen=True, slots=True)
class Account:
    """The layer of `useradd` or `adduser`: a user with a group of the same name, and its home."""

    name: str
    uid: int
    gid: int
    home: str
    shell: str = "/bin/sh"
    makes_home: bool = True

    def __call__(self, now: int, below: Tree) -> dict[str, Node]:
        """The entries of the layer."""
        lines = {
            "/etc/group": f"{self.name}:x:{self.gid}:",
            "/etc/gshadow": f"{self.name}:!::",
            "/etc/passwd": f"{self.name}:x:{self.uid}:{self.gid}::{self.home}:{self.shell}",
            "/etc/shadow": f"{self.name}:!:19733:0:99999:7:::",
        }
        entries = with_accounts(below, lines, now)
        if self.makes_home:
            entries |= read_entries(f"d {self.home} owner={self.uid}:{self.gid}", now)
        return entries
