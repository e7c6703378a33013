"""Several attempts: choose the best or the last of each student's, and hand that one in.

The attempts lie as nbgrader's exchange leaves them, `STUDENT+LESSON+TIMESTAMP[+...]/`, in one folder. The chosen one is
copied to submitted/STUDENT/LESSON/, so that every later step sees one submission.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import parse_utc

from autograder import cells, marking, submission
from autograder.files import replace
from autograder.grade import Question, grade
from autograder.handed import TIMESTAMP
from autograder.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from autograder.course import Course

Keep = Literal["best", "last"]
KEEP: tuple[Keep, ...] = get_args(Keep)
_PARTS = 3


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt of a student: its folder, and when it was handed in."""

    student: str
    folder: Path
    timestamp: datetime


def attempts(folder: Path, lesson: str) -> tuple[Attempt, ...]:
    """Return the attempts at a lesson in a folder, by student and then by time."""
    found = []
    for path in folder.iterdir():
        student, *rest = path.name.split("+")
        if path.is_symlink() or not path.is_dir() or len(rest) + 1 < _PARTS or rest[0] != lesson:
            continue
        stamp = path / TIMESTAMP
        text = stamp.read_text("utf-8") if stamp.is_file() and not stamp.is_symlink() else rest[1]
        found.append(Attempt(student, path, parse_utc(text.strip())))
    return tuple(sorted(found, key=lambda one: (one.student, one.timestamp, one.folder.name)))


def collect(course: Course, lesson: str, folder: Path, keep: Keep) -> tuple[Attempt, ...]:
    """Copy each student's best or last attempt to `submitted`; return the chosen ones.

    The best one has the most points after the penalty for being late; of equals it is the last.

    Raises:
        NotReleasedError: when nbgrader has not released the lesson.

    """
    by_student: dict[str, list[Attempt]] = {}
    for one in attempts(folder, lesson):
        by_student.setdefault(one.student, []).append(one)
    with Ledger(course, lesson) as ledger:
        scale = _Scale(course, lesson, ledger)
        chosen = tuple(
            tried[-1] if keep == "last" else max(tried, key=scale.points_and_time)
            for tried in by_student.values()
        )
        for one in chosen:
            _hand_in(course, lesson, one, ledger.expected)
    return chosen


class _Scale:
    """Weighs attempts: points after the penalty, then time."""

    def __init__(self, course: Course, lesson: str, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lesson = lesson
        late = AssignLatePenalties(config=course.config)
        late.init_plugin()
        self._policy = late.plugin_inst

    def points_and_time(self, attempt: Attempt) -> tuple[float, datetime]:
        points = sum(
            _points(attempt.folder / f"{book}.ipynb", wanted) for book, wanted in self._books()
        )
        due = self._ledger.due(attempt.student)
        late = 0.0 if due is None else max(0.0, (attempt.timestamp - due).total_seconds())
        penalty = self._policy.late_submission_penalty(attempt.student, points, late) if late else 0
        return points - min(max(penalty or 0, 0), points), attempt.timestamp

    def _books(self) -> Iterable[tuple[str, tuple[cells.Expected, ...]]]:
        return self._ledger.expected.items()


def _points(path: Path, wanted: tuple[cells.Expected, ...]) -> float:
    """Return the points of an attempt; one that can't be read has none."""
    try:
        notebook = submission.read(path)
    except (submission.Unreadable, OSError):
        return 0
    cells.mend(notebook, wanted)
    asked = marking.ask(notebook)
    return sum(grade(one).points for one in asked if isinstance(one, Question))


def _hand_in(course: Course, lesson: str, attempt: Attempt, books: Iterable[str]) -> None:
    place = course.folder("submitted", attempt.student, lesson)
    place.mkdir(parents=True, exist_ok=True)
    for book in books:
        source = attempt.folder / f"{book}.ipynb"
        if source.is_file() and not source.is_symlink():
            (place / source.name).write_bytes(source.read_bytes())
    replace(place / TIMESTAMP, f"{attempt.timestamp} UTC\n")
