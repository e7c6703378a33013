"""Judges of what was copied into an image: which files, where, whose, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.exercises.files import text_in
from course_lib.exercises.looking import at_image, at_paths
from course_lib.exercises.values import Finding
from course_lib.image.entries import Directory, File
from course_lib.image.errors import FileSystemError
from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from course_lib.exercises.attempt import Attempt
    from course_lib.image.image import Image

_LOOK = ("WORKDIR", "RUN", "COPY", "ADD")
_MOST = 6


@dataclass(frozen=True, slots=True)
class HasFiles:
    """The image has these files with exactly these texts; each earns an equal share."""

    image: str
    texts: Mapping[str, str]
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Read each one; of a missing one, say where its text lies instead."""
        image = attempt.image(self.image)
        wrong = [path for path, text in self.texts.items() if text_in(image, path) != text]
        where = same("")
        for path in wrong[:_MOST]:
            where += same("\n") + self._instead(image, path)
        strays = [file for path in wrong for file in self._elsewhere(image, path)]
        return Finding(
            1 - len(wrong) / len(self.texts),
            Text("these files:", "有这些文件：") + _listed(self.texts),
            where,
            at_paths(attempt, image, strays, *_LOOK),
            self.hint,
        )

    def _elsewhere(self, image: Image, path: str) -> list[str]:
        """The files with the text of a missing one; an empty one is told by its name."""
        text, name = self.texts[path], path.rpartition("/")[2]
        return [
            file
            for file in _files(image, "/")
            if file not in self.texts
            and text_in(image, file) == text
            and (text or file.endswith(f"/{name}"))
        ]

    def _instead(self, image: Image, path: str) -> Text:
        if text_in(image, path) is not None:
            return Text(f"{path} has another content", f"{path} 的内容不一样")
        elsewhere = ", ".join(self._elsewhere(image, path))
        if not elsewhere:
            return Text(f"{path} is missing", f"缺少 {path}")
        return Text(f"{path} is missing; it lies at {elsewhere}", f"缺少 {path}；它在 {elsewhere}")


@dataclass(frozen=True, slots=True)
class NoOtherFiles:
    """Below `folder` the image has at least one of these files, and no other."""

    image: str
    folder: str
    paths: tuple[str, ...]
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """List all files below the folder."""
        image = attempt.image(self.image)
        there = list(_files(image, self.folder))
        extra = [path for path in there if path not in self.paths]
        none = not any(path in self.paths for path in there)
        return Finding(
            0 if extra or none else 1,
            Text(f"no other file below {self.folder}", f"{self.folder} 下没有别的文件"),
            Text("too many:", "多出来的：") + _listed(extra)
            if extra
            else Text("none of the files is there", "这些文件一个也没有"),
            at_paths(attempt, image, extra, *_LOOK),
            self.hint,
        )


@dataclass(frozen=True, slots=True)
class Absent:
    """The image has none of these paths; each earns an equal share."""

    image: str
    paths: tuple[str, ...]
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Look each one up."""
        image = attempt.image(self.image)
        there = [path for path in self.paths if image.tree.get(path) is not None]
        return Finding(
            1 - len(there) / len(self.paths),
            Text("not in the image:", "镜像里没有：") + _listed(self.paths),
            Text("there:", "这些还在：") + _listed(there),
            at_paths(attempt, image, there, *_LOOK),
            self.hint,
        )


@dataclass(frozen=True, slots=True)
class BelongsTo:
    """The file at `path` belongs to this user and this group of the image."""

    image: str
    path: str
    uid: int
    gid: int
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Read the owner of the file itself, links followed."""
        image = attempt.image(self.image)
        node = image.tree.get(_resolved(image, self.path))
        wanted = f"{self.uid}:{self.gid}"
        owner = f"{node.uid}:{node.gid}" if isinstance(node, File) else ""
        return Finding(
            1 if owner == wanted else 0,
            Text(f"{self.path} belongs to {wanted}", f"{self.path} 属于 {wanted}"),
            Text(f"it belongs to {owner}", f"它属于 {owner}")
            if owner
            else Text(f"there is no file {self.path}", f"没有 {self.path} 这个文件"),
            at_image(attempt, image, *_LOOK),
            self.hint,
        )


@dataclass(frozen=True, slots=True)
class WrittenOnce:
    """Exactly one layer of the image holds the file at `path`."""

    image: str
    path: str
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Count the layers."""
        image = attempt.image(self.image)
        path = _resolved(image, self.path)
        count = sum(isinstance(layer.entries.get(path), File) for layer in image.layers)
        return Finding(
            1 if count == 1 else 0,
            Text(f"one layer holds {self.path}", f"只有一层里有 {self.path}"),
            Text(f"{count} layers hold it", f"有 {count} 层里有它"),
            at_image(attempt, image, *_LOOK),
            self.hint,
        )


@dataclass(frozen=True, slots=True)
class NotShipped:
    """No layer of the image holds a copy of this file of the build context, hidden ones included."""

    image: str
    file: str
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Compare the file with every file of every layer."""
        image = attempt.image(self.image)
        content = attempt.machine.files[self.file].encode()
        copies = [
            Text(f"layer {number}: {path}", f"第 {number} 层：{path}")
            for number, layer in enumerate(image.layers, 1)
            for path, entry in layer.entries.items()
            if isinstance(entry, File) and entry.content.head == content
        ]
        found = Text("it is shipped with", "它被带进了")
        for copy in copies:
            found += same("\n") + copy
        return Finding(
            0 if copies else 1,
            Text(f"{self.file} itself is in no layer", f"任何一层里都没有 {self.file} 本身"),
            found,
            at_image(attempt, image, *_LOOK),
            self.hint,
        )


def _files(image: Image, folder: str) -> Iterator[str]:
    root = _resolved(image, folder)
    if not isinstance(image.tree.get(root), Directory):
        return
    for path, node in image.tree.walk(root):
        if not isinstance(node, Directory):
            yield path


def _resolved(image: Image, path: str) -> str:
    try:
        return image.tree.resolve(path)
    except FileSystemError:
        return path


def _listed(paths: Iterable[str]) -> Text:
    listed = list(paths)
    more = [f"... {len(listed) - _MOST}"] if len(listed) > _MOST else []
    return same("".join(f"\n{line}" for line in [*listed[:_MOST], *more]))
