"""Hints: one at a time, from a nudge to nearly the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from course_lib.exercises import Desk, NoSuchExerciseError
from course_lib.exercises.catalogue import exercises

if TYPE_CHECKING:
    from course_lib.exercises.values import Exercise

WITH_HINTS = [exercise for exercise in exercises() if exercise.hints]


@pytest.mark.parametrize("exercise", WITH_HINTS, ids=lambda e: e.id)
def test_hints_come_one_at_a_time_and_the_last_one_stays(exercise: Exercise) -> None:
    desk = Desk()
    count = len(exercise.hints)
    given = [desk.hint(exercise.id) for _ in range(count + 1)]
    assert [
        text.en.endswith(hint.en) for text, hint in zip(given, exercise.hints, strict=False)
    ] == [True] * count
    assert given[-1] == given[-2]


@pytest.mark.parametrize("exercise", WITH_HINTS, ids=lambda e: e.id)
def test_an_exercise_has_three_hints_in_both_languages(exercise: Exercise) -> None:
    assert len(exercise.hints) == 3
    assert all(hint.en != hint.zh and hint.en and hint.zh for hint in exercise.hints)


def test_a_hint_for_an_exercise_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(NoSuchExerciseError) as caught:
        Desk().hint("layers-dif")
    assert "layers-diff" in caught.value.reason.en
