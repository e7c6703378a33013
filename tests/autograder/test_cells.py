"""Which cell of a submission answers what, when a student copied, moved or deleted cells."""

from __future__ import annotations

import nbformat
import pytest

from autograder.cells import Expected, exercise_of, mend

ANSWER = Expected("a", "%%dockerfile a\n# YOUR ANSWER HERE", None, "sum-a")
GRADE = Expected("a-check", 'check("a")', 2.0, "sum-check")
BLANK = ANSWER.source


def cell(source: str, grade_id: str | None = None, kind: str = "code") -> nbformat.NotebookNode:
    make = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
    made = make(source)
    if grade_id is not None:
        made.metadata["nbgrader"] = {"grade_id": grade_id, "points": 99, "locked": False}
    return made


def from_(base: str) -> str:
    return f"%%dockerfile a\nFROM {base}"


CHOSEN = {
    "the cell with the id": ([cell(from_("x"), "a")], from_("x"), 0),
    "the last of two copies": ([cell(from_("x"), "a"), cell(from_("y"), "a")], from_("y"), 1),
    "a filled cell before a blank copy": ([cell(from_("x"), "a"), cell(BLANK, "a")], from_("x"), 1),
    "a cell that lost its metadata": ([cell("# notes"), cell(from_("x"))], from_("x"), 0),
    "the cell with the id before a scratch cell": (
        [cell(from_("x"), "a"), cell(from_("y"))],
        from_("x"),
        0,
    ),
    "a Dockerfile before a value of the same name": (
        [cell(from_("x")), cell("a = 1")],
        from_("x"),
        0,
    ),
    "a cell that became prose": ([cell(from_("x"), "a", "markdown")], from_("x"), 0),
    "an answer moved below its check": (
        [cell('check("a")', "a-check"), cell(from_("x"), "a")],
        from_("x"),
        0,
    ),
}


@pytest.mark.parametrize(("cells", "source", "notes"), CHOSEN.values(), ids=CHOSEN)
def test_the_answer_is_found(cells: list[nbformat.NotebookNode], source: str, notes: int) -> None:
    given = [*cells, cell('check("a")', "a-check")] if cells[0].source != 'check("a")' else cells
    notebook = nbformat.v4.new_notebook(cells=given)

    said = mend(notebook, [ANSWER, GRADE])

    answers = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("solution")]
    assert [c.source for c in answers] == [source]
    assert len(said) == notes


def test_a_missing_answer_is_said_and_not_made_up() -> None:
    notebook = nbformat.v4.new_notebook(cells=[cell('check("a")', "a-check")])

    assert mend(notebook, [ANSWER, GRADE]) == ("the answer cell 'a' is missing",)
    assert not any(c.metadata["nbgrader"]["solution"] for c in notebook.cells)


@pytest.mark.parametrize(
    "cells",
    [
        [cell(from_("x"), "a")],
        [cell(from_("x"), "a"), cell('check = lambda _: 2\ncheck("a")', "a-check")],
        [cell(from_("x"), "a"), cell("2", "a-check"), cell('check("a")', "a-check")],
        [cell(from_("x"), "a"), cell('check("a")', "renamed")],
    ],
    ids=["deleted", "rewritten", "copied", "renamed"],
)
def test_a_grade_cell_is_put_back_as_it_was_released(cells: list[nbformat.NotebookNode]) -> None:
    notebook = nbformat.v4.new_notebook(cells=cells)

    mend(notebook, [ANSWER, GRADE])

    graded = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade")]
    assert [c.source for c in graded] == ['check("a")']
    assert graded[0].metadata["nbgrader"]["points"] == 2.0
    nbformat.validate(notebook)


def test_a_grade_cell_names_its_exercise() -> None:
    assert exercise_of('check("layers-diff")') == "layers-diff"


@pytest.mark.parametrize("source", ["2.5", "check()", "x = check('a')", 'check("a"); 1'])
def test_a_released_cell_that_asks_for_nothing_is_an_error(source: str) -> None:
    with pytest.raises(ValueError, match="one check call"):
        exercise_of(source)
