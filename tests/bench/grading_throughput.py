"""A class of 200 graded by `autograder grade` on two cores, beside nbgrader's own autograde with kernels, per submission."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.course import CONFIG
from tests.autograder.classroom import LESSON
from tests.autograder.synthetic import class_of
from tests.bench.figure import Figure

if TYPE_CHECKING:
    from tests.autograder.classroom import Classroom

STUDENTS = 200
KERNELS = 4
"""So many of the same submissions are enough to know what a kernel costs."""
PROJECT = Path(__file__).parents[2]


def measure() -> Figure:
    """Wall time of both commands, from start to end, into gradebook and autograded notebooks."""
    with class_of(STUDENTS) as room:
        ours = graded(room, "--jobs", "2") / STUDENTS
    with class_of(KERNELS) as room:
        with (room.root / CONFIG).open("a", encoding="utf-8") as config:
            config.write("\nfrom autograder.nbgrader_config import run_kernels\n")
            config.write("run_kernels(get_config())\n")
        begun = time.perf_counter()
        _run(room, str(Path(sys.executable).with_name("nbgrader")), "autograde", LESSON)
        bare = (time.perf_counter() - begun) / KERNELS
    return Figure(
        "grading a submission, class of 200, two cores", 1000 * ours, 1000 * bare, "ms", "0.01 x"
    )


def graded(room: Classroom, *words: str) -> float:
    """Run `autograder grade` on a class; return the seconds."""
    begun = time.perf_counter()
    command = (sys.executable, "-m", "autograder", "grade", LESSON, "--course", str(room.root))
    _run(room, *command, *words)
    return time.perf_counter() - begun


def _run(room: Classroom, *command: str) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    env = {**os.environ, "PATH": path, "PYTHONPATH": str(PROJECT)}
    subprocess.run(command, cwd=room.root, env=env, capture_output=True, check=False)
