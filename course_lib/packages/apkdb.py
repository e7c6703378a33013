"""The database of apk: /lib/apk/db/installed and /etc/apk/world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.packages.package import Package

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER = "/lib/apk/db"
INSTALLED = f"{FOLDER}/installed"
WORLD = "/etc/apk/world"


def stanza(package: Package, paths: Iterable[str] | None = None) -> str:
    """The paragraph of a package in /lib/apk/db/installed, with the empty line after it.

    The letters are apk's: P name, V version, A architecture, S archive, I installed bytes,
    T description, D dependencies, F folder, R file.
    """
    lines = [
        f"P:{package.name}",
        f"V:{package.version}",
        "A:x86_64",
        f"S:{package.packed}",
        f"I:{package.installed * 1024}",
        f"T:{package.description}",
    ]
    if package.depends:
        lines.append(f"D:{' '.join(package.depends)}")
    folder = ""
    for path in package.paths if paths is None else paths:
        here, _, name = path[1:].rpartition("/")
        if here != folder:
            lines.append(f"F:{here}")
            folder = here
        lines.append(f"R:{name}")
    return "\n".join(lines) + "\n\n"


def read_installed(text: str) -> Iterator[tuple[Package, tuple[str, ...]]]:
    """Each installed package, and the paths of its files."""
    for paragraph in text.split("\n\n"):
        said: dict[str, str] = {}
        paths = []
        folder = ""
        for line in paragraph.splitlines():
            letter, _, value = line.partition(":")
            if letter == "F":
                folder = value
            elif letter == "R":
                paths.append(f"/{folder}/{value}" if folder else f"/{value}")
            else:
                said[letter] = value
        if "P" in said:
            depends = tuple(said.get("D", "").split())
            size = int(said.get("I", "0")) // 1024
            package = Package(
                said["P"], said.get("V", ""), "", size, said.get("T", ""), depends,
                archive=int(said.get("S", "0")),
            )  # fmt: skip
            yield package, tuple(paths)
