"""The folder tests/answers: each answer earns exactly its points, and the reason is said."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograder.grade import Question, grade
from autograder.keys import answers as keys
from autograder.keys import hidden
from course_lib.exercises import (
    CommandsAnswer,
    Desk,
    DockerfileAnswer,
    Exercise,
    FileAnswer,
    LiteralAnswer,
    NoSuchAnswerError,
    NoSuchExerciseError,
    Points,
    attempt,
    evaluate,
    find,
)
from course_lib.exercises.catalogue import exercises, lessons
from course_lib.exercises.literals import Sealed, seal
from course_lib.exercises.machine import Machine
from course_lib.run.argv import resolve
from course_lib.text import speaking

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parents[1] / "answers"


@dataclass(frozen=True)
class Case:
    exercise: Exercise
    name: str
    answer: str
    points: float
    says: tuple[str, ...]

    @property
    def source(self) -> str:
        """The answer cell, as a learner has it."""
        (cell,) = self.exercise.answers
        body = self.answer.lstrip("\n")
        match cell:
            case DockerfileAnswer(id=name):
                return f"%%dockerfile {name}\n{body}"
            case CommandsAnswer(id=name):
                return f"%%docker --answer {name}\n{body}"
            case FileAnswer(id=name, path=path):
                return f"%%contextfile {path} --answer {name}\n{body}"
            case LiteralAnswer():
                return body

    @property
    def sources(self) -> dict[str, str]:
        return {self.exercise.answers[0].id: self.source}


def _cases(kind: str) -> list[Case]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        exercise = find(path.stem)
        for row in tomllib.loads(path.read_text(encoding="utf-8"))[kind]:
            points = row.get("points", exercise.points)
            found.append(
                Case(exercise, row["name"], row["answer"], points, tuple(row.get("says", ())))
            )
    return found


RIGHT = _cases("right")
WRONG = _cases("wrong")
ALL = RIGHT + WRONG


def _id(case: Case) -> str:
    return f"{case.exercise.id}: {case.name}"


@pytest.mark.parametrize("case", RIGHT, ids=_id)
def test_a_right_answer_earns_all_points_whatever_its_style(case: Case) -> None:
    report = evaluate(case.exercise, case.sources, hidden=hidden(case.exercise.id))

    assert not report.problems
    assert report.points == case.exercise.points, report.explanation()
    assert all(verdict.passed for verdict in report.verdicts)


@pytest.mark.parametrize("case", WRONG, ids=_id)
def test_a_wrong_answer_earns_its_exact_points_and_hears_why(case: Case) -> None:
    report = evaluate(case.exercise, case.sources, hidden=hidden(case.exercise.id))

    said = report.explanation()
    assert report.points == case.points, said
    assert not all(verdict.passed for verdict in report.verdicts)
    assert [words for words in case.says if words not in said] == [], said


@pytest.mark.parametrize("case", ALL, ids=_id)
def test_the_kernel_and_the_grader_give_the_same_words_and_points(case: Case) -> None:
    public = evaluate(case.exercise, case.sources)
    graded = grade(Question.of(case.exercise.id, case.sources))

    assert graded.held is None
    both = evaluate(case.exercise, case.sources, hidden=hidden(case.exercise.id))
    assert (graded.points, graded.explanation.en) == (both.points, both.explanation())
    assert both.verdicts[: len(public.verdicts)] == public.verdicts
    assert both.problems == public.problems
    decided = sum(verdict.points for verdict in both.verdicts[len(public.verdicts) :])
    assert round(public.points + decided, 2) == graded.points


@pytest.mark.parametrize("case", WRONG, ids=_id)
def test_the_grader_s_chinese_is_what_a_chinese_kernel_says(case: Case) -> None:
    graded = grade(Question.of(case.exercise.id, case.sources))
    with speaking("zh"):
        kernel = evaluate(case.exercise, case.sources, hidden=hidden(case.exercise.id))

        assert graded.explanation.zh == kernel.explanation()


@pytest.mark.parametrize("case", WRONG, ids=_id)
def test_every_reason_is_said_in_chinese_too(case: Case) -> None:
    report = evaluate(case.exercise, case.sources)

    for verdict in report.verdicts:
        assert verdict.finding is not None
        for text in (verdict.name, verdict.finding.expected):
            assert any("\u4e00" <= char <= "\u9fff" for char in text.zh)
    with speaking("zh"):
        said = report.explanation()
    assert "expected: " not in said
    assert "期望：" in said


@pytest.mark.parametrize("exercise", exercises(), ids=lambda exercise: exercise.id)
def test_an_exercise_has_two_right_answers_and_four_wrong_ones(exercise: Exercise) -> None:
    assert len([case for case in RIGHT if case.exercise is exercise]) >= 2
    assert len([case for case in WRONG if case.exercise is exercise]) >= 4


@pytest.mark.parametrize("exercise", exercises(), ids=lambda exercise: exercise.id)
@pytest.mark.parametrize("given", ["none", "stub"])
def test_an_untouched_exercise_earns_nothing_and_says_what_to_do(
    exercise: Exercise, given: str
) -> None:
    stubs = {cell.id: "# YOUR ANSWER HERE" for cell in exercise.answers}
    report = evaluate(exercise, stubs if given == "stub" else {}, hidden=hidden(exercise.id))

    assert report.points == 0
    assert not any(verdict.passed for verdict in report.verdicts)
    assert "There is no answer yet" in report.explanation()


def test_an_answer_of_too_many_commands_is_stopped_and_says_so() -> None:
    source = "%%docker --answer layers-two\n" + "docker ps\n" * 201

    report = evaluate(find("layers-two"), {"layers-two": source})

    assert "an answer has at most 200 commands" in report.explanation()


def test_commands_that_take_too_long_are_stopped_and_say_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hours = iter(range(0, 10**6, 3600))
    monkeypatch.setattr(attempt, "monotonic", lambda: next(hours))

    report = evaluate(find("layers-two"), {"layers-two": "%%docker --answer layers-two\nps\nps"})

    assert "the commands took longer than 30 seconds" in report.explanation()


def test_the_same_answer_twice_gives_an_equal_report() -> None:
    case = next(case for case in WRONG if case.exercise.id == "layers-keep")

    assert evaluate(case.exercise, case.sources) == evaluate(case.exercise, case.sources)


def test_a_lesson_has_ten_points_in_three_exercises_and_three_of_them_from_literals() -> None:
    for module in lessons():
        number = module.removeprefix("lesson_")
        graded = [one for one in exercises() if not one.practice]
        own = [one for one in graded if one.lesson.startswith(number)]
        if module == "lesson_00":
            assert sum(one.points for one in own) == 0
            continue
        literal = [one for one in own if isinstance(one.answers[0], LiteralAnswer)]
        capstone = module == "lesson_21"
        assert len(own) >= (1 if capstone else 3)
        assert sum(one.points for one in own) == (20 if capstone else 10)
        assert sum(one.points for one in literal) <= 3


def test_the_digests_of_literals_are_those_of_the_keys() -> None:
    sealed = {
        check.judge.answer_id: check.judge
        for exercise in exercises()
        for check in exercise.checks
        if isinstance(check.judge, Sealed)
    }

    assert sealed.keys() == keys().keys()
    for name, judge in sealed.items():
        assert judge.digests == seal(name, keys()[name], fold=judge.fold)


def test_hidden_points_are_those_of_the_hidden_checks() -> None:
    for exercise in exercises():
        assert exercise.hidden_points == sum(check.points for check in hidden(exercise.id))


def test_a_hidden_check_says_passed_or_not_and_nothing_else() -> None:
    case = next(c for c in WRONG if _id(c) == "cmd-greet: CMD alone")
    lines = evaluate(case.exercise, case.sources, hidden=hidden("cmd-greet")).explanation()

    assert "x y z" not in lines
    assert lines.rstrip().endswith(
        "[0/0.5] not yet: any other words, as many as you like\n\n1 of 3 points"
    )


def test_the_key_of_commit_misses_is_what_docker_does() -> None:
    machine = Machine()
    for line in (
        'docker run --name c1 -v logs:/log debian sh -c "echo 1 > /log/one; echo 2 > /etc/two"',
        "docker commit c1 second",
        'docker run --name c2 second sh -c "rm /etc/two; echo 3 > /srv/three; echo 4 > /log/four"',
        "docker commit c2 third",
    ):
        assert machine.docker(line).exit_code == 0
    key = keys()["commit-misses"]
    assert isinstance(key, dict)

    there = {
        path: "no" if machine.docker(["run", "third", "ls", path]).exit_code else "yes"
        for path in key
        if path.startswith("/")
    }
    image, ancestors = machine.engine.image("third"), []
    while origin := machine.engine.made_from(image):
        image = origin.parent
        ancestors.append(machine.engine.references(image)[0].removesuffix(":latest"))

    assert {"ancestors": ancestors, **there} == key


@pytest.mark.parametrize(
    ("row", "dockerfile", "words"),
    [
        ("a", 'ENTRYPOINT ["echo", "hello"]\nCMD ["world"]', ()),
        ("b", 'ENTRYPOINT ["echo", "hello"]\nCMD ["world"]', ("docker",)),
        ("c", "CMD echo hi", ()),
        ("d", 'ENTRYPOINT ["top"]\nCMD run -b', ()),
        ("e", 'CMD ["date"]\nCMD ["uptime"]', ()),
        ("f", 'CMD ["sh"]\nFROM base\nENTRYPOINT ["ls"]', ()),
    ],
)
def test_the_key_of_cmd_table_is_what_docker_does(
    row: str, dockerfile: str, words: tuple[str, ...]
) -> None:
    machine = Machine()
    machine.build(f"FROM busybox AS base\n{dockerfile}\n", "it")
    key = keys()["cmd-table"]
    assert isinstance(key, dict)

    image = machine.engine.image("it")

    assert list(resolve(image.config, words).argv) == key[row]


def test_a_desk_gives_docker_commands_a_fresh_machine_in_the_starting_state_each_time() -> None:
    desk = Desk()
    line = "run --name edited site true"

    first, second = (desk.bench("layers-diff").docker(line) for _ in range(2))

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert desk.machine.engine.ps(all=True) == ()


def test_a_desk_builds_a_dockerfile_on_the_notebook_s_engine_with_the_exercise_s_files() -> None:
    desk = Desk()

    built = desk.bench("cmd-stop").build("FROM alpine\nCOPY server.sh /\n", "cmd-stop")

    assert built.exit_code == 0, built.stderr
    assert desk.machine.engine.find_image("cmd-stop") is not None
    assert desk.machine.files == {}


def test_a_desk_checks_the_last_text_of_each_answer_cell_and_no_other_cell() -> None:
    desk = Desk()
    for source in (
        "%%dockerfile cmd-env\nFROM alpine\nENV M2_HOME=/usr/share/maven3\nCMD echo $M2_HOME",
        "cmd_env = 'not an answer of this exercise'",
        "%%dockerfile scratch-work\nFROM alpine",
    ):
        desk.hear(source)
    assert desk.check("cmd-env").points == 1.5

    desk.hear("%%dockerfile cmd-env\nFROM alpine")

    assert desk.check("cmd-env").points == 0


@pytest.mark.parametrize(
    ("ask", "error", "near"),
    [
        (lambda desk: desk.check("layer-diff"), NoSuchExerciseError, "did you mean layers-diff?"),
        (lambda desk: desk.bench("cmd-grete"), NoSuchAnswerError, "did you mean cmd-greet?"),
        (lambda desk: desk.check("zzzzzz"), NoSuchExerciseError, "no exercise 'zzzzzz'"),
    ],
)
def test_an_unknown_id_names_the_nearest_one(
    ask: Callable[[Desk], object], error: type[NoSuchAnswerError | NoSuchExerciseError], near: str
) -> None:
    with pytest.raises(error) as unknown:
        ask(Desk())
    assert isinstance(unknown.value, NoSuchAnswerError | NoSuchExerciseError)

    assert near in unknown.value.reason.en


def test_points_are_a_bare_number_as_text_and_a_sentence_as_html() -> None:
    value = Points(2.5, of=4)

    assert (repr(value), value._repr_html_()) == ("2.5", "<b>2.5 of 4 points</b>")


def test_a_dockerfile_for_an_exercise_sees_the_files_of_the_exercise_alone() -> None:
    desk = Desk()
    desk.machine.files["mine.txt"] = "of the notebook\n"
    desk.machine.docker("ps")

    desk.bench("cmd-stop").build("FROM alpine\nCOPY . /context/\n", "cmd-stop")

    image = desk.machine.engine.find_image("cmd-stop")
    assert image is not None
    assert image.tree.children("/context") == ("server.sh",)
