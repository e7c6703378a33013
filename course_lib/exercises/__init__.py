"""The exercises of the course and the checks on their answers.

    find("layers-diff")            the Exercise
    evaluate(exercise, answers)    answers: grade id -> source of the cell; gives a Report
    report.explanation(), report.value()

Evaluating needs the engine, and the engine takes time to load: names are loaded when used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_lib.exercises.catalogue import NoSuchExerciseError, answered_by, find
    from course_lib.exercises.evaluate import evaluate
    from course_lib.exercises.report import Points, Report, Verdict
    from course_lib.exercises.values import (
        Check,
        CommandsAnswer,
        DockerfileAnswer,
        Exercise,
        FileAnswer,
        Finding,
        LiteralAnswer,
        Start,
    )

__all__ = [
    "Check",
    "CommandsAnswer",
    "DockerfileAnswer",
    "Exercise",
    "FileAnswer",
    "Finding",
    "LiteralAnswer",
    "NoSuchExerciseError",
    "Points",
    "Report",
    "Start",
    "Verdict",
    "answered_by",
    "evaluate",
    "find",
]

_HOME = {
    "NoSuchExerciseError": "catalogue",
    "answered_by": "catalogue",
    "evaluate": "evaluate",
    "find": "catalogue",
    "Points": "report",
    "Report": "report",
    "Verdict": "report",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    module = importlib.import_module(f"{__name__}.{_HOME.get(name, 'values')}")
    return getattr(module, name)
