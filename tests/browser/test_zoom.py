"""A window of 1024 pixels at 200 % zoom is 512 CSS pixels wide: no picture needs sideways scrolling there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from course_lib.text import LANGUAGES
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
