"""What a class brings over a term: late work, several attempts, corrected checks, reports, exports."""

from __future__ import annotations

import csv
import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from autograder import batch
from autograder import grade as grader
from autograder.__main__ import main
from autograder.attempts import collect
from autograder.course import CONFIG
from autograder.export import export
from autograder.feedback import Feedback
from autograder.likeness import alike
from autograder.report import Class, page
from course_lib.exercises import find
from tests.autograder.classroom import FULL, HALF, LESSON, NONE, RIGHT, notebook

if TYPE_CHECKING:
    from tests.autograder.classroom import Classroom

DUE = "2026-03-01 12:00:00"


def _due(room: Classroom, policy: str = "") -> None:
    with room.gradebook() as gradebook:
        gradebook.update_or_create_assignment(LESSON, duedate=DUE)
    with (room.root / CONFIG).open("a", encoding="utf-8") as file:
        file.write(f"\nc = get_config()\n{policy}\n")


def _points(room: Classroom, student: str) -> float:
    with room.gradebook() as gradebook:
        submission = gradebook.find_submission(LESSON, student)
        return float(submission.score - (submission.late_submission_penalty or 0))


TENTH = "c.LatePolicy.per_day = 0.1\nc.LatePolicy.at_most = 0.5\nc.LatePolicy.grace_minutes = 15"


@pytest.mark.parametrize(
    ("policy", "handed_in", "points"),
    [
        (TENTH, "2026-03-01 11:59:00 UTC", 10),
        (TENTH, "2026-03-01 12:15:00 UTC", 10),
        (TENTH, "2026-03-01 12:15:01 UTC", 9),
        (TENTH, "2026-03-01T20:00:00+08:00", 10),
        (TENTH, "2026-03-03 12:00:00 UTC", 8),
        (TENTH, "2026-04-01 12:00:00 UTC", 5),
        ("", "2026-04-01 12:00:00 UTC", 10),
        ("c.LatePolicy.penalty_method = 'zero'", "2026-03-02 12:00:00 UTC", 0),
    ],
    ids=["in time", "grace", "one day", "a zone", "two days", "at most", "no policy", "nbgrader's"],
)
def test_being_late_costs_what_the_policy_says(
    room: Classroom, policy: str, handed_in: str, points: float
) -> None:
    _due(room, policy)
    room.submit("ada", RIGHT, timestamp=handed_in)
    room.grade()

    assert _points(room, "ada") == points


def test_an_extension_counts(room: Classroom) -> None:
    _due(room, TENTH)
    room.submit("ada", RIGHT, timestamp="2026-03-03 12:00:00 UTC")
    room.grade()
    with room.gradebook() as gradebook:
        gradebook.grant_extension(LESSON, "ada", days=2)
    room.grade(force=True)

    assert _points(room, "ada") == 10


def _attempt(room: Classroom, student: str, when: str, answers: dict[str, str] | bytes) -> None:
    folder = room.root / "inbound" / f"{student}+{LESSON}+{when} UTC+x"
    folder.mkdir(parents=True)
    raw = answers if isinstance(answers, bytes) else json.dumps(notebook(answers)).encode()
    (folder / f"{LESSON}.ipynb").write_bytes(raw)
    (folder / "timestamp.txt").write_text(f"{when} UTC", encoding="utf-8")


@pytest.mark.parametrize(
    ("keep", "ada", "bo"),
    [("best", FULL, FULL), ("last", {**NONE, "cmd-table": 1, "cmd-greet": 1}, dict.fromkeys(FULL))],
)
def test_the_best_or_the_last_attempt_counts(
    room: Classroom, keep: str, ada: dict[str, float], bo: dict[str, float | None]
) -> None:
    _attempt(room, "ada", "2026-02-01 10:00:00", RIGHT)
    _attempt(room, "ada", "2026-02-02 10:00:00", HALF)
    _attempt(room, "bo", "2026-02-01 10:00:00", RIGHT)
    _attempt(room, "bo", "2026-02-02 10:00:00", b"{")

    status = main(
        ["collect", LESSON, str(room.root / "inbound"), "--keep", keep, "--course", str(room.root)]
    )
    room.grade()

    assert status == 0
    assert room.scores("ada") == ada
    assert room.scores("bo") == bo


def test_the_best_attempt_is_the_best_after_the_penalty(room: Classroom) -> None:
    _due(room, "c.LatePolicy.per_day = 0.9")
    _attempt(room, "ada", "2026-02-01 10:00:00", HALF)
    _attempt(room, "ada", "2026-03-02 10:00:00", RIGHT)

    (chosen,) = collect(room.course, LESSON, room.root / "inbound", "best")
    room.grade()

    assert chosen.timestamp == dt.datetime(2026, 2, 1, 10)  # noqa: DTZ001 - nbgrader's are UTC
    assert _points(room, "ada") == 2


