"""The time of `apt-get update && apt-get install -y curl` on debian, once the catalogue is read."""

from __future__ import annotations

import statistics
import time

from course_lib.clock import Clock
from course_lib.image.workspace import Workspace
from course_lib.registry import BASE_IMAGES
from course_lib.shell import Process, execute
from tests.bench.figure import Figure

_ROUNDS = 20


def measure() -> Figure:
    """Run it on a fresh copy of the image each time; the median."""
    _milliseconds()
    return Figure(
        what="apt-get update && apt-get install -y curl",
        ours=statistics.median(_milliseconds() for _ in range(_ROUNDS)),
        bare=None,
        unit="ms",
        aim="5 ms",
    )


def _milliseconds() -> float:
    image = BASE_IMAGES.find("debian:12")
    assert image is not None
    clock = Clock()
    files = Workspace(image.tree, now=clock.now)
    script = "apt-get update && apt-get install -y curl"
    process = Process(("/bin/sh", "-c", script), image.config.environment())
    start = time.perf_counter()
    outcome = execute(process, files, clock=clock)
    assert outcome.exit_code == 0
    return (time.perf_counter() - start) * 1000
