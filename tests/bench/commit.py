"""Committing one changed file with 100,000 files below it, beside 100 files below it."""

from __future__ import annotations

import statistics
import time

from course_lib.clock import Clock
from course_lib.image.entries import Content, File
from course_lib.image.layer import Layer
from course_lib.image.tree import Tree
from course_lib.image.workspace import Workspace
from tests.bench.figure import Figure

_MANY, _FEW = 100_000, 100
_ROUNDS = 200


def measure() -> Figure:
    """Write, and take the layer of what changed; the medians."""
    return Figure(
        what="commit one file over 100,000, beside over 100",
        ours=_microseconds(_tree(_MANY)),
        bare=_microseconds(_tree(_FEW)),
        unit="us",
        aim="1 x, about",
    )


def _tree(files: int) -> Tree:
    content = Content.of("x")
    paths = (f"/d{n // 2000}/e{n // 40 % 50}/f{n % 40}" for n in range(files))
    return Layer({path: File(content) for path in paths}).apply(Tree.EMPTY)


def _microseconds(tree: Tree) -> float:
    taken: list[float] = []
    for number in range(_ROUNDS):
        start = time.perf_counter()
        space = Workspace(tree, now=Clock().now)
        space.put(f"/d0/e0/f{number % 40}", File(Content.of("changed")))
        if not space.changes().entries:
            raise AssertionError
        space.tree()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1e6
