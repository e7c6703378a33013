"""What the second to hundredth container of one image cost in memory, each."""

from __future__ import annotations

import tracemalloc

from course_lib.engine import Engine
from tests.bench.figure import Figure

_COUNT = 100


def measure() -> Figure:
    """Each writes one small file; the Python memory of all over the first, per container."""
    engine = Engine()
    tracemalloc.start()
    _run(engine)
    first = tracemalloc.get_traced_memory()[0]
    for _ in range(_COUNT - 1):
        _run(engine)
    last = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return Figure(
        what="memory per container of one image",
        ours=(last - first) / (_COUNT - 1) / 1e6,
        bare=None,
        unit="MB",
        aim="1 MB",
    )


def _run(engine: Engine) -> None:
    engine.run("debian", ["sh", "-c", "echo x > /etc/note"])
