"""The same command again over a class of 200 in which nothing has changed."""

from __future__ import annotations

from tests.autograder.synthetic import class_of
from tests.bench.figure import Figure
from tests.bench.grading_throughput import STUDENTS, graded


def measure() -> Figure:
    """Wall time of the whole command."""
    with class_of(STUDENTS) as room:
        graded(room)
        return Figure("an unchanged class of 200 again", graded(room), None, "s", "2 s")
