"""Feedback pages, by themselves."""

from __future__ import annotations

import time

from autograder.feedback import Feedback
from tests.autograder.classroom import LESSON
from tests.autograder.synthetic import class_of
from tests.bench.figure import Figure

STUDENTS = 20


def measure() -> Figure:
    """Wall time of a page."""
    with class_of(STUDENTS) as room:
        room.grade()
        begun = time.perf_counter()
        Feedback(room.course, LESSON).make()
        each = (time.perf_counter() - begun) / STUDENTS
    return Figure("a feedback page", 1000 * each, None, "ms", "none")
