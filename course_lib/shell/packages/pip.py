"""pip: install, uninstall, list, freeze, show."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.image.entries import Content, File
from course_lib.packages.catalogue import Catalogue, catalogue
from course_lib.shell.packages.disk import Disk
from course_lib.shell.packages.pipproject import BadProjectError, Project, read_project
from course_lib.shell.packages.pythonhome import PythonHome, home_of
from course_lib.shell.packages.words import BadOptionError, Words, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from course_lib.packages.package import Package
    from course_lib.shell.task import Task

_OPTIONS = {
    "-r=": "r", "--requirement=": "r", "-c=": "-", "--constraint=": "-", "-e=": "e",
    "--editable=": "e", "--no-cache-dir": "no-cache", "-U": "upgrade", "--upgrade": "upgrade",
    "-q": "q", "--quiet": "q", "-v": "-", "--user": "user", "-t=": "target", "--target=": "target",
    "--prefix=": "-", "-i=": "-", "--trusted-host=": "-", "--pre": "-", "--no-deps": "no-deps",
    "--no-binary=": "-", "--only-binary=": "-", "--prefer-binary": "-", "-f=": "-",
    "--break-system-packages": "break", "--disable-pip-version-check": "-", "--no-input": "-",
    "--root-user-action=": "root", "--ignore-installed": "upgrade", "-I": "upgrade",
    "--force-reinstall": "upgrade", "--no-warn-script-location": "-", "--timeout=": "-",
    "--default-timeout=": "-", "--retries=": "-", "--no-compile": "-", "--compile": "-",
    "--no-build-isolation": "-", "--use-pep517": "-", "--require-hashes": "-", "-y": "-",
    "--yes": "-", "--progress-bar=": "-", "--cache-dir=": "cache", "-V": "version",
    "--version": "version", "--format=": "-", "--no-color": "-", "--upgrade-strategy=": "-",
}  # fmt: skip
_REQUIREMENT = re.compile(r"([A-Za-z0-9][\w.-]*)\s*(?:\[[^]]*\])?\s*(.*)")
_CLAUSE = re.compile(r"(===|==|~=|!=|<=|>=|<|>)\s*([\w.*+!-]+)")
_MANAGED = """error: externally-managed-environment

× This environment is externally managed
╰─> To install Python packages system-wide, try apt install
    python3-xyz, where xyz is the package you are trying to
    install.
    
    If you wish to install a non-Debian-packaged Python package,
    create a virtual environment using python3 -m venv path/to/venv.
    Then use path/to/venv/bin/python and path/to/venv/bin/pip. Make
    sure you have python3-full installed.
    
    If you wish to install a non-Debian packaged Python application,
    it may be easiest to use pipx install xyz, which will manage a
    virtual environment for you. Make sure you have pipx installed.
    
    See /usr/share/doc/python3.11/README.venv for more information.

