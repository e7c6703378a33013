"""Every static picture in a browser: axe-core finds nothing serious, nothing is wider than the page."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from course_lib.text import LANGUAGES
from tests.browser.page import AXE, THEMES, opened
from tests.oracles import absent

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

WIDTH = 1024
_SERIOUS = {"serious", "critical"}
_PAGES = [*product(LANGUAGES, THEMES)]


@pytest.fixture(scope="session")
def axe() -> Path:
    """The program of axe-core, installed in tests/axe."""
    if not AXE.is_file():
        absent("browser", "axe-core is missing: npm install --no-package-lock in tests/axe")
    return AXE


def _violations(page: Page, axe: Path) -> list[str]:
    page.add_script_tag(path=axe)
    found = page.evaluate("axe.run().then(results => results.violations)")
    return [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary']}"
        for one in found
        if one["impact"] in _SERIOUS
        for node in one["nodes"]
    ]


@pytest.mark.parametrize(("lang", "theme"), _PAGES)
def test_axe_finds_nothing_serious_in_any_picture(
    lang: str, theme: str, chromium: Browser, axe: Path
) -> None:
    page = opened(chromium, lang, theme, WIDTH)

    violations = _violations(page, axe)

    page.close()
    assert violations == []


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

    violations = _violations(page, axe)

    page.close()
    assert violations
    assert all(one.startswith(f"{rule}:") for one in violations)


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
