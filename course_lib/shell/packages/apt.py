"""apt-get and apt: update, install, remove, purge, autoremove, clean, upgrade."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING

from course_lib.packages import dpkg
from course_lib.packages.catalogue import closure
from course_lib.shell.packages.aptsources import LISTS, Suite, sources
from course_lib.shell.packages.dpkgroot import DpkgRoot
from course_lib.shell.packages.words import BadOptionError, Words, agrees, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from course_lib.packages.package import Package
    from course_lib.shell.task import Task

_OPTIONS = {
    "-y": "y", "--yes": "y", "--assume-yes": "y", "--assume-no": "no", "-q": "q", "--quiet": "q",
    "--no-install-recommends": "norec", "--install-recommends": "rec", "--no-install-suggests": "-",
    "-f": "-", "--fix-broken": "-", "--fix-missing": "-", "-m": "-", "--allow-unauthenticated": "-",
    "--allow-downgrades": "-", "--allow-change-held-packages": "-", "--force-yes": "-",
    "--no-upgrade": "-", "--only-upgrade": "-", "--reinstall": "reinstall", "-o=": "o",
    "--option=": "o", "-t=": "-", "--target-release=": "-", "--purge": "purge",
    "--auto-remove": "auto", "--autoremove": "auto", "-u": "-", "-V": "-", "-d": "download",
    "--download-only": "download", "-s": "simulate", "--simulate": "simulate",
    "--dry-run": "simulate", "--no-download": "-", "--ignore-missing": "-", "-c=": "-",
    "--show-progress": "-", "--error-on=": "-", "-a": "-", "--installed": "installed",
}  # fmt: skip
_ARCHIVES = "/var/cache/apt/archives"
_EXTENDED = "/var/lib/apt/extended_states"
_WIDTH = 80
_FAILED = 100
_PER_SECOND = 24_000_000


class _Apt:
    def __init__(self, task: Task, words: Words) -> None:
        self.task = task
        self.words = words
        self.root = DpkgRoot(task)
        self.disk = self.root.disk
        self.names = words.operands[1:]
        self._quiet = len(words.values("q"))
        folder = "/etc/apt/sources.list.d"
        names = task.machine.children(folder) if self.disk.exists(folder) else ()
        self.sources = sources(self.disk, tuple(names))

    def say(self, line: str = "") -> None:
        if self._quiet < 2:  # noqa: PLR2004 - -qq
            self.task.out(f"{line}\n")

    def fail(self, *lines: str) -> int:
        for line in lines:
            self.task.err(f"E: {line}")
        return _FAILED

    def reading(self) -> None:
        self.say("Reading package lists...")
        self.say("Building dependency tree...")
        self.say("Reading state information...")

    # update

    def update(self) -> int:
        total, number = 0, 0
        waiting = [
            (suite, "InRelease", suite.release_size, suite.release_size, suite.file("InRelease"))
            for suite in self.sources
        ]
        waiting += [
            (suite, f"{suite.name}/{component} amd64 Packages", *suite.index_sizes(component),
             suite.index(component))
            for suite in self.sources
            for component in suite.components
        ]  # fmt: skip
        for suite, what, packed, stored, path in waiting:
            label = f"{suite.name} {what}" if what == "InRelease" else what
            number += 1
            if self.disk.exists(path):
                if what == "InRelease":
                    self.say(f"Hit:{number} {suite.url} {label}")
                continue
            self.say(f"Get:{number} {suite.url} {label} [{_decimal(packed)}]")
            self.disk.write(path, f"{suite.name}\n", size=stored)
            total += packed
        self.disk.make(f"{LISTS}/auxfiles")
        self.disk.write(f"{LISTS}/lock", "", 0o640)
        if total:
            self._fetched(total)
        self.say("Reading package lists...")
        if self.task.name == "apt":
            self.say("Building dependency tree...")
            self.say("Reading state information...")
            self.say("All packages are up to date.")
        return 0

    def _fetched(self, size: int) -> None:
        seconds = 1 + size // _PER_SECOND
        speed = _decimal(size / seconds)
        self.say(f"Fetched {_decimal(size)} in {seconds}s ({speed}/s)")

    def _known(self) -> bool:
        """Whether there is a list to look into."""
        return any(
            self.disk.exists(suite.index(component))
            for suite in self.sources
            for component in suite.components
        )

    # install

    def install(self) -> int:
        self.reading()
        wanted, unwanted = [], []
        problems = []
        for word in self._globbed(self.names):
            name, _, version = word.partition("=")
            name = name.partition("/")[0].partition(":")[0]
            if name.endswith("-") and name[:-1] in self.root.installed:
                unwanted.append(name[:-1])
                continue
            package = self._candidate(name)
            if name.endswith(".deb") or word.startswith(("/", "./")):
                problems.append(f"Unsupported file {word} given on commandline")
            elif package is None:
                problems.append(f"Unable to locate package {name}")
            elif version and not fnmatch.fnmatch(package.version, version):
                problems.append(f"Version '{version}' for '{name}' was not found")
            elif name in self.root.present and "reinstall" not in self.words:
                self.say(f"{name} is already the newest version ({package.version}).")
            else:
                wanted.append(name)
        if problems:
            return self.fail(*problems)
        present = self.root.present - set(wanted)
        packages = [
            self.root.of_release(package)
            for package in closure(
                wanted, self.root.offered, present, recommended=self._recommended()
            )
        ]
        return self._transact(packages, wanted, unwanted)

    def _globbed(self, words: Iterable[str]) -> Iterable[str]:
        for word in words:
            found = []
            if "*" in word and self._known():
                found = [name for name in self.root.offered if fnmatch.fnmatch(name, word)]
            yield from found or [word]

    def _candidate(self, name: str) -> Package | None:
        if name in self.root.installed:
            return self.root.installed[name]
        package = self.root.offered.get(name) if self._known() else None
        return self.root.of_release(package) if package else None

    def _recommended(self) -> bool:
        if "norec" in self.words:
            return False
        settings = [*self.words.values("o"), *self._settings()]
        return not any(
            value.lower().replace(" ", "").rstrip(";").replace('"', "").replace("'", "")
            in ("apt::install-recommends=false", "apt::install-recommends=0",
                "apt::install-recommendsfalse", "apt::install-recommends0")
            for value in settings
        )  # fmt: skip

    def _settings(self) -> Iterable[str]:
        folder = "/etc/apt/apt.conf.d"
        names = self.task.machine.children(folder) if self.disk.exists(folder) else ()
        for name in names:
            yield from self.disk.text(f"{folder}/{name}").splitlines()

    def _transact(
        self, packages: Sequence[Package], wanted: Sequence[str], unwanted: Sequence[str]
    ) -> int:
        extra = sorted(package.name for package in packages if package.name not in wanted)
        if extra:
            self._listing("The following additional packages will be installed:", extra)
        left_out = sorted(
            {
                other
                for package in packages
                for other in package.recommends
                if other not in self.root.present and other not in {p.name for p in packages}
            }
        )
        if left_out:
            self._listing("Recommended packages:", left_out)
        if unwanted:
            self._listing("The following packages will be REMOVED:", sorted(unwanted))
        if packages:
            self._listing(
                "The following NEW packages will be installed:", sorted(p.name for p in packages)
            )
        self.say(
            f"0 upgraded, {len(packages)} newly installed, {len(unwanted)} to remove and "
            "0 not upgraded."
        )
        if not packages and not unwanted:
            self._manual(wanted)
            return 0
        need = sum(package.packed for package in packages)
        self.say(f"Need to get {_decimal(need)} of archives.")
        used = sum(package.installed for package in packages) * 1024
        self.say(f"After this operation, {_decimal(used)} of additional disk space will be used.")
        if "simulate" in self.words:
            return 0
        if not self._confirmed(asks=bool(extra or unwanted)):
            return 1
        self._download(packages)
        if "download" in self.words:
            return 0
        for name in unwanted:
            self._remove_one(name, purge=False)
        self._unpack(packages)
        self._manual(wanted, extra)
        self._clean_up()
        return 0

    def _listing(self, title: str, names: Sequence[str]) -> None:
        self.say(title)
        line = " "
        for name in names:
            if len(line) + len(name) >= _WIDTH:
                self.say(line)
                line = " "
            line += f" {name}"
        self.say(line)

    def _confirmed(self, *, asks: bool) -> bool:
        """Apt asks only when it does more than it was told."""
        if "y" in self.words or self._quiet > 1 or not asks:
            return True
        self.task.out("Do you want to continue? [Y/n] ")
        if "no" not in self.words and agrees(self.task, default=True):
            return True
        self.task.out("Abort.\n")
        return False

    def _download(self, packages: Sequence[Package]) -> None:
        suite = (
            self.sources[0]
            if self.sources
            else Suite("http://deb.debian.org/debian", "bookworm", ("main",))
        )
        for number, package in enumerate(packages, 1):
            arch = dpkg.architecture(package)
            self.say(
                f"Get:{number} {suite.url} {suite.name}/main amd64 {package.name} {arch} "
                f"{package.version} [{_decimal(package.packed)}]"
            )
            if self._keeps_archives() or "download" in self.words:
                version = package.version.replace(":", "%3a")
                self.disk.write(
                    f"{_ARCHIVES}/{package.name}_{version}_{arch}.deb",
                    "!<arch>\n",
                    size=package.packed,
                )
        self._fetched(sum(package.packed for package in packages))

    def _keeps_archives(self) -> bool:
        """Whether archives stay in the cache: not in an image that has Docker's clean-up hook."""
        return not any("rm -f /var/cache/apt/archives" in line for line in self._settings())

    def _unpack(self, packages: Sequence[Package]) -> None:
        count = self.root.count()
        if "apt-utils" not in self.root.installed:
            self.task.err(
                "debconf: delaying package configuration, since apt-utils is not installed"
            )
        for number, package in enumerate(packages):
            arch = dpkg.architecture(package)
            version = package.version.replace(":", "%3a")
            self.say(f"Selecting previously unselected package {_qualified(package)}.")
            if number == 0:
                self.say(
                    f"(Reading database ... {count} files and directories currently installed.)"
                )
            place = f"{number:02}-" if len(packages) > 1 else ""
            folder = "..." if len(packages) > 1 else f".../{package.name[0]}"
            path = f"{folder}/{place}{package.name}_{version}_{arch}.deb"
            if len(packages) == 1:
                path = f".../{package.name}_{version}_{arch}.deb"
            self.say(f"Preparing to unpack {path} ...")
            self.say(f"Unpacking {_qualified(package)} ({package.version}) ...")
            self.root.unpack(package)
        for package in packages:
            self.say(f"Setting up {_qualified(package)} ({package.version}) ...")
        self.root.save()
        if any("/lib/" in path for package in packages for path in package.paths):
            libc = self.root.installed.get("libc-bin")
            if libc:
                self.say(f"Processing triggers for libc-bin ({libc.version}) ...")
        self._log(packages)

    def _log(self, packages: Sequence[Package]) -> None:
        lines = "".join(
            f"install {p.name} {p.version}\nstatus installed {p.name}\n" for p in packages
        )
        self.disk.append("/var/log/dpkg.log", lines)
        self.disk.append(
            "/var/log/apt/history.log",
            f"\nCommandline: {' '.join(self.task.argv)}\n"
            f"Install: {', '.join(f'{p.name} ({p.version})' for p in packages)}\n",
        )

    def _manual(self, wanted: Sequence[str], automatic: Sequence[str] = ()) -> None:
        """Keep which packages came only because others need them."""
        kept = [name for name in self._automatic() if name not in wanted]
        names = list(dict.fromkeys([*kept, *automatic]))
        if names or self.disk.exists(_EXTENDED):
            text = "".join(
                f"Package: {name}\nArchitecture: amd64\nAuto-Installed: 1\n\n" for name in names
            )
            self.disk.write(_EXTENDED, text)

    def _automatic(self) -> list[str]:
        lines = self.disk.text(_EXTENDED).splitlines()
        return [line[9:] for line in lines if line.startswith("Package: ")]

    def _clean_up(self) -> None:
        if self._keeps_archives():
            self.disk.write("/var/cache/apt/pkgcache.bin", "", size=38_000_000)
            self.disk.write("/var/cache/apt/srcpkgcache.bin", "", size=38_000_000)
        self.disk.write(f"{_ARCHIVES}/lock", "", 0o640)

    # remove

    def remove(self) -> int:
        return self._remove(list(self.names), purge="purge" in self.words)

    def purge(self) -> int:
        return self._remove(list(self.names), purge=True)

    def autoremove(self) -> int:
        return self._remove(list(self.names), purge="purge" in self.words, auto=True)

    def _remove(self, names: list[str], *, purge: bool, auto: bool = False) -> int:
        self.reading()
        present: list[str] = []
        for name in self._globbed(names):
            if name in self.root.installed:
                present.append(name)
            elif name in self.root.offered:
                self.say(f"Package '{name}' is not installed, so not removed")
            elif "*" not in name:
                return self.fail(f"Unable to locate package {name}")
        gone = self._going(present, auto=auto or "auto" in self.words)
        if gone:
            star = "*" if purge else ""
            self._listing(
                "The following packages will be REMOVED:", [name + star for name in sorted(gone)]
            )
        self.say(f"0 upgraded, 0 newly installed, {len(gone)} to remove and 0 not upgraded.")
        if not gone:
            return 0
        freed = sum(self.root.installed[name].installed for name in gone) * 1024
        self.say(f"After this operation, {_decimal(freed)} disk space will be freed.")
        if "simulate" in self.words:
            return 0
        if not self._confirmed(asks=True):
            return 1
        self.say(
            f"(Reading database ... {self.root.count()} files and directories currently installed.)"
        )
        for name in sorted(gone):
            self._remove_one(name, purge=purge)
        self.root.save()
        self._manual(gone)
        return 0

    def _going(self, present: list[str], *, auto: bool) -> list[str]:
        """The packages to remove: those named, those that need them, with `auto` what is left over."""
        gone = [*present, *self.root.needed_by(present)]
        unneeded = [name for name in self._unneeded(gone) if name not in gone]
        if auto:
            return gone + unneeded
        if unneeded:
            self.say(
                "The following packages were automatically installed and are no longer required:"
            )
            self.say("  " + " ".join(sorted(unneeded)))
            self.say(f"Use '{self.task.name} autoremove' to remove them.")
        return gone

    def _remove_one(self, name: str, *, purge: bool) -> None:
        package = self.root.installed[name]
        self.say(f"Removing {_qualified(package)} ({package.version}) ...")
        self.root.remove(name, purge=purge)
        self.disk.append("/var/log/dpkg.log", f"remove {name} {package.version}\n")

    def _unneeded(self, gone: Iterable[str]) -> list[str]:
        """What came automatically and is needed by nothing that stays."""
        automatic = {name for name in self._automatic() if name in self.root.installed}
        needed: set[str] = set()
        waiting = [n for n in self.root.installed if n not in automatic and n not in set(gone)]
        while waiting:
            name = waiting.pop()
            if name in needed or name not in self.root.installed:
                continue
            needed.add(name)
            waiting.extend(self.root.installed[name].depends)
            offered = self.root.offered.get(name)
            waiting.extend(offered.recommends if offered else ())
        return [name for name in self.root.installed if name in automatic - needed]

    # the rest

    def upgrade(self) -> int:
        self.reading()
        self.say("Calculating upgrade...")
        self.say("0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.")
        return 0

    def clean(self) -> int:
        self.disk.clear(_ARCHIVES, lambda path: path.endswith(("/lock", "/partial")))
        for name in ("pkgcache.bin", "srcpkgcache.bin"):
            self.disk.remove(f"/var/cache/apt/{name}")
        return 0

    def list(self) -> int:
        self.say("Listing...")
        shown = sorted(self.root.installed if "installed" in self.words else self.root.offered)
        for name in shown:
            package = self._candidate(name)
            if package and (not self.names or any(fnmatch.fnmatch(name, n) for n in self.names)):
                mark = " [installed]" if name in self.root.installed else ""
                arch = dpkg.architecture(package)
                self.task.out(f"{name}/stable {package.version} {arch}{mark}\n")
        return 0


