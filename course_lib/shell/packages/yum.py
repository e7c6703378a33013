"""yum 3, of CentOS 7."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.packages import rpmdb
from course_lib.shell.packages.disk import Disk, release
from course_lib.shell.packages.rpmroot import RpmRoot, epoch_version, full_name
from course_lib.shell.packages.words import BadOptionError, Words, agrees, read, spaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from course_lib.packages.package import Package
    from course_lib.shell.task import Task

_OPTIONS = {
    "-y": "y", "--assumeyes": "y", "-q": "q", "--quiet": "q", "-v": "v", "--verbose": "v",
    "--nogpgcheck": "-", "-e=": "-", "-d=": "-", "--enablerepo=": "-", "--disablerepo=": "-",
    "--setopt=": "-", "--disableplugin=": "-", "--exclude=": "-", "-x=": "-", "-C": "-",
    "--skip-broken": "-", "--assumeno": "no",
}  # fmt: skip
_WIDTH = 80
_CACHE = "/var/cache/yum/x86_64/7"
_METADATA = {  # what a first use downloads and unpacks, in bytes; estimated
    "base": (6_500_000, 32_000_000),
    "extras": (260_000, 1_100_000),
    "updates": (27_000_000, 133_000_000),
}


class _Yum:
    def __init__(self, task: Task, words: Words) -> None:
        self.task = task
        self.words = words
        self.disk = Disk(task)
        self.root = RpmRoot(self.disk)
        self.names = words.operands[1:]

    def say(self, line: str = "") -> None:
        if "q" not in self.words:
            self.task.out(f"{line}\n")

    def load(self) -> None:
        """Say what every call says first, and download the lists when they are missing."""
        self.say("Loaded plugins: fastestmirror, ovl")

    def fetch_lists(self) -> None:
        if self.disk.exists(f"{_CACHE}/base/repomd.xml"):
            self.say("Loading mirror speeds from cached hostfile")
        else:
            self.say("Determining fastest mirrors")
        for name in _METADATA:
            self.say(f" * {name}: mirror.centos.org")
        if self.disk.exists(f"{_CACHE}/base/repomd.xml"):
            return
        for name, (packed, unpacked) in _METADATA.items():
            self.disk.write(f"{_CACHE}/{name}/repomd.xml", f"<repomd {name}/>\n")
            self.disk.write(f"{_CACHE}/{name}/primary_db.sqlite.bz2", "", size=packed)
            self.disk.write(f"{_CACHE}/{name}/gen/primary_db.sqlite", "", size=unpacked)
            self.disk.write(f"{_CACHE}/{name}/cachecookie", "")
        self.disk.write(f"{_CACHE}/timedhosts.txt", "mirror.centos.org 0.05\n")

    def install(self) -> int:
        if not self.names:
            self.task.err("Error: Need to pass a list of pkgs to install")
            return 1
        self.load()
        self.fetch_lists()
        wanted = []
        for name in self.names:
            known = self.root.installed.get(name)
            plain = _plain(name)
            if known or plain in self.root.installed:
                package = self.root.installed[plain][0]
                self.say(f"Package {full_name(package)} already installed and latest version")
            elif plain in self.root.offered:
                wanted.append(plain)
            else:
                self.task.out(f"No package {name} available.\n")
                if self.words.value("-") == "strict":
                    return 1
        if not wanted:
            return self._nothing()
        return self._transact(self.root.missing_for(wanted), wanted)

    def _nothing(self) -> int:
        """All that was asked for is installed, or none of it is there."""
        if all(_plain(name) in self.root.installed for name in self.names):
            self.say("Nothing to do")
            return 0
        self.task.err("Error: Nothing to do")
        return 1

    def _transact(self, packages: list[Package], wanted: Sequence[str]) -> int:
        self._show_resolution(packages)
        asked = [package for package in packages if package.name in wanted]
        others = [package for package in packages if package.name not in wanted]
        self._show_table((("Installing", asked), ("Installing for dependencies", others)))
        count = _plural(len(asked), "Package")
        plus = f" (+{_plural(len(others), 'Dependent package')})" if others else ""
        self.say(f"Install  {count}{plus}\n")
        total = sum(package.packed for package in packages)
        self.say(f"Total download size: {spaced(total).strip()}")
        self.say(f"Installed size: {spaced(sum(p.installed for p in packages) * 1024).strip()}")
        if not self._confirmed():
            return 1
        self.say("Downloading packages:")
        self.say("-" * _WIDTH)
        self.say(
            f"{'Total':<45}{'5.8 MB/s':>12} | {spaced(total)}B  00:{total // 6_000_000:02}     "
        )
        for line in ("check", "test"):
            self.say(f"Running transaction {line}")
        self.say("Transaction test succeeded")
        self.say("Running transaction")
        for number, package in enumerate(packages, 1):
            self.root.install(package)
            self._progress("Installing", package, number, len(packages))
            self._log("Installed", package)
        self.root.save()
        for number, package in enumerate(packages, 1):
            self._progress("Verifying ", package, number, len(packages))
        self._remember(packages)
        self.say()
        self._show_done("Installed", asked)
        self._show_done("Dependency Installed", others)
        self.say("Complete!")
        return 0

    def _show_resolution(self, packages: Iterable[Package]) -> None:
        self.say("Resolving Dependencies")
        self.say("--> Running transaction check")
        for package in packages:
            arch = rpmdb.architecture(package)
            self.say(
                f"---> Package {package.name}.{arch} {epoch_version(package)} will be installed"
            )
        self.say("--> Finished Dependency Resolution")
        self.say("\nDependencies Resolved\n")

    def _show_table(self, groups: Iterable[tuple[str, Sequence[Package]]]) -> None:
        self.say("=" * _WIDTH)
        self.say(f" {'Package':<30}{'Arch':<10}{'Version':<24}{'Repository':<9}{'Size':>6}")
        self.say("=" * _WIDTH)
        for title, packages in groups:
            if packages:
                self.say(f"{title}:")
            for package in sorted(packages, key=_by_name):
                arch = rpmdb.architecture(package)
                size = spaced(package.packed)
                self.say(f" {package.name:<30}{arch:<10}{package.version:<24}{'base':<9}{size:>6}")
        self.say("\nTransaction Summary")
        self.say("=" * _WIDTH)

    def _confirmed(self) -> bool:
        if "y" in self.words:
            return True
        self.task.out("Is this ok [y/d/N]: ")
        if "no" not in self.words and agrees(self.task, default=False):
            return True
        self.task.out("Exiting on user command\n")
        return False

    def _progress(self, verb: str, package: Package, number: int, count: int) -> None:
        self.say(f"  {verb} : {full_name(package):<57} {number:>4}/{count} ")

    def _log(self, verb: str, package: Package) -> None:
        stamp = _stamp(self.disk.now)
        self.disk.append("/var/log/yum.log", f"{stamp} {verb}: {full_name(package)}\n")

    def _remember(self, packages: Iterable[Package]) -> None:
        for package in packages:
            folder = f"/var/lib/yum/yumdb/{package.name[0]}/{full_name(package)}"
            self.disk.write(f"{folder}/from_repo", "base")
            self.disk.write(f"{folder}/reason", "user")
        self.disk.write("/var/lib/yum/history/history.sqlite", "", 0o600, size=120_000)

    def _show_done(self, title: str, packages: Iterable[Package]) -> None:
        lines = [
            f"  {p.name}.{rpmdb.architecture(p)} {epoch_version(p)}"
            for p in sorted(packages, key=_by_name)
        ]
        if lines:
            self.say(f"{title}:")
            for line in lines:
                self.say(f"{line:<79} ")
            self.say()

    def remove(self) -> int:
        self.load()
        present = [name for name in self.names if name in self.root.installed]
        for name in self.names:
            if name not in present:
                self.say(f"No Match for argument: {name}")
        if not present:
            self.say("No Packages marked for removal")
            return 0
        also = [other for name in present for other in self.root.needed_by(name)]
        packages = [self.root.installed[name][0] for name in dict.fromkeys([*present, *also])]
        self.say("Resolving Dependencies")
        self.say("--> Running transaction check")
        for package in packages:
            arch = rpmdb.architecture(package)
            self.say(f"---> Package {package.name}.{arch} {epoch_version(package)} will be erased")
        self.say("--> Finished Dependency Resolution")
        self.say("\nDependencies Resolved\n")
        self._show_table((("Removing", packages),))
        self.say(f"Remove  {_plural(len(packages), 'Package')}\n")
        if not self._confirmed():
            return 1
        self.say("Running transaction")
        for number, package in enumerate(packages, 1):
            self.root.erase(package.name)
            self._progress("Erasing   ", package, number, len(packages))
            self._log("Erased", package)
        self.root.save()
        self.say()
        self._show_done("Removed", packages)
        self.say("Complete!")
        return 0

    def update(self) -> int:
        self.load()
        self.fetch_lists()
        self.say("No packages marked for update")
        return 0

    def makecache(self) -> int:
        self.load()
        self.fetch_lists()
        self.say("Metadata Cache Created")
        return 0

    def clean(self) -> int:
        self.load()
        if not self.names:
            self.task.err("Error: clean requires an option: headers, packages, metadata, "
                          "dbcache, plugins, expire-cache, rpmdb, all")  # fmt: skip
            return 1
        self.say("Cleaning repos: base extras updates")
        if self.names[0] in ("all", "metadata", "dbcache"):
            self.disk.clear(_CACHE)
            if self.names[0] == "all":
                self.say("Cleaning up list of fastest mirrors")
        return 0

    def list(self) -> int:
        self.load()
        which = self.names[0] if self.names else "all"
        wanted = self.names[1:] if which in ("installed", "available", "all") else self.names
        if which != "available":
            self.say("Installed Packages")
            self._rows((p for p, _ in self.root.installed.values()), "installed", wanted)
        if which != "installed":
            self.fetch_lists()
            self.say("Available Packages")
            offered = (self.root.offered.get(name) for name in self.root.offered)
            self._rows(
                (p for p in offered if p and p.name not in self.root.installed), "base", wanted
            )
        return 0

    def _rows(self, packages: Iterable[Package], origin: str, wanted: Sequence[str]) -> None:
        for package in sorted(packages, key=_by_name):
            if not wanted or package.name in wanted:
                name = f"{package.name}.{rpmdb.architecture(package)}"
                self.task.out(f"{name:<40} {package.version:<26} {origin:>12}\n")


def _by_name(package: Package) -> str:
    return package.name


def _plain(name: str) -> str:
    """`tomcat` of `tomcat.noarch`."""
    return name.removesuffix(".x86_64").removesuffix(".noarch")


def _plural(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _stamp(seconds: int) -> str:
    from datetime import UTC, datetime  # noqa: PLC0415 - only for the log

    return datetime.fromtimestamp(seconds, UTC).strftime("%b %d %H:%M:%S")


_ROOT_ONLY = frozenset({"install", "remove", "erase", "update", "upgrade", "reinstall"})
_COMMANDS: dict[str, Callable[[_Yum], int]] = {
    "install": _Yum.install,
    "remove": _Yum.remove,
    "erase": _Yum.remove,
    "update": _Yum.update,
    "upgrade": _Yum.update,
    "makecache": _Yum.makecache,
    "clean": _Yum.clean,
    "list": _Yum.list,
}
_REAL = frozenset(
    [
        "check",
        "check-update",
        "deplist",
        "distribution-synchronization",
        "downgrade",
        "fs",
        "groups",
        "groupinstall",
        "help",
        "history",
        "info",
        "load-transaction",
        "localinstall",
        "provides",
        "whatprovides",
        "reinstall",
        "repolist",
        "repoquery",
        "search",
        "shell",
        "swap",
        "updateinfo",
        "update-minimal",
        "version",
    ]
)


def _yum(task: Task) -> int:
    try:
        words = read(task, _OPTIONS)
    except BadOptionError as error:
        task.out("Usage: yum [options] COMMAND\n")
        task.err(f"\n\nCommand line error: no such option: {str(error).partition('=')[0]}")
        return 1
    command = words.operands[0] if words.operands else ""
    if command in _REAL:
        raise task.not_simulated(command)
    if command not in _COMMANDS:
        task.out("Loaded plugins: fastestmirror, ovl\n")
        if command:
            task.out(f"No such command: {command}. Please use /usr/bin/yum --help\n")
        else:
            task.err("You need to give some command")
        return 1
    if command in _ROOT_ONLY and task.files.who.uid != 0:
        task.out("Loaded plugins: fastestmirror, ovl\n")
        task.out("You need to be root to perform this command.\n")
        return 1
    return _COMMANDS[command](_Yum(task, words))


def _program(task: Task) -> int:
    """CentOS 8 calls dnf by the name of yum."""
    if release(Disk(task)).get("VERSION_ID", "7").partition(".")[0] != "7":
        from course_lib.shell.packages import dnf  # noqa: PLC0415 - only where it is needed

        return dnf.COMMANDS["dnf"](task)
    return _yum(task)


COMMANDS: dict[str, Callable[[Task], int]] = {"yum": _program}
