"""Broken submissions: each is graded for its good parts, or held with its reason; none stops a class."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import nbformat
import pytest

from autograder.submission import MAX_BYTES
from tests.autograder.classroom import FULL, LESSON, NONE, RIGHT, notebook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nbformat import NotebookNode

    from autograder.summary import Summary
    from tests.autograder.classroom import Classroom

WITHOUT_STOP = {**FULL, "cmd-stop": 0}


def raw(**changes: object) -> bytes:
    """Return a right notebook's bytes, with changes to its outermost keys."""
    return json.dumps({**json.loads(nbformat.v4.writes(notebook(RIGHT))), **changes}).encode()


def changed(change: Callable[[NotebookNode], object]) -> NotebookNode:
    made = notebook(RIGHT)
    change(made)
    return made


def _cell(made: NotebookNode, grade_id: str) -> NotebookNode:
    return next(c for c in made.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def _rename_ids(made: NotebookNode) -> None:
    for cell in made.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.grade_id += "-old"


def _move_checks_up(made: NotebookNode) -> None:
    made.cells.sort(key=lambda cell: not cell.source.startswith("check("))


def _copy_check(made: NotebookNode) -> None:
    made.cells.append(nbformat.from_dict({**_cell(made, "cmd-env-check"), "id": "copy"}))


def _edit_outputs(made: NotebookNode) -> None:
    for cell in made.cells:
        if cell.cell_type == "code":
            cell.outputs = [nbformat.v4.new_output("execute_result", data={"text/plain": "99"})]


def _more_points(made: NotebookNode) -> None:
    for cell in made.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.metadata.nbgrader.points = 1000


def _deep_metadata(made: NotebookNode) -> None:
    deep: object = 1
    for _ in range(300):
        deep = {"deeper": deep}
    for cell in made.cells:
        cell.metadata["deep"] = deep
        cell.metadata.setdefault("nbgrader", {})["deep"] = deep


def _many_cells(made: NotebookNode) -> None:
    more = [{"cell_type": "code", "source": f"x = {n}", "metadata": {}} for n in range(10_000)]
    made.cells = [*map(nbformat.from_dict, more), *made.cells]


def _huge_answer(made: NotebookNode) -> None:
    _cell(made, "cmd-stop").source += "\n#" + "x" * 10_000_000


def _all_markdown(made: NotebookNode) -> None:
    for cell in made.cells:
        cell.cell_type = "markdown"


def _surrogates(made: NotebookNode) -> None:
    _cell(made, "cmd-stop").source = "%%dockerfile cmd-stop\nFROM \ud800"


def _nul(made: NotebookNode) -> None:
    _cell(made, "cmd-stop").source = "%%dockerfile cmd-stop\nFROM alpine\0\nRUN a\0b"


# What is handed in -> the scores.
GRADED: Mapping[str, tuple[bytes | Callable[[], NotebookNode], Mapping[str, float]]] = {
    "a byte order mark": (b"\xef\xbb\xbf" + raw(), FULL),
    "UTF-16": (raw().decode().encode("utf-16"), FULL),
    "a grade cell copied": (lambda: changed(_copy_check), FULL),
    "grade cells moved above the answers": (lambda: changed(_move_checks_up), FULL),
    "outputs edited": (lambda: changed(_edit_outputs), FULL),
    "points edited": (lambda: changed(_more_points), FULL),
    "grade ids of an older lesson": (lambda: changed(_rename_ids), FULL),
    "every cell turned into prose": (lambda: changed(_all_markdown), FULL),
    "10,000 cells": (lambda: changed(_many_cells), FULL),
    "metadata 300 levels deep": (lambda: changed(_deep_metadata), FULL),
    "an answer of 10 MB": (lambda: changed(_huge_answer), WITHOUT_STOP),
    "half of a character in an answer": (lambda: changed(_surrogates), WITHOUT_STOP),
    "NUL bytes in an answer": (lambda: changed(_nul), WITHOUT_STOP),
    "no cells at all": (raw(cells=[]), NONE),
    "the Chinese lesson": (lambda: notebook(RIGHT, "zh"), FULL),
    "metadata that is a list": (raw(metadata=[1]), FULL),
    "no metadata and a future minor version": (raw(metadata=None, nbformat_minor=99), FULL),
}
# What is handed in -> a part of the reason.
HELD: Mapping[str, tuple[bytes, str]] = {
    "cut off": (raw()[:2000], "was cut off"),
    "an empty file": (b"", "the file is empty"),
    "another kind of file": (b"PK\x03\x04" + b"\0" * 100, "not JSON"),
    "GB 2312 text": ('{"a": "中文"}'.encode("gb2312"), "not UTF-8"),
    "JSON 200,000 levels deep": (b'{"a":' * 200_000, "nested too deeply"),
    "a number of 5,000 digits": (b'{"nbformat": ' + b"9" * 5000 + b"}", "can't be read"),
    "format 3": (raw(nbformat=3), "has format 3"),
    "cells that are an object": (raw(cells={}), "not a notebook"),
    "NUL bytes": (b"\0" * 4096, "not JSON"),
}


@pytest.fixture(scope="module")
def graded(released: Classroom, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """All of them in one class, and one student whose work is in order, last by name."""
    room = released.copy(tmp_path_factory.mktemp("broken") / "course")
    for number, (given, _) in enumerate(GRADED.values()):
        room.submit(f"graded-{number:02}", given if isinstance(given, bytes) else given())
    for number, (broken, _) in enumerate(HELD.values()):
        room.submit(f"held-{number:02}", broken)
    room.submit("z-last", RIGHT)
    return Graded(room, room.grade())


@dataclass(frozen=True)
class Graded:
    room: Classroom
    summary: Summary

    def reasons(self, student: str) -> str:
        return "; ".join(
            why for one in self.summary.outcomes if one.student == student for why in one.reasons
        )


@pytest.mark.parametrize(
    ("number", "scores"),
    [(number, scores) for number, (_, scores) in enumerate(GRADED.values())],
    ids=GRADED,
)
def test_what_can_be_graded_is(graded: Graded, number: int, scores: Mapping[str, float]) -> None:
    student = f"graded-{number:02}"

    assert graded.room.scores(student) == scores
    assert graded.reasons(student) == ""
    assert not graded.room.waiting(student)
    nbformat.validate(nbformat.from_dict(graded.room.autograded(student)))


@pytest.mark.parametrize(
    ("number", "reason"),
    [(number, reason) for number, (_, reason) in enumerate(HELD.values())],
    ids=HELD,
)
def test_what_can_not_be_graded_is_held_with_its_reason_and_waits_for_a_person(
    graded: Graded, number: int, reason: str
) -> None:
    student = f"held-{number:02}"

    assert reason in graded.reasons(student)
    assert set(graded.room.scores(student).values()) == {None}
    assert graded.room.waiting(student) == set(FULL)
    assert reason in json.dumps(graded.room.autograded(student), ensure_ascii=False)


def test_the_student_after_all_the_broken_ones_is_graded(graded: Graded) -> None:
    assert graded.room.scores("z-last") == FULL
    assert len(graded.summary.outcomes) == len(GRADED) + len(HELD) + 1


def test_a_notebook_of_100_mb_is_not_read(room: Classroom) -> None:
    path = room.submit("ada", b"")
    os.truncate(path, 100_000_000)

    (outcome,) = room.grade().outcomes

    assert outcome.reasons == (
        f"the file has 100 MB; more than {MAX_BYTES // 1_000_000} MB are not read",
    )


RENAMED = {
    "a second download": ([f"{LESSON} (1).ipynb"], f"{LESSON} (1).ipynb"),
    "the latest of several downloads": (
        [f"{LESSON} (2).ipynb", f"{LESSON} (10).ipynb", f"{LESSON} (9).ipynb"],
        f"{LESSON} (10).ipynb",
    ),
    "a copy made in Jupyter": ([f"{LESSON}-Copy1.ipynb"], f"{LESSON}-Copy1.ipynb"),
    "another name": (["homework.ipynb"], "homework.ipynb"),
    "the lesson's name before another": (
        ["zz.ipynb", f"{LESSON}_final.ipynb"],
        f"{LESSON}_final.ipynb",
    ),
}


@pytest.mark.parametrize(("names", "taken"), RENAMED.values(), ids=RENAMED)
def test_a_renamed_notebook_is_found_and_it_is_said(
    room: Classroom, names: list[str], taken: str
) -> None:
    for name in names:
        room.submit("ada", RIGHT if name == taken else {}, name=name)

    (outcome,) = room.grade().outcomes

    assert (outcome.state, outcome.points) == ("graded", 10)
    assert outcome.notes == (f"there is no {LESSON}.ipynb; {taken!r} was taken for it",)


def test_the_right_name_comes_before_any_copy(room: Classroom) -> None:
    room.submit("ada", RIGHT)
    room.submit("ada", {}, name=f"{LESSON} (1).ipynb")

    (outcome,) = room.grade().outcomes

    assert (outcome.points, outcome.notes) == (10, ())


def test_a_folder_without_a_notebook_is_held(room: Classroom) -> None:
    room.submit("ada", b"%PDF", name="answers.pdf")

    (outcome,) = room.grade().outcomes

    assert (outcome.state, outcome.reasons) == ("held", ("there is no notebook in the folder",))
    assert room.waiting("ada") == set(FULL)


@pytest.mark.parametrize(
    ("timestamp", "note"),
    [
        ("yesterday evening", "timestamp.txt says 'yesterday evening', which is no time"),
        ("  \n", "timestamp.txt is empty"),
        ("99999-99-99 99:99", "which is no time"),
    ],
)
def test_a_bad_timestamp_costs_nothing_and_is_said(
    room: Classroom, timestamp: str, note: str
) -> None:
    room.submit("ada", RIGHT, timestamp=timestamp)

    (outcome,) = room.grade().outcomes

    assert (outcome.state, outcome.points) == ("graded", 10)
    assert note in outcome.notes[0]


def test_a_fault_of_ours_in_one_submission_costs_no_other(
    room: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    from autograder import cells  # noqa: PLC0415 - beside its patch

    mend = cells.mend

    def fails(made: NotebookNode, wanted: object) -> object:
        if any("MARK" in cell.source for cell in made.cells):
            raise ZeroDivisionError
        return mend(made, wanted)  # type: ignore[arg-type]

    monkeypatch.setattr(cells, "mend", fails)
    room.submit("ada", {**RIGHT, "cmd-env": "# MARK"})
    room.submit("bo", RIGHT)

    summary = room.grade()

    assert [(one.student, one.state) for one in summary.outcomes] == [
        ("ada", "held"),
        ("bo", "graded"),
    ]
    assert summary.held[0].reasons == ("ZeroDivisionError: ",)
    assert room.scores("bo") == FULL
