"""npm, npx and yarn: install, ci, init, run; node's version."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from course_lib.image.entries import Content, Directory, File, Symlink
from course_lib.packages.catalogue import catalogue
from course_lib.packages.package import Package
from course_lib.shell.launcher import DEFAULT_PATH, look_up, run
from course_lib.shell.packages.disk import Disk
from course_lib.shell.packages.words import BadOptionError, Words, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from course_lib.image.entries import Node
    from course_lib.shell.task import Task

_OPTIONS = {
    "-g": "global", "--global": "global", "--location=": "location", "-D": "dev",
    "--save-dev": "dev", "--production": "production", "--omit=": "omit", "--only=": "only",
    "--include=": "-", "-y": "yes", "--yes": "yes", "-s": "silent", "--silent": "silent",
    "-q": "silent", "--quiet": "silent", "--no-audit": "-", "--no-fund": "-", "--audit=": "-",
    "--fund=": "-", "--no-save": "no-save", "--save": "-", "-S": "-", "--save-exact": "-",
    "-E": "-", "--legacy-peer-deps": "-", "--force": "force", "-f": "force",
    "--unsafe-perm": "-", "--no-optional": "-", "--ignore-scripts": "-", "--prefer-offline": "-",
    "--no-progress": "-", "--progress=": "-", "--loglevel=": "-", "--no-package-lock": "no-lock",
    "--frozen-lockfile": "frozen", "--prefix=": "-", "-v": "version", "--version": "version",
    "--if-present": "present", "--no-cache": "-", "--network-timeout=": "-", "--non-interactive": "-",
    "--cache=": "-", "--verbose": "-",
}  # fmt: skip
_AVERAGE = 250  # KiB of a package that only the lock file knows
_LOG = "npm ERR! A complete log of this run can be found in: {home}/.npm/_logs/2024-01-15T09_00_00_000Z-debug-0.log"


class NpmError(Exception):
    """Lines that npm writes after `npm ERR! `."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def failure(*lines: str) -> NpmError:
    """The error that npm writes in these lines."""
    return NpmError(*lines)


