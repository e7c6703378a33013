"""Judges of what is there after the answers: containers, their writable layers, images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.exercises.looking import at_container, at_image
from course_lib.exercises.values import Finding
from course_lib.image.entries import File
from course_lib.image.errors import FileSystemError
from course_lib.run.container import Container
from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterable

    from course_lib.exercises.attempt import Attempt
    from course_lib.image.diff import Change
    from course_lib.image.image import Image
    from course_lib.image.tree import Tree
    from course_lib.image.workspace import Workspace

_NOTHING = Text("nothing", "没有")


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """There is a container of this name, made from this image."""

    container: str
    image: str

    def __call__(self, attempt: Attempt) -> Finding:
        """Compare the container's image with the one that has the name now."""
        container = attempt.container(self.container)
        right = container.image == attempt.machine.engine.find_image(self.image)
        return Finding(
            1 if right else 0,
            Text(
                f"a container named {self.container}, made from {self.image}",
                f"从 {self.image} 创建的容器 {self.container}",
            ),
            _origin(container),
            at_container(attempt, container),
        )


@dataclass(frozen=True, slots=True)
class Changed:
    """`docker diff CONTAINER` shows these lines; each earns an equal share."""

    container: str
    lines: tuple[str, ...]

    def __call__(self, attempt: Attempt) -> Finding:
        """Look for each line."""
        container = attempt.container(self.container)
        there = _diff(attempt, self.container)
        missing = [line for line in self.lines if line not in there]
        return Finding(
            1 - len(missing) / len(self.lines),
            Text(f"`docker diff {self.container}` shows", f"`docker diff {self.container}` 显示")
            + _listed(self.lines),
            Text("it does not show", "没有显示") + _listed(missing),
            at_container(attempt, container),
            _hint(missing[0], there) if missing else None,
        )


@dataclass(frozen=True, slots=True)
class NothingElse:
    """`docker diff CONTAINER` shows at least one of these lines, and no other."""

    container: str
    lines: tuple[str, ...]

    def __call__(self, attempt: Attempt) -> Finding:
        """Look for lines that nobody asked for."""
        container = attempt.container(self.container)
        there = _diff(attempt, self.container)
        extra = [line for line in there if line not in self.lines]
        none = not [line for line in there if line in self.lines]
        return Finding(
            0 if none or extra else 1,
            Text("these changes and no other", "只有这些改动，没有别的"),
            Text("none of these changes yet", "这些改动一个也没有")
            if none
            else Text("too many:", "多出来的：") + _listed(extra),
            at_container(attempt, container),
            None
            if none
            else Text(
                "a container keeps all that was ever done in it; begin again with a new one",
                "容器会留下做过的一切改动；用一个新的容器重新开始",
            ),
        )


@dataclass(frozen=True, slots=True)
class Holds:
    """In a container, the file at `path` holds exactly the line `line`.

    With `image`, the container must have been made from it.
    """

    container: str
    path: str
    line: str
    image: str = ""

    def __call__(self, attempt: Attempt) -> Finding:
        """Read the file as a process in the container would."""
        container = attempt.container(self.container)
        text = _read(attempt.machine.engine.files(self.container), self.path)
        holds = text is not None and text.rstrip("\n") == self.line
        descends = not self.image or container.image == attempt.machine.engine.find_image(
            self.image
        )
        return Finding(
            1 if holds and descends else 0,
            Text(
                f"in {self.container}, {self.path} holds the line `{self.line}`",
                f"在 {self.container} 里，{self.path} 的内容是一行 `{self.line}`",
            ),
            _content(self.path, text) if descends else _origin(container),
            at_container(attempt, container),
        )


