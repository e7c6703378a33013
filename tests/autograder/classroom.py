"""A course for a test, released once: submissions are put in, graded and looked at."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import nbformat
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI

from autograder.batch import Run
from autograder.course import Course, init
from autograder.workers import InProcess
from notebooks import weave

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Executor
    from pathlib import Path

    from nbformat import NotebookNode

    from autograder.summary import Summary

LESSON = "12_cmd_entrypoint"

TABLE = """cmd_table = {
    "a": ["echo", "hello", "world"],
    "b": ["echo", "hello", "docker"],
    "c": ["/bin/sh", "-c", "echo hi"],
    "d": ["top", "/bin/sh", "-c", "run -b"],
    "e": ["uptime"],
    "f": ["ls"],
}"""
RIGHT = {
    "cmd-table": TABLE,
    "cmd-greet": '%%dockerfile cmd-greet\nFROM alpine\nENTRYPOINT ["echo", "hello"]\nCMD ["world"]',
    "cmd-env": "%%dockerfile cmd-env\nFROM alpine\nENV M2_HOME=/usr/share/maven3\nCMD echo $M2_HOME",
    "cmd-stop": (
        "%%dockerfile cmd-stop\nFROM alpine\nCOPY --chmod=755 server.sh /server.sh\n"
        'ENTRYPOINT ["/server.sh"]\nCMD ["fast"]'
    ),
}
HALF = {
    "cmd-table": 'cmd_table = {"a": ["echo", "hello", "world"], "b": ["docker"], "e": ["uptime"]}',
    "cmd-greet": '%%dockerfile cmd-greet\nFROM alpine\nCMD ["echo", "hello", "world"]',
}
FULL = {"cmd-table": 3, "cmd-greet": 3, "cmd-env": 1.5, "cmd-stop": 2.5}
NONE = dict.fromkeys(FULL, 0.0)


def notebook(answers: Mapping[str, str], lang: weave.Language = "en") -> NotebookNode:
    """Return a student's notebook with these answers."""
    made: NotebookNode = nbformat.from_dict(json.loads(_blank(lang)))
    for cell in made.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = answers.get(grade_id, cell.source)
    return made


@cache
def _blank(lang: weave.Language) -> str:
    return json.dumps(weave.student(weave.source(LESSON, lang)))


@dataclass(frozen=True)
class Classroom:
    """A course on disk with one released lesson."""

    root: Path

    @classmethod
    def released(cls, root: Path) -> Classroom:
        """Lay out a course and release its lesson."""
        list(init(root, "en"))
        course = Course.open(root)
        done = NbGraderAPI(course.directory, config=course.config).generate_assignment(LESSON)
        assert done["success"], done
        return cls(root)

    def copy(self, root: Path) -> Classroom:
        """Copy the course to another folder."""
        shutil.copytree(self.root, root, symlinks=True)
        return Classroom(root)

    @property
    def course(self) -> Course:
        return Course.open(self.root)

    def path(self, student: str, step: str = "submitted", name: str = f"{LESSON}.ipynb") -> Path:
        return self.root / step / student / LESSON / name

    def submit(
        self,
        student: str,
        answers: Mapping[str, str] | NotebookNode | bytes,
        name: str = f"{LESSON}.ipynb",
        timestamp: str = "",
    ) -> Path:
        """Put answers, a notebook or bytes in for a student; return the file."""
        path = self.path(student, name=name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(answers, bytes):
            path.write_bytes(answers)
        else:
            made = answers if "cells" in answers else notebook(answers)
            path.write_text(json.dumps(made), encoding="utf-8")
        if timestamp:
            path.with_name("timestamp.txt").write_text(timestamp, encoding="utf-8")
        return path

    def grade(
        self,
        start: Callable[[], Executor] = InProcess,
        *,
        pattern: str = "*",
        force: bool = False,
        tell: Callable[[int, int], None] = lambda _done, _whole: None,
    ) -> Summary:
        return Run(self.course, LESSON, start, pattern, force, tell).grade()

    def gradebook(self) -> Gradebook:
        return Gradebook(f"sqlite:///{self.root}/gradebook.db")

    def scores(self, student: str) -> dict[str, float | None]:
        """Return the automatic score of each exercise."""
        with self.gradebook() as gradebook:
            entry = gradebook.find_submission_notebook(LESSON, LESSON, student)
            return {grade.name.removesuffix("-check"): grade.auto_score for grade in entry.grades}

    def waiting(self, student: str) -> set[str]:
        """Return the exercises that wait for a person."""
        with self.gradebook() as gradebook:
            entry = gradebook.find_submission_notebook(LESSON, LESSON, student)
            return {
                grade.name.removesuffix("-check")
                for grade in entry.grades
                if grade.needs_manual_grade
            }

    def autograded(self, student: str) -> dict[str, Any]:
        made: dict[str, Any] = json.loads(self.path(student, "autograded").read_text("utf-8"))
        return made