class _Npm:
    def __init__(self, task: Task, words: Words) -> None:
        self.task = task
        self.words = words
        self.disk = Disk(task)
        self.offered = catalogue("npm")
        self.names = words.operands[1:]

    def say(self, text: str) -> None:
        if "silent" not in self.words:
            self.task.out(f"{text}\n")

    def _own(self, node: Node) -> Node:
        who = self.task.files.who
        if isinstance(node, File):
            return File(node.content, node.mode, who.uid, who.gid)
        if isinstance(node, Directory):
            return Directory(node.mode, who.uid, who.gid)
        return Symlink(node.target, who.uid, who.gid)

    @property
    def here(self) -> str:
        """The folder of the project."""
        return self.task.files.cwd.rstrip("/")

    def project(self) -> dict[str, object]:
        """What package.json says; empty when it is not there."""
        if self.task.files.find("package.json") is None:
            return {}
        text = self.task.files.read("package.json").decode("utf-8", "replace")
        try:
            found = json.loads(text)
        except json.JSONDecodeError as error:
            msg = "code EJSONPARSE"
            raise failure(
                msg,
                f"path {self.here}/package.json",
                f"JSON.parse {error.msg} in JSON at position {error.pos}",
                "JSON.parse Failed to parse JSON data.",
                "JSON.parse Note: package.json must be actual JSON, not just JavaScript.",
            ) from error
        return found if isinstance(found, dict) else {}

    def _wanted(self, project: dict[str, object]) -> dict[str, str]:
        kinds = ["dependencies"]
        left_out = "production" in self.words or "dev" in self.words.values("omit")
        left_out = left_out or "prod" in self.words.value("only")
        if not left_out and self.task.env.get("NODE_ENV") != "production":
            kinds.append("devDependencies")
        wanted: dict[str, str] = {}
        for kind in kinds:
            found = project.get(kind)
            if isinstance(found, dict):
                wanted |= {str(name): str(version) for name, version in found.items()}
        return wanted

    # commands

    def install(self) -> int:
        if "global" in self.words or self.words.value("location") == "global":
            return self._global()
        project = self.project()
        wanted = dict(_split(name) for name in self.names)
        if not wanted and not project:
            if self.task.files.find("package.json") is None:
                self._missing_project()
            self.say("\nup to date in 1s\n")
            return 0
        known = [
            self._found(name, version)
            for name, version in (wanted or self._wanted(project)).items()
        ]
        if wanted and "no-save" not in self.words:
            self._save(project, known)
        return self._lay(known, project)

    def ci(self) -> int:
        project = self.project()
        lock = self.task.files.find("package-lock.json")
        if lock is None:
            msg = "code EUSAGE"
            raise failure(
                msg,
                "",
                "The `npm ci` command can only install with an existing package-lock.json or",
                "npm-shrinkwrap.json with lockfileVersion >= 1. Run an install with npm@5 or",
                "later to generate a package-lock.json file, then try again.",
            )
        wanted = self._wanted(project)
        self.disk.remove_tree(f"{self.here}/node_modules")
        return self._lay([self._found(name, version) for name, version in wanted.items()], project)

    def _missing_project(self) -> None:
        path = f"{self.here}/package.json"
        msg = "code ENOENT"
        raise failure(
            msg,
            "syscall open",
            f"path {path}",
            "errno -2",
            f"enoent ENOENT: no such file or directory, open '{path}'",
            "enoent This is related to npm not being able to find a file.",
            "enoent",
        )

    def _found(self, name: str, version: str) -> Package:
        package = self.offered.get(name) or self._locked(name)
        if package is None:
            msg = "code E404"
            raise failure(
                msg,
                f"404 Not Found - GET /{name.replace('/', '%2f')} - Not found",
                "404",
                f"404  '{name}@{version or '*'}' is not in this registry.",
                "404",
                "404 Note that you can also install from a",
                "404 tarball, folder, http url, or git folder.",
            )
        return package

    def _locked(self, name: str) -> Package | None:
        """A package that the catalogue does not have, taken at the word of package-lock.json."""
        if self.task.files.find("package-lock.json") is None:
            return None
        try:
            lock = json.loads(self.task.files.read("package-lock.json"))
            version = str(lock["packages"][f"node_modules/{name}"]["version"])
        except (ValueError, KeyError, TypeError):
            return None  # not there, or a lock of another form
        return Package(name, version, "1", _AVERAGE)

    def _lay(self, packages: Iterable[Package], project: dict[str, object]) -> int:
        folder = f"{self.here}/node_modules"
        count = self._unpack(packages, folder, f"{folder}/.bin", "..")
        if count:
            self.disk.put(f"{folder}/.package-lock.json", self._own(File(Content.of("{}\n"))))
        if "no-lock" not in self.words and self.words.operands[:1] != ("ci",):
            name = str(project.get("name", self.here.rpartition("/")[2]))
            lock = json.dumps({"name": name, "lockfileVersion": 3, "requires": True}, indent=2)
            self.disk.put(
                f"{self.here}/package-lock.json", self._own(File(Content.of(lock + "\n")))
            )
        self._report(count)
        return 0

    def _unpack(self, packages: Iterable[Package], folder: str, programs: str, back: str) -> int:
        count = 0
        for package in packages:
            count += int(package.section or "1")
            place = f"{folder}/{package.name}"
            about = json.dumps({"name": package.name, "version": package.version}, indent=2) + "\n"
            self.disk.put(place, self._own(Directory()))
            self.disk.put(f"{place}/package.json", self._own(File(Content.of(about))))
            size = package.installed * 1024
            self.disk.put(
                f"{place}/index.js", self._own(File(Content(b"'use strict';\n", max(size, 14))))
            )
            for path, node in package.entries(self.disk.now).items():
                name = path.rpartition("/")[2]
                self.disk.put(f"{place}/bin/{name}", self._own(node))
                self.disk.put(
                    f"{programs}/{name}", self._own(Symlink(f"{back}/{package.name}/bin/{name}"))
                )
            self._remember(package)
        return count

    def _remember(self, package: Package) -> None:
        """Npm keeps every archive in its cache, whatever one says."""
        home = self.task.env.get("HOME", "/root").rstrip("/")
        digest = hashlib.sha512(f"{package.name}@{package.version}".encode()).hexdigest()
        path = f"{home}/.npm/_cacache/content-v2/sha512/{digest[:2]}/{digest[2:4]}/{digest[4:]}"
        size = package.installed * 256
        self.disk.put(path, self._own(File(Content(b"archive\n", max(size, 8)))))

    def _report(self, count: int) -> None:
        if not count:
            self.say("\nup to date, audited 1 package in 1s\n\nfound 0 vulnerabilities")
            return
        noun = "package" if count == 1 else "packages"
        audited = f"{count + 1} packages"
        self.say(f"\nadded {count} {noun}, and audited {audited} in 2s\n\nfound 0 vulnerabilities")

    def _global(self) -> int:
        prefix = "/usr/local"
        target = self.disk.node(f"{prefix}/lib/node_modules") or self.disk.node(prefix)
        if target is not None and not self.task.files.allows(target, 2):
            msg = "code EACCES"
            raise failure(
                msg,
                "syscall mkdir",
                f"path {prefix}/lib/node_modules/{self.names[0] if self.names else ''}",
                "errno -13",
                "Error: EACCES: permission denied, mkdir "
                f"'{prefix}/lib/node_modules/{self.names[0] if self.names else ''}'",
            )
        packages = [self._found(*_split(name)) for name in self.names]
        count = self._unpack(
            packages, f"{prefix}/lib/node_modules", f"{prefix}/bin", "../lib/node_modules"
        )
        noun = "package" if count == 1 else "packages"
        self.say(f"\nadded {count} {noun} in 2s")
        return 0

    def _save(self, project: dict[str, object], packages: Iterable[Package]) -> None:
        kind = "devDependencies" if "dev" in self.words else "dependencies"
        before = project.get(kind)
        known = dict(before) if isinstance(before, dict) else {}
        known |= {package.name: f"^{package.version}" for package in packages}
        project[kind] = dict(sorted(known.items()))
        text = json.dumps(project, indent=2) + "\n"
        self.disk.put(f"{self.here}/package.json", self._own(File(Content.of(text))))

    def init(self) -> int:
        name = self.here.rpartition("/")[2] or "project"
        project = {
            "name": name.lower(), "version": "1.0.0", "description": "", "main": "index.js",
            "scripts": {"test": 'echo "Error: no test specified" && exit 1'},
            "keywords": [], "author": "", "license": "ISC",
        }  # fmt: skip
        text = json.dumps(project, indent=2)
        self.disk.put(f"{self.here}/package.json", self._own(File(Content.of(text + "\n"))))
        self.say(f"Wrote to {self.here}/package.json:\n\n{text}\n\n")
        return 0

    def run(self) -> int:
        if not self.names:
            msg = "run"
            raise self.task.not_simulated(msg)
        return self._script(self.names[0], self.names[1:])

    def start(self) -> int:
        return self._script(self.words.operands[0], self.names)

    def _script(self, name: str, arguments: Iterable[str]) -> int:
        if self.task.files.find("package.json") is None:
            self._missing_project()
        project = self.project()
        scripts = project.get("scripts")
        line = scripts.get(name) if isinstance(scripts, dict) else None
        if line is None and name == "start" and self.task.files.find("server.js") is not None:
            line = "node server.js"
        if line is None:
            if "present" in self.words:
                return 0
            msg = f'Missing script: "{name}"'
            raise failure(msg, "", "To see a list of scripts, run:", "  npm run")
        title = f"{project.get('name', '')}@{project.get('version', '')}".strip("@")
        command = " ".join([str(line), *arguments])
        self.say(f"\n> {title} {name}\n> {command}\n")
        child = self.task.fork()
        child.argv = ("sh", "-c", command)
        path = child.env.get("PATH", DEFAULT_PATH)
        child.env["PATH"] = f"{self.here}/node_modules/.bin:{path}"
        return run(child, look_up(child.files, "sh", path))

    def uninstall(self) -> int:
        project = self.project()
        for name in self.names:
            folder = f"{self.here}/node_modules/{name}"
            self.disk.remove_tree(folder)
            found = project.get("dependencies")
            if isinstance(found, dict):
                found.pop(name, None)
        if project:
            text = json.dumps(project, indent=2) + "\n"
            self.disk.put(f"{self.here}/package.json", self._own(File(Content.of(text))))
        self.say("\nup to date in 1s")
        return 0

    def cache(self) -> int:
        if self.names[:1] != ("clean",):
            msg = "cache"
            raise self.task.not_simulated(msg)
        if "force" not in self.words and self.task.name == "npm":
            msg = "As of npm@5, the npm cache self-heals from corruption issues"
            raise failure(msg,
                           "by treating integrity mismatches as cache misses.", "",
                           "If you're sure you want to delete the entire cache, rerun this command with --force.")  # fmt: skip
        home = self.task.env.get("HOME", "/root").rstrip("/")
        self.disk.remove_tree(f"{home}/.npm")
        return 0

    def config(self) -> int:
        return 0


