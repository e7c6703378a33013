"""Two images side by side: what their layers are to each other, and no word of an edit."""

from __future__ import annotations

import pytest

from course_lib.image.config import ImageConfig
from course_lib.image.entries import Content, File
from course_lib.image.image import Image
from course_lib.image.layer import Layer
from course_lib.text import LANGUAGES, speaking
from course_lib.views.comparison import comparison_of, draw_comparison


def _image(letters: str) -> Image:
    """An image with one layer for each letter: equal letters are equal layers."""
    layers = tuple(Layer({f"/{letter}": File(Content.of(letter))}) for letter in letters)
    return Image(ImageConfig(), layers, ())


def _ends(left: str, right: str) -> list[str]:
    """The last column of the picture, from the bottom layer up."""
    comparison = comparison_of(("old", _image(left)), ("new", _image(right)))
    rows = draw_comparison(comparison).text.splitlines()[3:-1]
    return [line.split("  ")[-1].strip() for line in reversed(rows)]


SAME = "= the same"
ALIKE = "= the same files, other layers below"
DIFFERENT = "| different"
LEFT, RIGHT = "< only in old", "> only in new"


@pytest.mark.parametrize(
    ("left", "right", "ends"),
    [
        ("ab", "ab", [SAME, SAME]),
        ("ab", "abc", [SAME, SAME, RIGHT]),
        ("abc", "a", [SAME, LEFT, LEFT]),
        ("ab", "ac", [SAME, DIFFERENT]),
        ("xb", "yb", [DIFFERENT, ALIKE]),
        ("axcd", "ayc", [SAME, DIFFERENT, ALIKE, LEFT]),
        ("", "a", [RIGHT]),
        ("", "", []),
    ],
)
def test_each_pair_of_layers_says_what_it_is(left: str, right: str, ends: list[str]) -> None:
    assert _ends(left, right) == ends


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_layer_of_two_unrelated_images_is_called_added_changed_or_deleted(lang: str) -> None:
    with speaking(lang):
        said = draw_comparison(comparison_of(("x", _image("abc")), ("y", _image("de")))).text

    for word in ("added", "changed", "deleted", "新增", "修改", "删除"):
        assert word not in said