def _qualified(package: Package) -> str:
    """`libcurl4:amd64` for a library, `curl` for all else: dpkg names the architecture where it must."""
    library = package.name.startswith("lib") and dpkg.architecture(package) != "all"
    return f"{package.name}:amd64" if library else package.name


def _decimal(size: float) -> str:
    """`9190 kB`, `18.8 MB`: decimal units, as apt writes them."""
    for unit in ("", "k", "M"):
        if size < 100 and unit:  # noqa: PLR2004 - three digits
            return f"{size:.1f} {unit}B"
        if size < 10_000:  # noqa: PLR2004 - four digits
            return f"{size:.0f} {unit}B"
        size /= 1000
    return f"{size:.1f} GB" if size < 100 else f"{size:.0f} GB"  # noqa: PLR2004 - three digits


_COMMANDS: dict[str, Callable[[_Apt], int]] = {
    "update": _Apt.update,
    "install": _Apt.install,
    "remove": _Apt.remove,
    "purge": _Apt.purge,
    "autoremove": _Apt.autoremove,
    "auto-remove": _Apt.autoremove,
    "upgrade": _Apt.upgrade,
    "dist-upgrade": _Apt.upgrade,
    "full-upgrade": _Apt.upgrade,
    "clean": _Apt.clean,
    "autoclean": _Apt.clean,
    "auto-clean": _Apt.clean,
    "distclean": _Apt.clean,
    "list": _Apt.list,
}
_REAL = frozenset(
    [
        "build-dep",
        "changelog",
        "check",
        "download",
        "dselect-upgrade",
        "edit-sources",
        "help",
        "indextargets",
        "moo",
        "satisfy",
        "search",
        "show",
        "showsrc",
        "source",
    ]
)
_READS = frozenset({"list"})


