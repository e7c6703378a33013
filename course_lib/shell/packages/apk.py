"""apk, Alpine's package manager: what is installed follows from /etc/apk/world."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from course_lib.packages import apkdb
from course_lib.packages.catalogue import catalogue, closure
from course_lib.packages.package import Package
from course_lib.shell.packages.disk import Disk, release
from course_lib.shell.packages.words import BadOptionError, Words, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from course_lib.shell.task import Task

_OPTIONS = {
    "--no-cache": "no-cache", "-U": "update", "--update": "update", "--update-cache": "update",
    "-t=": "virtual", "--virtual=": "virtual", "-q": "quiet", "--quiet": "quiet", "-v": "-",
    "--verbose": "-", "--no-progress": "-", "--progress": "-", "-X=": "-", "--repository=": "-",
    "--allow-untrusted": "-", "--force": "-", "-f": "-", "--force-overwrite": "-",
    "--force-broken-world": "-", "--no-interactive": "-", "-u": "-", "--upgrade": "-", "-l": "-",
    "--latest": "-", "-r": "-", "--rdepends": "-", "--purge": "-", "-e": "exists",
    "--installed": "exists", "-a": "-", "--available": "-", "--clean-protected": "-",
    "--cache-max-age=": "-", "-s": "simulate", "--simulate": "simulate", "-L": "contents",
    "--contents": "contents", "-V": "version", "--version": "version", "--wait=": "-",
}  # fmt: skip
_CACHE = "/var/cache/apk"
_INDEX = {"main": 472_000, "community": 1_900_000}  # bytes of APKINDEX.tar.gz; estimated
_CONSTRAINT = re.compile(r"([^=<>~@]+)(?:([=<>~]+)([^@]*))?(?:@.*)?")
_LOCKED = 99
_ALONGSIDE = {"busybox": ("busybox-binsh", "ssl_client")}  # apk's install_if


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One word of /etc/apk/world: `curl`, `curl=8.5.0-r0`."""

    text: str
    name: str
    operator: str
    version: str

    @classmethod
    def of(cls, text: str) -> _Wanted:
        match = _CONSTRAINT.fullmatch(text)
        name, operator, version = match.groups() if match else (text, None, None)
        return cls(text, name, operator or "", version or "")

    def fits(self, version: str) -> bool:
        if self.operator in ("=", "=="):
            return version == self.version
        if self.operator in ("~", "~=", "=~"):
            return version == self.version or version.startswith(
                (f"{self.version}.", f"{self.version}-")
            )
        return True


