"""go: modules, `go get`, `go build`; and dep, which came before modules.

Nothing is compiled. What `go build` writes is as large as a Go program; when its main function only
prints texts that stand in the source, it prints them, otherwise running it says that it can't be run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.image.entries import Content, Directory, File
from course_lib.image.programs import MAGIC, program, program_name
from course_lib.shell.launcher import DEFAULT_PATH, look_up
from course_lib.shell.packages.disk import Disk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from course_lib.shell.task import Task

_RUNTIME = 1_250_000  # bytes of the smallest Go program
_PER_IMPORT = {"fmt": 550_000, "net/http": 4_700_000, "encoding/json": 500_000, "log": 60_000}
_SYMBOLS = 0.4  # more with symbols and debug information, which -ldflags="-s -w" leaves out
_MODULE = 900_000  # bytes of an average module
_PRINT = re.compile(r'^\s*(?:fmt\.Println|println|fmt\.Printf?)\("((?:[^"\\%]|\\.)*)"\)\s*$')
_IMPORTS = re.compile(r'^\s*(?:import\s+)?(?:[\w.]+\s+)?"([^"]+)"\s*$', re.MULTILINE)
_REQUIRE = re.compile(r"^\s*(?:require\s+)?([\w.-]+\.[\w]+/[\w./~-]+)\s+(v[\w.+-]+)", re.MULTILINE)


class _Go:
    def __init__(self, task: Task) -> None:
        self.task = task
        self.disk = Disk(task)
        home = task.env.get("HOME", "/root").rstrip("/")
        self.gopath = task.env.get("GOPATH", f"{home}/go").partition(":")[0]
        self.version = task.env.get("GOLANG_VERSION", "1.21.5")

    @property
    def here(self) -> str:
        """The folder that go is called in."""
        return self.task.files.cwd

    def _sources(self, folder: str) -> Iterator[str]:
        if self.task.files.is_directory(folder):
            for name in self.task.files.names(folder):
                if name.endswith(".go") and not name.endswith("_test.go"):
                    yield self.task.files.read(f"{folder}/{name}").decode("utf-8", "replace")

    # go build, install, run

    def build(self, arguments: list[str]) -> int:
        output, flags, targets = _build_words(arguments)
        target = targets[0] if targets else "."
        if target.endswith(".go"):
            if self.task.files.find(target) is None:
                self.task.err(
                    f"no required module provides package {target}; to add it:\n\tgo get {target}"
                )
                return 1
            sources = [self.task.files.read(t).decode("utf-8", "replace") for t in targets]
            name = target.rpartition("/")[2].removesuffix(".go")
        else:
            folder = target.removesuffix("/...") or "."
            sources = list(self._sources(folder))
            name = self._name(folder)
        if not sources:
            path = self.task.files.absolute(target).removesuffix("/.")
            self.task.err(f"no Go files in {path}")
            return 1
        if not self._has_module() and self._modern():
            if not target.endswith(".go"):
                self.task.err(
                    "go: go.mod file not found in current directory or any parent directory; see 'go help modules'"
                )
                return 1
        elif not self._fetch_modules():
            return 1
        if not any(re.search(r"^package main\b", source, re.MULTILINE) for source in sources):
            return 0
        place = output or name
        if self.task.files.is_directory(place):
            place = f"{place.rstrip('/')}/{name}"
        self._make_folders(place)
        self.task.files.write(place, _compiled(sources, stripped="-s" in flags), 0o777)
        self.task.files.change_mode(place, 0o755)
        return 0

    def _make_folders(self, place: str) -> None:
        """The folder of a program is made when it is not there."""
        missing = []
        folder = self.task.files.absolute(place).rpartition("/")[0]
        while folder and self.task.files.find(folder) is None:
            missing.append(folder)
            folder = folder.rpartition("/")[0]
        for path in reversed(missing):
            self.task.files.make_directory(path)

    def _modern(self) -> bool:
        numbers = self.version.split(".")
        return [int(part) for part in numbers[:2] if part.isdecimal()] >= [1, 16]

    def _has_module(self) -> bool:
        return self.task.files.find("go.mod") is not None

    def _name(self, folder: str) -> str:
        """What a program is called: by its module, or by its folder."""
        if folder in (".", "./") and self._has_module():
            match = re.search(r"^module\s+(\S+)", self._module_file(), re.MULTILINE)
            if match:
                return match.group(1).rpartition("/")[2]
        return (
            self.task.files.absolute(folder).removesuffix("/.").rstrip("/").rpartition("/")[2]
            or "main"
        )

    def _module_file(self) -> str:
        return (
            self.task.files.read("go.mod").decode("utf-8", "replace") if self._has_module() else ""
        )

    def _fetch_modules(self) -> bool:
        """Download what go.mod requires; what is required is taken at its word."""
        required = _REQUIRE.findall(self._module_file())
        for module, version in required:
            if self.task.files.find("go.sum") is None:
                self.task.err(
                    f"missing go.sum entry for module providing package {module}; to add:"
                )
                self.task.err(f"\tgo mod download {module}")
                return False
            self._download(module, version)
        return True

    def _download(self, module: str, version: str) -> None:
        folder = f"{self.gopath}/pkg/mod/{module}@{version}"
        if not self.disk.exists(folder):
            self.task.err(f"go: downloading {module} {version}")
            self._put(f"{folder}/module.go", Content(b"package module\n", _MODULE))
            cached = f"{self.gopath}/pkg/mod/cache/download/{module}/@v/{version}.zip"
            self._put(cached, Content(b"PK", _MODULE // 4))

    def _put(self, path: str, content: Content, mode: int = 0o644) -> None:
        who = self.task.files.who
        self.disk.put(path, File(content, mode, who.uid, who.gid))

    # go mod, go get

    def mod(self, arguments: list[str]) -> int:
        if arguments[:1] == ["init"]:
            name = arguments[1] if len(arguments) > 1 else self.here.rpartition("/")[2]
            if self._has_module():
                self.task.err(f"go: {self.here}/go.mod already exists")
                return 1
            short = ".".join(self.version.split(".")[:2])
            self.task.files.write("go.mod", f"module {name}\n\ngo {short}\n".encode())
            self.task.err(f"go: creating new go.mod: module {name}")
            return 0
        if arguments[:1] in (["download"], ["tidy"], ["vendor"], ["verify"]):
            if not self._has_module():
                self.task.err(
                    "go: go.mod file not found in current directory or any parent directory; see 'go help modules'"
                )
                return 1
            required = _REQUIRE.findall(self._module_file())
            if required and arguments[0] == "tidy" and self.task.files.find("go.sum") is None:
                sums = "".join(f"{module} {version} h1:\n" for module, version in required)
                self.task.files.write("go.sum", sums.encode())
            for module, version in required:
                self._download(module, version)
            return 0
        raise self.task.not_simulated("mod " + " ".join(arguments[:1]))

    def get(self, arguments: list[str]) -> int:
        """Fetch packages by git; before modules, commands among them are built into $GOPATH/bin."""
        packages = [word for word in arguments if not word.startswith("-")]
        for word in packages:
            package, _, version = word.partition("@")
            if "." not in package.partition("/")[0]:
                self.task.err(f'package {package}: unrecognized import path "{package}"')
                return 1
            if self._modern():
                self._download(package, version if version.startswith("v") else "v1.0.0")
                continue
            try:
                look_up(self.task.files, "git", self.task.env.get("PATH", DEFAULT_PATH))
            except OSError:
                self.task.err("go: missing Git command. See https://golang.org/s/gogetcmd")
                self.task.err(f'package {package}: exec: "git": executable file not found in $PATH')
                return 1
            repository = "/".join(package.split("/")[:3])
            self._put(
                f"{self.gopath}/src/{repository}/source.go", Content(b"package x\n", 4 * _MODULE)
            )
            if "/cmd/" in package:
                self._command(package.rpartition("/")[2])
        return 0

    def install(self, arguments: list[str]) -> int:
        targets = [word for word in arguments if not word.startswith("-")]
        for target in targets:
            if "@" in target:
                self._download(target.partition("@")[0], "v1.0.0")
                self._command(target.partition("@")[0].rpartition("/")[2])
            else:
                name = self._name(target.removesuffix("/..."))
                return self.build(["-o", f"{self.gopath}/bin/{name}", target])
        return 0 if targets else self.build(["-o", f"{self.gopath}/bin/{self._name('.')}"])

    def _command(self, name: str) -> None:
        self._put(f"{self.gopath}/bin/{name}", program(name, 6_000_000), 0o755)

    def env(self, arguments: list[str]) -> int:
        known = {
            "GOARCH": "amd64", "GOOS": "linux", "GOPATH": self.gopath, "GOROOT": "/usr/local/go",
            "GOVERSION": f"go{self.version}", "CGO_ENABLED": self.task.env.get("CGO_ENABLED", "1"),
        }  # fmt: skip
        if arguments[:1] == ["-w"]:
            return 0
        for name in arguments:
            self.task.out(f"{known.get(name, '')}\n")
        if not arguments:
            self.task.out("".join(f"{name}='{value}'\n" for name, value in known.items()))
        return 0

    def show_version(self, _arguments: list[str]) -> int:
        self.task.out(f"go version go{self.version} linux/amd64\n")
        return 0

    def nothing(self, _arguments: list[str]) -> int:
        return 0


def _build_words(arguments: list[str]) -> tuple[str, str, list[str]]:
    """The output, the linker's flags, and what to build."""
    output = flags = ""
    targets = []
    waiting = list(arguments)
    while waiting:
        word = waiting.pop(0)
        name, equals, value = word.partition("=")
        if name in ("-o", "-ldflags", "--ldflags", "-tags", "-mod", "-gcflags", "-asmflags", "-p"):
            value = value if equals else (waiting.pop(0) if waiting else "")
            output = value if name == "-o" else output
            flags = value if name.endswith("ldflags") else flags
        elif not word.startswith("-"):
            targets.append(word)
    return output, flags, targets


