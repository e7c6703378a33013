"""Waste in dive's measures: by hand, as its own tests have it, and for images that builds made."""

from __future__ import annotations

import pytest

from course_lib.build import Context
from course_lib.engine import Engine
from course_lib.image.config import ImageConfig
from course_lib.image.entries import Content, Directory, Entry, File, Whiteout
from course_lib.image.image import Image
from course_lib.image.layer import Layer
from course_lib.views.layers import stack_of
from course_lib.views.waste import Fate, Waste, waste_of
from tests.views.world import IMAGE, WASTEFUL


def _file(size: int) -> File:
    return File(Content(b"", size))


def _waste(*layers: dict[str, Entry]) -> Waste:
    image = Image(ImageConfig(), tuple(map(Layer, layers)), ())
    return waste_of(image, "x")


CASES: dict[str, tuple[list[dict[str, Entry]], float, dict[str, int]]] = {
    "nothing twice": ([{"/a": _file(1)}, {"/b": _file(2)}], 1.0, {}),
    "no bytes at all": ([{"/a": _file(0)}], 1.0, {}),
    "the example of dive's own tests": (
        [
            {"/etc/nginx/nginx.conf": _file(2000), "/etc/nginx/public": _file(3000)},
            {"/etc/nginx/nginx.conf": _file(5000), "/etc/athing": _file(10000)},
        ],
        0.75,
        {"/etc/nginx/nginx.conf": 7000},
    ),
    "a deleted file": ([{"/a": _file(10)}, {"/a": Whiteout()}], 0.0, {"/a": 10}),
    "a replaced file": ([{"/a": _file(30)}, {"/a": _file(10)}], 0.25, {"/a": 40}),
    "a directory above is no path of its own": (
        [{"/d": Directory(), "/d/a": _file(1)}, {"/d": Directory(), "/d/b": _file(1)}],
        1.0,
        {},
    ),
    "a directory deleted as a whole is not called wasted": (
        [{"/d": Directory(), "/d/a": _file(10)}, {"/d": Whiteout()}],
        1.0,
        {},
    ),
}


@pytest.mark.parametrize(("layers", "efficiency", "wasted"), CASES.values(), ids=CASES)
def test_the_measures_of_layers(
    layers: list[dict[str, Entry]], efficiency: float, wasted: dict[str, int]
) -> None:
    waste = _waste(*layers)

    assert waste.efficiency == pytest.approx(efficiency)
    assert {path.path: path.size for path in waste.paths if path.counts} == wasted
    assert waste.wasted == sum(wasted.values())


def test_a_directory_deleted_as_a_whole_is_listed_with_what_it_hides() -> None:
    [path] = _waste({"/d": Directory(), "/d/a": _file(10)}, {"/d": Whiteout()}).paths

    assert (path.path, path.size, path.counts) == ("/d", 10, False)
    assert [one.fate for one in path.sightings] == [Fate.DELETED]


@pytest.mark.parametrize("image", [IMAGE, WASTEFUL])
def test_what_nobody_sees_is_what_the_stack_says(image: Image) -> None:
    seen = sum(node.size for _, node in image.tree.walk() if isinstance(node, File))

    assert waste_of(image, "x").hidden == stack_of(image, "x").hidden == image.size - seen


@pytest.mark.parametrize(
    ("run", "wasted"),
    [
        ("RUN head -c 1000 /dev/zero > /big && rm /big\n", 0),
        ("RUN head -c 1000 /dev/zero > /big\nRUN rm /big\n", 1000),
        ("RUN head -c 1000 /dev/zero > /big\nRUN chmod 600 /big\n", 2000),
    ],
)
def test_a_file_wastes_room_only_across_layers(run: str, wasted: int) -> None:
    image = Engine().build(f"FROM alpine\n{run}", Context.of({})).image

    assert waste_of(image, "x").wasted == wasted