class _Apk:
    def __init__(self, task: Task, words: Words) -> None:
        self.task = task
        self.words = words
        self.disk = Disk(task)
        self.release = release(self.disk).get("VERSION_ID", "3.19.0")
        self.old = self.release.startswith("3.6")
        self.offered = catalogue("alpine 3.6" if self.old else "alpine")
        self.installed = {
            package.name: (package, paths)
            for package, paths in apkdb.read_installed(self.disk.text(apkdb.INSTALLED))
        }
        self.world = self.disk.text(apkdb.WORLD).split()

    def say(self, line: str) -> None:
        if "quiet" not in self.words:
            self.task.out(f"{line}\n")

    # Indices

    def repositories(self) -> list[str]:
        lines = self.disk.text("/etc/apk/repositories").splitlines()
        return [line.split()[-1] for line in lines if line.strip() and not line.startswith("#")]

    def _index(self, url: str) -> str:
        digest = hashlib.sha1(url.encode(), usedforsecurity=False).hexdigest()[:8]
        return f"{_CACHE}/APKINDEX.{digest}.tar.gz"

    def fetch(self) -> None:
        """Download the indices; with --no-cache they are not kept."""
        for url in self.repositories():
            self.say(f"fetch {url}/x86_64/APKINDEX.tar.gz")
            if "no-cache" not in self.words:
                size = _INDEX.get(url.rstrip("/").rpartition("/")[2], 100_000)
                self.disk.write(self._index(url), url, size=size)

    def know_indices(self) -> bool:
        """Whether the indices are at hand; a newer apk downloads them when they are missing."""
        missing = [url for url in self.repositories() if not self.disk.exists(self._index(url))]
        if "no-cache" in self.words or "update" in self.words or (missing and not self.old):
            self.fetch()
            return True
        for url in missing:
            name = self._index(url).rpartition("/")[2]
            self.task.err(f"WARNING: Ignoring {name}: No such file or directory")
        return not missing

    # Commands

    def add(self) -> int:
        known = self.know_indices()
        wanted = [_Wanted.of(text) for text in self.words.operands[1:]]
        virtual = self.words.value("virtual")
        problems = self._problems(wanted, virtual, known=known)
        if problems:
            self.task.err(
                "ERROR: unsatisfiable constraints:"
                if self.old
                else "ERROR: unable to select packages:"
            )
            for line in problems:
                self.task.err(line)
            return 1
        group = self._virtual(virtual, wanted) if virtual else None
        names = [virtual] if virtual else [item.text for item in wanted]
        replaced = {_Wanted.of(name).name for name in names}
        self.world = [text for text in self.world if _Wanted.of(text).name not in replaced] + names
        packages = closure(
            [item.name for item in wanted], self.offered, self.installed, recommended=False
        )
        return self._change([*packages, *([group] if group else [])], [])

    def _problems(self, wanted: Iterable[_Wanted], virtual: str, *, known: bool) -> list[str]:
        lines = []
        for item in sorted(wanted, key=lambda item: item.name):
            package = self._package(item.name) if known or item.name in self.installed else None
            by = f"{virtual}-{self._stamp()}[{item.text}]" if virtual else f"world[{item.text}]"
            if package is None:
                missing = "missing" if self.old else "no such package"
                lines += [f"  {item.name} ({missing}):", f"    required by: {by}"]
            elif not item.fits(package.version):
                lines += [f"  {package.name}-{package.version}:", f"    breaks: {by}"]
        return lines

    def _package(self, name: str) -> Package | None:
        if name in self.installed:
            return self.installed[name][0]
        return self.offered.get(name)

    def _stamp(self) -> str:
        return datetime.fromtimestamp(self.disk.now, UTC).strftime("%Y%m%d.%H%M%S")

    def _virtual(self, name: str, wanted: Iterable[_Wanted]) -> Package:
        return Package(
            name,
            self._stamp(),
            description="virtual meta package",
            depends=tuple(item.name for item in wanted),
        )

    def delete(self) -> int:
        names = self.words.operands[1:]
        self.world = [text for text in self.world if _Wanted.of(text).name not in names]
        unknown = [name for name in names if name not in self.installed]
        if unknown and not self.old and len(unknown) == len(names):
            for name in unknown:
                self.task.err(f"ERROR: No such package: {name}")
            return len(unknown)
        needed = self._needed()
        gone = [p for p, _ in self.installed.values() if p.name not in needed]
        order = [*(p for p in gone if p.name in names), *(p for p in gone if p.name not in names)]
        kept = [name for name in names if name in self.installed and name in needed]
        if kept:
            self.say("World updated, but the following packages are not removed due to:")
            for name in kept:
                users = (p.name for p, _ in self.installed.values() if name in p.depends)
                self.say(f"  {name}: {' '.join(users)}")
            self.say("")
        return self._change([], order)

    def _needed(self) -> set[str]:
        """What the world needs, directly or not."""
        needed: set[str] = set()
        waiting = [_Wanted.of(text).name for text in self.world]
        while waiting:
            name = waiting.pop()
            if name not in needed and name in self.installed:
                needed.add(name)
                waiting.extend(self.installed[name][0].depends)
                waiting.extend(_ALONGSIDE.get(name, ()))
        return needed

    def _change(self, coming: Sequence[Package], going: Sequence[Package]) -> int:
        count = len(coming) + len(going)
        simulate = "simulate" in self.words
        for number, package in enumerate(going, 1):
            self.say(f"({number}/{count}) Purging {package.name} ({package.version})")
            if not simulate:
                self.disk.erase(self.installed.pop(package.name)[1])
        for number, package in enumerate(coming, 1):
            self.say(f"({number}/{count}) Installing {package.name} ({package.version})")
            if not simulate:
                self.disk.unpack(package)
                self.installed[package.name] = (package, package.paths)
        if count:
            self._triggers()
        if not simulate:
            self._save()
        self._summary()
        return 0

    def _triggers(self) -> None:
        for name in ("busybox", "ca-certificates"):
            if name in self.installed:
                self.say(f"Executing {name}-{self.installed[name][0].version}.trigger")

    def _save(self) -> None:
        self.disk.write(apkdb.WORLD, "".join(f"{text}\n" for text in self.world))
        stanzas = (apkdb.stanza(package, paths) for package, paths in self.installed.values())
        self.disk.write(apkdb.INSTALLED, "".join(stanzas))
        scripts = 512 * 20 + 1024 * len(self.installed)
        self.disk.write(f"{apkdb.FOLDER}/scripts.tar", "", size=scripts)

    def _summary(self) -> None:
        size = sum(package.installed for package, _ in self.installed.values()) // 1024
        self.say(f"OK: {size} MiB in {len(self.installed)} packages")

    def update(self) -> int:
        self.fetch()
        for url in self.repositories():
            self.say(f"v{self.release} [{url}]")
        self.say(f"OK: {len(list(self.offered))} distinct packages available")
        return 0

    def upgrade(self) -> int:
        self.know_indices()
        self._summary()
        return 0

    def info(self) -> int:
        names = self.words.operands[1:]
        if not names:
            for name in sorted(self.installed):
                self.task.out(f"{name}\n")
            return 0
        status = 0
        for name in names:
            if name not in self.installed:
                status = 1
            elif "exists" in self.words:
                self.task.out(f"{name}\n")
            elif "contents" in self.words:
                package, paths = self.installed[name]
                self.task.out(f"{package.name}-{package.version} contains:\n")
                self.task.out("".join(f"{path[1:]}\n" for path in paths) + "\n")
            else:
                _describe(self.task, self.installed[name][0])
        return status

    def search(self) -> int:
        if not self.know_indices():
            return 1
        words = self.words.operands[1:]
        for name in sorted(self.offered):
            package = self.offered.get(name)
            if package and all(word in name for word in words):
                self.task.out(f"{name}-{package.version}\n")
        return 0

    def cache(self) -> int:
        if self.words.operands[1:2] != ("clean",):
            msg = "cache"
            raise self.task.not_simulated(msg)
        self.task.err("ERROR: Package cache is not enabled.")
        return 2


