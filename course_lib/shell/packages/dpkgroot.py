"""What dpkg and apt share: the status file, the lists of files, installing and removing."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from course_lib.image.entries import File
from course_lib.packages import dpkg
from course_lib.packages.catalogue import catalogue
from course_lib.packages.package import Package
from course_lib.shell.packages.disk import Disk, release

if TYPE_CHECKING:
    from course_lib.packages.catalogue import Catalogue
    from course_lib.shell.task import Task

_EXCLUDED = ("/usr/share/doc/", "/usr/share/info/", "/usr/share/locale/", "/usr/share/man/")
_NEWER = {"libunistring2": "libunistring5", "gcc-12-base": "gcc-14-base"}
_TIME64 = "t64"  # Ubuntu's ending of libraries that have a time_t of 64 bits


class DpkgRoot:
    """The packages of a root file system. `installed` are those with the state `installed`."""

    def __init__(self, task: Task) -> None:
        self.disk = Disk(task)
        self.release = release(self.disk)
        self.offered: Catalogue = catalogue("debian")
        self.installed: dict[str, Package] = {}
        self._rest: list[str] = []  # paragraphs of packages that are removed, not purged
        self._paragraphs: dict[str, str] = {}
        self._read(self.disk.text(dpkg.STATUS))
        settings = self.disk.node("/etc/dpkg/dpkg.cfg.d")
        names = task.machine.children("/etc/dpkg/dpkg.cfg.d") if settings else ()
        texts = (self.disk.text(f"/etc/dpkg/dpkg.cfg.d/{name}") for name in names)
        self._slim = any("path-exclude" in text for text in texts)

    def _read(self, text: str) -> None:
        for paragraph, package in _records(text):
            if package is None:
                self._rest.append(paragraph)
            else:
                self._paragraphs[package.name] = paragraph
                self.installed[package.name] = package

    @property
    def present(self) -> set[str]:
        """The names that count as installed, Ubuntu's also as Debian has them."""
        plain = {name.removesuffix(_TIME64) for name in self.installed}
        return plain | {old for old, new in _NEWER.items() if new in plain} | set(self.installed)

    def of_release(self, package: Package) -> Package:
        """A package of the catalogue as this distribution versions it."""
        if self.release.get("ID") != "ubuntu":
            return package
        version = package.version.partition("+deb")[0].partition("~deb")[0]
        return replace(package, version=f"{version}ubuntu1")

    def files_of(self, name: str) -> list[str]:
        """The paths in a package's list, its directories too; none for one that is not installed."""
        return self.disk.text(f"{dpkg.INFO}/{name}.list").split()

    def unpack(self, package: Package) -> None:
        """Write a package's files and its records."""
        excluded = _EXCLUDED if self._slim else ()
        self.disk.unpack(package, lambda path: path.startswith(excluded))
        self.disk.write(f"{dpkg.INFO}/{package.name}.list", dpkg.file_list(package))
        self.installed[package.name] = package
        self._paragraphs[package.name] = dpkg.stanza(package)

    def remove(self, name: str, *, purge: bool) -> None:
        """Remove a package's files; its settings and its record stay unless `purge`."""
        package = self.installed.pop(name)
        paths = self.files_of(name)
        kept = [path for path in paths if path.startswith("/etc/") and not purge]
        gone = [path for path in paths if path not in kept and path != "/."]
        self.disk.erase(gone)
        del self._paragraphs[name]
        if purge or not kept:
            self.disk.remove(f"{dpkg.INFO}/{name}.list")
        else:
            self._rest.append(dpkg.stanza(package, "deinstall ok config-files"))

    def save(self) -> None:
        """Write the status file."""
        paragraphs = [*self._paragraphs.values(), *self._rest]
        if self.disk.exists(dpkg.STATUS):
            self.disk.write(f"{dpkg.STATUS}-old", self.disk.text(dpkg.STATUS))
        self.disk.write(dpkg.STATUS, "".join(paragraphs))

    def needed_by(self, names: list[str]) -> list[str]:
        """The installed packages that can't be without some others, directly or not."""
        found = list(names)
        for wanted in found:
            found += [
                other
                for other, package in self.installed.items()
                if wanted in package.depends and other not in found
            ]
        return found[len(names) :]

    def count(self) -> int:
        """How many files and directories are installed: the number that dpkg shows."""
        nodes = (self.disk.node(f"{dpkg.INFO}/{name}.list") for name in self.installed)
        return sum(node.content.head.count(b"\n") for node in nodes if isinstance(node, File))


@lru_cache(maxsize=32)
def _records(text: str) -> tuple[tuple[str, Package | None], ...]:
    """The paragraphs of a status file, each with its package; None for one that is not installed."""
    found: list[tuple[str, Package | None]] = []
    for paragraph in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in paragraph.splitlines() if ": " in line)
        name = fields.get("Package")
        if name is None:
            continue
        if fields.get("Status") != "install ok installed":
            found.append((paragraph + "\n\n", None))
            continue
        depends = fields.get("Depends", "")
        package = Package(
            name,
            fields.get("Version", ""),
            fields.get("Section", ""),
            int(fields.get("Installed-Size", "0")),
            fields.get("Description", ""),
            tuple(depends.split(", ")) if depends else (),
        )
        found.append((paragraph.lstrip("\n") + "\n\n", package))
    return tuple(found)
