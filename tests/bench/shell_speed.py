"""The time of `echo hello > /a` in a shell that has run before."""

from __future__ import annotations

import statistics
import time

from course_lib.clock import Clock
from course_lib.image.workspace import Workspace
from course_lib.registry import BASE_IMAGES
from course_lib.shell import Process, execute
from tests.bench.figure import Figure

_ROUNDS = 200


def measure() -> Figure:
    """Run it on debian again and again; the median."""
    image = BASE_IMAGES.find("debian:12")
    assert image is not None
    clock = Clock()
    files = Workspace(image.tree, now=clock.now)
    process = Process(("/bin/sh", "-c", "echo hello > /a"), image.config.environment())
    taken = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        execute(process, files, clock=clock)
        taken.append((time.perf_counter() - start) * 1000)
    return Figure(
        what="echo hello > /a in a warm shell",
        ours=statistics.median(taken),
        bare=None,
        unit="ms",
        aim="0.1 ms",
    )
