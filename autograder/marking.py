"""A mended notebook's grade cells: what each of them asks, and the outputs that answer it.

nbgrader's own commands (through `plugins`) and the batch (through `batch`) both come here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nbformat import NotebookNode

from autograder import cells
from autograder.grade import Graded, Question, fault, held
from course_lib.exercises.catalogue import NoSuchExerciseError
from course_lib.text import same, speaking

if TYPE_CHECKING:
    from collections.abc import Iterator

HELD = "CouldNotBeGraded"
"""The name of the error output of a cell that has no points."""


def asking(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """Yield the grade cells that a check decides; what a person grades is left to nbgrader."""
    for cell in notebook.cells:
        meta = cell.metadata.get("nbgrader", {})
        if meta.get("grade") and not meta.get("solution"):
            yield cell


def answers(notebook: NotebookNode) -> dict[str, str]:
    """Return the sources of the answer cells, by grade id."""
    return {
        cell.metadata["nbgrader"]["grade_id"]: cell.source
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }


def ask(notebook: NotebookNode) -> tuple[Question | Graded, ...]:
    """Return what each asking cell asks, in their order; or at once why it can't be graded."""
    unreadable = notebook.metadata.get("course", {}).get("unreadable")
    given = answers(notebook)
    return tuple(
        held(same(unreadable)) if unreadable else _question(cell.source, given)
        for cell in asking(notebook)
    )


def _question(source: str, given: dict[str, str]) -> Question | Graded:
    try:
        return Question.of(cells.exercise_of(source), given)
    except (ValueError, SyntaxError, NoSuchExerciseError) as unknown:
        return fault(unknown)


def fill(cell: NotebookNode, graded: Graded, lang: str) -> None:
    """Give a grade cell the outputs that nbgrader reads its score from, and our marks."""
    with speaking(lang):
        if graded.held is not None:
            reason = str(graded.held)
            cell.outputs = [
                NotebookNode(
                    output_type="error",
                    ename=HELD,
                    evalue=reason,
                    traceback=[f"{HELD}: {reason}"],
                )
            ]
        else:
            points = NotebookNode({"text/plain": repr(float(graded.points))})
            cell.outputs = [
                NotebookNode(output_type="stream", name="stdout", text=str(graded.explanation)),
                NotebookNode(
                    output_type="execute_result",
                    metadata=NotebookNode(),
                    execution_count=None,
                    data=points,
                ),
            ]
    cell.metadata["course"] = NotebookNode(
        marks=[
            [mark.name.en, mark.points, mark.max_points, mark.passed, mark.found and mark.found.en]
            for mark in graded.marks
        ]
    )


def is_held(cell: NotebookNode) -> bool:
    """Whether a grade cell could not be graded."""
    return any(output.get("ename") == HELD for output in cell.outputs)