@dataclass(frozen=True, slots=True)
class KeptOutside:
    """A container has the file at `path`, and not from its own writable layer."""

    container: str
    path: str

    def __call__(self, attempt: Attempt) -> Finding:
        """See whether the writable layer serves the file."""
        container = attempt.container(self.container)
        there = _read(attempt.machine.engine.files(self.container), self.path) is not None
        own = [line for line in _diff(attempt, self.container) if line[2:] == self.path]
        return Finding(
            0 if own or not there else 1,
            Text(
                f"{self.path} comes from outside the writable layer of {self.container}",
                f"{self.path} 来自 {self.container} 的可写层之外",
            ),
            Text("`docker diff` shows ", "`docker diff` 显示 ") + same(f"`{own[0]}`")
            if own
            else _content(self.path, None),
            at_container(attempt, container),
            Text(
                "what must outlive a container belongs in a volume: -v NAME:/folder",
                "要比容器活得久的数据放进数据卷：-v 名字:/目录",
            ),
        )


@dataclass(frozen=True, slots=True)
class OthersGone:
    """Besides `container`, at least one other container was made, and all others are removed."""

    container: str

    def __call__(self, attempt: Attempt) -> Finding:
        """Compare the containers that the commands made with those that are left."""
        kept = attempt.container(self.container)
        engine = attempt.machine.engine
        left = [one.name for one in engine.ps(all=True) if one.id != kept.id]
        made = {
            shown.id
            for ran in attempt.ran
            for shown in ran.answer.shown
            if isinstance(shown, Container) and shown.created <= kept.created
        } - {kept.id}
        if not made:
            found = Text(
                f"no container came before {self.container}",
                f"{self.container} 之前没有别的容器",
            )
        else:
            found = Text("still there: ", "还在：") + same(", ".join(left))
        return Finding(
            1 if made and not left else 0,
            Text(
                f"another container wrote the file and was removed; only {self.container} is left",
                f"文件由另一个容器写出，那个容器已删除；只剩下 {self.container}",
            ),
            found,
            way_on=Text("docker rm NAME", "docker rm 名字") if left else None,
        )


@dataclass(frozen=True, slots=True)
class OneMore:
    """The image was committed from a container of `parent`: its layers and exactly one more."""

    image: str
    parent: str

    def __call__(self, attempt: Attempt) -> Finding:
        """Compare the two lists of layers."""
        image, parent = attempt.image(self.image), _pristine(attempt, self.parent)
        origin = attempt.machine.engine.made_from(image)
        committed = origin is not None and origin.by == "commit"
        begins = image.diff_ids[: len(parent.layers)] == parent.diff_ids
        more = len(image.layers) - len(parent.layers)
        if not committed:
            found = Text(
                f"{self.image} was not made by a commit", f"{self.image} 不是 commit 出来的"
            )
        elif not begins:
            found = Text(
                f"{self.image} does not begin with the layers of {self.parent}",
                f"{self.image} 开头的层不是 {self.parent} 的层",
            )
        else:
            found = Text(
                f"{self.image} has {more} layers more than {self.parent}",
                f"{self.image} 比 {self.parent} 多 {more} 层",
            )
        return Finding(
            1 if committed and begins and more == 1 else 0,
            Text(
                f"the layers of {self.parent}, and one more on top",
                f"{self.parent} 的各层，上面再加一层",
            ),
            found,
            at_image(attempt, image),
            Text(
                "each commit that finds changes adds one layer: commit once, when all is done",
                "每次有改动的 commit 都会多一层：全部做完再 commit 一次",
            ),
        )


@dataclass(frozen=True, slots=True)
class Message:
    """The newest line of the image's history has this comment."""

    image: str
    message: str

    def __call__(self, attempt: Attempt) -> Finding:
        """Read the history."""
        image = attempt.image(self.image)
        comment = image.history[-1].comment if image.history else ""
        return Finding(
            1 if comment == self.message else 0,
            Text(f"the message `{self.message}`", f"提交说明 `{self.message}`"),
            same(f"`{comment}`") if comment else Text("no message", "没有提交说明"),
            at_image(attempt, image),
            Text("docker commit -m TEXT ...", "docker commit -m 说明 ..."),
        )


