"""The first lesson in a real browser, in both languages, by keyboard and mouse."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.lab import Lab

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.oracles.jupyter import LabServer

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
STEPPER = "%picture stepper second"


@pytest.mark.parametrize(("lang", "second"), [("en", "Step 2 of"), ("zh", "第 2 步")])
def test_the_lesson_runs_and_its_stepper_moves_by_keyboard(
    lang: str, second: str, chromium: Browser, jupyter_lab: LabServer, artefacts: Path
) -> None:
    lab = Lab.open(chromium, jupyter_lab, f"notebooks/{lang}/01_layers.ipynb")

    cells = lab.run_all()

    outputs = [output for cell in cells for output in cell["outputs"]]
    assert [one for one in outputs if one["output_type"] == "error"] == []
    assert [one for one in outputs if one.get("name") == "stderr"] == []

    stepper = lab.cell(STEPPER)
    handle = stepper.locator(".noUi-handle")
    handle.focus()
    handle.press("ArrowRight")
    stepper.get_by_text(second).wait_for()
    for theme in ("Light", "Dark"):
        lab.choose_theme(f"JupyterLab {theme}")
        for name, source in (
            ("build", "%%dockerfile notes"),
            ("read", "%picture read"),
            ("stepper", STEPPER),
            ("containers", "%picture containers"),
        ):
            lab.shoot(source, artefacts / f"layers-{lang}-{theme.lower()}-{name}.png")
    lab.page.close()


@pytest.mark.parametrize(("lang", "first"), [("en", "Step 1 of"), ("zh", "第 1 步")])
def test_a_notebook_that_nobody_ran_or_trusted_shows_its_static_pictures(
    lang: str, first: str, chromium: Browser, jupyter_lab: LabServer, artefacts: Path
) -> None:
    fresh = f"fresh-{lang}.ipynb"
    shutil.copy(NOTEBOOKS / lang / "01_layers.ipynb", jupyter_lab.root / fresh)
    lab = Lab.open(chromium, jupyter_lab, fresh)

    stepper = lab.cell(STEPPER)
    stepper.get_by_text(first).wait_for()
    frames = stepper.locator("details")
    assert frames.count() > 1
    last = frames.last
    assert not last.locator("table").is_visible()
    last.locator("summary").focus()
    lab.page.keyboard.press("Enter")
    last.locator("table").wait_for()
    assert stepper.locator(".widget-slider").count() == 0
    lab.shoot(STEPPER, artefacts / f"layers-{lang}-static-stepper.png")
    lab.page.close()


def test_the_stepper_moves_by_its_buttons_and_stops_at_both_ends(
    chromium: Browser, jupyter_lab: LabServer
) -> None:
    lab = Lab.open(chromium, jupyter_lab, "notebooks/en/01_layers.ipynb")
    lab.run_all()
    stepper = lab.cell(STEPPER)
    back, forward = (stepper.get_by_role("button", name=name) for name in ("Back", "Next"))

    assert back.is_disabled()
    forward.press("Enter")
    stepper.get_by_text("Step 2 of").wait_for()
    back.click()
    stepper.get_by_text("Step 1 of").wait_for()

    assert back.is_disabled()
    lab.page.close()
