"""A window of 1024 pixels at 200 % zoom is 512 CSS pixels wide: no picture needs sideways scrolling there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from course_lib.image.config import History, ImageConfig
from course_lib.image.entries import Content, File
from course_lib.image.image import Image
from course_lib.image.layer import Layer
from course_lib.pictures import draw
from course_lib.text import LANGUAGES
from course_lib.views.layers import stack_of
from tests.browser.page import opened

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

WIDTH = 1024 // 2
_TOO_WIDE = """[...document.querySelectorAll('section')]
  .filter(one => one.scrollWidth > one.clientWidth)
  .map(one => `${one.id} ${one.scrollWidth} of ${one.clientWidth}`)"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_picture_is_wider_than_a_page_at_200_percent(
    lang: str, chromium: Browser, artefacts: Path
) -> None:
    page = opened(chromium, lang, "light", WIDTH)

    wide = page.evaluate(_TOO_WIDE)
    page.screenshot(path=artefacts / f"pictures-{lang}-zoomed.png", full_page=True)

    page.close()
    assert wide == []


def test_a_picture_that_is_too_wide_is_found(chromium: Browser) -> None:
    page = opened(chromium, "en", "light", WIDTH)
    page.evaluate("document.querySelector('#argv td').style.whiteSpace = 'nowrap'")
    page.evaluate("document.querySelector('#argv td').textContent = 'wide '.repeat(100)")

    wide = page.evaluate(_TOO_WIDE)

    page.close()
    assert [one.split()[0] for one in wide] == ["argv"]


def test_an_instruction_keeps_room_beside_long_paths(chromium: Browser) -> None:
    paths = [f"/usr/local/lib/python3.11/site-packages/{name}.py" for name in "ab"]
    layers = tuple(Layer({path: File(Content.of(path))}) for path in (*paths, paths[0]))
    lines = tuple(History("2024-01-01T00:00:00Z", "RUN " + "step && " * 20) for _ in layers)
    image = Image(ImageConfig(), layers, lines)
    page = chromium.new_page(viewport={"width": 400, "height": 900})
    page.set_content(draw(stack_of(image, "long")).html)

    box = page.locator("tr").nth(1).locator("td").nth(2).bounding_box()

    page.close()
    assert box is not None
    assert box["width"] > 100
