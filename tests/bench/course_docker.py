"""The time of `course docker run alpine echo hi` as a whole process, beside a bare Python."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.figure import Figure

_ROUNDS = 5
_PROJECT = Path(__file__).parents[2]
_COURSE = "import sys; from course_lib.terminal import main; sys.exit(main())"


def measure() -> Figure:
    """Start each several times on one kept engine; the median."""
    with tempfile.TemporaryDirectory() as folder:
        words = ("docker", "run", "--rm", "alpine", "echo", "hi")
        return Figure(
            what="course docker run alpine echo hi",
            ours=statistics.median(_milliseconds(folder, _COURSE, *words) for _ in range(_ROUNDS)),
            bare=statistics.median(_milliseconds(folder, "pass") for _ in range(_ROUNDS)),
            unit="ms",
            aim="250 ms",
        )


def _milliseconds(folder: str, code: str, *words: str) -> float:
    env = {**os.environ, "PYTHONPATH": str(_PROJECT), "COURSE_HOME": f"{folder}/home"}
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", code, *words], cwd=folder, env=env, check=True, capture_output=True
    )
    return (time.perf_counter() - start) * 1000
