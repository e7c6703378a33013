"""A lesson on the static site, as a learner drives it, with every other host out of reach."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page, ProxySettings

    from tests.oracles.static_site import StaticSite

_PATIENCE = 120_000
_RUN = re.compile(r"\[\d+\]")
# Nobody listens there, so that no host but loopback can be reached.
_NOWHERE: ProxySettings = {"server": "http://127.0.0.1:9", "bypass": "127.0.0.1"}


@dataclass(frozen=True, slots=True)
class Visit:
    """One learner's browser; `asked` holds the address of each request that it made."""

    site: StaticSite
    context: BrowserContext
    page: Page
    asked: list[str] = field(default_factory=list)

    @classmethod
    def to(cls, site: StaticSite, browser: Browser) -> Self:
        """Begin with an empty browser, on no page."""
        context = browser.new_context(viewport={"width": 1280, "height": 1400}, proxy=_NOWHERE)
        context.set_default_timeout(_PATIENCE)
        visit = cls(site, context, context.new_page())
        context.on("request", lambda request: visit.asked.append(request.url))
        return visit

    def outside(self) -> list[str]:
        """The requests to anything but the site."""
        own = (f"{self.site.address}/", "data:", "blob:")
        return [url for url in self.asked if not url.startswith(own)]

    def wait_for_notebook(self) -> None:
        """Wait for a lesson, and clear what was stored below its cells."""
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")
        self.page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]')
        self.page.get_by_role("menuitem", name="Edit", exact=True).click()
        self.page.get_by_text("Clear Outputs of All Cells", exact=True).click()

    def cell(self, source: str) -> Locator:
        """The first code cell whose source has this text."""
        return (
            self.page.locator(".jp-CodeCell")
            .filter(has=self.page.locator(".jp-InputArea-editor", has_text=source))
            .first
        )

    def run(self, source: str) -> Locator:
        """Run the cell with this text, which has not run since it was cleared; return its outputs."""
        cell = self.cell(source)
        cell.scroll_into_view_if_needed()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+Enter")
        expect(cell.locator(".jp-InputPrompt")).to_have_text(_RUN, timeout=_PATIENCE)
        return cell.locator(".jp-OutputArea")

    def write(self, source: str, text: str) -> None:
        """Replace all of the cell with this text."""
        cell = self.cell(source)
        cell.scroll_into_view_if_needed()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def save(self) -> None:
        """Save, and wait until the notebook is no longer marked as changed."""
        self.page.keyboard.press("Control+s")
        changed = self.page.locator("#jp-main-dock-panel .jp-mod-dirty")
        expect(changed).to_have_count(0, timeout=_PATIENCE)
