"""The database of rpm, /var/lib/rpm/Packages: here as text, in the real thing a Berkeley DB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.packages.package import Package

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PACKAGES = "/var/lib/rpm/Packages"


def stanza(package: Package, paths: Iterable[str] | None = None) -> str:
    """What the database holds of a package, with the empty line after it; sizes in KiB."""
    lines = [
        f"Name: {package.name}",
        f"Version: {package.version}",
        f"Architecture: {architecture(package)}",
        f"Group: {package.section}",
        f"Size: {package.installed}",
        f"Summary: {package.description}",
        f"Requires: {' '.join(package.depends)}",
        *(package.paths if paths is None else paths),
    ]
    return "\n".join(lines) + "\n\n"


def architecture(package: Package) -> str:
    """`x86_64`, or `noarch` for a package without programs and libraries."""
    if package.architecture:
        return package.architecture
    machine = any(line.startswith("p ") or "/lib64/" in line for line in package.lines)
    return "x86_64" if machine or not package.lines else "noarch"


def read_installed(text: str) -> Iterator[tuple[Package, tuple[str, ...]]]:
    """Each installed package, and the paths of its files."""
    for paragraph in text.rstrip("\0").split("\n\n"):
        lines = paragraph.splitlines()
        said = dict(line.split(": ", 1) for line in lines if ": " in line and line[0] != "/")
        if "Name" in said:
            package = Package(
                said["Name"],
                said["Version"],
                said.get("Group", ""),
                int(said.get("Size", "0")),
                said.get("Summary", ""),
                tuple(said.get("Requires", "").split()),
                architecture=said.get("Architecture", ""),
            )
            yield package, tuple(line for line in lines if line.startswith("/"))
