"""The value of the progress panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.exercises.catalogue import exercises
from course_lib.views.progress import Panel, State, Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.exercises.values import Exercise
    from course_lib.progress import Standing


def panel(kept: Mapping[str, Standing]) -> Panel:
    """Every exercise of the course with how it stands; `kept` is from `progress.read`."""
    return Panel(tuple(_task(exercise, kept.get(exercise.id)) for exercise in exercises()))


def _task(exercise: Exercise, standing: Standing | None) -> Task:
    state = State.OPEN
    if standing is not None and (standing.passed or standing.points):
        state = State.DONE if standing.passed else State.BEGUN
    return Task(
        exercise.lesson,
        exercise.id,
        exercise.title,
        state,
        standing.points if standing else 0,
        exercise.points,
        exercise.practice,
    )
