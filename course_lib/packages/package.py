"""A package: its name, version, dependencies and files.

    = curl 7.88.1-10+deb12u5 web 501
    : command line tool for transferring data with URL syntax
    < libc6 libcurl4 zlib1g            what it needs
    + ca-certificates                  what is installed with it unless that is declined
    @ 315588                           bytes of the archive, when it is known
    ~ 8.11.1                           a later version that may be asked for by its number
    u redis 101:101 /var/lib/redis /usr/sbin/nologin    an account that its scripts make
    p /usr/bin/curl 280840             its files: see `manifest`

The numbers after `=` are a section and the installed size in KiB, as the distribution states it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from course_lib.packages.manifest import LETTERS, read_entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.image.entries import Node

_PACKED = 0.3  # of its installed size is the size of an average archive


@dataclass(frozen=True)
class Package:
    """One package; `installed` in KiB, `archive` in bytes (0: not known)."""

    name: str
    version: str
    section: str = ""
    installed: int = 0
    description: str = ""
    depends: tuple[str, ...] = ()
    recommends: tuple[str, ...] = ()
    archive: int = 0
    lines: tuple[str, ...] = field(default=(), repr=False)
    architecture: str = ""  # "" where it follows from the files
    newest: str = ""  # "" when it is `version`
    accounts: tuple[str, ...] = ()  # `redis 101:101 /var/lib/redis /usr/sbin/nologin`

    @cached_property
    def packed(self) -> int:
        """Bytes of the archive; estimated where it is not known."""
        return self.archive or int(self.installed * 1024 * _PACKED)

    def entries(self, mtime: int = 0) -> dict[str, Node]:
        """Its files, without the directories on the way to them."""
        return dict(read_entry(line, mtime) for line in self.lines)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths of its files, in the order of the record."""
        return tuple(line.split(" ", 2)[1] for line in self.lines)


def read_packages(text: str) -> Iterator[Package]:
    """The packages of a catalogue, in its order; lines with # are comments."""
    block: list[str] = []
    for line in text.splitlines():
        if line.startswith("= ") and block:
            yield _package(block)
            block = []
        if line and not line.startswith("#"):
            block.append(line)
    if block:
        yield _package(block)


def read_package(text: str) -> Package:
    """The package that one block of a catalogue describes."""
    return _package([line for line in text.splitlines() if line and not line.startswith("#")])


def _package(block: list[str]) -> Package:
    name, version, section, installed = block[0][2:].split(" ")
    said = {line[0]: line[2:] for line in block[1:] if line[0] not in LETTERS}
    return Package(
        name,
        version,
        section,
        int(installed),
        said.get(":", ""),
        tuple(said.get("<", "").split()),
        tuple(said.get("+", "").split()),
        int(said.get("@", "0")),
        tuple(line for line in block[1:] if line[0] in LETTERS),
        newest=said.get("~", ""),
        accounts=tuple(line[2:] for line in block[1:] if line.startswith("u ")),
    )