def _program(task: Task) -> int:
    if task.name == "apt" and not task.tty:
        task.err(
            "\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n"
        )
    try:
        words = read(task, _OPTIONS)
    except BadOptionError as error:
        option = str(error)
        kind = (
            f"Command line option {option} is not understood in combination with the other options"
        )
        if not option.startswith("--"):
            kind = f"Command line option '{option[1:]}' [from {option}] is not known."
        task.err(f"E: {kind}")
        return _FAILED
    command = words.operands[0] if words.operands else ""
    if command in _REAL or not command:
        raise task.not_simulated(command)
    if command not in _COMMANDS:
        task.err(f"E: Invalid operation {command}")
        return _FAILED
    if command not in _READS and "simulate" not in words and task.files.who.uid != 0:
        return _no_root(task, command)
    return _COMMANDS[command](_Apt(task, words))


def _no_root(task: Task, command: str) -> int:
    if command == "update":
        task.out("Reading package lists...\n")
        task.err(
            "E: List directory /var/lib/apt/lists/partial is missing. - Acquire (13: Permission denied)"
        )
    elif "clean" in command:
        task.err(
            "E: Could not open lock file /var/cache/apt/archives/lock - open (13: Permission denied)"
        )
        task.err("E: Unable to lock directory /var/cache/apt/archives/")
    else:
        task.err(
            "E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)"
        )
        task.err(
            "E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?"
        )
    return _FAILED


COMMANDS: dict[str, Callable[[Task], int]] = {"apt-get": _program, "apt": _program}
