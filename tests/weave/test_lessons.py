"""Every lesson: its exercises are there with their points, and what is committed is what it weaves."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.cells import exercise_of
from course_lib.exercises import find
from course_lib.exercises.catalogue import exercises
from notebooks import weave
from notebooks.laws import grading

NOTEBOOKS = Path(weave.__file__).parent
_PARTS = 6  # several workers share the lessons
EACH = [(name, lang) for name in weave.lessons() for lang in weave.LANGUAGES]


@pytest.mark.parametrize("name", weave.lessons())
def test_every_grade_cell_has_its_exercise_with_the_same_points(name: str) -> None:
    cells = weave.source(name, "en").cells
    asked = {
        exercise_of(cell.source): grading(cell)["points"]
        for cell in cells
        if grading(cell).get("grade")
    }
    answers = {grading(cell)["grade_id"] for cell in cells if grading(cell).get("solution")}

    graded = {one.id: one.points for one in exercises() if one.lesson == name and not one.practice}
    assert asked == graded
    assert answers == {cell.id for exercise_id in asked for cell in find(exercise_id).answers}


@pytest.mark.parametrize(("name", "lang"), EACH)
def test_what_is_committed_is_what_the_lesson_weaves(name: str, lang: weave.Language) -> None:
    committed = (NOTEBOOKS / lang / f"{name}.ipynb").read_text(encoding="utf-8")

    assert weave.woven(name, lang) == committed


@pytest.mark.parametrize(("name", "lang"), EACH)
def test_a_woven_notebook_keeps_no_widget_and_no_solution(name: str, lang: weave.Language) -> None:
    committed = (NOTEBOOKS / lang / f"{name}.ipynb").read_text(encoding="utf-8")

    assert "widget" not in committed
    assert "BEGIN SOLUTION" not in committed
    assert f'"language": "{lang}"' in committed


@pytest.mark.parametrize("part", range(_PARTS))
def test_the_woven_and_the_solved_notebooks_run_again_to_the_same_outputs(
    tmp_path: Path, part: int
) -> None:
    """All woven pages; the solved ones of each lesson in one language, by turns."""
    pages = EACH[part::_PARTS]
    for name, lang in pages:
        if weave.LANGUAGES[weave.lessons().index(name) % len(weave.LANGUAGES)] != lang:
            continue
        path = tmp_path / lang / f"{name}.ipynb"
        path.parent.mkdir(exist_ok=True)
        path.write_text(weave.solved(name, lang), encoding="utf-8")
    woven = [NOTEBOOKS / lang / f"{name}.ipynb" for name, lang in pages]

    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:cacheprovider",
            "-q",
            "--nbval",
            *woven,
            tmp_path,
        ],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        text=True,
    )

    assert done.returncode == 0, done.stdout
