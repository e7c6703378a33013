"""ARG and ENV, two builds, COPY's paths: moved through in JupyterLab by keyboard and mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.oracles.jupyter import LabServer

CELLS = [
    "%load_ext course_lib",
    "%%contextfile tea.txt\ngreen",
    "%%dockerfile shop\nFROM alpine\nARG TEA=green\nENV CUP=$TEA\nCOPY tea.txt /one\nCOPY tea.txt /two",
    "%%dockerfile shop\nFROM alpine\nARG TEA=black\nENV CUP=$TEA\nCOPY tea.txt /one\nCOPY tea.txt /two",
]
SCOPE, REBUILD, CONTEXT = ("%picture scope shop", "%picture rebuild shop", "%picture context shop")
WIDEST = """[...document.querySelectorAll('.jp-OutputArea-output')]
  .filter(one => one.scrollWidth > one.clientWidth).map(one => one.innerText.slice(0, 60))"""


@pytest.mark.parametrize(
    ("lang", "buttons"), [("en", ("Back", "Next")), ("zh", ("上一步", "下一步"))]
)
def test_the_widgets_over_lines_move_by_keyboard_and_mouse_and_fit_a_small_window(
    lang: str, buttons: tuple[str, str], chromium: Browser, jupyter_lab: LabServer, artefacts: Path
) -> None:
    back, following = buttons
    name = f"lines-{lang}.ipynb"
    sources = [CELLS[0], f"%course_language {lang}", *CELLS[1:], SCOPE, REBUILD, CONTEXT]
    notebook = nbformat.v4.new_notebook(cells=[*map(nbformat.v4.new_code_cell, sources)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, jupyter_lab.root / name)
    lab = Lab.open(chromium, jupyter_lab, name, width=1024)
    lab.run_all()

    for source, fact in ((SCOPE, "CUP=black"), (REBUILD, "ENV CUP=$TEA")):
        cell = lab.cell(source)
        shown = cell.locator("table")
        expect(shown).to_contain_text(fact)
        for _ in range(3):
            cell.get_by_role("button", name=back).press("Enter")
        expect(shown).not_to_contain_text(fact)
        cell.get_by_role("button", name=following).click()
        expect(shown).to_contain_text(fact)
    cell = lab.cell(CONTEXT)
    expect(cell.locator("table")).to_contain_text("tea.txt -> /one")
    cell.locator("select").select_option(index=2)
    expect(cell.locator("table")).not_to_contain_text("tea.txt -> /one")
    expect(cell.locator("table")).to_contain_text("tea.txt -> /two")

    assert lab.page.evaluate(WIDEST) == []
    for theme in ("Light", "Dark"):
        lab.choose_theme(f"JupyterLab {theme}")
        for word in ("scope", "rebuild", "context"):
            lab.shoot(f"%picture {word}", artefacts / f"lines-{lang}-{theme.lower()}-{word}.png")
    # A window of 1280 pixels at 200 %, without the list of files.
    lab.page.keyboard.press("Control+b")
    lab.page.set_viewport_size({"width": 640, "height": 1800})
    lab.page.wait_for_timeout(500)
    assert lab.page.evaluate(WIDEST) == []
    lab.page.screenshot(path=artefacts / f"lines-{lang}-zoomed.png")
    lab.page.close()
