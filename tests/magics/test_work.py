"""`%save_work` and `%bring_back` in a notebook."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from course_lib.work import FILE, Work

if TYPE_CHECKING:
    from tests.magics.conftest import Notebook

PAGES = Path(__file__).parents[2] / "notebooks"
ANSWER = "%%dockerfile welcome-first\nFROM alpine\nRUN echo me > /me.txt\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the pages are, in both languages; the notebook works in `en`."""
    for language in ("en", "zh"):
        (tmp_path / language).mkdir()
        shutil.copy(PAGES / language / "00_welcome.ipynb", tmp_path / language)
    monkeypatch.chdir(tmp_path / "en")
    return tmp_path


def test_an_answer_goes_from_one_language_to_the_other(notebook: Notebook, folder: Path) -> None:
    notebook.run(ANSWER)
    notebook.run('check("welcome-first")')
    saved = notebook.run("%save_work")
    assert "1 answer" in saved.printed
    work = Work.of_bytes((folder / "en" / FILE).read_bytes())
    assert work.answers["welcome-first"] == ANSWER
    assert work.progress["welcome-first"].passed
    shutil.copy(folder / "en" / FILE, folder / "zh" / "mine.json")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder / "zh")
        notebook.run("%course_language zh")
        back = notebook.run("%bring_back mine.json")
    assert "已恢复 1 个答案" in back.printed
    cells = json.loads((folder / "zh" / "00_welcome.ipynb").read_text("utf-8"))["cells"]
    assert ANSWER in ["".join(cell["source"]) for cell in cells]


@pytest.mark.parametrize("line", ["%bring_back", "%bring_back 00_welcome.ipynb", "%save_work a/b"])
def test_what_can_not_be_done_is_said_and_changes_nothing(
    notebook: Notebook, folder: Path, line: str
) -> None:
    before = sorted(path.name for path in folder.rglob("*"))
    ran = notebook.run(line)
    assert ran.error is None
    assert ran.printed.count("\n") == 1
    assert sorted(path.name for path in folder.rglob("*")) == before
