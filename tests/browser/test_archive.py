"""The files of docker save in JupyterLab: opened by keyboard and by mouse, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
import pytest

from tests.browser.lab import Lab

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.oracles.jupyter import LabServer

OCI = "%picture oci alpine"


@pytest.mark.parametrize(("lang", "following"), [("en", "Next"), ("zh", "下一步")])
def test_the_files_of_an_archive_are_opened_by_keyboard_and_mouse(
    lang: str, following: str, chromium: Browser, jupyter_lab: LabServer, artefacts: Path
) -> None:
    name = f"archive-{lang}.ipynb"
    cells = ["%load_ext course_lib", f"%course_language {lang}", "%docker pull alpine", OCI]
    notebook = nbformat.v4.new_notebook(cells=[*map(nbformat.v4.new_code_cell, cells)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, jupyter_lab.root / name)
    lab = Lab.open(chromium, jupyter_lab, name)
    lab.run_all()
    cell = lab.cell(OCI)
    files = cell.locator("select")

    cell.get_by_text("imageLayoutVersion").wait_for()
    cell.get_by_role("button", name=following).press("Enter")
    cell.get_by_text("org.opencontainers.image.ref.name").wait_for()
    files.select_option(index=4)
    cell.get_by_text("etc/apk/", exact=False).first.wait_for()

    for theme in ("Light", "Dark"):
        lab.choose_theme(f"JupyterLab {theme}")
        lab.shoot(OCI, artefacts / f"archive-{lang}-{theme.lower()}.png")
    lab.page.close()
