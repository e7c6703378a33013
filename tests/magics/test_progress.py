"""Progress: one file, written by check, shown by %progress, and read by nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.magics.test_notebook import HALF, RIGHT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.magics.conftest import Notebook

CHECK = 'check("layers-two")'


@pytest.fixture
def kept(notebook: Notebook, tmp_path: Path) -> Path:
    """The file of the notebook."""
    del notebook  # it names the folder
    return tmp_path / "course" / "progress.json"


def _panel(notebook: Notebook) -> str:
    [bundle] = notebook.run("%progress").shown
    return str(bundle["text/plain"])


def _row(panel: str, exercise: str) -> str:
    [line] = [line for line in panel.splitlines() if f" {exercise} " in line]
    return line


def test_without_a_check_nothing_is_done_and_the_first_exercise_is_next(
    notebook: Notebook, kept: Path
) -> None:
    panel = _panel(notebook)

    assert panel.startswith("0 of ")
    assert 'check("welcome-first")' in panel
    assert not kept.exists()


@pytest.mark.parametrize(
    ("answer", "state"), [(RIGHT, "+ done"), (HALF, "~ in part"), ("1\n", "o not yet")]
)
def test_a_check_is_kept_and_shown(answer: str, state: str, notebook: Notebook, kept: Path) -> None:
    notebook.run(answer)
    points = notebook.run(CHECK).value

    panel = _panel(notebook)

    assert state in _row(panel, "layers-two")
    assert f"{points:g} / 1.5" in _row(panel, "layers-two")
    assert json.loads(kept.read_bytes())["exercises"]["layers-two"]["points"] == points


@pytest.mark.parametrize(("answer", "sign", "points"), [(HALF, "~", "0.75"), ("1\n", "o", "0")])
def test_the_map_shows_how_far_a_lesson_is(
    answer: str, sign: str, points: str, notebook: Notebook
) -> None:
    notebook.run(answer)
    notebook.run(CHECK)

    [bundle] = notebook.run("%picture map").shown

    [row] = [line for line in str(bundle["text/plain"]).splitlines() if " 01 Layers " in line]
    assert f" {sign} 01 Layers " in row
    assert f" {points} / 10" in row


def test_the_last_check_counts(notebook: Notebook) -> None:
    for answer in (RIGHT, HALF):
        notebook.run(answer)
        notebook.run(CHECK)

    assert "~ in part" in _row(_panel(notebook), "layers-two")


def test_another_kernel_sees_it(notebook: Notebook) -> None:
    notebook.run(RIGHT)
    notebook.run(CHECK)
    notebook.run("%reload_ext course_lib")

    assert "+ done" in _row(_panel(notebook), "layers-two")
    assert notebook.run(CHECK).value == 0  # the check reads answers, not the file


DAMAGED = {
    "cut off": '{"version": 1, "exer',
    "no object": "[]",
    "another version": '{"version": 2, "exercises": {}}',
    "no points": '{"version": 1, "exercises": {"layers-two": {"passed": true}}}',
    "points as text": '{"version": 1, "exercises": {"a": {"points": "9", "passed": true}}}',
    "no text at all": "\udcff",
}


@pytest.mark.parametrize("shows", ["%progress", "%picture map"])
@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_reported_and_kept_and_the_points_stand(
    text: str, shows: str, notebook: Notebook, kept: Path
) -> None:
    kept.parent.mkdir()
    kept.write_text(text, encoding="utf-8", errors="surrogateescape")
    before = kept.read_bytes()
    notebook.run(RIGHT)

    checked, shown = notebook.run(CHECK), notebook.run(shows)

    assert checked.value == 1.5
    assert f"{kept} is damaged" in checked.printed
    assert f"{kept} is damaged" in shown.printed
    assert shown.shown == ()
    assert kept.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_reported_and_the_points_stand(
    notebook: Notebook, kept: Path
) -> None:
    kept.parent.write_text("a file stands in the way")
    notebook.run(RIGHT)

    checked = notebook.run(CHECK)

    assert (checked.value, checked.error) == (1.5, None)
    assert "Your progress is not kept" in checked.printed
