"""Grade a class: every submission once, each by itself, and nothing lost on the way.

What was graded is told from the autograded notebook itself: it carries a digest of the submission,
of the released lesson and of the kit. So an interrupted run goes on where it stopped, a corrected check
grades anew, and an unchanged submission is left alone.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import nbformat
from nbformat import NotebookNode
from nbformat.v4.rwbase import split_lines
from sqlalchemy.exc import SQLAlchemyError

from autograder import cells, marking, submission, workfile
from autograder.course import kit_version
from autograder.files import replace
from autograder.grade import Graded, Question
from autograder.handed import NAME, TIMESTAMP, handed_in, students
from autograder.ledger import Ledger
from autograder.summary import Outcome, Summary
from autograder.workers import Judges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor, Future
    from pathlib import Path

    from autograder.course import Course
    from autograder.handed import HandedIn

WINDOW = 16
"""So many submissions are under way at once; memory does not grow with the class."""


@dataclass(frozen=True, slots=True)
class _UnderWay:
    handed: HandedIn
    stamp: str
    notebook: NotebookNode
    asked: tuple[tuple[Question, Future[Graded]] | Graded, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """One grading of a lesson; `start` starts the workers, `tell` hears (done, all) as it goes."""

    course: Course
    lesson: str
    start: Callable[[], Executor]
    pattern: str = "*"
    force: bool = False
    tell: Callable[[int, int], None] = field(default=lambda _done, _all: None)

    def grade(self) -> Summary:
        """Grade what was handed in and is not graded yet; return how the class did.

        An interruption (Ctrl-C) ends the run early: the summary says so, and what was graded stays.

        Raises:
            NotReleasedError: when nbgrader has not released the lesson.

        """
        outcomes: list[Outcome] = []
        whole = True
        with Ledger(self.course, self.lesson) as ledger, Judges(self.start) as judges:
            handed = [
                handed_in(self.course, self.lesson, student, notebook)
                for student in students(self.course, self.lesson, self.pattern)
                for notebook in ledger.expected
            ]
            try:
                for outcome in self._outcomes(handed, ledger, judges):
                    outcomes.append(outcome)
                    self.tell(len(outcomes), len(handed))
            except KeyboardInterrupt:
                whole = False
        return Summary(self.lesson, tuple(outcomes), whole=whole)

    def _outcomes(
        self, handed: list[HandedIn], ledger: Ledger, judges: Judges
    ) -> Iterator[Outcome]:
        known = ledger.known()
        under_way: deque[_UnderWay] = deque()
        for one in handed:
            if one.trouble is NAME:  # such a student is not made in the gradebook
                yield Outcome.refused(one)
                continue
            try:
                stamp = self._stamp(one, ledger)
                before = None if self.force or one.student not in known else self._graded(one)
                if before is not None and before.metadata["course"].get("graded") == stamp:
                    yield Outcome.of(one, before, unchanged=True)
                    continue
                under_way.append(self._begin(one, stamp, ledger, judges))
            except Exception as broken:  # noqa: BLE001 - one bad submission never stops the class
                yield Outcome.failed(one, broken)
            if len(under_way) >= WINDOW:
                yield self._finish(under_way.popleft(), ledger, judges)
        while under_way:
            yield self._finish(under_way.popleft(), ledger, judges)

    def _stamp(self, handed: HandedIn, ledger: Ledger) -> str:
        released = repr(ledger.expected[handed.notebook]).encode()
        digest = hashlib.sha256(released + handed.digest().encode() + kit_version().encode())
        return digest.hexdigest()

    def _place(self, handed: HandedIn) -> Path:
        folder = self.course.folder("autograded", handed.student, self.lesson)
        return folder / f"{handed.notebook}.ipynb"

    def _graded(self, handed: HandedIn) -> NotebookNode | None:
        """Return the grade cells that an earlier run wrote, if its notebook is there and whole."""
        try:
            whole = json.loads(self._place(handed).read_text(encoding="utf-8"))
            cells = [cell for cell in whole["cells"] if cell["metadata"].get("nbgrader")]
            course = whole["metadata"]["course"]
        except (OSError, ValueError, LookupError):
            return None
        notebook: NotebookNode = nbformat.from_dict(
            {"metadata": {"course": course}, "cells": [cell for cell in cells if "outputs" in cell]}
        )
        return notebook

    def _begin(self, handed: HandedIn, stamp: str, ledger: Ledger, judges: Judges) -> _UnderWay:
        """Read and mend a submission, and have its questions judged."""
        notebook = self._read(handed, ledger)
        said = cells.mend(notebook, ledger.expected[handed.notebook])
        if "unreadable" in notebook.metadata["course"]:
            said = ()  # the reason says it all
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = []
        if ledger.kernelspecs[handed.notebook]:
            notebook.metadata["kernelspec"] = ledger.kernelspecs[handed.notebook]
        asked = tuple(
            (one, judges.ask(one)) if isinstance(one, Question) else one
            for one in marking.ask(notebook)
        )
        return _UnderWay(handed, stamp, notebook, asked, (*handed.notes, *said))

    def _read(self, handed: HandedIn, ledger: Ledger) -> NotebookNode:
        if handed.path is None:
            return submission.nothing(handed.trouble.en if handed.trouble else "")
        try:
            if handed.path.suffix == workfile.SUFFIX:
                name = f"{handed.notebook}.ipynb"
                released = self.course.step("release") / self.lesson / name
                return workfile.read(handed.path, ledger.expected[handed.notebook], released)
            return submission.read(handed.path)
        except submission.Unreadable as unreadable:
            return submission.nothing(unreadable.reason.en)

    def _finish(self, work: _UnderWay, ledger: Ledger, judges: Judges) -> Outcome:
        """Fill in the verdicts, write the gradebook, then the notebook: in this order nothing is lost."""
        try:
            lang = work.notebook.metadata["course"]["language"]
            for cell, asked in zip(marking.asking(work.notebook), work.asked, strict=True):
                graded = asked if isinstance(asked, Graded) else judges.verdict(*asked)
                marking.fill(cell, graded, lang)
            ledger.enter(work.handed, work.notebook)
            work.notebook.metadata["course"]["graded"] = work.stamp
            outcome = Outcome.of(work.handed, work.notebook, notes=work.notes)
            self._write(work.handed, work.notebook)
        except (OSError, SQLAlchemyError, ValueError, LookupError) as broken:
            return Outcome.failed(work.handed, broken)
        return outcome

    def _write(self, handed: HandedIn, notebook: NotebookNode) -> None:
        place = self._place(handed)
        place.parent.mkdir(parents=True, exist_ok=True)
        mode = 0o664 if self.course.directory.groupshared else 0o444  # as nbgrader sets them
        replace(place, _text(notebook), mode)
        if handed.timestamp is not None:
            replace(place.with_name(TIMESTAMP), f"{handed.timestamp} UTC\n", mode)


def _text(notebook: NotebookNode) -> str:
    """Return a notebook as nbformat writes it, without the copy that nbformat makes first."""
    return (
        json.dumps(
            split_lines(notebook),
            ensure_ascii=False,
            indent=1,
            sort_keys=True,
            separators=(",", ": "),
        )
        + "\n"
    )
