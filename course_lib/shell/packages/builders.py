"""mvn, gradle, cargo, gem, bundle, composer: what a project names is fetched, what it builds is written.

Nothing is compiled, and the course has no index of these worlds: names are taken at their word, and
each dependency has an average size. What is missing in a project fails as it really does.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.image.entries import Content, File
from course_lib.image.programs import program
from course_lib.shell.packages.disk import Disk

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task

_JAR = 420_000  # bytes of an average archive in each world
_CRATE = 250_000
_GEM = 600_000
_PHP = 500_000
_MAVEN_ITSELF = 28_000_000  # the plugins that a first `mvn package` downloads
_BINARY = 4_200_000  # of a Rust program in release mode, with symbols


@dataclass(frozen=True, slots=True)
class _Project:
    """A task's folder and home, and files that belong to the task's user."""

    task: Task
    disk: Disk

    @property
    def home(self) -> str:
        return self.task.env.get("HOME", "/root").rstrip("/")

    @property
    def here(self) -> str:
        return self.task.files.cwd.rstrip("/")

    def has(self, name: str) -> bool:
        return self.task.files.find(name) is not None

    def read(self, name: str) -> str:
        return self.task.files.read(name).decode("utf-8", "replace")

    def put(self, path: str, content: Content, mode: int = 0o644) -> None:
        who = self.task.files.who
        self.disk.put(path, File(content, mode, who.uid, who.gid))


def _of(task: Task) -> _Project:
    return _Project(task, Disk(task))


def _mvn(task: Task) -> int:
    project = _of(task)
    words = [word for word in task.args if not word.startswith("-")]
    if any(word in ("-v", "--version", "-version") for word in task.args):
        task.out(f"Apache Maven {task.env.get('MAVEN_VERSION', '3.8.7')}\n")
        return 0
    quiet = "-q" in task.args or "--quiet" in task.args
    known = {
        "clean",
        "validate",
        "compile",
        "test",
        "package",
        "verify",
        "install",
        "dependency:go-offline",
        "dependency:resolve",
    }
    unknown = [word for word in words if word not in known]
    if unknown:
        raise task.not_simulated(unknown[0])
    if not project.has("pom.xml"):
        task.out(
            "[ERROR] The goal you specified requires a project to execute but there is no POM in this "
            f"directory ({task.files.cwd}). Please verify you invoked Maven from the correct directory. "
            "-> [Help 1]\n"
        )
        return 1
    if not words:
        task.out("[ERROR] No goals have been specified for this build.\n")
        return 1
    text = project.read("pom.xml")
    own = re.sub(
        r"<(parent|dependencies|build|profiles|dependencyManagement)>.*?</\1>",
        "",
        text,
        flags=re.DOTALL,
    )
    name = _tag(own, "artifactId") or "project"
    version = _tag(own, "version") or _tag(text, "version") or "1.0"
    repository = f"{project.home}/.m2/repository"
    if not project.disk.exists(f"{repository}/org/apache/maven"):
        project.put(f"{repository}/org/apache/maven/plugins.jar", Content(b"PK", _MAVEN_ITSELF))
    for block in re.findall(
        r"<(?:dependency|parent)>(.*?)</(?:dependency|parent)>", text, re.DOTALL
    ):
        group, artifact = _tag(block, "groupId").replace(".", "/"), _tag(block, "artifactId")
        project.put(f"{repository}/{group}/{artifact}/{artifact}.jar", Content(b"PK", _JAR))
    if "clean" in words:
        project.disk.remove_tree(f"{project.here}/target")
    packaging = _tag(own, "packaging") or "jar"
    if set(words) & {"package", "verify", "install"}:
        fat = "spring-boot-maven-plugin" in text or "maven-shade-plugin" in text
        size = 18_000_000 if fat else 12_000
        project.put(f"{project.here}/target/{name}-{version}.{packaging}", Content(b"PK", size))
    if not quiet:
        task.out(f"[INFO] Building {name} {version}\n[INFO] BUILD SUCCESS\n")
    return 0


def _tag(text: str, name: str) -> str:
    match = re.search(rf"<{name}>\s*([^<]*?)\s*</{name}>", text)
    return match.group(1) if match else ""


def _gradle(task: Task) -> int:
    project = _of(task)
    words = [word for word in task.args if not word.startswith("-")]
    if not (project.has("build.gradle") or project.has("build.gradle.kts")):
        task.err(
            f"\nFAILURE: Build failed with an exception.\n\n* What went wrong:\nDirectory '{task.files.cwd}' does not contain a Gradle build.\n"
        )
        return 1
    known = {"build", "assemble", "jar", "bootJar", "clean", "dependencies", "test", "classes"}
    unknown = [word for word in words if word not in known]
    if unknown:
        raise task.not_simulated(unknown[0])
    file = "build.gradle" if project.has("build.gradle") else "build.gradle.kts"
    text = project.read(file)
    for name in re.findall(
        r"""(?:implementation|api|runtimeOnly|testImplementation)[ (]+['"]([^'"]+)['"]""", text
    ):
        path = name.replace(":", "/")
        project.put(f"{project.home}/.gradle/caches/modules-2/{path}.jar", Content(b"PK", _JAR))
    if set(words) & {"build", "assemble", "jar", "bootJar"}:
        settings = next(
            (n for n in ("settings.gradle", "settings.gradle.kts") if project.has(n)), ""
        )
        match = re.search(
            r"""rootProject\.name\s*=\s*['"]([^'"]+)""", project.read(settings) if settings else ""
        )
        name = match.group(1) if match else project.here.rpartition("/")[2]
        version = re.search(r"""^version\s*=\s*['"]([^'"]+)""", text, re.MULTILINE)
        full = f"{name}-{version.group(1)}" if version else name
        size = 18_000_000 if "org.springframework.boot" in text else 12_000
        project.put(f"{project.here}/build/libs/{full}.jar", Content(b"PK", size))
    task.out("\nBUILD SUCCESSFUL in 9s\n")
    return 0


def _cargo(task: Task) -> int:  # noqa: PLR0911 - each way that cargo fails
    project = _of(task)
    words = list(task.args)
    command = words[0] if words else ""
    if command in ("--version", "-V"):
        task.out(f"cargo {task.env.get('RUST_VERSION', '1.63.0')}\n")
        return 0
    if command not in ("build", "fetch", "install", "new", "init"):
        raise task.not_simulated(command)
    if command in ("new", "init"):
        place = next((w for w in words[1:] if not w.startswith("-")), ".")
        name = place.rpartition("/")[2].strip(".") or project.here.rpartition("/")[2]
        base = task.files.absolute(place).rstrip("/.")
        project.put(
            f"{base}/Cargo.toml",
            Content.of(
                f'[package]\nname = "{name}"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\n'
            ),
        )
        project.put(
            f"{base}/src/main.rs", Content.of('fn main() {\n    println!("Hello, world!");\n}\n')
        )
        return 0
    if not project.has("Cargo.toml"):
        task.err(
            f"error: could not find `Cargo.toml` in `{task.files.cwd}` or any parent directory"
        )
        return 101
    try:
        manifest = tomllib.loads(project.read("Cargo.toml"))
    except tomllib.TOMLDecodeError as error:
        task.err(
            f"error: failed to parse manifest at `{project.here}/Cargo.toml`\n\nCaused by:\n  {error}"
        )
        return 101
    package = manifest.get("package", {})
    name, version = package.get("name", "app"), package.get("version", "0.1.0")
    cargo = task.env.get("CARGO_HOME", f"{project.home}/.cargo")
    for crate in manifest.get("dependencies", {}):
        project.put(f"{cargo}/registry/src/{crate}/lib.rs", Content(b"//\n", _CRATE))
        project.put(f"{cargo}/registry/cache/{crate}.crate", Content(b"crate", _CRATE // 5))
    if command == "fetch":
        return 0
    if not (project.has("src/main.rs") or project.has("src/lib.rs")):
        task.err("error: failed to parse manifest: no targets specified in the manifest")
        return 101
    kind = "release" if "--release" in words or "-r" in words or command == "install" else "debug"
    if project.has("src/main.rs"):
        place = (
            f"{cargo}/bin/{name}"
            if command == "install"
            else f"{project.here}/target/{kind}/{name}"
        )
        size = _BINARY if kind == "release" else 4 * _BINARY
        project.put(place, program("compiled Rust program", size), 0o755)
    project.put(
        f"{project.here}/target/{kind}/deps/objects.rlib", Content(b"!<arch>\n", 30 * _CRATE)
    )
    task.err(f"   Compiling {name} v{version} ({project.here})\n    Finished {kind} in 9.31s")
    return 0


def _gem(task: Task) -> int:
    project = _of(task)
    words = [word for word in task.args if not word.startswith("-")]
    if words[:1] != ["install"]:
        raise task.not_simulated(words[0] if words else "")
    names = [word.partition(":")[0] for word in words[1:]]
    for name in names:
        _lay_gem(project, name)
        task.out(f"Successfully installed {name}\n")
    task.out(f"{len(names)} gem{'' if len(names) == 1 else 's'} installed\n")
    return 0


def _lay_gem(project: _Project, name: str) -> None:
    home = project.task.env.get("GEM_HOME", "/var/lib/gems/3.1.0")
    project.put(f"{home}/gems/{name}/lib/{name}.rb", Content(b"#\n", _GEM))
    project.put(f"{home}/cache/{name}.gem", Content(b"gem", _GEM // 3))
    project.put(f"{home}/bin/{name}", program(f"{name} (a Ruby program)", 560), 0o755)


def _bundle(task: Task) -> int:
    project = _of(task)
    words = [word for word in task.args if not word.startswith("-")]
    if words[:1] == ["config"]:
        return 0
    if words[:1] not in ([], ["install"]):
        raise task.not_simulated(words[0])
    if not project.has("Gemfile"):
        task.err("Could not locate Gemfile")
        return 10
    names = re.findall(r"""^\s*gem\s+['"]([^'"]+)""", project.read("Gemfile"), re.MULTILINE)
    for name in names:
        task.out(f"Installing {name}\n")
        _lay_gem(project, name)
    if not project.has("Gemfile.lock"):
        project.put(f"{project.here}/Gemfile.lock", Content.of("GEM\n"))
    task.out(
        f"Bundle complete! {len(names)} Gemfile dependencies, {len(names) + 1} gems now installed.\n"
    )
    return 0


def _composer(task: Task) -> int:
    project = _of(task)
    words = [word for word in task.args if not word.startswith("-")]
    if words[:1] not in (["install"], ["update"], ["dump-autoload"]):
        raise task.not_simulated(words[0] if words else "")
    if not project.has("composer.json"):
        task.err(f"Composer could not find a composer.json file in {task.files.cwd}")
        task.err(
            "To initialize a project, please create a composer.json file. See https://getcomposer.org/basic-usage"
        )
        return 1
    try:
        said = json.loads(project.read("composer.json"))
    except json.JSONDecodeError:
        task.err('\n  "./composer.json" does not contain valid JSON\n')
        return 1
    wanted = dict(said.get("require", {}))
    if "--no-dev" not in task.args:
        wanted |= said.get("require-dev", {})
    names = [name for name in wanted if "/" in name]
    for name in names:
        task.err(f"  - Installing {name}: Extracting archive")
        project.put(f"{project.here}/vendor/{name}/src/index.php", Content(b"<?php\n", _PHP))
        project.put(f"{project.home}/.composer/cache/files/{name}.zip", Content(b"PK", _PHP // 4))
    project.put(f"{project.here}/vendor/autoload.php", Content.of("<?php\n"))
    task.err("Generating autoload files")
    return 0


COMMANDS: dict[str, Callable[[Task], int]] = {
    "bundle": _bundle, "cargo": _cargo, "composer": _composer, "gem": _gem, "gradle": _gradle,
    "mvn": _mvn,
}  # fmt: skip
