"""Judges of where data lies: in volumes, in folders of the host, and who may write there."""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import normpath
from typing import TYPE_CHECKING

from course_lib.exercises.looking import at_container, at_image
from course_lib.exercises.values import Finding
from course_lib.image.entries import File
from course_lib.image.errors import FileSystemError
from course_lib.run.container import Exited, Running
from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterable

    from course_lib.exercises.attempt import Attempt
    from course_lib.run.container import Container, Mount

_EDITED = "edited on the host just now\n"
_SHORT = 12


@dataclass(frozen=True, slots=True)
class ReadsLines:
    """In a container, the file at `path` holds exactly these lines; mounts are looked into."""

    container: str
    path: str
    lines: tuple[str, ...]
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Read the file as a process in the container would."""
        container = attempt.container(self.container)
        text = _read(attempt, self.container, self.path)
        wanted = " / ".join(self.lines)
        return Finding(
            1 if text is not None and tuple(text.splitlines()) == self.lines else 0,
            Text(
                f"in {self.container}, {self.path} holds `{wanted}`",
                f"在 {self.container} 里，{self.path} 的内容是 `{wanted}`",
            ),
            _content(self.path, text),
            at_container(attempt, container),
            self.hint,
        )


@dataclass(frozen=True, slots=True)
class HasVolumeAt:
    """A container has the volume with this name mounted at `path`."""

    container: str
    path: str
    volume: str
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Look at its mounts."""
        container = attempt.container(self.container)
        mount = _mount(container, self.path)
        right = (
            mount is not None
            and (mount.destination, mount.type) == (self.path, "volume")
            and mount.name == self.volume
        )
        return Finding(
            1 if right else 0,
            Text(
                f"the volume {self.volume} at {self.path} of {self.container}",
                f"{self.container} 的 {self.path} 挂载着数据卷 {self.volume}",
            ),
            _mounted(self.path, mount),
            at_container(attempt, container),
            self.hint,
        )


@dataclass(frozen=True, slots=True)
class OnlyVolumes:
    """`docker volume ls` lists exactly these names, at least one."""

    names: tuple[str, ...]
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """List all volumes, anonymous ones included."""
        there = [volume.name for volume in attempt.machine.engine.volumes()]
        return Finding(
            1 if sorted(there) == sorted(self.names) else 0,
            Text("`docker volume ls` lists", "`docker volume ls` 列出") + _listed(self.names),
            Text("it lists", "实际列出")
            + (_listed(map(_shortened, there)) if there else Text(" none", "：没有")),
            way_on=self.hint,
        )


