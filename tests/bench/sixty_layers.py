"""The time to draw an image of sixty layers, text and HTML."""

from __future__ import annotations

import statistics
import time

from course_lib.pictures import draw
from course_lib.views.build import draw_build
from course_lib.views.layers import stack_of
from tests.bench.figure import Figure
from tests.views.world import many_layers

_ROUNDS = 20


def measure() -> Figure:
    """Value and picture, as `%picture stack` has them drawn; the median."""
    build = many_layers(59)  # and the one of the base image
    draw_build(build)
    image = build.outcome.image  # type: ignore[union-attr]  # it does not fail
    times = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        draw(stack_of(image, "many"))
        times.append((time.perf_counter() - start) * 1000)
    return Figure(
        what="picture of sixty layers",
        ours=statistics.median(times),
        bare=None,
        unit="ms",
        aim="50 ms",
    )
