"""The plug into nbgrader: one class a hook; the work is done in the modules they call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from autograder import cells, submission
from autograder.grade import Graded, grade
from course_lib.text import same, speaking

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbformat import NotebookNode

HELD = "CouldNotBeGraded"


class SubmittedNotebookExporter(NotebookExporter):
    """Reads a submission as data. A file that is no notebook becomes an empty one with a reason."""

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kw: object
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Read the file, never trusting it, and convert it as nbgrader asks."""
        try:
            notebook = submission.read(Path(filename))
        except submission.Unreadable as unreadable:
            reason = unreadable.reason.en
            self.log.warning("%s could not be graded: %s", filename, reason)
            notebook = nbformat.v4.new_notebook()
            notebook.metadata["course"] = nbformat.from_dict({"unreadable": reason})
        return self.from_notebook_node(notebook, resources, **kw)


class Mend(NbGraderPreprocessor):
    """Gives each expected answer and grade cell its place, id and text again."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Take what nbgrader knows of the released notebook, and mend the submitted one by it."""
        where = resources["nbgrader"]
        with Gradebook(where["db_url"]) as gradebook:
            released = gradebook.find_notebook(where["notebook"], where["assignment"])
            points = {cell.name: float(cell.max_score) for cell in released.grade_cells}
            answers = {cell.name for cell in released.solution_cells}
            expected = tuple(
                cells.Expected(cell.name, cell.source, points.get(cell.name), cell.checksum)
                for cell in released.source_cells
                if cell.name in points or cell.name in answers
            )
        for note in cells.mend(nb, expected):
            self.log.warning("%s, %s: %s", where["student"], where["notebook"], note)
        return nb, resources


class FillGrades(NbGraderPreprocessor):
    """Fills the outputs of the grade cells in the place of a kernel; runs nothing of the student's."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Grade every grade cell from the answers in the notebook."""
        course = nb.metadata.get("course", {})
        unreadable = course.get("unreadable")
        answers = {
            cell.metadata["nbgrader"]["grade_id"]: cell.source
            for cell in nb.cells
            if is_solution(cell)
        }
        with speaking("zh" if course.get("language") == "zh" else "en"):
            for cell in filter(_asks, nb.cells):
                if unreadable:
                    cell.outputs = [_held(unreadable)]
                    continue
                graded = _graded(cell.source, answers)
                if graded.held:
                    self.log.error("%s: %s", resources["nbgrader"]["student"], graded.held.en)
                    cell.outputs = [_held(str(graded.held))]
                else:
                    cell.outputs = [
                        nbformat.v4.new_output("stream", name="stdout", text=graded.explanation),
                        nbformat.v4.new_output(
                            "execute_result", data={"text/plain": repr(graded.points)}
                        ),
                    ]
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
            for cell in filter(_asks, nb.cells)
            if any(output.get("ename") == HELD for output in cell.outputs)
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


def _asks(cell: NotebookNode) -> bool:
    """Whether a cell is graded by a check; an answer that a person grades is left to nbgrader."""
    return bool(is_grade(cell)) and not is_solution(cell)


def _graded(source: str, answers: Mapping[str, str]) -> Graded:
    try:
        return grade(cells.exercise_of(source), answers)
    except (ValueError, SyntaxError) as unknown:
        return Graded(0, "", held=same(str(unknown)))


def _held(reason: str) -> NotebookNode:
    return nbformat.v4.new_output(
        "error", ename=HELD, evalue=reason, traceback=[f"{HELD}: {reason}"]
    )
