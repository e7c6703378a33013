"""Find an exercise by its id. The lessons' files are read when the first one is asked for.

The exercises of lesson NN stand in `lesson_NN.py` beside this file, in the tuple `EXERCISES`.
"""

from __future__ import annotations

import importlib
import pkgutil
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.exercises.values import Exercise

_PACKAGE = "course_lib.exercises"


class NoSuchExerciseError(LookupError):
    """No lesson has an exercise of that id; `reason` names the nearest one."""

    def __init__(self, exercise_id: str) -> None:
        near = get_close_matches(exercise_id, _by_id(), n=1)
        self.reason = Text(
            f"there is no exercise {exercise_id!r}", f"没有 {exercise_id!r} 这道习题"
        )
        if near:
            self.reason += Text(f" (did you mean {near[0]}?)", f"（是不是 {near[0]}？）")
        super().__init__(self.reason.en)


def lessons() -> tuple[str, ...]:
    """Return the modules that hold exercises: `lesson_01`, `lesson_02`, ..."""
    package = importlib.import_module(_PACKAGE)
    names = (module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(sorted(name for name in names if name.startswith("lesson_")))


def exercises() -> tuple[Exercise, ...]:
    """Return every exercise of the course, lesson by lesson."""
    return tuple(_by_id().values())


def find(exercise_id: str) -> Exercise:
    """Return the exercise with this id.

    Raises:
        NoSuchExerciseError: when no lesson has it.

    """
    try:
        return _by_id()[exercise_id]
    except KeyError:
        raise NoSuchExerciseError(exercise_id) from None


def answered_by(answer_id: str) -> Exercise | None:
    """Return the exercise that has an answer cell with this grade id, or None."""
    return _by_answer().get(answer_id)


def answer_ids() -> tuple[str, ...]:
    """Return the grade ids of every answer cell of the course."""
    return tuple(_by_answer())


@cache
def _by_id() -> dict[str, Exercise]:
    found: dict[str, Exercise] = {}
    for name in lessons():
        for exercise in importlib.import_module(f"{_PACKAGE}.{name}").EXERCISES:
            if exercise.id in found:
                msg = f"two exercises are called {exercise.id!r}"
                raise ValueError(msg)
            found[exercise.id] = exercise
    return found


@cache
def _by_answer() -> dict[str, Exercise]:
    return {cell.id: exercise for exercise in exercises() for cell in exercise.answers}
