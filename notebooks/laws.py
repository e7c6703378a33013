"""The laws that a lesson source keeps, so that one source makes two good notebooks.

A broken law is a `LawError` with the number of the cell and what to do.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING

import jupytext
import nbformat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nbformat import NotebookNode

# jupytext leaves every comment alone; `read` uncomments a magic's own line and nothing else,
# so that `#!/bin/sh` and `# !x` in a body stay what they are.
FORMAT = {"extension": ".py", "format_name": "percent", "comment_magics": False}
_CELL_LINE = re.compile(r"^# %%(?:\s|$)")
_COMMENTED_MAGIC = re.compile(r"^# (%%?[a-z])")


class LawError(ValueError):
    """A lesson source breaks a law; `cell` counts from 1, 0 is the file as a whole."""

    def __init__(self, cell: int, message: str) -> None:
        super().__init__(f"cell {cell}: {message}" if cell else message)
        self.cell = cell


def read(source: str) -> list[NotebookNode]:
    """Read the cells of a lesson and hold them to every law.

    Raises:
        LawError: for the first law that is broken.

    """
    cells: list[NotebookNode] = jupytext.reads(source, fmt=FORMAT).cells
    _round_trip(source, cells)
    for cell in cells:
        if cell.cell_type == "code":
            cell.source = _uncomment(cell.source)
    _twins(cells)
    _exercises(cells)
    return cells


def grading(cell: NotebookNode) -> dict[str, object]:
    """Return the nbgrader metadata of a cell, or an empty mapping."""
    return dict(cell.metadata.get("nbgrader", {}))


def _round_trip(source: str, cells: Sequence[NotebookNode]) -> None:
    """What jupytext reads is what the author wrote, and it survives being written again."""
    written = list(_code_as_written(source))
    code = [(number, cell) for number, cell in enumerate(cells, 1) if cell.cell_type == "code"]
    for (number, cell), expected in zip(code, written, strict=False):
        if cell.source != expected:
            raise LawError(number, _first_difference(expected, cell.source))
    if len(code) != len(written):
        raise LawError(0, f"{len(written)} code cells are written, {len(code)} are read")
    notebook = nbformat.v4.new_notebook(cells=list(cells))
    again = jupytext.reads(jupytext.writes(notebook, fmt=FORMAT), fmt=FORMAT)
    for number, (first, second) in enumerate(zip(cells, again.cells, strict=False), 1):
        if (first.cell_type, first.source) != (second.cell_type, second.source):
            raise LawError(
                number,
                "jupytext does not write this cell back as it read it; look for a "
                "'# %%' line or three quotes in it",
            )
    if len(again.cells) != len(cells):
        raise LawError(0, "jupytext writes another number of cells than it reads")


def _first_difference(expected: str, read: str) -> str:
    pairs = zip_longest(expected.split("\n"), read.split("\n"))
    written, got = next((a, b) for a, b in pairs if a != b)
    return (
        f"jupytext reads {got!r} where {written!r} is written; three quotes or a '# %%' line "
        "does not survive in a cell: word it differently"
    )


def _code_as_written(source: str) -> Iterator[str]:
    """Split at `# %%` lines, the plain way."""
    body: list[str] | None = None
    for line in [*source.splitlines(), "# %%"]:
        if _CELL_LINE.match(line):
            if body is not None:
                yield "\n".join(body).strip("\n")
            body = None if "[markdown]" in line else []
        elif body is not None:
            body.append(line)


def _uncomment(source: str) -> str:
    """`# %%magic` on the first line, or line magics in a cell without one, lose the `# `."""
    if source.startswith("# %%"):
        return source[2:]
    return "\n".join(_COMMENTED_MAGIC.sub(r"\1", line) for line in source.split("\n"))


def _twins(cells: Sequence[NotebookNode]) -> None:
    """Each English prose cell is followed directly by its Chinese twin; code has no language."""
    waiting: int | None = None
    for number, cell in enumerate(cells, 1):
        lang = cell.metadata.get("lang")
        if cell.cell_type == "code":
            if lang is not None:
                raise LawError(number, "a code cell has no lang: both languages share it")
            if waiting is not None:
                raise LawError(waiting, 'this lang="en" cell has no lang="zh" twin after it')
        elif lang not in {"en", "zh"}:
            raise LawError(number, 'a prose cell says lang="en" or lang="zh"')
        elif (lang == "en") is not (waiting is None):
            raise LawError(number, 'prose comes in pairs: lang="en", then its lang="zh" twin')
        else:
            waiting = number if lang == "en" else None
            if "nbgrader" in cell.metadata:
                raise LawError(number, "only code cells carry nbgrader metadata")
    if waiting is not None:
        raise LawError(waiting, 'this lang="en" cell has no lang="zh" twin after it')


def _exercises(cells: Sequence[NotebookNode]) -> None:
    """Grade cells are exactly one check call; grade ids are there once; answers hold solutions."""
    _unique(str(grading(cell)["grade_id"]) for cell in cells if "grade_id" in grading(cell))
    for number, cell in enumerate(cells, 1):
        meta = grading(cell)
        if not meta:
            continue
        if "grade_id" not in meta:
            raise LawError(number, "nbgrader metadata needs a grade_id")
        if meta.get("grade"):
            if not is_check_call(cell.source):
                raise LawError(number, 'a grade cell is exactly one call: check("ID")')
            if not isinstance(meta.get("points"), int | float):
                raise LawError(number, "a grade cell says its points")
        elif meta.get("solution"):
            if "### BEGIN SOLUTION" not in cell.source:
                raise LawError(number, "an answer cell holds its solution between the marks")
        else:
            raise LawError(number, 'nbgrader metadata says "solution": true or "grade": true')


def is_check_call(source: str) -> bool:
    """Whether the source is `check("ID")` and nothing else: no second line, no `;`, no comment."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return False
    match tree.body:
        case [
            ast.Expr(
                ast.Call(func=ast.Name("check"), args=[ast.Constant(value=str(name))], keywords=[])
            )
        ]:
            return source.strip() == f'check("{name}")'
        case _:
            return False


def _unique(grade_ids: Iterable[str]) -> None:
    twice = [name for name, count in Counter(grade_ids).items() if count > 1]
    if twice:
        raise LawError(0, f"grade_id {twice[0]!r} stands on two cells")
