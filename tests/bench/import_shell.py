"""The time that the first command of a shell adds to `import course_lib.shell`."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from tests.bench.figure import Figure

_ROUNDS = 15
_MODULES = "launcher, machine, files, interpreter, task, users"


def measure() -> Figure:
    """Start Python with the values of the shell and with all that runs a command; medians."""
    ours, bare = [], []
    for _ in range(_ROUNDS):
        ours.append(
            _milliseconds(f"import course_lib.shell; from course_lib.shell import {_MODULES}")
        )
        bare.append(_milliseconds("import course_lib.shell"))
    return Figure(
        what="import what runs a shell",
        ours=statistics.median(ours),
        bare=statistics.median(bare),
        unit="ms",
        aim="30 ms more",
    )


def _milliseconds(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return (time.perf_counter() - start) * 1000