@dataclass(frozen=True, slots=True)
class ParentUnchanged:
    """Once `image` is there: `parent` still means the same image as at the start."""

    image: str
    parent: str

    def __call__(self, attempt: Attempt) -> Finding:
        """Compare the image that has the parent's name with the one in the registry."""
        image = attempt.image(self.image)
        now = attempt.machine.engine.find_image(self.parent)
        right = now is None or now.id == _pristine(attempt, self.parent).id
        return Finding(
            1 if right and image != now else 0,
            Text(f"{self.parent} is as it was", f"{self.parent} 和原来一样"),
            Text(
                f"the name {self.parent} now stands for another image",
                f"{self.parent} 这个名字现在指向另一个镜像",
            ),
            None if now is None else at_image(attempt, now),
        )


@dataclass(frozen=True, slots=True)
class NoneLeft:
    """Once `image` is there: no container is left."""

    image: str

    def __call__(self, attempt: Attempt) -> Finding:
        """List all containers, stopped ones included."""
        attempt.image(self.image)
        left = [one.name for one in attempt.machine.engine.ps(all=True)]
        return Finding(
            0 if left else 1,
            Text("no container is left", "不留下任何容器"),
            Text("still there: ", "还在：") + same(", ".join(left)),
            way_on=Text(
                "docker rm NAME; docker ps -a lists them",
                "docker rm 名字；docker ps -a 列出所有容器",
            ),
        )


@dataclass(frozen=True, slots=True)
class HasFile:
    """The image has a regular file at `path`."""

    image: str
    path: str

    def __call__(self, attempt: Attempt) -> Finding:
        """Look it up in the merged view."""
        image = attempt.image(self.image)
        text = _read(image.tree, self.path)
        return Finding(
            0 if text is None else 1,
            Text(f"a file at {self.path}", f"{self.path} 处有一个文件"),
            _content(self.path, text),
            at_image(attempt, image, "RUN", "COPY", "ADD"),
        )


def _origin(container: Container) -> Text:
    return Text(
        f"{container.name} was made from {container.image_name}",
        f"{container.name} 是从 {container.image_name} 创建的",
    )


def _diff(attempt: Attempt, container: str) -> list[str]:
    changes: Iterable[Change] = attempt.machine.engine.diff(container)
    return [f"{change.kind} {change.path}" for change in changes]


def _read(files: Workspace | Tree, path: str) -> str | None:
    try:
        node = files.get(files.resolve(path))
    except FileSystemError:
        return None
    return node.content.head.decode(errors="replace") if isinstance(node, File) else None


def _content(path: str, text: str | None) -> Text:
    if text is None:
        return Text(f"there is no file {path}", f"没有 {path} 这个文件")
    lines = text.rstrip("\n").split("\n")
    if lines == [""]:
        return Text(f"{path} is empty", f"{path} 是空的")
    first = Text(f"{path} holds `{lines[0]}`", f"{path} 的内容是 `{lines[0]}`")
    return (
        first + Text(f" and {len(lines) - 1} more lines", f"，另有 {len(lines) - 1} 行")
        if lines[1:]
        else first
    )


def _listed(lines: Iterable[str]) -> Text:
    listed = list(lines)
    return same("".join(f"\n{line}" for line in listed)) if listed else same(" ") + _NOTHING


def _hint(missing: str, there: list[str]) -> Text:
    letter, path = missing.split(" ", 1)
    other = next((line for line in there if line[2:] == path), None)
    if other:
        return _LETTERS[other[0]] + same(f" ({other})")
    return _WAYS[letter]


def _pristine(attempt: Attempt, name: str) -> Image:
    """The image as the registry has it, whatever bears its name now."""
    return attempt.machine.original(name)


_LETTERS = {
    "A": Text("the file is new, it was not in the image", "这个文件是新的，镜像里原本没有"),
    "C": Text("the file of the image was changed", "镜像里的文件被修改了"),
    "D": Text("the file of the image was deleted", "镜像里的文件被删除了"),
}
_WAYS = {
    "A": Text("A: make a file that the image does not have", "A：新建一个镜像里没有的文件"),
    "C": Text("C: write to a file of the image", "C：写入镜像里已有的文件"),
    "D": Text("D: rm a file of the image", "D：用 rm 删除镜像里的文件"),
}
