"""Reading one path in an image of 127 layers, beside an image of one layer."""

from __future__ import annotations

import statistics
import time

from course_lib.image.config import ImageConfig
from course_lib.image.entries import Content, File
from course_lib.image.image import Image
from course_lib.image.layer import Layer
from tests.bench.figure import Figure

_MOST_LAYERS = 127  # as many as Docker allows
_FILES = 1000
_READS = 20_000
_ROUNDS = 7


def measure() -> Figure:
    """The file lies in the lowest layer; the medians, in turns."""
    low = Layer({f"/f{number}": File(Content.of(str(number))) for number in range(_FILES)})
    above = [Layer({f"/g{number}": File(Content.of("g"))}) for number in range(_MOST_LAYERS - 1)]
    tall, flat = _image(low, *above), _image(low)
    rounds = [(_microseconds(tall), _microseconds(flat)) for _ in range(_ROUNDS)]
    return Figure(
        what="read a path below 127 layers, beside 1 layer",
        ours=statistics.median(ours for ours, _ in rounds),
        bare=statistics.median(bare for _, bare in rounds),
        unit="us",
        aim="2 x",
    )


def _image(*layers: Layer) -> Image:
    return Image(config=ImageConfig(), layers=layers, history=())


def _microseconds(image: Image) -> float:
    tree = image.tree
    start = time.perf_counter()
    for number in range(_READS):
        if tree.get(f"/f{number % _FILES}") is None:
            raise FileNotFoundError(number)
    return (time.perf_counter() - start) / _READS * 1e6
