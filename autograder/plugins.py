"""The plug into nbgrader: one class a hook; the work is done in the modules they call."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbconvert.exporters import NotebookExporter
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets.log import get_logger

from autograder import cells, handed, marking, submission
from autograder.grade import Graded, grade

if TYPE_CHECKING:
    from nbformat import NotebookNode


class SubmittedNotebookExporter(NotebookExporter):
    """Reads a submission as data. A file that is no notebook becomes an empty one with a reason."""

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kw: object
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Read the file, never trusting it, and convert it as nbgrader asks."""
        own = not getattr(self.parent, "_sanitizing", True)  # nbgrader reads what it wrote itself
        try:
            notebook = submission.read(Path(filename), own=own)
        except submission.Unreadable as unreadable:
            reason = unreadable.reason.en
            self.log.warning("%s could not be graded: %s", filename, reason)
            notebook = submission.nothing(reason)
        return self.from_notebook_node(notebook, resources, **kw)


def before_autograde(*, assignment: str, student: str, notebooks: list[str]) -> None:  # noqa: ARG001 - nbgrader's names
    """Prepare a submission's folder for nbgrader's own command, which sees less than the batch.

    It copies every file beside the notebook, through links too, and from there into feedback: links are taken
    out. It skips a renamed notebook and gives zero: the notebook is copied to its right name. It gives a
    submission up for a timestamp that it can't read: that file is renamed.
    """
    folder = Path(notebooks[0]).parent
    stamp = folder / handed.TIMESTAMP
    for note in handed.timestamp_of(stamp)[1]:
        stamp.replace(stamp.with_suffix(".unreadable"))
        get_logger().warning("%s: %s", folder, note)
    for path in folder.rglob("*"):
        if path.is_symlink() and path.suffix != ".ipynb":
            path.unlink()
            get_logger().warning("%s was a link; it was taken out", path)
    wanted = folder / f"{assignment}.ipynb"
    taken = None if os.path.lexists(wanted) else handed.renamed(folder, assignment)
    if taken is not None:
        shutil.copyfile(taken, wanted)
        notebooks.append(str(wanted))
        get_logger().warning("%s was taken for %s", taken, wanted)


class Mend(NbGraderPreprocessor):
    """Gives each expected answer and grade cell its place, id and text again."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Take what nbgrader knows of the released notebook, and mend the submitted one by it."""
        where = resources["nbgrader"]
        with Gradebook(where["db_url"]) as gradebook:
            released = gradebook.find_notebook(where["notebook"], where["assignment"])
            expected = cells.expected(released)
        for note in cells.mend(nb, expected):
            self.log.warning("%s, %s: %s", where["student"], where["notebook"], note)
        return nb, resources


class FillGrades(NbGraderPreprocessor):
    """Fills the outputs of the grade cells in the place of a kernel; runs nothing of the student's."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Grade every grade cell from the answers in the notebook."""
        lang = nb.metadata.get("course", {}).get("language", "en")
        for cell, asked in zip(marking.asking(nb), marking.ask(nb), strict=True):
            graded = asked if isinstance(asked, Graded) else grade(asked)
            if graded.held is not None:
                self.log.error("%s: %s", resources["nbgrader"]["student"], graded.held.en)
            marking.fill(cell, graded, lang)
        return nb, resources


class HoldUngraded(NbGraderPreprocessor):
    """Leaves a cell that could not be graded without a score, for a person to look at."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Take back the zero that nbgrader gives to an error output of ours."""
        where = resources["nbgrader"]
        held = [
            cell.metadata["nbgrader"]["grade_id"]
            for cell in marking.asking(nb)
            if marking.is_held(cell)
        ]
        with Gradebook(where["db_url"]) as gradebook:
            for name in held:
                score = gradebook.find_grade(
                    name, where["notebook"], where["assignment"], where["student"]
                )
                score.auto_score = None
                score.needs_manual_grade = True
            gradebook.db.commit()
        return nb, resources
