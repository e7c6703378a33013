"""What rpm, yum and dnf share: the database, installing, erasing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.packages import rpmdb
from course_lib.packages.catalogue import catalogue, closure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.image.entries import Node
    from course_lib.packages.catalogue import Catalogue
    from course_lib.packages.package import Package
    from course_lib.shell.packages.disk import Disk

_DOCUMENTATION = ("/usr/share/doc/", "/usr/share/man/", "/usr/share/info/")  # tsflags=nodocs


class RpmRoot:
    """The packages of a root file system."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self.offered: Catalogue = catalogue("centos")
        self.installed: dict[str, tuple[Package, tuple[str, ...]]] = {
            package.name: (package, paths)
            for package, paths in rpmdb.read_installed(disk.text(rpmdb.PACKAGES))
        }

    def missing_for(self, names: Sequence[str]) -> list[Package]:
        """What is to be installed for some packages, dependencies first."""
        return closure(names, self.offered, self.installed, recommended=False)

    def install(self, package: Package) -> None:
        """Write a package's files."""
        self._disk.unpack(package, lambda path: path.startswith(_DOCUMENTATION))
        self.installed[package.name] = (package, package.paths)

    def erase(self, name: str) -> None:
        """Remove a package's files."""
        self._disk.erase(self.installed.pop(name)[1])

    def needed_by(self, name: str) -> list[str]:
        """The installed packages that can't be without another, directly or not."""
        found = [name]
        for wanted in found:
            found += [
                other
                for other, (package, _) in self.installed.items()
                if wanted in package.depends and other not in found
            ]
        return found[1:]

    def save(self) -> None:
        """Write the database."""
        before: Node | None = self._disk.node(rpmdb.PACKAGES)
        size = before.size if before is not None and hasattr(before, "size") else 0
        text = "".join(rpmdb.stanza(package, paths) for package, paths in self.installed.values())
        self._disk.write(rpmdb.PACKAGES, text, size=size)


def full_name(package: Package) -> str:
    """`tomcat-7.0.76-16.el7_9.noarch`."""
    version = package.version.rpartition(":")[2]
    return f"{package.name}-{version}.{rpmdb.architecture(package)}"


def epoch_version(package: Package) -> str:
    """`0:7.0.76-16.el7_9`: yum always shows the epoch."""
    return package.version if ":" in package.version else f"0:{package.version}"
