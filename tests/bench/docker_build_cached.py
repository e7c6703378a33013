"""The same build with every step in the cache, beside a real Docker engine's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.docker_build import compared

if TYPE_CHECKING:
    from tests.bench.figure import Figure


def measure() -> Figure:
    """The medians."""
    return compared("the same build, all cached, beside Docker's", cached=True)
