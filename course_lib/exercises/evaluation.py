"""Evaluate the answers to an exercise, on a fresh engine, from the text of the cells alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.exercises.attempt import Attempt, Unmet
from course_lib.exercises.report import Report, Verdict
from course_lib.exercises.values import Finding
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from course_lib.exercises.values import Check, Exercise


def evaluate(
    exercise: Exercise, answers: Mapping[str, str], *, hidden: Sequence[Check] | None = None
) -> Report:
    """Judge the answers (grade id -> source of the cell) by every check of the exercise.

    Nothing but `answers` counts, and the same answers give an equal report. `hidden` are the
    instructor's checks; without them their points stay undecided. An answer that can't be
    read, built or run is a problem in the report, never an exception.
    """
    attempt = Attempt(exercise, answers)
    verdicts = [_judge(attempt, check) for check in exercise.checks]
    for check in hidden or ():
        judged = _judge(attempt, check)
        verdicts.append(replace(judged, finding=None))
    return Report(
        exercise_id=exercise.id,
        title=exercise.title,
        verdicts=tuple(verdicts),
        problems=tuple(attempt.problems),
        undecided=exercise.hidden_points if hidden is None else 0,
    )


def _judge(attempt: Attempt, check: Check) -> Verdict:
    missing = [name for name in attempt.exercise.needs(check) if name in attempt.missing]
    if missing:
        finding = Finding(
            0,
            expected=Text("an answer", "有答案"),
            found=Text(f"no answer in {missing[0]} yet", f"{missing[0]} 里还没有答案"),
        )
    else:
        try:
            finding = check.judge(attempt)
        except Unmet as unmet:
            finding = unmet.finding
    earned = round(check.points * min(1.0, max(0.0, finding.share)), 4)
    return Verdict(check.name, earned, check.points, finding.passed, finding)