def _compiled(sources: list[str], *, stripped: bool) -> Content:
    """A program of these sources: its size by what it imports, its texts when it only prints."""
    imports = {name for source in sources for name in _IMPORTS.findall(source)}
    size = _RUNTIME + sum(
        _PER_IMPORT.get(name, 30_000 if "." not in name else 400_000) for name in imports
    )
    size = size if stripped else int(size * (1 + _SYMBOLS))
    texts = _texts(sources[0]) if len(sources) == 1 else None
    head = MAGIC + b"go-program\n"
    if texts is not None:
        head += b"prints\n" + "".join(texts).encode() + b"\0"
    return Content(head, max(size, len(head)))


def _texts(source: str) -> list[str] | None:
    """What main prints, when it does nothing else."""
    match = re.search(r"func main\(\)\s*\{(.*?)\n?\}", source, re.DOTALL)
    if match is None:
        return None
    texts = []
    for line in match.group(1).strip().splitlines():
        if not line.strip() or line.strip().startswith("//"):
            continue
        found = _PRINT.match(line)
        if found is None:
            return None
        text = found.group(1).replace("\\n", "\n").replace("\\t", "\t").replace('\\"', '"')
        texts.append(text + ("\n" if "rintln" in line else ""))
    return texts


_COMMANDS: dict[str, Callable[[_Go, list[str]], int]] = {
    "build": _Go.build, "env": _Go.env, "fmt": _Go.nothing, "get": _Go.get, "install": _Go.install,
    "mod": _Go.mod, "version": _Go.show_version,
}  # fmt: skip


