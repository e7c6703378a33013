"""The pages of the course as files (`NN_topic.ipynb`): their answer cells read, and written.

A page is read as data. Cells keep all that they have; only sources of answer cells are put in.
"""

from __future__ import annotations

import hashlib
import json
import os
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from course_lib.exercises.answers import is_blank
from course_lib.text import Text
from course_lib.work.document import WorkError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MAX_BYTES = 50_000_000
NBFORMAT = 4


@dataclass(frozen=True, slots=True)
class Page:
    """One notebook file and the JSON in it."""

    path: Path
    document: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> Page:
        """Read a page.

        Raises:
            WorkError: it is no notebook, too large, or can't be read.

        """
        try:
            small = path.stat().st_size <= MAX_BYTES
            document: object = json.loads(path.read_bytes()) if small else None
        except OSError as error:
            raise WorkError(
                Text(f"{path}: {error.strerror}", f"{path}：{error.strerror}")
            ) from error
        except (ValueError, RecursionError) as error:
            raise _unreadable(path) from error
        if not isinstance(document, dict) or document.get("nbformat") != NBFORMAT:
            raise _unreadable(path)
        if not isinstance(document.get("cells"), list):
            raise _unreadable(path)
        return cls(path, document)

    def answers(self) -> dict[str, str]:
        """What stands in the answer cells, by grade id; cells without an answer are left out."""
        return {
            grade_id: source
            for grade_id, cell in self._cells()
            if not is_blank(source := _source(cell))
        }

    def answer_ids(self) -> frozenset[str]:
        """The grade ids of all answer cells."""
        return frozenset(grade_id for grade_id, _ in self._cells())

    def with_answers(self, answers: Mapping[str, str]) -> Page:
        """The page with some answer cells filled; their old outputs go."""
        document = deepcopy(self.document)
        page = Page(self.path, document)
        for grade_id, cell in page._cells():
            if grade_id in answers and _source(cell) != answers[grade_id]:
                cell["source"] = answers[grade_id].splitlines(keepends=True)
                cell["outputs"], cell["execution_count"] = [], None
        return page

    def fingerprint(self) -> str:
        """A digest of what the page says: not its outputs, nor its answers."""
        essence = json.dumps(self._essence(), ensure_ascii=True)
        return hashlib.sha256(essence.encode()).hexdigest()

    def write(self) -> None:
        """Write the page to its file, whole or not at all.

        Raises:
            WorkError: the file can't be written.

        """
        text = json.dumps(self.document, ensure_ascii=False, indent=1) + "\n"
        replace(self.path, text.encode("utf-8", "replace"))

    def _cells(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for cell in self.document["cells"]:
            match cell:
                case {
                    "cell_type": "code",
                    "metadata": {"nbgrader": {"grade_id": str(grade_id), "solution": True}},
                }:
                    yield grade_id, cell
                case _:
                    pass

    def _essence(self) -> list[object]:
        answers = {id(cell) for _, cell in self._cells()}
        return [
            (cell.get("cell_type"), id(cell) in answers or _source(cell))
            for cell in self.document["cells"]
            if isinstance(cell, dict)
        ]


def pages_in(folder: Path) -> Iterator[Page]:
    """The notebooks of a folder that can be read, the one that was changed last at the end."""
    found = [path for path in folder.glob("*.ipynb") if path.is_file() and not path.is_symlink()]
    for path in sorted(found, key=lambda path: (path.stat().st_mtime, path.name)):
        try:
            yield Page.read(path)
        except WorkError:
            continue  # a learner's own file; the course has nothing in it


def replace(path: Path, data: bytes) -> None:
    """Write a file by way of another one beside it.

    Raises:
        WorkError: the file system refuses; an older file is still there.

    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        raise WorkError(
            Text(
                f"{path} can't be written: {error.strerror}. Nothing was changed there.",
                f"{path} 无法写入：{error.strerror}。那里什么都没有改动。",
            )
        ) from error


def _source(cell: Mapping[str, Any]) -> str:
    match cell.get("source"):
        case str(text):
            return text
        case list(lines):
            return "".join(line for line in lines if isinstance(line, str))
        case _:
            return ""


def _unreadable(path: Path) -> WorkError:
    return WorkError(
        Text(f"{path} is damaged, or no notebook.", f"{path} 已损坏，或者不是笔记本。")
    )
