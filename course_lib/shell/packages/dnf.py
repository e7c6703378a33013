"""dnf and microdnf, of CentOS 8 and its relatives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.packages import rpmdb
from course_lib.shell.packages.disk import Disk
from course_lib.shell.packages.rpmroot import RpmRoot, full_name
from course_lib.shell.packages.words import BadOptionError, Words, agrees, read, spaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from course_lib.packages.package import Package
    from course_lib.shell.task import Task

_OPTIONS = {
    "-y": "y", "--assumeyes": "y", "-q": "q", "--quiet": "q", "-v": "-", "--verbose": "-",
    "--nodocs": "-", "--nogpgcheck": "-", "--setopt=": "-", "--enablerepo=": "-",
    "--disablerepo=": "-", "--repo=": "-", "--exclude=": "-", "-x=": "-", "--allowerasing": "-",
    "--best": "-", "--nobest": "-", "--skip-broken": "-", "--refresh": "-", "--assumeno": "no",
    "--installroot=": "-", "--releasever=": "-", "--noplugins": "-", "-C": "-", "--cacheonly": "-",
    "--disableplugin=": "-", "-e=": "-", "-d=": "-",
}  # fmt: skip
_WIDTH = 80
_CACHE = "/var/cache/dnf"
_REPOSITORIES = (  # title, folder, bytes on the way, bytes on the disk; estimated
    ("CentOS Linux 8 - AppStream", "appstream-8e8b1b9d", 8_400_000, 36_000_000),
    ("CentOS Linux 8 - BaseOS", "baseos-e9d4c1a2", 4_600_000, 17_000_000),
    ("CentOS Linux 8 - Extras", "extras-2b6f8c31", 10_000, 60_000),
)


class _Dnf:
    def __init__(self, task: Task, words: Words) -> None:
        self.task = task
        self.words = words
        self.disk = Disk(task)
        self.root = RpmRoot(self.disk)
        self.names = words.operands[1:]

    def say(self, line: str = "") -> None:
        if "q" not in self.words:
            self.task.out(f"{line}\n")

    def fetch_lists(self) -> None:
        """Download the lists when they are missing."""
        if self.disk.exists(f"{_CACHE}/{_REPOSITORIES[0][1]}/repodata"):
            self.say("Last metadata expiration check: 0:00:01 ago on Mon Jan 15 09:00:00 2024.")
            return
        for title, folder, packed, stored in _REPOSITORIES:
            self.say(f"{title:<47} 9.7 MB/s | {spaced(packed):>6}B     00:00    ")
            self.disk.write(f"{_CACHE}/{folder}/repodata/primary.xml.gz", "", size=packed)
            self.disk.write(f"{_CACHE}/{folder}.solv", "", size=stored - packed)

    def _of_8(self, package: Package) -> Package:
        """The catalogue is of CentOS 7."""
        version = package.version.partition("el7")
        return replace(package, version=f"{version[0]}el8" if version[1] else package.version)

    def install(self) -> int:
        self.fetch_lists()
        wanted, missing = [], []
        for name in self.names:
            plain = name.removesuffix(".x86_64").removesuffix(".noarch")
            if plain in self.root.installed:
                self.say(
                    f"Package {full_name(self.root.installed[plain][0])} is already installed."
                )
            elif plain in self.root.offered:
                wanted.append(plain)
            else:
                missing.append(name)
        if missing:
            for name in missing:
                self.task.out(f"No match for argument: {name}\n")
            self.task.err(f"Error: Unable to find a match: {' '.join(missing)}")
            return 1
        packages = [self._of_8(package) for package in self.root.missing_for(wanted)]
        self.say("Dependencies resolved.")
        if not packages:
            self.say("Nothing to do.")
            self.say("Complete!")
            return 0
        asked = [package for package in packages if package.name in wanted]
        others = [package for package in packages if package.name not in wanted]
        self._table((("Installing:", asked), ("Installing dependencies:", others)))
        self.say(f"Install  {len(packages)} Package{'' if len(packages) == 1 else 's'}\n")
        self.say(f"Total download size: {spaced(sum(p.packed for p in packages)).strip()}")
        self.say(f"Installed size: {spaced(sum(p.installed for p in packages) * 1024).strip()}")
        if not self._confirmed():
            return 1
        self.say("Downloading Packages:")
        for number, package in enumerate(packages, 1):
            name = f"({number}/{len(packages)}): {full_name(package)}.rpm"
            self.say(f"{name:<47} 2.1 MB/s | {spaced(package.packed):>6}B     00:00    ")
        self._run("Installing", packages, self.root.install)
        self._done("Installed:", packages)
        return 0

    def _table(self, groups: Iterable[tuple[str, Sequence[Package]]]) -> None:
        self.say("=" * _WIDTH)
        self.say(
            f" {'Package':<28}{'Architecture':<14}{'Version':<22}{'Repository':<10}{'Size':>5}"
        )
        self.say("=" * _WIDTH)
        for title, packages in groups:
            if packages:
                self.say(title)
            for package in sorted(packages, key=lambda package: package.name):
                arch = rpmdb.architecture(package)
                size = spaced(package.packed)
                self.say(
                    f" {package.name:<28}{arch:<14}{package.version:<22}{'appstream':<9}{size:>6}"
                )
        self.say("\nTransaction Summary")
        self.say("=" * _WIDTH)

    def _confirmed(self) -> bool:
        if "y" in self.words:
            return True
        self.task.out("Is this ok [y/N]: ")
        if "no" not in self.words and agrees(self.task, default=False):
            return True
        self.task.err("Operation aborted.")
        return False

    def _run(
        self, verb: str, packages: Sequence[Package], change: Callable[[Package], None]
    ) -> None:
        count = len(packages)
        for line in (
            "Running transaction check",
            "Transaction check succeeded.",
            "Running transaction test",
            "Transaction test succeeded.",
            "Running transaction",
        ):
            self.say(line)
        self.say(f"  {'Preparing':<16} : {'':<53} {'1/1':>7} ")
        for number, package in enumerate(packages, 1):
            change(package)
            self.say(f"  {verb:<16} : {full_name(package):<53} {f'{number}/{count}':>7} ")
        for number, package in enumerate(packages, 1):
            self.say(f"  {'Verifying':<16} : {full_name(package):<53} {f'{number}/{count}':>7} ")
        self.root.save()
        self.disk.write("/var/lib/dnf/history.sqlite", "", size=120_000)
        names = "".join(f"{verb}: {full_name(package)}\n" for package in packages)
        self.disk.append("/var/log/dnf.rpm.log", names)
        self.say()

    def _done(self, title: str, packages: Iterable[Package]) -> None:
        self.say(title)
        for package in sorted(packages, key=lambda package: package.name):
            self.say(f"  {full_name(package):<78}")
        self.say()
        self.say("Complete!")

    def remove(self) -> int:
        present = [name for name in self.names if name in self.root.installed]
        for name in self.names:
            if name not in present:
                self.say(f"No match for argument: {name}")
        if not present:
            self.say("No packages marked for removal.")
            self.say("Dependencies resolved.")
            self.say("Nothing to do.")
            self.say("Complete!")
            return 0
        gone = dict.fromkeys([*present, *(o for n in present for o in self.root.needed_by(n))])
        packages = [self.root.installed[name][0] for name in gone]
        self.say("Dependencies resolved.")
        self._table((("Removing:", packages),))
        self.say(f"Remove  {len(packages)} Package{'' if len(packages) == 1 else 's'}\n")
        if not self._confirmed():
            return 1
        self._run("Erasing", packages, lambda package: self.root.erase(package.name))
        self._done("Removed:", packages)
        return 0

    def update(self) -> int:
        self.fetch_lists()
        self.say("Dependencies resolved.")
        self.say("Nothing to do.")
        self.say("Complete!")
        return 0

    def makecache(self) -> int:
        self.fetch_lists()
        self.say("Metadata cache created.")
        return 0

    def clean(self) -> int:
        count = sum(
            self.disk.exists(f"{_CACHE}/{folder}.solv") for _, folder, _, _ in _REPOSITORIES
        )
        self.disk.clear(_CACHE)
        self.say(f"{count * 2} files removed")
        return 0

    def nothing(self) -> int:
        return 0


_COMMANDS: dict[str, Callable[[_Dnf], int]] = {
    "install": _Dnf.install, "remove": _Dnf.remove, "erase": _Dnf.remove, "update": _Dnf.update,
    "upgrade": _Dnf.update, "makecache": _Dnf.makecache, "clean": _Dnf.clean,
    "autoremove": _Dnf.nothing,
}  # fmt: skip
_ROOT_ONLY = frozenset({"install", "remove", "erase", "update", "upgrade", "autoremove"})
_REAL = frozenset(
    [
        "alias",
        "check",
        "check-update",
        "config-manager",
        "copr",
        "deplist",
        "distro-sync",
        "downgrade",
        "group",
        "groupinstall",
        "help",
        "history",
        "info",
        "list",
        "localinstall",
        "mark",
        "module",
        "provides",
        "reinstall",
        "repolist",
        "repoquery",
        "search",
        "shell",
        "swap",
        "updateinfo",
    ]
)


def _program(task: Task) -> int:
    try:
        words = read(task, _OPTIONS)
    except BadOptionError as error:
        task.err(f"usage: {task.name} [options] COMMAND")
        task.err(f"{task.name}: error: unrecognized arguments: {error}")
        return 1
    command = words.operands[0] if words.operands else ""
    if command in _REAL or not command:
        raise task.not_simulated(command)
    if command not in _COMMANDS:
        task.err(f"No such command: {command}. Please use /usr/bin/{task.name} --help")
        return 1
    if command in _ROOT_ONLY and task.files.who.uid != 0:
        task.err(
            "Error: This command has to be run with superuser privileges (under the root user on most "
            "systems)."
        )
        return 1
    return _COMMANDS[command](_Dnf(task, words))


COMMANDS: dict[str, Callable[[Task], int]] = {"dnf": _program, "microdnf": _program}
