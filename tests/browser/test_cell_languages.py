"""Cells that hold no Python are not colored as Python: the extension of binder/ at work in JupyterLab."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import nbformat
from playwright.sync_api import expect

from tests.browser.lab import Lab

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator

    from tests.oracles.jupyter import LabServer

# The cell, and its words that are colored. `import` and `in` are words of Python, `FROM` of a Dockerfile.
CELLS = {
    "%%dockerfile web\nFROM alpine\n# import\nimport in": ["FROM", "# import"],
    "%%contextfile app/Dockerfile.dev\nFROM alpine": ["FROM"],
    "%%contextfile app/notes.txt\nFROM here import this": [],
    "%%contextfile app/run.py --answer a\nimport this": ["import"],
    "%%docker\ndocker run alpine echo $HOME": ["echo", "$HOME"],
    "%docker ps\nexport A=1": ["export", "A", "=", "1"],
    "%%dockerfiles\nimport this": ["import"],
    "# Python\nimport this": ["import"],
}
_SPANS = "lines => lines.slice(1).flatMap(one => [...one.querySelectorAll('span')].map(span => span.textContent))"


def _colored(cell: Locator) -> list[str]:
    """The colored words below the first line of a cell."""
    return list(cell.locator(".cm-line").evaluate_all(_SPANS))


def test_a_cell_is_colored_in_the_language_that_its_first_line_says(
    chromium: Browser, jupyter_lab: LabServer, artefacts: Path
) -> None:
    notebook = nbformat.v4.new_notebook(cells=[*map(nbformat.v4.new_code_cell, CELLS)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, jupyter_lab.root / "languages.ipynb")
    lab = Lab.open(chromium, jupyter_lab, "languages.ipynb")
    cells = lab.page.locator(".jp-CodeCell")
    expect(cells.nth(0).locator(".cm-line span", has_text="FROM")).to_be_visible()

    colored = {source: _colored(cells.nth(at)) for at, source in enumerate(CELLS)}
    lab.page.screenshot(path=artefacts / "languages.png")

    lab.page.close()
    assert colored == CELLS


def test_the_colors_follow_the_first_line_while_it_is_typed(
    chromium: Browser, jupyter_lab: LabServer
) -> None:
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("dockerfile\nFROM alpine")]
    )
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, jupyter_lab.root / "typed.ipynb")
    lab = Lab.open(chromium, jupyter_lab, "typed.ipynb")
    cell = lab.page.locator(".jp-CodeCell").first
    content = cell.locator(".cm-content")
    keyboard = lab.page.keyboard

    expect(content).to_have_attribute("data-language", "python")
    content.click()
    keyboard.press("Control+Home")
    keyboard.type("%%")
    expect(content).not_to_have_attribute("data-language", re.compile("."))
    expect(cell.locator(".cm-line span", has_text="FROM")).to_be_visible()
    keyboard.press("Backspace")
    expect(content).to_have_attribute("data-language", "python")
    lab.page.close()
