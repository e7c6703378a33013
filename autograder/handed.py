"""What was handed in: the files of `submitted/STUDENT/LESSON/`, none of them opened yet.

Links are never followed: what they lead to is not the student's.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from nbgrader.utils import parse_utc

from autograder import workfile
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from autograder.course import Course

TIMESTAMP = "timestamp.txt"
_COPY = re.compile(r"\((\d+)\)|(?:-Copy|_)(\d+)$|\bcopy\b", re.IGNORECASE)


NAME = Text(
    "the folder's name is no student's: letters, digits, spaces and . _ - @ + only, at most 128",
    "文件夹的名字不像学生的名字：只能有字母、数字、空格和 . _ - @ +，最多 128 个字符",
)
"""Names are shown on pages and become paths; what else they could do is not tried out."""
_NAME = re.compile(r"[\w.@+ -]{1,128}")


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One notebook of one student. `path` is None, and `trouble` says why, where there is none."""

    student: str
    notebook: str
    path: Path | None
    timestamp: datetime | None = None
    trouble: Text | None = None
    notes: tuple[str, ...] = ()

    def digest(self) -> str:
        """Return a digest of all that was handed in: the file and when."""
        digest = hashlib.sha256(f"{self.trouble}\0{self.timestamp}\0".encode())
        if self.path is not None and self.path.is_file() and not self.path.is_symlink():
            with self.path.open("rb") as file:
                digest = _extended(digest, file)
        return digest.hexdigest()


def _extended(digest: hashlib._Hash, file: object) -> hashlib._Hash:
    while block := file.read(1 << 20):  # type: ignore[attr-defined]
        digest.update(block)
    return digest


def students(
    course: Course, lesson: str, pattern: str = "*", step: str = "submitted"
) -> tuple[str, ...]:
    """Return who has a folder for the lesson in one of nbgrader's steps, by name."""
    place = course.step(step)
    if not place.is_dir():
        return ()
    with os.scandir(place) as entries:
        names = sorted(
            entry.name for entry in entries if entry.is_dir() and not entry.name.startswith(".")
        )
    return tuple(
        name
        for name in names
        if fnmatchcase(name, pattern) and os.path.lexists(course.folder(step, name, lesson))
    )


def handed_in(course: Course, lesson: str, student: str, notebook: str) -> HandedIn:
    """Look for a notebook in a student's folder; renamed by a browser it is still found."""
    folder = course.folder("submitted", student, lesson)
    if not _NAME.fullmatch(student):
        return HandedIn(student, notebook, None, trouble=NAME)
    if any(path.is_symlink() for path in (folder, folder.parent)):
        return HandedIn(student, notebook, None, trouble=_LINK)
    timestamp, notes = timestamp_of(folder / TIMESTAMP)
    exact = folder / f"{notebook}.ipynb"
    if os.path.lexists(exact):
        return HandedIn(student, notebook, exact, timestamp, notes=notes)
    taken = renamed(folder, notebook)
    if taken is None:
        taken = workfile.find(folder)
        if taken is None:
            return HandedIn(student, notebook, None, timestamp, _NOTHING, notes)
        said = f"there is no notebook; the answers were taken from {taken.name!r}"
        return HandedIn(student, notebook, taken, timestamp, notes=(*notes, said))
    said = f"there is no {notebook}.ipynb; {taken.name!r} was taken for it"
    return HandedIn(student, notebook, taken, timestamp, notes=(*notes, said))


def renamed(folder: Path, notebook: str) -> Path | None:
    """Return the file that is most likely the notebook under another name; None if there is none."""
    return max(_notebooks(folder), key=lambda path: _likeness(path.stem, notebook), default=None)


def _notebooks(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        for path in folder.iterdir():
            hidden = path.name.startswith(".")
            if path.suffix.lower() == ".ipynb" and not hidden and not path.is_symlink():
                yield path


def _likeness(stem: str, notebook: str) -> tuple[bool, int, str]:
    """Order the names of copies: the lesson's name before others, then the highest number."""
    numbers = [int(n) for groups in _COPY.findall(stem) for n in groups if n.isdigit()]
    return stem.startswith(notebook), max(numbers, default=0), stem


def timestamp_of(path: Path) -> tuple[datetime | None, tuple[str, ...]]:
    """When it was handed in, by nbgrader's `timestamp.txt`; without a time, what is wrong with the file."""
    if path.is_symlink() or not path.is_file():
        return None, ()
    with path.open("rb") as file:
        text = file.read(200).decode("utf-8", "replace").strip()
    if not text:
        return None, (f"{TIMESTAMP} is empty: lateness can't be told",)
    try:
        return parse_utc(text), ()
    except (ValueError, OverflowError, AttributeError, TypeError):
        return None, (f"{TIMESTAMP} says {text!r}, which is no time: lateness can't be told",)


_NOTHING = Text("there is no notebook in the folder", "文件夹里没有笔记本")
_LINK = Text("the folder is a link; links are not followed", "文件夹是链接，链接不会被打开")
