"""All pictures on one static page, as a notebook's light or dark theme shows them; no JupyterLab."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from course_lib.pictures import draw
from course_lib.text import speaking
from tests.views.world import PICTURES

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

# The page and the text of JupyterLab's two themes.
THEMES = {"light": ("#ffffff", "#000000"), "dark": ("#111111", "#ffffff")}
_SERIOUS = {"serious", "critical"}
_TITLES = {"en": "All pictures", "zh": "所有的图"}


def page_of(lang: str, theme: str) -> str:
    """The HTML page; each picture is a section whose id is its name."""
    background, foreground = THEMES[theme]
    with speaking(lang):
        sections = [
            f'<section id="{name}"><h2>{escape(name)}</h2>{draw(make()).html}</section>'
            for name, make in PICTURES.items()
        ]
    title = _TITLES[lang]
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>:root {{color-scheme: {theme}}} body {{background: {background}; "
        f"color: {foreground}; font: 14px/1.4 system-ui, sans-serif; margin: 1em}} "
        "section {margin-bottom: 2em}</style></head>"
        f"<body><main><h1>{title}</h1>{''.join(sections)}</main></body></html>"
    )


def opened(browser: Browser, lang: str, theme: str, width: int) -> Page:
    """A browser page of this width that shows the pictures, every fold open."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.set_content(page_of(lang, theme))
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    return page


def violations(page: Page, axe: Path) -> list[str]:
    """What axe-core finds serious or critical on a page."""
    page.add_script_tag(path=axe)
    found = page.evaluate("axe.run().then(results => results.violations)")
    return [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary']}"
        for one in found
        if one["impact"] in _SERIOUS
        for node in one["nodes"]
    ]
