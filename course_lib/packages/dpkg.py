"""The database of dpkg: /var/lib/dpkg/status and /var/lib/dpkg/info/*.list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.image.paths import parents

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from course_lib.packages.package import Package

FOLDER = "/var/lib/dpkg"
STATUS = f"{FOLDER}/status"
INFO = f"{FOLDER}/info"


def stanza(package: Package, state: str = "install ok installed") -> str:
    """The paragraph of an installed package in /var/lib/dpkg/status, with the empty line after it."""
    depends = f"Depends: {', '.join(package.depends)}\n" if package.depends else ""
    recommends = f"Recommends: {', '.join(package.recommends)}\n" if package.recommends else ""
    return (
        f"Package: {package.name}\nStatus: {state}\nPriority: optional\n"
        f"Section: {package.section}\nInstalled-Size: {package.installed}\n"
        f"Architecture: {architecture(package)}\nVersion: {package.version}\n"
        f"{depends}{recommends}Description: {package.description}\n\n"
    )


def architecture(package: Package) -> str:
    """`amd64`, or `all` for a package without programs and libraries of its own."""
    machine = any("x86_64" in line or line.startswith("p ") for line in package.lines)
    return "amd64" if machine or not package.lines else "all"


def file_list(package: Package) -> str:
    """The text of /var/lib/dpkg/info/NAME.list: the root, the directories, the files."""
    folders = sorted({folder for path in package.paths for folder in parents(path)})
    return "\n".join(("/.", *folders, *package.paths)) + "\n"


def read_status(text: str) -> Iterable[Mapping[str, str]]:
    """The fields of each paragraph."""
    for paragraph in text.split("\n\n"):
        if paragraph.strip():
            yield dict(line.split(": ", 1) for line in paragraph.splitlines() if ": " in line)
