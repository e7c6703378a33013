"""The time that `import course_lib` adds to the start of Python."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from tests.bench.figure import Figure

_ROUNDS = 15


def measure() -> Figure:
    """Start Python with and without the import, in turns; medians."""
    ours, bare = [], []
    for _ in range(_ROUNDS):
        ours.append(_milliseconds("import course_lib"))
        bare.append(_milliseconds("pass"))
    return Figure(
        what="start Python and import course_lib",
        ours=statistics.median(ours),
        bare=statistics.median(bare),
        unit="ms",
        aim="100 ms more",
    )


def _milliseconds(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return (time.perf_counter() - start) * 1000
