"""The cells that count: which cell of a submission answers what.

A student may copy, move, delete or rename cells. The answer to a grade id is the last cell
that carries the id and holds an answer; where no cell carries the id any more, the last one
whose first line names it. Grade cells are put back as they were released.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

import nbformat

from course_lib.exercises import headers
from course_lib.exercises.answers import identify, is_blank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nbformat import NotebookNode
    from nbgrader.api import Notebook


@dataclass(frozen=True, slots=True)
class Expected:
    """A cell as it was released; `points` is None for an answer cell."""

    grade_id: str
    source: str
    points: float | None
    checksum: str

    @property
    def metadata(self) -> NotebookNode:
        """The cell's nbgrader metadata."""
        graded = self.points is not None
        values: dict[str, object] = {
            "cell_type": "code",
            "checksum": self.checksum,
            "grade": graded,
            "grade_id": self.grade_id,
            "locked": graded,
            "schema_version": 3,
            "solution": not graded,
            "task": False,
        }
        if graded:
            values["points"] = self.points
        return nbformat.from_dict(values)


def expected(released: Notebook) -> tuple[Expected, ...]:
    """Return the answer and grade cells of a notebook as nbgrader's gradebook knows it."""
    points = {cell.name: float(cell.max_score) for cell in released.grade_cells}
    answers = {cell.name for cell in released.solution_cells}
    return tuple(
        Expected(cell.name, cell.source, points.get(cell.name), cell.checksum)
        for cell in released.source_cells
        if cell.name in points or cell.name in answers
    )


def exercise_of(source: str) -> str:
    """Return the exercise that a grade cell `check("ID")` asks for.

    Raises:
        ValueError: when the released cell is not a check call.

    """
    match ast.parse(source).body:
        case [ast.Expr(ast.Call(func=ast.Name("check"), args=[ast.Constant(value=str(name))]))]:
            return name
        case _:
            msg = f"a grade cell holds one check call, not {source!r}"
            raise ValueError(msg)


def mend(notebook: NotebookNode, wanted_cells: Sequence[Expected]) -> tuple[str, ...]:
    """Give the expected cells their metadata and their place; return what had to be mended."""
    chosen: dict[str, int] = {}
    missing: dict[str, list[str]] = {"answer": [], "grade": []}
    copied: list[str] = []
    for wanted in wanted_cells:
        found = list(_candidates(notebook, wanted))
        if not found:
            missing["grade" if wanted.points is not None else "answer"].append(wanted.grade_id)
            continue
        if len(found) > 1:
            copied.append(wanted.grade_id)
        filled = [at for at in found if not is_blank(notebook.cells[at].source)]
        chosen[wanted.grade_id] = (filled or found)[-1]
    for cell in notebook.cells:
        cell.metadata.pop("nbgrader", None)
    for wanted in wanted_cells:
        if wanted.grade_id in chosen:
            _restore(notebook.cells[chosen[wanted.grade_id]], wanted)
    _put_back(notebook, wanted_cells, chosen)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
    return tuple(_notes(missing, copied))


def _notes(missing: dict[str, list[str]], copied: list[str]) -> Iterator[str]:
    for kind, names in missing.items():
        if names:
            yield f"the {kind} {_named(names)} {'is' if len(names) == 1 else 'are'} missing"
    if copied:
        yield f"there are copies of the {_named(copied)}; the last filled one counts"


def _named(names: list[str]) -> str:
    return f"cell{'' if len(names) == 1 else 's'} {', '.join(map(repr, names))}"


def _candidates(notebook: NotebookNode, wanted: Expected) -> Iterator[int]:
    named = [
        at
        for at, cell in enumerate(notebook.cells)
        if cell.metadata.get("nbgrader", {}).get("grade_id") == wanted.grade_id
    ]
    if named or wanted.points is not None:
        yield from named
        return
    for at, cell in enumerate(notebook.cells):
        alike = headers.split(cell.source)[0] == headers.split(wanted.source)[0]
        if alike and cell.cell_type == "code" and identify(cell.source) == wanted.grade_id:
            yield at


def _restore(cell: NotebookNode, wanted: Expected) -> None:
    if cell.cell_type != "code":
        cell.cell_type = "code"
        cell.pop("attachments", None)
        cell.execution_count = None
    cell.outputs = []
    cell.metadata["nbgrader"] = wanted.metadata
    if wanted.points is not None:
        cell.source = wanted.source


def _put_back(
    notebook: NotebookNode, wanted_cells: Sequence[Expected], chosen: dict[str, int]
) -> None:
    """Add missing grade cells: an exercise without its grade cell would have no score at all."""
    for wanted in wanted_cells:
        if wanted.points is not None and wanted.grade_id not in chosen:
            cell = nbformat.v4.new_code_cell(wanted.source, id=f"back-{len(notebook.cells)}")
            cell.metadata["nbgrader"] = wanted.metadata
            notebook.cells.append(cell)
