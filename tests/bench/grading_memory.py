"""The memory of the grader after a class of 2,000, beside a class of 100."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.bench.figure import Figure

_CODE = """
import psutil
from tests.autograder.synthetic import class_of
with class_of({students}) as room:
    room.grade()
    print(psutil.Process().memory_info().rss / 1e6)
"""


def measure() -> Figure:
    """Resident set sizes at the end of the run."""
    return Figure("grader's memory, class of 2,000", _megabytes(2000), _megabytes(100), "MB", "1 x")


def _megabytes(students: int) -> float:
    done = subprocess.run(
        [sys.executable, "-c", _CODE.format(students=students)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
        text=True,
    )
    return float(done.stdout.splitlines()[-1])
