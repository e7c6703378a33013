"""Feedback pages, one for each student's notebook; made again only where something has changed.

A page carries a digest of what it was made from: the autograded notebook, and the points and comments in
the gradebook, those of a person included.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import nbformat
from nbgrader.converters import GenerateFeedback

from autograder.clean import FeedbackExporter
from autograder.course import kit_version
from autograder.files import replace
from autograder.handed import students
from autograder.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from autograder.course import Course

_MADE_FROM = re.compile(r'<meta name="made-from" content="([0-9a-f]+)"')


@dataclass(frozen=True, slots=True)
class Pages:
    """What a run of `make` did: pages made, pages unchanged, and what failed, with its reason."""

    made: int
    unchanged: int
    failed: tuple[str, ...]

    def text(self) -> str:
        """Return this as lines for a terminal."""
        lines = [
            f"feedback: {self.made} made, {self.unchanged} unchanged, {len(self.failed)} failed"
        ]
        return "\n".join([*lines, *(f"  {why}" for why in self.failed)]) + "\n"


@dataclass(frozen=True, slots=True)
class Feedback:
    """The feedback on one lesson; `tell` hears (done, all) as it is made."""

    course: Course
    lesson: str
    pattern: str = "*"
    force: bool = False
    tell: Callable[[int, int], None] = field(default=lambda _done, _all: None)

    def make(self) -> Pages:
        """Make the pages of all autograded notebooks whose page is not there or out of date.

        Raises:
            NotReleasedError: when nbgrader has not released the lesson.

        """
        with Ledger(self.course, self.lesson) as ledger:
            entries = ledger.entries()
            books = tuple(ledger.expected)
        wanted = [
            (student, book, path)
            for student in students(self.course, self.lesson, self.pattern, step="autograded")
            for book in books
            if (path := self._folder("autograded", student) / f"{book}.ipynb").is_file()
        ]
        exporter = self._exporter()
        made, failed = 0, []
        for number, (student, book, path) in enumerate(wanted, 1):
            raw = path.read_bytes()
            source = raw + repr(entries.get((student, book))).encode() + kit_version().encode()
            digest = hashlib.sha256(source).hexdigest()
            page = self._folder("feedback", student) / f"{book}.html"
            if self.force or _made_from(page) != digest:
                try:
                    self._page(exporter, raw, page, (student, book, digest))
                    made += 1
                except Exception as broken:  # noqa: BLE001 - one page never stops the others
                    failed.append(f"{student}, {book}: {type(broken).__name__}: {broken}")
            self.tell(number, len(wanted))
        return Pages(made, len(wanted) - made - len(failed), tuple(failed))

    def _folder(self, step: str, student: str) -> Path:
        return self.course.folder(step, student, self.lesson)

    def _exporter(self) -> FeedbackExporter:
        """Return the exporter as nbgrader sets it up for its own command."""
        converter = GenerateFeedback(coursedir=self.course.directory, config=self.course.config)
        exporter = FeedbackExporter(parent=converter, config=converter.config)
        for step in converter.preprocessors:
            exporter.register_preprocessor(step)
        return exporter

    def _page(
        self, exporter: FeedbackExporter, raw: bytes, page: Path, names: tuple[str, str, str]
    ) -> None:
        student, book, digest = names
        where = {
            "student": student,
            "assignment": self.lesson,
            "notebook": book,
            "db_url": self.course.directory.db_url,
        }
        html, _ = exporter.from_notebook_node(
            nbformat.reads(raw.decode(), as_version=4),
            {"unique_key": book, "nbgrader": where, "metadata": {"name": book}},
        )
        page.parent.mkdir(parents=True, exist_ok=True)
        made_from = f'<head><meta name="made-from" content="{digest}">'
        mode = 0o664 if self.course.directory.groupshared else 0o644
        replace(page, html.replace("<head>", made_from, 1), mode)


def _made_from(page: Path) -> str | None:
    if not page.is_file():
        return None
    with page.open(encoding="utf-8", errors="replace") as file:
        found = _MADE_FROM.search(file.read(500))
    return found[1] if found else None
