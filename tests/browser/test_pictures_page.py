"""Every static picture in a browser: axe-core finds nothing serious, nothing is wider than the page."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from course_lib.text import LANGUAGES
from tests.browser.page import THEMES, opened, violations

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

WIDTH = 1024
_PAGES = [*product(LANGUAGES, THEMES)]


@pytest.mark.parametrize(("lang", "theme"), _PAGES)
def test_axe_finds_nothing_serious_in_any_picture(
    lang: str, theme: str, chromium: Browser, axe: Path
) -> None:
    page = opened(chromium, lang, theme, WIDTH)

    found = violations(page, axe)

    page.close()
    assert found == []


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ('<p style="color:#aaaaaa;background:#ffffff">pale</p>', "color-contrast"),
        ('<img src="data:,">', "image-alt"),
    ],
)
def test_axe_finds_what_is_serious(html: str, rule: str, chromium: Browser, axe: Path) -> None:
    page = opened(chromium, "en", "light", WIDTH)
    page.evaluate(
        "html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", html
    )

    found = violations(page, axe)

    page.close()
    assert found
    assert all(one.startswith(f"{rule}:") for one in found)


@pytest.mark.parametrize(("lang", "theme"), _PAGES)
def test_no_picture_is_wider_than_a_page_of_1024_pixels(
    lang: str, theme: str, chromium: Browser, artefacts: Path
) -> None:
    page = opened(chromium, lang, theme, WIDTH)

    wide = page.evaluate(
        "width => [...document.querySelectorAll('section')]"
        ".filter(one => one.scrollWidth > width).map(one => `${one.id} ${one.scrollWidth}`)",
        WIDTH,
    )
    page.screenshot(path=artefacts / f"pictures-{lang}-{theme}.png", full_page=True)

    page.close()
    assert wide == []
