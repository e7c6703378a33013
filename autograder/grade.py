"""Answers in, points and an explanation out; in this process, on the simulator, as `check` does.

Nothing here can fail a class: what goes wrong in the kit itself is a state of that one cell,
`held`, with its reason, and never a zero.
"""

from __future__ import annotations

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
from course_lib.text import Language, Text, language, same, speaking

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.exercises.values import AnswerCell

MEMO = 4096
"""So many verdicts are kept: many students give the same answer."""


@dataclass(frozen=True, slots=True)
class Graded:
    """The points of one grade cell with their explanation; or `held`: why it has no points."""

    points: float
    explanation: str
    held: Text | None = None


class CanaryError(RuntimeError):
    """A wrong answer earned points: the checks of this exercise are not to be trusted."""


def grade(exercise_id: str, answers: Mapping[str, str]) -> Graded:
    """Grade one exercise from the sources of a notebook's answer cells, by grade id."""
    try:
        exercise = find(exercise_id)
        wanted = tuple((cell.id, answers.get(cell.id, "")) for cell in exercise.answers)
        return _graded(exercise_id, wanted, language())
    except Exception as broken:  # noqa: BLE001 - a fault of ours is a reason, and costs nobody a class
        return Graded(0, "", held=_reason(broken))


def forget() -> None:
    """Forget all verdicts and canaries: the checks may have changed."""
    _graded.cache_clear()
    _canary.cache_clear()


@lru_cache(maxsize=MEMO)
def _graded(exercise_id: str, answers: tuple[tuple[str, str], ...], lang: Language) -> Graded:
    exercise = find(exercise_id)
    _canary(exercise_id)
    report = evaluate(exercise, dict(answers), hidden=hidden(exercise_id))
    if not 0 <= report.points <= exercise.points:
        msg = f"{exercise_id} gave {report.points:g} of {exercise.points:g} points"
        raise ValueError(msg)
    with speaking(lang):
        return Graded(report.points, report.explanation())


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


def _reason(broken: Exception) -> Text:
    return Text(
        "this exercise could not be graded; look at it yourself: ",
        "这道题没能自动评分，请人工查看：",
    ) + same(f"{type(broken).__name__}: {broken}")
