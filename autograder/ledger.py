"""Scores and comments into nbgrader's gradebook, through nbgrader's own Gradebook."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import compute_checksum

from autograder import cells, marking

if TYPE_CHECKING:
    from datetime import datetime
    from types import TracebackType
    from typing import Self

    from nbformat import NotebookNode

    from autograder.course import Course
    from autograder.handed import HandedIn


class NotReleasedError(LookupError):
    """The gradebook does not know the lesson: it was never released."""


class Ledger:
    """The gradebook of a course, opened for one lesson.

    `expected` holds the released answer and grade cells by notebook; `kernelspecs` the kernels.

    Raises:
        NotReleasedError: when nbgrader has not released the lesson.

    """

    def __init__(self, course: Course, lesson: str) -> None:
        self.lesson = lesson
        self._gradebook = Gradebook(course.directory.db_url, course.directory.course_id)
        self._late = AssignLatePenalties(config=course.config)
        self._late.init_plugin()
        try:
            assignment = self._gradebook.find_assignment(lesson)
        except MissingEntry:
            self._gradebook.close()
            msg = f"{lesson} was not released in this course: nbgrader generate_assignment {lesson}"
            raise NotReleasedError(msg) from None
        self.expected = {book.name: cells.expected(book) for book in assignment.notebooks}
        self.kernelspecs = {
            book.name: json.loads(book.kernelspec or "{}") for book in assignment.notebooks
        }
        self._assignment = assignment.id
        self._books = {book.name: book.id for book in assignment.notebooks}
        self._graded = {  # a task is graded by a person, and commented
            book.name: [cell.id for cell in (*book.grade_cells, *book.task_cells)]
            for book in assignment.notebooks
        }
        self._answered = {
            book.name: [cell.id for cell in (*book.solution_cells, *book.task_cells)]
            for book in assignment.notebooks
        }
        self._cell_names = {
            cell.id: cell.name
            for book in assignment.notebooks
            for cell in (*book.grade_cells, *book.solution_cells, *book.task_cells)
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._gradebook.close()

    def known(self) -> frozenset[str]:
        """Return the students who have a submission of the lesson in the gradebook."""
        submissions = self._gradebook.assignment_submissions(self.lesson)
        return frozenset(submission.student_id for submission in submissions)

    def due(self, student: str) -> datetime | None:
        """Return when the lesson is due for a student, an extension included, in UTC."""
        due: datetime | None = self._gradebook.find_assignment(self.lesson).duedate
        try:
            extension = self._gradebook.find_submission(self.lesson, student).extension
        except MissingEntry:
            extension = None
        return due if due is None or extension is None else due + extension

    def entries(self) -> dict[tuple[str, str], tuple[object, ...]]:
        """Return all that the gradebook holds about each (student, notebook) of the lesson."""
        found: dict[tuple[str, str], tuple[object, ...]] = {}
        for submission in self._gradebook.assignment_submissions(self.lesson):
            for entry in submission.notebooks:
                grades = sorted(
                    (grade.cell_id, str((grade.auto_score, grade.manual_score, grade.extra_credit)))
                    for grade in entry.grades
                )
                comments = sorted((one.cell_id, one.comment or "") for one in entry.comments)
                late = entry.late_submission_penalty
                found[submission.student_id, entry.name] = (late, grades, comments)
        return found

    def enter(self, handed: HandedIn, notebook: NotebookNode) -> None:
        """Write what an autograded notebook holds; points that a person gave are kept.

        A cell that is held has no score and waits for a person. The penalty for being late is set
        by the plug-in of nbgrader's settings.
        """
        try:
            self._enter(handed, notebook)
        except Exception:  # whatever it was, half a submission must not stay in the gradebook
            self._gradebook.db.rollback()
            raise

    def _enter(self, handed: HandedIn, notebook: NotebookNode) -> None:
        gradebook = self._gradebook
        submission = self._submission(handed.student)
        submission.timestamp = handed.timestamp
        wanted = self._books[handed.notebook]
        entry = next(one for one in submission.notebooks if one.notebook_id == wanted)
        graded = {cell.metadata["nbgrader"]["grade_id"]: cell for cell in _known(notebook)}
        for grade in entry.grades:
            cell = graded.get(self._cell_names[grade.cell_id])
            if cell is not None:
                _score(grade, cell)
        for comment in entry.comments:
            cell = graded.get(self._cell_names[comment.cell_id])
            if cell is not None:
                untouched = cell.metadata["nbgrader"]["checksum"] == compute_checksum(cell)
                comment.auto_comment = "No response." if untouched else None
        entry.late_submission_penalty = None
        gradebook.db.flush()  # a new entry knows its due date and its score from here on
        if handed.timestamp is not None and submission.total_seconds_late > 0:
            gradebook.db.refresh(entry)
            entry.late_submission_penalty = self._penalty(submission, entry)
        gradebook.db.commit()

    def _submission(self, student: str) -> SubmittedAssignment:
        """Return a student's entry for the lesson; make it, with its empty grades, where there is none.

        It is nbgrader's `update_or_create_submission` in one transaction instead of three.
        """
        db = self._gradebook.db
        try:
            return self._gradebook.find_submission(self.lesson, student)
        except MissingEntry:
            pass
        if db.get(Student, student) is None:
            db.add(Student(id=student))
        submission = SubmittedAssignment(assignment_id=self._assignment, student_id=student)
        for name, book in self._books.items():
            entry = SubmittedNotebook(notebook_id=book, assignment=submission)
            for cell_id in self._graded[name]:
                Grade(cell_id=cell_id, notebook=entry)
            for cell_id in self._answered[name]:
                Comment(cell_id=cell_id, notebook=entry)
        db.add(submission)
        return submission

    def _penalty(self, submission: SubmittedAssignment, entry: SubmittedNotebook) -> float | None:
        penalty = self._late.plugin_inst.late_submission_penalty(
            submission.student_id, entry.score, submission.total_seconds_late
        )
        return None if penalty is None else min(max(penalty, 0), entry.score)


def _known(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if "nbgrader" in cell.metadata]


def _score(grade: Grade, cell: NotebookNode) -> None:
    if cell.metadata["nbgrader"]["solution"]:  # a person grades it, unless it is blank
        blank = cell.metadata["nbgrader"]["checksum"] == compute_checksum(cell)
        grade.auto_score = 0 if blank else None
    elif marking.is_held(cell):
        grade.auto_score = None
    else:
        grade.auto_score = float(cell.outputs[-1]["data"]["text/plain"])
    grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