def _describe(task: Task, package: Package) -> None:
    title = f"{package.name}-{package.version}"
    task.out(f"{title} description:\n{package.description}\n\n")
    task.out(f"{title} installed size:\n{package.installed} KiB\n\n")


_COMMANDS: dict[str, Callable[[_Apk], int]] = {
    "add": _Apk.add,
    "cache": _Apk.cache,
    "del": _Apk.delete,
    "info": _Apk.info,
    "search": _Apk.search,
    "update": _Apk.update,
    "upgrade": _Apk.upgrade,
}
_REAL = frozenset(
    [
        "audit",
        "convdb",
        "dot",
        "fetch",
        "fix",
        "index",
        "list",
        "manifest",
        "policy",
        "stats",
        "verify",
        "version",
    ]
)
_READS = frozenset({"info", "search"})


def _program(task: Task) -> int:
    try:
        words = read(task, _OPTIONS)
    except BadOptionError as error:
        task.err(f"apk: unrecognized option: {str(error).lstrip('-')}")
        return 1
    if "version" in words:
        task.out("apk-tools 2.14.0, compiled for x86_64.\n")
        return 0
    command = words.operands[0] if words.operands else ""
    if command in _REAL:
        raise task.not_simulated(command)
    if command not in _COMMANDS:
        if command:
            task.err(f"ERROR: '{command}' is not an apk command. See 'apk --help'.")
        return 1
    if command not in _READS and task.files.who.uid != 0:
        task.err("ERROR: Unable to lock database: Permission denied")
        task.err("ERROR: Failed to open apk database: Permission denied")
        return _LOCKED
    return _COMMANDS[command](_Apk(task, words))


COMMANDS: dict[str, Callable[[Task], int]] = {"apk": _program}
