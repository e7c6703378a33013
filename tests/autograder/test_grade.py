"""The grader trusts no check blindly: canaries, faults of our own, points out of bounds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from autograder import grade as grader
from autograder.grade import Graded, Question
from course_lib.exercises import find
from course_lib.exercises.catalogue import NoSuchExerciseError
from course_lib.exercises.values import Check, Exercise, Finding
from course_lib.text import same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from course_lib.exercises.attempt import Attempt

ANSWER = {
    "cmd-env": "%%dockerfile cmd-env\nFROM alpine\nENV M2_HOME=/usr/share/maven3\nCMD echo $M2_HOME"
}


def _grade(exercise_id: str, answers: dict[str, str]) -> Graded:
    return grader.grade(Question.of(exercise_id, answers))


def _always(share: float) -> Callable[[Attempt], Finding]:
    return lambda _: Finding(share, same("a"), same("b"))


def _only_with_answer(share: float) -> Callable[[Attempt], Finding]:
    def judge(attempt: Attempt) -> Finding:
        there = attempt.machine.engine.find_image("cmd-env")
        return Finding(share if there and there.config.cmd else 0, same("a"), same("b"))

    return judge


def _raises(attempt: Attempt) -> Finding:
    raise ZeroDivisionError(attempt.exercise.id)


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Put other checks in the place of those of cmd-env."""
    real = find("cmd-env")

    def use(*own: Check) -> None:
        changed: Exercise = replace(real, checks=own)
        monkeypatch.setattr(grader, "find", lambda _: changed)
        grader.forget()

    yield use
    grader.forget()


def test_a_right_answer_is_graded_once_for_all_who_give_it() -> None:
    grader.forget()

    first, second = (_grade("cmd-env", ANSWER) for _ in range(2))

    assert (first.points, first.held) == (1.5, None)
    assert second is first


def test_the_same_answer_is_explained_to_each_student_in_their_language() -> None:
    explanation = _grade("cmd-env", ANSWER).explanation

    assert "满分" in explanation.zh
    assert "1.5 of 1.5 points" in explanation.en


def test_an_exercise_without_checks_is_held_and_nobody_gets_full_marks(
    checks: Callable[..., None],
) -> None:
    checks()

    graded = _grade("cmd-env", ANSWER)

    assert graded.points == 0
    assert graded.held is not None
    assert "cmd-env has no checks" in graded.held.en


def test_checks_that_pass_a_wrong_answer_are_held(checks: Callable[..., None]) -> None:
    checks(Check(same("easy"), 1, _always(0.1), needs=("cmd-env",)))

    graded = _grade("cmd-env", ANSWER)

    assert graded.held is not None
    assert "a wrong answer earns 0.1 points in cmd-env" in graded.held.en


def test_a_fault_in_a_check_is_held_with_its_reason(checks: Callable[..., None]) -> None:
    checks(Check(same("broken"), 1, _raises))

    graded = _grade("cmd-env", ANSWER)

    assert graded.held is not None
    assert "ZeroDivisionError: cmd-env" in graded.held.en


def test_a_grade_cell_without_its_exercise_is_held() -> None:
    with pytest.raises(NoSuchExerciseError, match="did you mean cmd-env"):
        Question.of("cmd-envy", ANSWER)

    graded = grader.grade(Question("cmd-envy", ()))

    assert graded.held is not None
    assert "there is no exercise 'cmd-envy' (did you mean cmd-env?)" in graded.held.en


def test_a_share_above_one_or_below_zero_never_leaves_the_bounds(
    checks: Callable[..., None],
) -> None:
    checks(
        Check(same("too much"), 1, _only_with_answer(7)),
        Check(same("less than nothing"), 0.5, _only_with_answer(-3)),
    )

    graded = _grade("cmd-env", ANSWER)

    assert (graded.points, graded.held) == (1, None)
