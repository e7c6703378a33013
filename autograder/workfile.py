"""A file of `%save_work` in the place of a notebook: its answers, put into the lesson as it was released."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat

from autograder import submission
from course_lib.work import Work, WorkError
from course_lib.work.document import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nbformat import NotebookNode

    from autograder.cells import Expected

SUFFIX = ".json"


def find(folder: Path) -> Path | None:
    """The file of work in a student's folder: the one that was changed last; None without any."""
    if not folder.is_dir():
        return None
    found = [
        path
        for path in folder.glob(f"*{SUFFIX}")
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    ]
    return max(found, key=lambda path: (path.stat().st_mtime, path.name), default=None)


def read(path: Path, wanted: Sequence[Expected], released: Path) -> NotebookNode:
    """Read a file of work as the notebook that its student would have handed in.

    `released` is the lesson as students have it; where that file is gone, the answers stand alone.

    Raises:
        Unreadable: the file is no work of this course, or damaged.

    """
    try:
        with path.open("rb") as file:
            work = Work.of_bytes(file.read(MAX_BYTES + 1), path.name)
    except WorkError as error:
        raise submission.Unreadable(error.reason) from error
    notebook = _lesson(wanted, released)
    for cell in notebook.cells:
        answer = work.answers.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
        if answer is not None:
            cell.source = answer
    return notebook


def _lesson(wanted: Sequence[Expected], released: Path) -> NotebookNode:
    try:
        return submission.read(released)
    except submission.Unreadable:
        notebook = submission.nothing("")
        del notebook.metadata["course"]["unreadable"]
        for one in wanted:
            cell = nbformat.v4.new_code_cell(one.source)
            cell.metadata["nbgrader"] = one.metadata
            notebook.cells.append(cell)
        return notebook