note: If you believe this is a mistake, please contact your Python installation or OS distribution provider. You can override this, at the risk of breaking your Python installation or OS, by passing --break-system-packages.
hint: See PEP 668 for the detailed specification."""  # noqa: W293 - pip's own text
_NAME = re.compile(r"^Name: (.+)$", re.MULTILINE)
_WHEEL = 0.3  # of the installed size
_BYTECODE = (
    1.4  # what pip compiles, of the source; packages beyond so many KiB are mostly libraries
)
_LIBRARIES = 4000


class PipError(Exception):
    """What pip writes after `ERROR: `, one line each."""


@dataclass(frozen=True, slots=True)
class _Requirement:
    text: str
    name: str
    clauses: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, text: str) -> _Requirement:
        plain = text.partition(";")[0].partition(" @ ")[0].strip()
        match = _REQUIREMENT.fullmatch(plain)
        if match is None:
            msg = f"Invalid requirement: '{text}'"
            raise PipError(msg)
        rest = match.group(2)
        clauses = tuple(_CLAUSE.findall(rest))
        if rest and not clauses:
            msg = f"Invalid requirement: '{text}'"
            raise PipError(msg)
        return cls(plain.replace(" ", ""), match.group(1), clauses)


def _invalid(text: str) -> PipError:
    return PipError(f"Invalid requirement: '{text}'")


def normal(name: str) -> str:
    """`flask-sqlalchemy` of `Flask_SQLAlchemy` (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


class _Pip:
    def __init__(self, task: Task, words: Words, home: PythonHome) -> None:
        self.task = task
        self.words = words
        self.home = home
        self.disk = Disk(task)
        self.offered: Catalogue = catalogue("pypi")
        self.names = {normal(name): name for name in self.offered}
        self.site = words.value("target") or home.site
        self.present = dict(self._installed())
        self.projects: dict[str, Project] = {}

    def say(self, line: str) -> None:
        if "q" not in self.words:
            self.task.out(f"{line}\n")

    def _installed(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """Name and version of each package in the site folder, by normalised name."""
        folders = [self.site]
        if self.home.site != self.site:
            folders.append(self.home.site)
        for folder in folders:
            if not self.disk.exists(folder):
                continue
            for entry in self.task.machine.children(self.task.machine.fs.resolve(folder)):
                name, dash, version = entry.removesuffix(".dist-info").partition("-")
                if entry.endswith(".dist-info") and dash:
                    told = _NAME.search(self.disk.text(f"{folder}/{entry}/METADATA"))
                    yield normal(name), (told.group(1) if told else name, version)

    # install

    def install(self) -> int:
        if self.home.managed and "break" not in self.words and "target" not in self.words:
            self.task.err(_MANAGED)
            return 1
        requirements = list(self._requirements())
        if not requirements:
            if self.words.operands[1:] or self.words.values("r") or self.words.values("e"):
                return 0
            self.task.err(
                'ERROR: You must give at least one requirement to install (see "pip help install")'
            )
            return 1
        chosen = self._resolve(requirements)
        new = [
            item
            for item in chosen
            if self.present.get(normal(item[0].name), ("", ""))[1] != item[1]
        ]
        for package, version in new:
            self._collect(package, version)
        if new:
            names = ", ".join(package.name for package, _ in reversed(new))
            self.say(f"Installing collected packages: {names}")
            for package, version in new:
                self._write(package, version)
            done = " ".join(sorted((f"{p.name}-{v}" for p, v in new), key=str.lower))
            self.say(f"Successfully installed {done}")
        if (
            self.task.files.who.uid == 0
            and self.words.value("root") != "ignore"
            and not self._in_venv()
        ):
            self.task.err(
                "WARNING: Running pip as the 'root' user can result in broken permissions and "
                "conflicting behaviour with the system package manager. It is recommended to use a "
                "virtual environment instead: https://pip.pypa.io/warnings/venv"
            )
        return 0

    def _in_venv(self) -> bool:
        return self.disk.exists(f"{self.home.prefix}/pyvenv.cfg")

    def _requirements(self) -> Iterator[_Requirement]:
        for path in self.words.values("r"):
            yield from self._from_file(path)
        for word in self.words.operands[1:]:
            if word.startswith((".", "/", "git+", "http:", "https:")) or word.endswith(
                (".whl", ".gz")
            ):
                yield from self._project(word)
            else:
                yield _Requirement.of(word)
        for word in self.words.values("e"):
            yield from self._project(word)

    def _from_file(self, path: str) -> Iterator[_Requirement]:
        try:
            text = self.task.files.read(path).decode("utf-8", "replace")
        except OSError as error:
            msg = f"Could not open requirements file: [Errno {error.errno}] {error.strerror}: '{path}'"
            raise PipError(msg) from error
        for line in text.replace("\\\n", " ").splitlines():
            plain = re.sub(r"(^|\s)#.*", "", line).partition(" --hash")[0].strip()
            if plain.startswith(("-r ", "--requirement ")):
                yield from self._from_file(plain.split(None, 1)[1])
            elif plain.startswith(("-e ", "--editable ")):
                yield from self._project(plain.split(None, 1)[1])
            elif plain and not plain.startswith("-"):
                yield _Requirement.of(plain)

    def _project(self, place: str) -> Iterator[_Requirement]:
        """A project in a folder, where its pyproject.toml says what it is."""
        if place.startswith(("git+", "http:", "https:")):
            msg = f"install {place}"
            raise self.task.not_simulated(msg)
        folder = place.partition("[")[0].rstrip("/") or "."
        if self.task.files.find(f"{folder}/pyproject.toml") is not None:
            yield self._read_project(folder)
            return
        if self.task.files.find(f"{folder}/setup.py") is not None:
            msg = f"install {place} (setup.py is Python code)"
            raise self.task.not_simulated(msg)
        msg = f"Directory '{place}' is not installable. Neither 'setup.py' nor 'pyproject.toml' found."
        raise PipError(msg)

    def _read_project(self, folder: str) -> _Requirement:
        try:
            project = read_project(self.task, folder)
        except BadProjectError as error:
            raise PipError(str(error)) from error
        package = project.package
        self.projects[normal(package.name)] = project
        self.say(f"Processing {project.folder}")
        for doing in (
            "Installing build dependencies",
            "Getting requirements to build wheel",
            "Preparing metadata (pyproject.toml)",
        ):
            self.say(f"  {doing}: started\n  {doing}: finished with status 'done'")
        exact = (("==", package.version),)
        return _Requirement(f"{package.name}=={package.version}", package.name, exact)

    def _resolve(self, requirements: Iterable[_Requirement]) -> list[tuple[Package, str]]:
        """Packages and versions, each before what it needs."""
        chosen: dict[str, tuple[Package, str]] = {}
        waiting = [(item, "") for item in requirements]
        while waiting:
            item, user = waiting.pop(0)
            key = normal(item.name)
            if key in chosen:
                continue
            if key in self.present and not item.clauses and "upgrade" not in self.words:
                self._satisfied(item, user)
                continue
            project = self.projects.get(key)
            package = project.package if project else self.offered.get(self.names.get(key, ""))
            version = _fitting(package, item) if package else ""
            if package is None or not version:
                self._not_found(item, package)
                continue
            if self.present.get(key, ("", ""))[1] == version:
                self._satisfied(item, user)
            elif project is None:
                self.say(f"Collecting {item.text}" + (f" (from {user})" if user else ""))
            chosen[key] = (package, version)
            if "no-deps" not in self.words:
                by = f"{user}->{item.text}" if user else item.text
                waiting += [(_Requirement.of(name), by) for name in package.depends]
        return list(chosen.values())

    def _satisfied(self, item: _Requirement, user: str) -> None:
        version = self.present[normal(item.name)][1]
        origin = f" (from {user})" if user else ""
        self.say(f"Requirement already satisfied: {item.text} in {self.site}{origin} ({version})")

    def _not_found(self, item: _Requirement, package: Package | None) -> None:
        versions = package.version if package else "none"
        msg = (
            f"Could not find a version that satisfies the requirement {item.text} "
            f"(from versions: {versions})\nNo matching distribution found for {item.text}"
        )
        raise PipError(msg)

    def _collect(self, package: Package, version: str) -> None:
        if normal(package.name) in self.projects:
            self.say(f"Building wheels for collected packages: {package.name}")
            self.say(f"  Building wheel for {package.name} (pyproject.toml): started")
            self.say(f"Successfully built {package.name}")
            return
        name = package.name.replace("-", "_")
        size = int(package.installed * 1024 * _WHEEL)
        self.say(f"  Downloading {name}-{version}-py3-none-any.whl ({_size(size)})")
        if self._keeps_cache():
            digest = hashlib.sha224(f"{name}-{version}".encode()).hexdigest()
            folder = "/".join(digest[:5])
            base = self.words.value("cache") or self.task.env.get("PIP_CACHE_DIR") or self._cache()
            self.disk.put(f"{base}/http/{folder}/{digest}", self._owned(Content(b"wheel\n", size)))

    def _cache(self) -> str:
        return f"{self.task.env.get('HOME', '/root').rstrip('/')}/.cache/pip"

    def _keeps_cache(self) -> bool:
        no = self.task.env.get("PIP_NO_CACHE_DIR", "").lower()
        return "no-cache" not in self.words and no in ("", "0", "false", "no", "off")

    def _owned(self, content: Content, mode: int = 0o644) -> File:
        who = self.task.files.who
        return File(content, mode, who.uid, who.gid)

    def _write(self, package: Package, version: str) -> None:
        module = package.name.replace("-", "_").lower()
        info = f"{self.site}/{package.name.replace('-', '_')}-{version}.dist-info"
        metadata = f"Metadata-Version: 2.1\nName: {package.name}\nVersion: {version}\n"
        metadata += "".join(f"Requires-Dist: {name}\n" for name in package.depends)
        self.disk.put(f"{info}/METADATA", self._owned(Content.of(metadata)))
        self.disk.put(f"{info}/INSTALLER", self._owned(Content.of("pip\n")))
        head = f'"""{package.name} {version}"""\n'.encode()
        compiled = 0 if package.installed > _LIBRARIES else _BYTECODE
        size = max(int(package.installed * 1024 * (1 + compiled)), len(head))
        project = self.projects.get(normal(package.name))
        modules = {f"{module}/__init__.py": Content(head, size)}
        if project is not None:
            modules = {path: file.content for path, file in project.files.items()}
        for path, content in modules.items():
            self.disk.put(f"{self.site}/{path}", self._owned(content))
        record = [*(f"{path},," for path in modules), f"{info.rpartition('/')[2]}/METADATA,,"]
        for path, node in package.entries(self.disk.now).items():
            if "target" not in self.words and isinstance(node, File):
                place = f"{self.home.programs}/{path.rpartition('/')[2]}"
                self.disk.put(place, self._owned(node.content, 0o755))
                record.append(f"../../../bin/{path.rpartition('/')[2]},,")
        self.disk.put(f"{info}/RECORD", self._owned(Content.of("\n".join(record) + "\n")))

    # the rest

    def uninstall(self) -> int:
        for word in self.words.operands[1:]:
            key = normal(word)
            if key not in self.present:
                self.task.err(f"WARNING: Skipping {word} as it is not installed.")
                continue
            name, version = self.present[key]
            self.say(f"Found existing installation: {name} {version}")
            self.say(f"Uninstalling {name}-{version}:")
            info = f"{self.site}/{name}-{version}.dist-info"
            paths = [
                line.partition(",")[0] for line in self.disk.text(f"{info}/RECORD").splitlines()
            ]
            for path in paths:
                if path.startswith("../../../bin/"):
                    self.disk.remove(f"{self.home.programs}/{path.rpartition('/')[2]}")
                else:
                    self.disk.remove_tree(f"{self.site}/{path.partition('/')[0]}")
            self.disk.remove_tree(info)
            self.say(f"  Successfully uninstalled {name}-{version}")
        return 0

    def list(self) -> int:
        rows = sorted(self.present.values(), key=lambda row: row[0].lower())
        wide = max((len(name) for name, _ in rows), default=7)
        high = max((len(version) for _, version in rows), default=7)
        self.task.out(f"{'Package':<{wide}} Version\n{'-' * wide} {'-' * high}\n")
        self.task.out("".join(f"{name:<{wide}} {version}\n" for name, version in rows))
        return 0

    def freeze(self) -> int:
        tools = {"pip", "setuptools", "wheel"}
        for key, (name, version) in sorted(self.present.items()):
            if key not in tools:
                self.task.out(f"{name}=={version}\n")
        return 0

    def show(self) -> int:
        for word in self.words.operands[1:]:
            if normal(word) not in self.present:
                self.task.err(f"WARNING: Package(s) not found: {word}")
                return 1
            name, version = self.present[normal(word)]
            self.task.out(f"Name: {name}\nVersion: {version}\nLocation: {self.site}\n")
        return 0

    def cache(self) -> int:
        if self.words.operands[1:2] == ("purge",):
            self.disk.clear(self._cache())
            self.task.out("Files removed: 0\n")
            return 0
        msg = "cache"
        raise self.task.not_simulated(msg)

    def check(self) -> int:
        self.task.out("No broken requirements found.\n")
        return 0


def _fitting(package: Package, item: _Requirement) -> str:
    """The version to install: one asked for by its number, if it can be, else the catalogue's."""
    version, newest = package.version, _numbers(package.newest or package.version)
    for operator, wanted in item.clauses:
        if operator in ("==", "===") and not wanted.endswith(".*"):
            return wanted if _numbers(wanted) <= newest else ""
    here = _numbers(version)
    for operator, wanted in item.clauses:
        there = _numbers(wanted)
        if operator == "~=" and here[: len(there) - 1] != there[:-1]:
            version = wanted
        elif operator == "==" and here[: len(there)] != there:
            version = f"{wanted.removesuffix('.*')}.0"
        elif operator in ("<", "<=") and here > there:
            version = wanted if operator == "<=" else ""
        elif operator in (">", ">=") and here < there:
            version = wanted if operator == ">=" else package.newest
    for operator, wanted in item.clauses:
        if operator == "<" and not version:
            lower = [w for o, w in item.clauses if o in (">=", "~=")]
            version = lower[0] if lower else _before(wanted)
    return version if _numbers(version) <= newest else ""


def _before(version: str) -> str:
    """A version below another: `1.9` below `2`, `2.2` below `2.3`."""
    numbers = list(_numbers(version)) or [0]
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    numbers[-1] -= 1
    return ".".join(str(max(number, 0)) for number in [*numbers, 9][:3])


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"  # noqa: PLR2004 - kB or MB


_COMMANDS: dict[str, Callable[[_Pip], int]] = {
    "install": _Pip.install,
    "uninstall": _Pip.uninstall,
    "list": _Pip.list,
    "freeze": _Pip.freeze,
    "show": _Pip.show,
    "cache": _Pip.cache,
    "check": _Pip.check,
}
_REAL = frozenset(
    [
        "config",
        "debug",
        "download",
        "hash",
        "help",
        "index",
        "inspect",
        "search",
        "wheel",
        "completion",
    ]
)


def run_pip(task: Task, home: PythonHome | None = None) -> int:
    """Run pip with a task's arguments, for the Python `home` or the one that `pip` belongs to."""
    disk = Disk(task)
    try:
        words = read(_without_addresses(task), _OPTIONS)
    except BadOptionError as error:
        task.err(f"\nUsage:   \n  pip <command> [options]\n\nno such option: {error}")
        return 2
    home = home or home_of(task, disk)
    if "version" in words:
        task.out(f"pip 23.2.1 from {home.site}/pip (python {home.version})\n")
        return 0
    command = words.operands[0] if words.operands else ""
    if command in _REAL or not command:
        raise task.not_simulated(command)
    if command not in _COMMANDS:
        task.err(f'ERROR: unknown command "{command}"')
        return 1
    try:
        pip = _Pip(task, words, home)
        if command in ("install", "uninstall") and not _may_write(task, disk, pip.site):
            task.err(
                "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: "
                f"'{pip.site}'\nConsider using the `--user` option or check the permissions.\n"
            )
            return 1
        return _COMMANDS[command](pip)
    except PipError as error:
        for line in str(error).splitlines():
            task.err(f"ERROR: {line}")
        return 1


def _may_write(task: Task, disk: Disk, site: str) -> bool:
    folder = site
    while folder and not disk.exists(folder):
        folder = folder.rpartition("/")[0]
    node = disk.node(folder or "/")
    return node is not None and task.files.allows(node, 2)


def _without_addresses(task: Task) -> Task:
    """The task without the options that name another package index."""
    copy = task.fork()
    kept = []
    waiting = list(task.args)
    while waiting:
        word = waiting.pop(0)
        name, equals, _ = word.partition("=")
        if name.startswith("--") and name.endswith(("-url", "-links")):
            if not equals and waiting:
                waiting.pop(0)
        else:
            kept.append(word)
    copy.argv = (task.argv[0], *kept)
    copy.pid = task.pid
    return copy


COMMANDS: dict[str, Callable[[Task], int]] = {"pip": run_pip}