def _split(word: str) -> tuple[str, str]:
    """Name and version of `express@4` or `@types/node@20`."""
    at = word.rfind("@")
    return (word[:at], word[at + 1 :]) if at > 0 else (word, "")


_COMMANDS: dict[str, Callable[[_Npm], int]] = {
    "add": _Npm.install, "cache": _Npm.cache, "ci": _Npm.ci, "clean-install": _Npm.ci,
    "config": _Npm.config, "i": _Npm.install, "init": _Npm.init, "install": _Npm.install,
    "remove": _Npm.uninstall, "restart": _Npm.start, "run": _Npm.run, "run-script": _Npm.run,
    "set": _Npm.config, "start": _Npm.start, "stop": _Npm.start, "test": _Npm.start,
    "t": _Npm.start, "uninstall": _Npm.uninstall,
}  # fmt: skip


def _program(task: Task) -> int:
    separate = list(task.args)
    rest: list[str] = []
    if "--" in separate:
        at = separate.index("--")
        separate, rest = separate[:at], separate[at + 1 :]
    try:
        copy = task.fork()
        copy.argv = (task.argv[0], *separate)
        words = read(copy, _OPTIONS)
    except BadOptionError as error:
        raise task.not_simulated(str(error)) from error
    if "version" in words:
        task.out("1.22.19\n" if task.name == "yarn" else f"{_version(task)}\n")
        return 0
    words = Words((*words.operands, *rest), words.options)
    if task.name == "yarn":
        words = _as_npm(words)
    command = words.operands[0] if words.operands else ""
    if command not in _COMMANDS:
        if not command or command in _REAL:
            raise task.not_simulated(command)
        task.out(
            f'Unknown command: "{command}"\n\nTo see a list of supported npm commands, run:\n  npm help\n'
        )
        return 1
    try:
        return _COMMANDS[command](_Npm(task, words))
    except NpmError as error:
        for line in error.lines:
            task.err(f"npm ERR! {line}".rstrip())
        task.err("")
        task.err(_LOG.format(home=task.env.get("HOME", "/root").rstrip("/")))
        return 1


