"""The batch: unchanged submissions are left alone, runs resume, and nothing is lost on the way."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from nbgrader.apps import NbGraderAPI

from autograder import batch
from autograder.__main__ import main
from autograder.progress import line
from tests.autograder.classroom import FULL, HALF, LESSON, NONE, RIGHT

if TYPE_CHECKING:
    from tests.autograder.classroom import Classroom


def test_an_unchanged_submission_is_left_alone(room: Classroom) -> None:
    room.submit("ada", RIGHT)
    room.grade()
    written = room.path("ada", "autograded").stat().st_mtime_ns

    again = room.grade()

    assert [outcome.state for outcome in again.outcomes] == ["unchanged"]
    assert again.mean == 10
    assert room.path("ada", "autograded").stat().st_mtime_ns == written


def _hand_in_again(room: Classroom) -> None:
    room.submit("ada", HALF)


def _later(room: Classroom) -> None:
    room.submit("ada", RIGHT, timestamp="2026-03-01 12:00:00 UTC")


def _new_kit(room: Classroom) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "kit_version", lambda: "another kit")
        room.grade()


def _no_gradebook_entry(room: Classroom) -> None:
    with room.gradebook() as gradebook:
        gradebook.remove_submission(LESSON, "ada")


def _no_notebook(room: Classroom) -> None:
    room.path("ada", "autograded").unlink()


def _half_a_notebook(room: Classroom) -> None:
    path = room.path("ada", "autograded")
    path.chmod(0o644)
    path.write_text(path.read_text("utf-8")[:500], encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [_hand_in_again, _later, _new_kit, _no_gradebook_entry, _no_notebook, _half_a_notebook],
)
def test_what_has_changed_is_graded_again(room: Classroom, change: object) -> None:
    room.submit("ada", RIGHT)
    room.grade()

    change(room)  # type: ignore[operator]

    assert [outcome.state for outcome in room.grade().outcomes] == ["graded"]


def test_force_grades_all_and_a_pattern_only_some(room: Classroom) -> None:
    for student in ("ada", "amy", "bo"):
        room.submit(student, RIGHT)
    room.grade()

    forced = room.grade(pattern="a*", force=True)

    assert [(one.student, one.state) for one in forced.outcomes] == [
        ("ada", "graded"),
        ("amy", "graded"),
    ]


def test_an_interrupted_run_keeps_what_it_did_and_the_next_one_goes_on(room: Classroom) -> None:
    names = [f"student-{number:02}" for number in range(batch.WINDOW + 4)]
    for name in names:
        room.submit(name, RIGHT)

    def interrupt(done: int, _whole: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    first = room.grade(tell=interrupt)
    second = room.grade()

    assert (first.whole, first.status, len(first.outcomes)) == (False, 130, 3)
    assert (second.count("unchanged"), second.count("graded")) == (3, len(names) - 3)
    assert [room.scores(name) for name in names] == [FULL] * len(names)


def test_points_and_comments_of_a_person_are_kept_when_a_submission_is_graded_again(
    room: Classroom,
) -> None:
    room.submit("ada", HALF)
    room.grade()
    with room.gradebook() as gradebook:
        grade = gradebook.find_grade("cmd-greet-check", LESSON, LESSON, "ada")
        grade.manual_score = 2
        gradebook.find_comment("cmd-greet", LESSON, LESSON, "ada").manual_comment = "nearly"
        gradebook.db.commit()

    room.submit("ada", RIGHT)
    room.grade()

    with room.gradebook() as gradebook:
        grade = gradebook.find_grade("cmd-greet-check", LESSON, LESSON, "ada")
        comment = gradebook.find_comment("cmd-greet", LESSON, LESSON, "ada")
        assert (grade.auto_score, grade.manual_score, grade.score) == (3, 2, 2)
        assert grade.needs_manual_grade
        assert comment.comment == "nearly"


def test_an_answer_that_was_not_given_is_commented(room: Classroom) -> None:
    room.submit("ada", HALF)
    room.grade()

    with room.gradebook() as gradebook:
        comments = {
            name: gradebook.find_comment(name, LESSON, LESSON, "ada").comment
            for name in ("cmd-table", "cmd-stop")
        }
    assert comments == {"cmd-table": None, "cmd-stop": "No response."}


def test_the_summary_counts_names_the_reasons_and_tells_what_failed_most(room: Classroom) -> None:
    room.submit("ada", RIGHT)
    room.submit("bo", HALF)
    room.submit("cy", HALF)
    room.submit("di", b"{")

    summary = room.grade()
    said = summary.text()

    assert (summary.count("graded"), summary.status) == (3, 1)
    assert summary.mean == pytest.approx((10 + 2 + 2) / 3, abs=0.01)
    assert "di, 12_cmd_entrypoint: the file is not JSON, or was cut off" in said
    assert "cmd-greet   56%" in said
    assert "most often failed: an argument takes the place of world (2 of 3)" in said
    assert room.scores("bo") == {**NONE, "cmd-table": 1, "cmd-greet": 1}


def test_a_class_without_trouble_ends_with_status_0(room: Classroom) -> None:
    room.submit("ada", RIGHT)

    assert room.grade().status == 0


def test_nobody_handed_anything_in(room: Classroom) -> None:
    summary = room.grade()

    assert (summary.outcomes, summary.mean, summary.status) == ((), None, 0)


def test_the_command_prints_json_for_scripts(room: Classroom) -> None:
    room.submit("ada", RIGHT)
    room.submit("bo", b"")

    done = subprocess.run(
        [sys.executable, "-m", "autograder", "grade", LESSON, "--json", "--course", str(room.root)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=False,
        text=True,
    )

    assert done.returncode == 1
    said = json.loads(done.stdout)
    assert (said["graded"], said["mean"]) == (1, 10)
    assert said["could_not_be_graded"] == [
        {"student": "bo", "notebook": LESSON, "reasons": ["the file is empty"]}
    ]
    assert [one["points"] for one in said["students"]] == [10, 0]


@pytest.mark.parametrize(
    ("lesson", "where", "said"),
    [
        (
            "01_layers",
            ".",
            "01_layers was not released in this course: nbgrader generate_assignment",
        ),
        (LESSON, "..", "there is no nbgrader_config.py in"),
    ],
    ids=["not released", "no course"],
)
def test_what_is_missing_is_said(
    room: Classroom, capsys: pytest.CaptureFixture[str], lesson: str, where: str, said: str
) -> None:
    status = main(["grade", lesson, "--course", str(room.root / where)])

    assert status == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("done", "seconds", "said"),
    [
        (0, 0, "0/200  about 0 s left"),
        (50, 10, "50/200  about 30 s left"),
        (50, 100, "50/200  about 5 min left"),
        (200, 40, "200/200"),
    ],
)
def test_the_progress_line_tells_the_time_left(done: int, seconds: float, said: str) -> None:
    assert line(done, 200, seconds).endswith(said)


def test_nbgrader_s_own_command_finds_a_renamed_notebook_and_follows_no_link(
    room: Classroom,
) -> None:
    room.submit("ada", RIGHT, name=f"{LESSON} (1).ipynb")
    secret = room.root / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    room.path("ada", name="notes.txt").symlink_to(secret)
    room.path("ada", name="own.txt").write_text("own", encoding="utf-8")

    done = NbGraderAPI(room.course.directory, config=room.course.config).autograde(LESSON, "ada")

    assert done["success"], done["error"]
    assert room.scores("ada") == FULL
    assert room.path("ada", "autograded", "own.txt").exists()
    assert not room.path("ada", "autograded", "notes.txt").exists()
    assert secret.exists()
