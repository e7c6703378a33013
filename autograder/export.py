"""The gradebook as a table that other systems import.

csv     one row a student, one column a lesson: points after penalties, and what they are out of
canvas  Canvas's gradebook import: names and ids first, then `LESSON (ASSIGNMENT ID)` columns, `Points Possible` below
moodle  Moodle's CSV import: identity columns, one column a lesson, `-` where nothing was handed in
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from nbgrader.api import Gradebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.course import Course

Format = Literal["csv", "canvas", "moodle"]
FORMATS: tuple[Format, ...] = get_args(Format)

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One student with the points of each lesson; a lesson that was not handed in is not in it."""

    student: str
    first_name: str
    last_name: str
    email: str
    points: dict[str, float]


def rows(course: Course) -> tuple[dict[str, float], tuple[Row, ...]]:
    """Return the lessons with their highest points, and a row for each student."""
    with Gradebook(course.directory.db_url, course.directory.course_id) as gradebook:
        lessons = {one.name: float(one.max_score) for one in gradebook.assignments}
        found = tuple(
            Row(
                student.id,
                student.first_name or "",
                student.last_name or "",
                student.email or "",
                {
                    one.name: round(one.score - (one.late_submission_penalty or 0), 2)
                    for one in student.submissions
                },
            )
            for student in sorted(gradebook.students, key=lambda one: one.id)
        )
    return dict(sorted(lessons.items())), found


def export(course: Course, form: Format) -> str:
    """Return the gradebook as CSV text in one of the `FORMATS`."""
    lessons, students = rows(course)
    table = {"csv": _plain, "canvas": _canvas, "moodle": _moodle}[form]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for line in table(lessons, students):
        writer.writerow([_harmless(cell) if isinstance(cell, str) else cell for cell in line])
    return out.getvalue()


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking a student's name for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) and len(cell) > 1 else cell


def _name(row: Row) -> str:
    return f"{row.last_name}, {row.first_name}" if row.last_name else row.student


def _plain(lessons: dict[str, float], students: tuple[Row, ...]) -> Iterator[list[object]]:
    yield ["student", "last_name", "first_name", *lessons, "sum", "max"]
    for row in students:
        points = [row.points.get(lesson, "") for lesson in lessons]
        total = round(sum(row.points.values()), 2)
        yield [row.student, row.last_name, row.first_name, *points, total, sum(lessons.values())]


def _canvas(lessons: dict[str, float], students: tuple[Row, ...]) -> Iterator[list[object]]:
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *lessons]
    yield ["    Points Possible", "", "", "", "", *lessons.values()]
    for row in students:
        points = [row.points.get(lesson, "") for lesson in lessons]
        yield [_name(row), "", row.student, row.email or row.student, "", *points]


def _moodle(lessons: dict[str, float], students: tuple[Row, ...]) -> Iterator[list[object]]:
    yield ["ID number", "Username", "Email address", "First name", "Last name", *lessons]
    for row in students:
        points = [row.points.get(lesson, "-") for lesson in lessons]
        yield [row.student, row.student, row.email, row.first_name, row.last_name, *points]
