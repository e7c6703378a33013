"""Answers in, points and an explanation out; in this process, on the simulator, as `check` does.

Nothing here can fail a class: what goes wrong in the kit itself is a state of that one cell,
`held`, with its reason, and never a zero.
"""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from autograder.keys import hidden
from course_lib.exercises import evaluate, find
from course_lib.exercises.values import (
    CommandsAnswer,
    DockerfileAnswer,
    Exercise,
    FileAnswer,
    LiteralAnswer,
)
from course_lib.text import LANGUAGES, Text, same, speaking

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from course_lib.exercises.report import Report, Verdict
    from course_lib.exercises.values import AnswerCell

MEMO = 4096
"""So many verdicts are kept: many students give the same answer."""

MAX_SECONDS = 20
"""After so many seconds of work on one answer it ends; nearly all take less than a tenth of one."""

MAX_EXPLANATION = 60_000
"""No explanation has more characters: an answer can make docker say a lot."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is judged once for all who ask it: an exercise with the sources of its answer cells."""

    exercise_id: str
    answers: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, exercise_id: str, answers: Mapping[str, str]) -> Question:
        """Take the answers of one exercise out of those of a notebook.

        Raises:
            NoSuchExerciseError: when no lesson has the exercise.

        """
        wanted = (cell.id for cell in find(exercise_id).answers)
        return cls(exercise_id, tuple((name, answers.get(name, "")) for name in wanted))


@dataclass(frozen=True, slots=True)
class Mark:
    """One check with what it gave; `found` is what the student's image does instead."""

    name: Text
    points: float
    max_points: float
    passed: bool
    found: Text | None = None


@dataclass(frozen=True, slots=True)
class Graded:
    """The points of one grade cell with their explanation; or `held`: why it has no points."""

    points: float
    explanation: Text
    marks: tuple[Mark, ...] = ()
    held: Text | None = None


class CanaryError(RuntimeError):
    """A wrong answer earned points: the checks of this exercise are not to be trusted."""


class OutOfTimeError(BaseException):
    """The time for one answer is over. No `except Exception` on the way up may catch it."""


def grade(question: Question) -> Graded:
    """Grade one exercise from the sources of its answer cells."""
    try:
        return _graded(question)
    except OutOfTimeError:
        return held(
            Text(
                f"the work on this answer was ended after {MAX_SECONDS} seconds; look at it yourself",
                f"这个答案算了 {MAX_SECONDS} 秒还没结束，已停止；请人工查看",
            )
        )
    except Exception as broken:  # noqa: BLE001 - a fault of ours is a reason, and costs nobody a class
        return fault(broken)


def held(reason: Text) -> Graded:
    """Return the state of a cell that has no points, for a reason."""
    return Graded(0, same(""), held=reason)


def fault(broken: BaseException) -> Graded:
    """Return the state of a cell whose grading failed in the kit itself."""
    reason = Text(
        "this exercise could not be graded; look at it yourself: ",
        "这道题没能自动评分，请人工查看：",
    )
    return held(reason + same(f"{type(broken).__name__}: {broken}"))


def forget() -> None:
    """Forget all verdicts and canaries: the checks may have changed."""
    _graded.cache_clear()
    _canary.cache_clear()


@lru_cache(maxsize=MEMO)
def _graded(question: Question) -> Graded:
    exercise = find(question.exercise_id)
    _canary(exercise.id)
    with _limited(MAX_SECONDS):
        reports = _reports(exercise, dict(question.answers))
    report = reports[0]
    if not 0 <= report.points <= exercise.points:
        msg = f"{exercise.id} gave {report.points:g} of {exercise.points:g} points"
        raise ValueError(msg)
    return Graded(report.points, _explained(reports), tuple(map(_mark, report.verdicts)))


def _reports(exercise: Exercise, answers: Mapping[str, str]) -> list[Report]:
    """Evaluate once for each language: what docker says is said in the language of its moment.

    Once is enough for an answer that is right, for then nothing of that is shown.
    """
    checks = hidden(exercise.id)
    reports: list[Report] = []
    for lang in LANGUAGES:
        with speaking(lang):
            right = reports and _all_right(reports[0])
            reports.append(reports[0] if right else evaluate(exercise, answers, hidden=checks))
    return reports


def _all_right(report: Report) -> bool:
    return not report.problems and all(verdict.passed for verdict in report.verdicts)


def _explained(reports: list[Report]) -> Text:
    halves = []
    for lang, report in zip(LANGUAGES, reports, strict=True):
        with speaking(lang):
            halves.append(_bounded(report.explanation()))
    return Text(*halves)


def _bounded(text: str) -> str:
    """Keep the beginning and the end: the checks stand last."""
    if len(text) <= MAX_EXPLANATION:
        return text
    half = MAX_EXPLANATION // 2
    return f"{text[:half]}\n[...]\n{text[-half:]}"


def _mark(verdict: Verdict) -> Mark:
    found = verdict.finding.found if verdict.finding and not verdict.passed else None
    return Mark(verdict.name, verdict.points, verdict.max_points, verdict.passed, found)


@contextmanager
def _limited(seconds: int) -> Iterator[None]:
    """End the work inside a `with` block after so many seconds of it, where the system has alarms.

    Budgets of the simulator end most work long before. An alarm also ends what a budget does not
    see, such as a regular expression that never comes to an end.
    """
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def ring(_number: int, _frame: object) -> None:
        raise OutOfTimeError

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@cache
def _canary(exercise_id: str) -> None:
    """Make sure that the checks are there and refuse a wrong answer."""
    exercise: Exercise = find(exercise_id)
    if not exercise.checks:
        msg = f"{exercise_id} has no checks"
        raise CanaryError(msg)
    wrong = {cell.id: _wrong(cell) for cell in exercise.answers}
    earned = evaluate(exercise, wrong, hidden=hidden(exercise_id)).points
    if earned:
        msg = f"a wrong answer earns {earned:g} points in {exercise_id}"
        raise CanaryError(msg)


def _wrong(cell: AnswerCell) -> str:
    match cell:
        case DockerfileAnswer():
            return f"%%dockerfile {cell.id}\nFROM scratch\nLABEL canary=wrong\n"
        case CommandsAnswer():
            return f"%%docker --answer {cell.id}\ndocker ps\n"
        case FileAnswer():
            return f"%%contextfile {cell.path} --answer {cell.id}\n# canary\n"
        case LiteralAnswer():
            return f"{cell.id.replace('-', '_')} = 'canary'\n"
