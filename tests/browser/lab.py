"""A notebook in JupyterLab, as a learner drives it: run it all, look, press keys."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode
    from playwright.sync_api import Browser, Locator, Page

    from tests.oracles.jupyter import LabServer

_PATIENCE = 60_000
_POLL = 250


@dataclass(frozen=True, slots=True)
class Lab:
    """One notebook, open in a page of its own; `path` is relative to the server's root."""

    server: LabServer
    page: Page
    path: str

    @classmethod
    def open(cls, browser: Browser, server: LabServer, path: str, width: int = 1280) -> Lab:
        """Open the notebook and wait until its kernel is idle."""
        page = browser.new_page(viewport={"width": width, "height": 1800})
        page.set_default_timeout(_PATIENCE)
        page.goto(server.page(path))
        page.wait_for_selector("#jupyterlab-splash", state="detached")
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        page.get_by_role("button", name="Python 3").first.wait_for()
        idle = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'
        page.wait_for_selector(idle, state="attached")  # a narrow toolbar hides it
        return cls(server, page, path)

    def run_all(self) -> list[NotebookNode]:
        """Run all cells; return the code cells as they are saved after that."""
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        menu = self.page.locator(".lm-Menu-itemLabel")  # a lesson may name the menu's line, too
        menu.filter(has_text=re.compile("^Run All Cells$")).click()
        prompt = self.page.locator(".jp-CodeCell .jp-InputPrompt")
        expect(prompt.filter(has_text=re.compile(r"\[[ *]\]"))).to_have_count(0, timeout=_PATIENCE)
        self.page.keyboard.press("Control+s")
        deadline = time.monotonic() + _PATIENCE / 1000
        while True:
            cells = self._saved()
            if cells and all(cell["execution_count"] for cell in cells):
                return cells
            assert time.monotonic() < deadline, "the notebook is not saved"
            self.page.wait_for_timeout(_POLL)

    def _saved(self) -> list[NotebookNode]:
        """The code cells in the file; none while the server is writing it."""
        text = (self.server.root / self.path).read_text(encoding="utf-8")
        if not text.endswith("}\n"):
            return []
        return [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]

    def cell(self, source: str) -> Locator:
        """The cell whose source has this text, brought into view."""
        found = self.page.locator(".jp-CodeCell").filter(
            has=self.page.locator(".jp-InputArea-editor", has_text=source)
        )
        found.first.scroll_into_view_if_needed()
        return found.first

    def choose_theme(self, name: str) -> None:
        """Choose `JupyterLab Dark` or `JupyterLab Light` in the menu."""
        self.page.get_by_role("menuitem", name="Settings", exact=True).click()
        menu = self.page.locator(".lm-Menu-itemLabel")
        menu.filter(has_text=re.compile("^Theme$")).hover()
        menu.filter(has_text=re.compile(f"^{name}$")).click()
        self.page.wait_for_timeout(_POLL)

    def shoot(self, source: str, to: Path) -> None:
        """Keep a screenshot of one cell with its output."""
        self.cell(source).screenshot(path=to)
