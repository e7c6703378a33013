"""A file of `%save_work`, handed in instead of a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from course_lib.work import FILE, Work
from tests.autograder.classroom import FULL, LESSON, RIGHT

if TYPE_CHECKING:
    from tests.autograder.classroom import Classroom


def test_the_answers_of_a_file_of_work_earn_what_a_notebook_would(room: Classroom) -> None:
    others = {"layers-diff": "%%docker --answer layers-diff\ndocker ps\n"}
    room.submit("ada", Work({**RIGHT, **others}).to_bytes(), name=FILE)
    room.submit("bob", RIGHT)

    by_file, by_notebook = room.grade().outcomes

    assert room.scores("ada") == room.scores("bob") == FULL
    assert by_file.notes == (f"there is no notebook; the answers were taken from {FILE!r}",)
    assert by_notebook.notes == ()
    assert len(room.autograded("ada")["cells"]) == len(room.autograded("bob")["cells"])


def test_without_the_released_file_the_answers_stand_alone(room: Classroom) -> None:
    (room.root / "release" / LESSON / f"{LESSON}.ipynb").unlink()
    room.submit("ada", Work(RIGHT).to_bytes(), name="downloaded (1).json")
    room.grade()
    assert room.scores("ada") == FULL


def test_a_notebook_comes_before_a_file_of_work(room: Classroom) -> None:
    room.submit("ada", Work({}).to_bytes(), name=FILE)
    room.submit("ada", RIGHT)
    room.grade()
    assert room.scores("ada") == FULL


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{}", "no work of this course"),
        (b"", "can't be read"),
        (b" " * 6_000_000, "at most 5"),
        (Work({}).to_bytes().replace(b": 1,", b": 9,"), "version 9"),
    ],
)
def test_a_bad_file_of_work_is_held_with_its_reason(
    room: Classroom, data: bytes, reason: str
) -> None:
    room.submit("ada", data, name=FILE)
    (outcome,) = room.grade().outcomes
    assert reason in "; ".join(outcome.reasons)
    assert set(room.scores("ada").values()) == {None}
    assert room.waiting("ada") == set(FULL)