def test_a_corrected_check_grades_anew_and_keeps_manual_points(
    room: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    for student in ("ada", "bo"):
        room.submit(student, RIGHT)
    room.grade()
    with room.gradebook() as gradebook:
        gradebook.find_grade("cmd-env-check", LESSON, LESSON, "bo").manual_score = 1
        gradebook.db.commit()

    real = find("cmd-env")
    corrected = replace(real, checks=tuple(replace(one, points=0.25) for one in real.checks))
    monkeypatch.setattr(grader, "find", lambda name: corrected if name == real.id else find(name))
    monkeypatch.setattr(batch, "kit_version", lambda: "corrected")
    grader.forget()
    summary = room.grade()
    grader.forget()

    changed = 0.25 * len(real.checks)
    assert summary.count("graded") == 2
    assert room.scores("ada")["cmd-env"] == changed
    assert _points(room, "ada") == 10 - 1.5 + changed
    assert _points(room, "bo") == 10 - 1.5 + 1
    assert room.waiting("bo") == {"cmd-env"}


def test_feedback_is_made_again_only_where_something_changed(room: Classroom) -> None:
    for student in ("ada", "bo"):
        room.submit(student, HALF)
    room.grade()
    first = Feedback(room.course, LESSON).make()
    second = Feedback(room.course, LESSON).make()
    with room.gradebook() as gradebook:
        gradebook.find_comment("cmd-greet", LESSON, LESSON, "bo").manual_comment = "see **me**"
        gradebook.db.commit()
    third = Feedback(room.course, LESSON).make()

    assert (first.made, second.made, second.unchanged) == (2, 0, 2)
    assert (third.made, third.unchanged) == (1, 1)
    html = room.path("bo", "feedback", f"{LESSON}.html").read_text("utf-8")
    assert "see <strong>me</strong>" in html
    assert "an argument takes the place of world" in html


def _named(room: Classroom) -> None:
    room.submit("ada", RIGHT)
    room.submit("bo", HALF)
    room.grade()
    with room.gradebook() as gradebook:
        gradebook.update_or_create_student(
            "ada", first_name="Ada", last_name="Lovelace", email="ada@example.org"
        )
        gradebook.add_student("cy", first_name="=cmd()", last_name="-2+3")


@pytest.mark.parametrize(
    ("form", "rows"),
    [
        (
            "csv",
            [
                ["student", "last_name", "first_name", LESSON, "sum", "max"],
                ["ada", "Lovelace", "Ada", "10.0", "10.0", "10.0"],
                ["bo", "", "", "2.0", "2.0", "10.0"],
                ["cy", "'-2+3", "'=cmd()", "", "0", "10.0"],
            ],
        ),
        (
            "canvas",
            [
                ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", LESSON],
                ["    Points Possible", "", "", "", "", "10.0"],
                ["Lovelace, Ada", "", "ada", "ada@example.org", "", "10.0"],
                ["bo", "", "bo", "bo", "", "2.0"],
                ["'-2+3, =cmd()", "", "cy", "cy", "", ""],
            ],
        ),
        (
            "moodle",
            [
                ["ID number", "Username", "Email address", "First name", "Last name", LESSON],
                ["ada", "ada", "ada@example.org", "Ada", "Lovelace", "10.0"],
                ["bo", "bo", "", "", "", "2.0"],
                ["cy", "cy", "", "'=cmd()", "'-2+3", "-"],
            ],
        ),
    ],
)
def test_the_gradebook_is_exported(room: Classroom, form: str, rows: list[list[str]]) -> None:
    _named(room)

    text = export(room.course, form)  # type: ignore[arg-type]

    assert list(csv.reader(text.splitlines())) == rows


def test_the_report_is_one_page_that_names_checks_misconceptions_and_reasons(
    room: Classroom,
) -> None:
    room.submit("ada", RIGHT)
    room.submit("bo", HALF)
    room.submit("cy", {"cmd-greet": "%%dockerfile cmd-greet\nFROM alpine\nCMD echo '<b>hello</b>'"})
    room.submit("di", b"")
    room.grade()

    html = page(Class.read(room.course, LESSON))

    assert "4 submissions. The mean is 4 points." in html
    assert "<td>di</td><td>the file is empty</td>" in html
    assert '<td>an argument takes the place of world</td><td class="n">1 of 3</td>' in html
    assert "<pre>1 × " in html
    assert "&lt;b&gt;hello&lt;/b&gt;" in html
    assert "<b>hello" not in html
    assert "<script" not in html
    assert "http" not in html


OWN = (
    "%%dockerfile cmd-greet\nFROM alpine\n# my grandmother's greeting, do not touch\n"
    "LABEL maker={who}\nWORKDIR /srv/kitchen\nENV SPOON=silver\n"
    'ENTRYPOINT ["echo", "hello"]\nCMD ["world"]'
)


def test_answers_that_share_what_few_others_have_are_named() -> None:
    answers = {f"s{n}": {"cmd-greet": RIGHT["cmd-greet"]} for n in range(10)}
    answers["eve"] = {"cmd-greet": OWN.format(who="eve")}
    answers["mallory"] = {"cmd-greet": OWN.format(who="eve") + "\n"}

    (pair,) = alike(answers)

    assert (pair.answer_id, pair.students) == ("cmd-greet", ("eve", "mallory"))
    assert "# my grandmother's greeting, do not touch" in pair.shared
    assert "FROM alpine" not in pair.shared


@pytest.mark.parametrize(
    "answers",
    [
        {f"s{n}": {"cmd-greet": RIGHT["cmd-greet"]} for n in range(10)},
        {"a": {"cmd-greet": "%%dockerfile cmd-greet\n# YOUR ANSWER HERE"}, "b": {"cmd-greet": ""}},
        {
            "a": {"cmd-greet": OWN.format(who="a")},
            "b": {"cmd-greet": "%%dockerfile x\nFROM debian\nUSER 1\nENV A=2\nLABEL q=r"},
        },
    ],
    ids=["the whole class is right", "blank", "different"],
)
def test_answers_that_only_the_exercise_made_alike_are_not_named(
    answers: dict[str, dict[str, str]],
) -> None:
    assert alike(answers) == ()
