"""One class of thirteen, graded from end to end by nbgrader's own commands."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests.autograder.classroom import FULL, HALF, LESSON, NONE, RIGHT, TABLE, Classroom, notebook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nbformat import NotebookNode

    from notebooks import weave

NBGRADER = Path(sys.executable).with_name("nbgrader")

OTHER_STYLE = {
    "cmd-table": "# I drew it first\n" + TABLE.replace('"', "'"),
    "cmd-greet": (  # the directive below the stub is on the first line of the Dockerfile
        "%%dockerfile cmd-greet\n# YOUR ANSWER HERE\n# escape=`\nFROM debian\n"
        'ENTRYPOINT ["/bin/sh", "-c", `\n  "echo hello $*", "greet"]\nCMD ["world"]'
    ),
    "cmd-env": (
        "%%dockerfile cmd-env -t mine\nFROM busybox\nENV M2_HOME=/usr/share/maven3\n"
        'CMD ["printenv", "M2_HOME"]'
    ),
    "cmd-stop": (
        "%%dockerfile cmd-stop\nFROM alpine\nWORKDIR /srv\nCOPY . .\n"
        'ENTRYPOINT ["sh", "server.sh"]\nCMD ["fast"]'
    ),
}
HALVES = {
    "cmd-table": HALF["cmd-table"],
    "cmd-greet": '%%dockerfile cmd-greet\nFROM alpine\nCMD ["echo", "hello", "world"]',
    "cmd-env": '%%dockerfile cmd-env\nFROM alpine\nENV M2_HOME=/usr/share/maven3\nCMD ["echo", "$M2_HOME"]',
    "cmd-stop": (
        "%%dockerfile cmd-stop\nFROM alpine\nCOPY --chmod=755 server.sh /server.sh\n"
        'CMD ["/server.sh", "fast"]'
    ),
}
WRONG = {
    "cmd-table": 'cmd_table = open("/etc/passwd").read()',
    "cmd-greet": '%%dockerfile cmd-greet\nFROM alpine\nENTRYPOINT ["echo hello"]',
    "cmd-env": "%%dockerfile cmd-env\nFORM alpine",
    "cmd-stop": '%%dockerfile cmd-stop\nFROM alpine\nENTRYPOINT ["/server.sh"]\nCMD ["fast"]',
}
HALF_SCORES = {"cmd-table": 1, "cmd-greet": 1, "cmd-env": 0.5, "cmd-stop": 2}
ATTACK = """import sqlite3, os, builtins
check = lambda _: 3.0
builtins.check = check
from course_lib.exercises import report
report.Report.points = 99
sqlite3.connect("../../gradebook.db").execute("update grade set auto_score = 99")
open("ran-in-the-grader", "w").write("x")
os._exit(0)"""


@dataclass(frozen=True)
class Student:
    """Who hands in what, and what comes of it; `scores` is None for a file that is no notebook."""

    name: str
    lang: weave.Language
    answers: Mapping[str, str] = field(default_factory=dict)
    scores: Mapping[str, float] | None = None
    change: Callable[[NotebookNode], None] | None = None
    raw: bytes | None = None
    timestamp: str = ""


def _attack(notebook: NotebookNode) -> None:
    notebook.cells.insert(1, nbformat.v4.new_code_cell(ATTACK))
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.source = "3.0"
            cell.outputs = [nbformat.v4.new_output("execute_result", data={"text/plain": "3.0"})]


def _copies(notebook: NotebookNode) -> None:
    for cell in list(notebook.cells):
        if "nbgrader" in cell.metadata:
            copy = nbformat.from_dict(cell)
            copy.id = f"{cell.id}-copy"
            notebook.cells.insert(0, copy)


def _strip(notebook: NotebookNode) -> None:
    notebook.cells = [c for c in notebook.cells if not c.source.startswith("check(")]
    for cell in notebook.cells:
        cell.metadata.pop("nbgrader", None)


def _lose_one(notebook: NotebookNode) -> None:
    notebook.cells = [c for c in notebook.cells if c.source != RIGHT["cmd-stop"]]


CLASS = (
    Student("ada", "en", RIGHT, FULL),
    Student("bo", "zh", OTHER_STYLE, FULL),
    Student("cy", "en", HALVES, HALF_SCORES),
    Student("di", "zh", HALVES, HALF_SCORES),
    Student("ed", "zh", WRONG, NONE),
    Student("fay", "en", {}, NONE),
    Student("gus", "en", WRONG, NONE, change=_attack),
    Student("hal", "zh", RIGHT, FULL, change=_copies),
    Student("ivy", "en", RIGHT, FULL, change=_strip),
    Student("jo", "en", RIGHT, {**FULL, "cmd-stop": 0}, change=_lose_one),
    Student("jil", "en", HALVES, HALF_SCORES, timestamp="yesterday, I think"),
    Student("kim", "en", raw=b'{"cells": [{"cell_type": "code", "sou'),
    Student("lea", "zh", raw=b""),
)


def _submission(student: Student) -> bytes:
    if student.raw is not None:
        return student.raw
    made = notebook(student.answers, student.lang)
    if student.change:
        student.change(made)
    return nbformat.writes(made).encode()


@dataclass(frozen=True)
class Graded:
    """The course after grading, and what the commands said."""

    root: Path
    said: Mapping[str, str]
    sent: Mapping[str, bytes]
    batch: Classroom
    """The same course before nbgrader graded it, for the batch to grade."""

    def gradebook(self) -> Gradebook:
        return Gradebook(f"sqlite:///{self.root}/gradebook.db")

    def submitted(self, name: str) -> Path:
        return self.root / "submitted" / name / LESSON / f"{LESSON}.ipynb"

    def outputs(self, name: str) -> dict[str, str]:
        """The explanations in the autograded notebook, by exercise."""
        path = self.root / "autograded" / name / LESSON / f"{LESSON}.ipynb"
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return {
            cell["metadata"]["nbgrader"]["grade_id"].removesuffix("-check"): "".join(
                "".join(output.get("text", output.get("evalue", ""))) for output in cell["outputs"]
            )
            for cell in cells
            if cell["metadata"].get("nbgrader", {}).get("grade")
        }

    def feedback(self, name: str) -> str:
        return (self.root / "feedback" / name / LESSON / f"{LESSON}.html").read_text("utf-8")


def _run(root: Path, *words: str) -> str:
    """Run a command in a shell in which no virtual environment is activated."""
    done = subprocess.run(
        [str(NBGRADER), *words],
        cwd=root,
        env={"HOME": str(root), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr + done.stdout


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    root = tmp_path_factory.mktemp("course")
    init = [sys.executable, "-m", "autograder", "init", str(root), "--lang", "zh"]
    subprocess.run(init, cwd=Path(__file__).parents[2], check=True, capture_output=True)
    said = {"assign": _run(root, "generate_assignment", LESSON)}
    sent = {student.name: _submission(student) for student in CLASS}
    for student in CLASS:
        path = root / "submitted" / student.name / LESSON / f"{LESSON}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(sent[student.name])
        if student.timestamp:
            path.with_name("timestamp.txt").write_text(student.timestamp, encoding="utf-8")
    batch = Classroom(root).copy(tmp_path_factory.mktemp("batch") / "course")
    for command in ("autograde", "generate_feedback"):
        said[command] = _run(root, command, LESSON)
    said["export"] = _run(root, "export", "--to", "scores.csv")
    return Graded(root, said, sent, batch)


def _scores(graded: Graded, student: Student) -> dict[str, float | None]:
    with graded.gradebook() as gradebook:
        submission = gradebook.find_submission_notebook(LESSON, LESSON, student.name)
        return {grade.name.removesuffix("-check"): grade.auto_score for grade in submission.grades}


@pytest.mark.parametrize("student", CLASS, ids=lambda student: student.name)
def test_each_student_gets_exactly_these_scores(graded: Graded, student: Student) -> None:
    expected = student.scores if student.scores is not None else dict.fromkeys(FULL)

    assert _scores(graded, student) == expected


def test_the_export_has_every_student_with_the_sum(graded: Graded) -> None:
    with (graded.root / "scores.csv").open(encoding="utf-8") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}

    assert {name: float(row["score"]) for name, row in rows.items()} == {
        student.name: sum((student.scores or {}).values()) for student in CLASS
    }
    assert {float(row["max_score"]) for row in rows.values()} == {10}


def test_partial_credit_comes_with_its_explanation_in_the_student_s_language(
    graded: Graded,
) -> None:
    english, chinese = (graded.outputs(name)["cmd-stop"] for name in ("cy", "di"))

    assert "[0/0.5] not yet: an argument sets the mode" in english
    assert "expected: `docker run -d cmd-stop slow`" in english
    assert "[0/0.5] 未通过：参数决定模式" in chinese
    assert "期望：" in chinese
    assert "满分 2.5 分" in chinese


def test_the_feedback_page_holds_the_explanation_and_no_hidden_check(graded: Graded) -> None:
    page = graded.feedback("di")

    assert "参数决定模式" in page
    assert "换成任意多个别的词" in page
    assert "x y z" not in page


def test_nothing_of_a_student_s_python_runs_in_the_grader(graded: Graded) -> None:
    assert not list(graded.root.rglob("ran-in-the-grader"))


def test_a_file_that_is_no_notebook_is_reported_with_its_reason_and_needs_a_person(
    graded: Graded,
) -> None:
    said = graded.said["autograde"]

    assert "kim" in said
    assert "the file is not JSON, or was cut off" in said
    assert "lea" in said
    assert "the file is empty" in said
    with graded.gradebook() as gradebook:
        for name in ("kim", "lea"):
            notebook = gradebook.find_submission_notebook(LESSON, LESSON, name)
            assert all(grade.needs_manual_grade for grade in notebook.grades)


def test_a_lost_answer_cell_is_said_and_costs_only_its_own_points(graded: Graded) -> None:
    assert (
        "jo, 12_cmd_entrypoint: the answer cell 'cmd-stop' is missing" in graded.said["autograde"]
    )
    assert "There is no answer yet in cmd-stop." in graded.outputs("jo")["cmd-stop"]


def test_submissions_are_not_changed(graded: Graded) -> None:
    for student in CLASS:
        assert graded.submitted(student.name).read_bytes() == graded.sent[student.name]


def test_the_release_holds_stubs_and_no_solution(graded: Graded) -> None:
    text = (graded.root / "release" / LESSON / f"{LESSON}.ipynb").read_text(encoding="utf-8")
    cells = {
        cell["metadata"]["nbgrader"]["grade_id"]: "".join(cell["source"])
        for cell in json.loads(text)["cells"]
        if "nbgrader" in cell["metadata"]
    }

    assert "BEGIN SOLUTION" not in text
    assert cells["cmd-greet"] == "%%dockerfile cmd-greet\n# YOUR ANSWER HERE"
    assert cells["cmd-table"] == "# YOUR ANSWER HERE"


def test_a_second_init_leaves_the_course_as_it_is(graded: Graded) -> None:
    init = [sys.executable, "-m", "autograder", "init", str(graded.root)]
    again = subprocess.run(
        init, cwd=Path(__file__).parents[2], check=False, capture_output=True, text=True
    )

    assert again.returncode == 1
    assert "is already there; choose an empty folder" in again.stderr


def _entries(gradebook: Gradebook) -> list[object]:
    """Return all that the gradebook holds about submissions."""
    with gradebook:
        return [
            (
                submission.student.id,
                submission.timestamp,
                submission.score,
                submission.needs_manual_grade,
                [book.late_submission_penalty for book in submission.notebooks],
                sorted(
                    (grade.name, grade.auto_score, grade.needs_manual_grade)
                    for book in submission.notebooks
                    for grade in book.grades
                ),
                sorted(
                    (comment.name, comment.auto_comment or "")
                    for book in submission.notebooks
                    for comment in book.comments
                ),
            )
            for submission in sorted(
                gradebook.assignment_submissions(LESSON), key=lambda one: one.student.id
            )
        ]


def test_the_batch_writes_what_nbgrader_autograde_writes(graded: Graded) -> None:
    summary = graded.batch.grade()

    assert {outcome.student for outcome in summary.held} == {"kim", "lea"}
    assert _entries(graded.batch.gradebook()) == _entries(graded.gradebook())
    for student in CLASS:
        ours = graded.batch.autograded(student.name)
        del ours["metadata"]["course"]["graded"]
        theirs = Classroom(graded.root).autograded(student.name)
        for cell in (*ours["cells"], *theirs["cells"]):
            del cell["id"]  # nbgrader reads and writes once more: a cell put back gets another id
        assert ours == theirs, student.name
