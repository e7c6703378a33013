"""The exercises of the course and the checks on their answers.

What a notebook's kernel does, with one `Desk` for the whole notebook:

    desk = Desk()
    desk.machine.docker("ps -a")           %docker and %%docker work on the notebook's own machine
    desk.machine.files["a.sh"] = "..."     %%contextfile PATH
    desk.hear(raw_cell)                    for every cell before it runs (IPython: pre_run_cell,
                                           info.raw_cell), literals included: it keeps the text of
                                           answer cells and ignores all others
    desk.bench("ID").docker("run ...")     %%docker --answer ID: each line of the body, on a fresh
                                           machine in the exercise's starting state
    desk.bench("ID").build(text, "ID")     %%dockerfile ID, when `answered_by("ID")` is not None;
                                           text is `answers.text_of(raw_cell)`
    report = desk.check("ID")              check("ID"): print report.explanation() on stdout, then
    report.value()                         return this as the cell's value

A line of a magic is read by `headers.read`. `NoSuchExerciseError`, `NoSuchAnswerError` and
`headers.HeaderError` are a learner's slips: print `error.reason`. The grader does the same by `evaluate(find("ID"),
{grade id: source of the cell}, hidden=...)`, so that words and points are the same.

Evaluating needs the engine, and the engine takes time to load: names are loaded when used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_lib.exercises.catalogue import NoSuchExerciseError, answered_by, find
    from course_lib.exercises.desk import Desk, NoSuchAnswerError
    from course_lib.exercises.evaluation import evaluate
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
    "Desk",
    "DockerfileAnswer",
    "Exercise",
    "FileAnswer",
    "Finding",
    "LiteralAnswer",
    "NoSuchAnswerError",
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
    "Desk": "desk",
    "NoSuchAnswerError": "desk",
    "NoSuchExerciseError": "catalogue",
    "answered_by": "catalogue",
    "evaluate": "evaluation",
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
