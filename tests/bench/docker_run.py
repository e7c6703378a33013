"""The time of `docker run alpine echo hi` in a warm kernel."""

from __future__ import annotations

import statistics
import time

from course_lib.cli import docker
from course_lib.engine import Engine
from tests.bench.figure import Figure

_ROUNDS = 50


def measure() -> Figure:
    """Run on one engine; the median."""
    engine = Engine()
    docker("pull alpine", engine)
    return Figure(
        what="docker run alpine echo hi, warm",
        ours=statistics.median(_milliseconds(engine) for _ in range(_ROUNDS)),
        bare=None,
        unit="ms",
        aim="2 ms",
    )


def _milliseconds(engine: Engine) -> float:
    start = time.perf_counter()
    docker("run --rm alpine echo hi", engine)
    return (time.perf_counter() - start) * 1000