@dataclass(frozen=True, slots=True)
class DeclaresVolume:
    """The config of the image declares a volume at `path`."""

    image: str
    path: str
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Read the config as the engine reads it: a path without a slash in front is meant from /."""
        image = attempt.image(self.image)
        there = image.config.volumes
        return Finding(
            1 if self.path in map(_from_root, there) else 0,
            Text(f"a volume is declared at {self.path}", f"声明了数据卷 {self.path}"),
            Text("declared:", "声明的有：") + _listed(there)
            if there
            else Text("the image declares no volume", "镜像没有声明数据卷"),
            at_image(attempt, image, "FROM", "VOLUME"),
            self.hint or Text(f"VOLUME {self.path}", f"VOLUME {self.path}"),
        )


@dataclass(frozen=True, slots=True)
class SeesHost:
    """A running container has the host's file `file` at `path`, and an edit of it on the host at once."""

    container: str
    path: str
    file: str
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Edit the file on the host, read it in the container, put the old text back."""
        container = attempt.container(self.container)
        files = attempt.machine.files
        before = files[self.file]
        files[self.file] = _EDITED
        attempt.docker(["ps"])  # a command lays the files of the machine on the host
        now = _read(attempt, self.container, self.path)
        files[self.file] = before
        attempt.docker(["ps"])
        runs = isinstance(container.state, Running)
        found = _mounted(self.path, _mount(container, self.path))
        if not runs:
            found = (
                Text(f"{self.container} is not running; ", f"{self.container} 没有在运行；") + found
            )
        elif now is not None and now != _EDITED:
            found += Text("; the page there stays the old one", "；那里的网页还是旧的")
        return Finding(
            1 if runs and now == _EDITED else 0,
            Text(
                f"an edit of {self.file} on the host shows at {self.path} in {self.container}",
                f"在宿主机上改 {self.file}，{self.container} 里的 {self.path} 也跟着变",
            ),
            found,
            at_container(attempt, container),
            self.hint,
        )


@dataclass(frozen=True, slots=True)
class EndedAs:
    """A container ran as this user of its image's USER line, and ended with exit code 0."""

    container: str
    user: str
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Look at its config and its state."""
        container = attempt.container(self.container)
        user = container.config.user or "root"
        ended = isinstance(container.state, Exited)
        right = ended and not container.exit_code and user == self.user
        how = (
            Text(f"ended with {container.exit_code}", f"退出码 {container.exit_code}")
            if ended
            else Text("has not ended", "还没有结束")
        )
        return Finding(
            1 if right else 0,
            Text(
                f"{self.container} ran as {self.user} and ended with exit code 0",
                f"{self.container} 以 {self.user} 运行，退出码 0",
            ),
            Text(f"it ran as {user} and ", f"它以 {user} 运行，") + how,
            at_container(attempt, container),
            self.hint,
        )


@dataclass(frozen=True, slots=True)
class CannotWrite:
    """Not even root in the running container can write to the file at `path`."""

    container: str
    path: str
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Try it with `docker exec -u 0`."""
        container = attempt.container(self.container)
        before = _read(attempt, self.container, self.path)
        script = f"echo >> {self.path}"
        tried = attempt.docker(["exec", "-u", "0", self.container, "sh", "-c", script])
        kept = before is not None and _read(attempt, self.container, self.path) == before
        return Finding(
            1 if tried.exit_code and kept else 0,
            Text(
                f"in {self.container}, nobody can write to {self.path}",
                f"在 {self.container} 里，谁也写不了 {self.path}",
            ),
            _content(self.path, None)
            if before is None
            else Text("root in the container changed it", "容器里的 root 把它改了"),
            at_container(attempt, container),
            self.hint,
        )


def _read(attempt: Attempt, container: str, path: str) -> str | None:
    files = attempt.machine.engine.files(container)
    try:
        node = files.get(files.resolve(path))
    except FileSystemError:
        return None
    return node.content.data.decode(errors="replace") if isinstance(node, File) else None


def _content(path: str, text: str | None) -> Text:
    if text is None:
        return Text(f"there is no file {path}", f"没有 {path} 这个文件")
    shown = " / ".join(text.splitlines())
    return Text(f"it holds `{shown}`", f"内容是 `{shown}`")


def _mount(container: Container, path: str) -> Mount | None:
    """The mount in which a path of the container lies."""
    over = [m for m in container.mounts if f"{path}/".startswith(f"{m.destination.rstrip('/')}/")]
    return max(over, key=lambda mount: len(mount.destination), default=None)


def _mounted(path: str, mount: Mount | None) -> Text:
    if mount is None:
        return Text(f"nothing is mounted at {path}", f"{path} 没有挂载任何东西")
    path = mount.destination
    match mount.type:
        case "volume" if mount.anonymous:
            what = Text("an anonymous volume", "一个匿名数据卷")
        case "volume":
            what = Text(f"the volume {mount.name}", f"数据卷 {mount.name}")
        case "bind":
            what = Text(f"{mount.source} of the host", f"宿主机的 {mount.source}")
        case "tmpfs":
            what = same("tmpfs")
    return Text(f"at {path}: ", f"{path} 处是：") + what


def _from_root(path: str) -> str:
    return normpath(f"/{path.lstrip('/')}")


def _shortened(name: str) -> str:
    return name if len(name) < 2 * _SHORT else f"{name[:_SHORT]}..."


def _listed(lines: Iterable[str]) -> Text:
    return same("".join(f"\n{line}" for line in lines))
