"""nbgrader's own way, a kernel that runs the notebook, gives what the grader gives without one."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbgrader.api import Gradebook

from notebooks import weave

if TYPE_CHECKING:
    from collections.abc import Mapping

LESSON = "12_cmd_entrypoint"
PROJECT = Path(__file__).parents[2]
NBGRADER = Path(sys.executable).with_name("nbgrader")

MARK = 'open("ran-in-a-kernel", "w").write("x")'
SERVER = "%%dockerfile cmd-stop\nFROM alpine\nCOPY --chmod=755 server.sh /server.sh\n"

HONEST: Mapping[str, tuple[weave.Language, Mapping[str, str]]] = {
    "all right": (
        "en",
        {
            "cmd-table": (
                'cmd_table = {"a": ["echo", "hello", "world"], "b": ["echo", "hello", "docker"],\n'
                '    "c": ["/bin/sh", "-c", "echo hi"], "d": ["top", "/bin/sh", "-c", "run -b"],\n'
                '    "e": ["uptime"], "f": ["ls"]}'
            ),
            "cmd-greet": '%%dockerfile cmd-greet\nFROM alpine\nENTRYPOINT ["echo", "hello"]\nCMD ["world"]',
            "cmd-env": "%%dockerfile cmd-env\nFROM alpine\nENV M2_HOME=/usr/share/maven3\nCMD echo $M2_HOME",
            "cmd-stop": f'{SERVER}ENTRYPOINT ["/server.sh"]\nCMD ["fast"]',
        },
    ),
    "one answer, right but for the hidden check, and nothing else": (
        "zh",
        {
            "cmd-greet": (
                "%%dockerfile cmd-greet\nFROM alpine\n"
                'ENTRYPOINT ["/bin/sh", "-c", "echo hello $0 $1"]\nCMD ["world"]'
            )
        },
    ),
    "half right": (
        "zh",
        {
            "cmd-table": 'cmd_table = {"a": ["echo", "hello", "world"], "b": ["docker"], "e": ["uptime"]}',
            "cmd-greet": '%%dockerfile cmd-greet\nFROM alpine\nCMD ["echo", "hello", "world"]',
            "cmd-env": '%%dockerfile cmd-env\nFROM alpine\nENV M2_HOME=/usr/share/maven3\nCMD ["echo", "$M2_HOME"]',
            "cmd-stop": f'{SERVER}CMD ["/server.sh", "fast"]',
        },
    ),
    "wrong": (
        "en",
        {
            "cmd-table": 'cmd_table = {"a": "echo hello world"}',
            "cmd-greet": '%%dockerfile cmd-greet\nFROM alpine\nENTRYPOINT ["echo hello"]',
            "cmd-env": "%%dockerfile cmd-env\nFORM alpine",
            "cmd-stop": f"{SERVER}STOPSIGNAL SIGKILL",
        },
    ),
}
NAMES = {name: name.replace(",", "").replace(" ", "_") for name in HONEST}


@dataclass(frozen=True)
class Outcome:
    """What one way of grading left behind: points and explanations by student and exercise."""

    points: Mapping[str, Mapping[str, float | None]]
    explanations: Mapping[str, Mapping[str, str]]
    ran: bool


def _run(root: Path, *words: str) -> None:
    done = subprocess.run(
        [str(NBGRADER), *words],
        cwd=root,
        env={"HOME": str(root), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def _hand_in(root: Path, name: str) -> None:
    lang, answers = HONEST[name]
    notebook = weave.student(weave.source(LESSON, lang))
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = answers.get(grade_id, cell.source)
    notebook.cells.append(nbformat.v4.new_code_cell(MARK))
    path = root / "submitted" / NAMES[name] / LESSON / f"{LESSON}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(nbformat.writes(notebook), encoding="utf-8")


def _outcome(root: Path) -> Outcome:
    points: dict[str, dict[str, float | None]] = {}
    explanations = {}
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        for name in NAMES.values():
            submission = gradebook.find_submission_notebook(LESSON, LESSON, name)
            points[name] = {grade.name: grade.auto_score for grade in submission.grades}
            path = root / "autograded" / name / LESSON / f"{LESSON}.ipynb"
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            explanations[name] = {
                cell["metadata"]["nbgrader"]["grade_id"]: "".join(
                    "".join(output.get("text", "")) for output in cell["outputs"]
                )
                for cell in cells
                if cell["metadata"].get("nbgrader", {}).get("grade")
            }
    return Outcome(points, explanations, bool(list(root.rglob("ran-in-a-kernel"))))


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, Outcome]:
    """The same submissions graded without a kernel, then in kernels, in one course."""
    root = tmp_path_factory.mktemp("course")
    init = [sys.executable, "-m", "autograder", "init", str(root), "--lang", "en"]
    subprocess.run(init, cwd=PROJECT, check=True, capture_output=True)
    _run(root, "generate_assignment", LESSON)
    for name in HONEST:
        _hand_in(root, name)
    _run(root, "autograde", LESSON)
    without = _outcome(root)
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(
            "\nfrom autograder.nbgrader_config import run_kernels\n\nrun_kernels(get_config())\n"
        )
    _run(root, "autograde", LESSON, "--force")
    return without, _outcome(root)


def test_only_the_kernels_run_what_the_students_wrote(ways: tuple[Outcome, Outcome]) -> None:
    assert [way.ran for way in ways] == [False, True]


@pytest.mark.parametrize("name", HONEST)
def test_both_ways_give_the_same_points(ways: tuple[Outcome, Outcome], name: str) -> None:
    without, kernels = (way.points[NAMES[name]] for way in ways)

    assert kernels == without


@pytest.mark.parametrize("name", HONEST)
def test_both_ways_explain_in_the_same_words(ways: tuple[Outcome, Outcome], name: str) -> None:
    without, kernels = (way.explanations[NAMES[name]] for way in ways)

    assert all(without.values())
    assert kernels == without


def test_the_submissions_earn_all_nothing_and_something_between(
    ways: tuple[Outcome, Outcome],
) -> None:
    sums = {
        name: sum(score or 0 for score in ways[1].points[NAMES[name]].values()) for name in HONEST
    }

    assert sums == {
        "all right": 10,
        "one answer, right but for the hidden check, and nothing else": 2.5,
        "half right": 4.5,
        "wrong": 0,
    }
