"""Judges of the files that an image holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.exercises.looking import at_image
from course_lib.exercises.values import Finding
from course_lib.image.entries import Directory, File
from course_lib.image.errors import FileSystemError
from course_lib.text import Text, same

if TYPE_CHECKING:
    from course_lib.exercises.attempt import Attempt
    from course_lib.image.image import Image

_WRITERS = ("RUN", "COPY", "ADD", "WORKDIR")
_MOST = 6


@dataclass(frozen=True, slots=True)
class FileHolds:
    """In the image, the file at `path` holds exactly these lines."""

    image: str
    path: str
    lines: tuple[str, ...]
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Read it in the merged view."""
        image = attempt.image(self.image)
        text = text_in(image, self.path)
        wanted = " / ".join(self.lines)
        return Finding(
            1 if text is not None and tuple(text.rstrip("\n").split("\n")) == self.lines else 0,
            Text(f"{self.path} holds `{wanted}`", f"{self.path} 的内容是 `{wanted}`"),
            _content(self.path, text),
            at_image(attempt, image, *_WRITERS),
            self.hint,
        )


@dataclass(frozen=True, slots=True)
class Folders:
    """The image has these folders; each earns an equal share."""

    image: str
    paths: tuple[str, ...]
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Look each one up; show what the folder above the first missing one has instead."""
        image = attempt.image(self.image)
        missing = [path for path in self.paths if not _is_folder(image, path)]
        return Finding(
            1 - len(missing) / len(self.paths),
            Text("the folders ", "目录 ") + same(", ".join(self.paths)),
            Text("missing: ", "缺少：")
            + same(", ".join(missing))
            + (_beside(image, missing[0]) if missing else same("")),
            at_image(attempt, image, *_WRITERS),
            self.hint,
        )


@dataclass(frozen=True, slots=True)
class FileCount:
    """The image, all layers seen from above, has exactly `count` files; links and folders don't count."""

    image: str
    count: int
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Walk through the merged view."""
        image = attempt.image(self.image)
        files = [path for path, node in image.tree.walk() if isinstance(node, File)]
        shown = ", ".join(files[:_MOST]) + (", ..." if len(files) > _MOST else "")
        return Finding(
            1 if len(files) == self.count else 0,
            Text(f"exactly {self.count} files", f"恰好 {self.count} 个文件"),
            Text(f"{len(files)}: ", f"{len(files)} 个：") + same(shown),
            at_image(attempt, image, *_WRITERS),
            self.hint,
        )


def text_in(image: Image, path: str) -> str | None:
    """The text of a file, links followed; None when there is no file of that name."""
    try:
        node = image.tree.get(image.tree.resolve(path))
    except FileSystemError:
        return None
    return node.content.data.decode(errors="replace") if isinstance(node, File) else None


def _is_folder(image: Image, path: str) -> bool:
    try:
        return isinstance(image.tree.get(image.tree.resolve(path)), Directory)
    except FileSystemError:
        return False


def _content(path: str, text: str | None) -> Text:
    if text is None:
        return Text(f"there is no file {path}", f"没有 {path} 这个文件")
    lines = text.rstrip("\n").split("\n")
    if lines == [""]:
        return Text(f"{path} is empty", f"{path} 是空的")
    shown = " / ".join(lines[:_MOST]) + (" / ..." if len(lines) > _MOST else "")
    return Text(f"it holds `{shown}`", f"内容是 `{shown}`")


def _beside(image: Image, path: str) -> Text:
    above = path.rpartition("/")[0] or "/"
    if not _is_folder(image, above):
        return same("")
    names = image.tree.children(image.tree.resolve(above))
    if not names:
        return Text(f"; {above} is empty", f"；{above} 是空的")
    shown = ", ".join(sorted(names)[:_MOST])
    return Text(f"; {above} holds {shown}", f"；{above} 里有 {shown}")
