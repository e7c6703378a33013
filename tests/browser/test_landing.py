"""The page that lists the lessons, in a browser: both languages, light and dark, wide and narrow."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from course_lib.text import LANGUAGES, Language
from lite.lessons import lessons
from lite.page import page
from tests.browser.page import violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Scheme = Literal["light", "dark"]
SOURCES = Path(__file__).parents[2] / "notebooks" / "lessons"
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@pytest.mark.parametrize(("lang", "scheme"), [*product(LANGUAGES, SCHEMES)])
def test_axe_finds_nothing_serious_on_the_page_of_the_lessons(
    lang: Language, scheme: Scheme, chromium: Browser, axe: Path, artefacts: Path
) -> None:
    context = chromium.new_context(color_scheme=scheme, bypass_csp=True)  # for axe itself
    shown = context.new_page()
    shown.set_content(page(lessons(SOURCES), lang, "someone/docker-course"))

    found = violations(shown, axe)

    shown.screenshot(path=artefacts / f"landing-{lang}-{scheme}.png", full_page=True)
    context.close()
    assert found == []


@pytest.mark.parametrize(("lang", "width"), [*product(LANGUAGES, (360, 1024))])
def test_the_page_of_the_lessons_is_never_wider_than_the_window(
    lang: Language, width: int, chromium: Browser
) -> None:
    shown = chromium.new_page(viewport={"width": width, "height": 900})
    shown.set_content(page(lessons(SOURCES), lang, "someone/docker-course"))

    wide = shown.evaluate("document.documentElement.scrollWidth")

    shown.close()
    assert wide <= width


def test_the_page_of_the_lessons_refuses_what_is_not_in_it(chromium: Browser) -> None:
    shown = chromium.new_page()
    html = page(lessons(SOURCES), "en", None)
    foreign = html.replace("</main>", '<img src="http://127.0.0.1:9/x.png"></main>')

    with shown.expect_console_message(lambda said: "Content Security Policy" in said.text):
        shown.set_content(foreign)

    shown.close()