_REAL = frozenset(
    [
        "access",
        "audit",
        "bin",
        "dedupe",
        "deprecate",
        "diff",
        "docs",
        "doctor",
        "edit",
        "exec",
        "explain",
        "explore",
        "find-dupes",
        "fund",
        "get",
        "help",
        "hook",
        "link",
        "ll",
        "login",
        "logout",
        "ls",
        "list",
        "org",
        "outdated",
        "owner",
        "pack",
        "ping",
        "pkg",
        "prefix",
        "profile",
        "prune",
        "publish",
        "query",
        "rebuild",
        "repo",
        "root",
        "search",
        "shrinkwrap",
        "star",
        "token",
        "update",
        "version",
        "view",
        "whoami",
    ]
)


def _as_npm(words: Words) -> Words:
    """Yarn's words as npm's: `yarn`, `yarn install`, `yarn global add x`, `yarn build`."""
    operands = words.operands
    if not operands:
        return Words(("install",), words.options)
    if operands[0] == "global":
        return Words(operands[1:], (*words.options, ("global", "")))
    if operands[0] not in _COMMANDS and operands[0] not in _REAL:
        return Words(("run", *operands), words.options)
    return words


def _version(task: Task) -> str:
    for prefix in ("/usr/local/lib", "/usr/lib", "/usr/share"):
        text = Disk(task).text(f"{prefix}/node_modules/npm/package.json")
        if text:
            return str(json.loads(text).get("version", ""))
    return "10.2.5"


def _npx(task: Task) -> int:
    """Run a command of node_modules/.bin."""
    words = [word for word in task.args if word not in ("-y", "--yes")]
    if not words:
        msg = ""
        raise task.not_simulated(msg)
    path = f"{task.files.cwd.rstrip('/')}/node_modules/.bin:{task.env.get('PATH', DEFAULT_PATH)}"
    try:
        found = look_up(task.files, words[0], path)
    except OSError as error:
        raise task.not_simulated(words[0]) from error
    task.argv = tuple(words)
    return run(task, found)


def _node(task: Task) -> int:
    if not task.args:
        if task.tty:
            task.out(
                f'Welcome to Node.js v{_node_version(task)}.\nType ".help" for more information.\n> '
            )
            raise task.block()
        if not task.stdin.read():
            return 0
        msg = ""
        raise task.not_simulated(msg)
    if task.args[0] in ("-v", "--version"):
        task.out(f"v{_node_version(task)}\n")
        return 0
    if task.args[0].startswith("-"):
        raise task.not_simulated(task.args[0])
    script = task.args[0]
    if task.files.find(script) is None and task.files.find(f"{script}.js") is None:
        path = task.files.absolute(script)
        task.err("node:internal/modules/cjs/loader:1147\n  throw err;\n  ^\n")
        task.err(f"Error: Cannot find module '{path}'")
        task.err(
            f"  code: 'MODULE_NOT_FOUND',\n  requireStack: []\n}}\n\nNode.js v{_node_version(task)}"
        )
        return 1
    raise task.not_simulated(script)


def _node_version(task: Task) -> str:
    return task.env.get("NODE_VERSION", "18.19.0")


COMMANDS: dict[str, Callable[[Task], int]] = {
    "node": _node, "npm": _program, "npx": _npx, "yarn": _program,
}  # fmt: skip