def _go(task: Task) -> int:
    command = task.args[0] if task.args else ""
    if command not in _COMMANDS:
        if command in (
            "clean",
            "doc",
            "generate",
            "help",
            "list",
            "run",
            "test",
            "tool",
            "vet",
            "work",
            "",
        ):
            raise task.not_simulated(command)
        task.err(f"go {command}: unknown command\nRun 'go help' for usage.")
        return 2
    return _COMMANDS[command](_Go(task), list(task.args[1:]))


def _run_program(task: Task) -> int:
    """A program that `go build` made."""
    path = look_up(task.files, task.argv[0], task.env.get("PATH", DEFAULT_PATH))
    content = task.files.file(path).content
    _, _, rest = content.head[len(MAGIC) :].partition(b"\n")
    if program_name(content) != "go-program" or not rest.startswith(b"prints\n"):
        what = "(a compiled Go program)"
        raise task.not_simulated(what)
    task.out(rest.removeprefix(b"prints\n").partition(b"\0")[0])
    return 0


def _dep(task: Task) -> int:
    """Dep: `dep ensure [-vendor-only]` puts the projects of Gopkg.lock into vendor/."""
    if task.args[:1] != ("ensure",):
        raise task.not_simulated(task.args[0] if task.args else "")
    if task.files.find("Gopkg.toml") is None:
        task.err("could not find project Gopkg.toml, use dep init to initiate a manifest")
        return 1
    if task.files.find("Gopkg.lock") is None:
        if "-vendor-only" in task.args:
            task.err("no Gopkg.lock exists from which to populate vendor/")
            return 1
        return 0
    text = task.files.read("Gopkg.lock").decode("utf-8", "replace")
    disk, who = Disk(task), task.files.who
    folder = f"{task.files.cwd.rstrip('/')}/vendor"
    disk.put(folder, Directory(0o755, who.uid, who.gid))
    for name in re.findall(r'^\s*name\s*=\s*"([^"]+)"', text, re.MULTILINE):
        disk.put(
            f"{folder}/{name}/source.go",
            File(Content(b"package x\n", _MODULE), 0o644, who.uid, who.gid),
        )
    return 0


COMMANDS: dict[str, Callable[[Task], int]] = {"go": _go, "go-program": _run_program, "dep": _dep}
