"""The students' repository stands by itself, and holds no key, no hidden check and no solution."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograder import keys
from autograder.feedback import Feedback
from autograder.publish import NotEmptyError, publish
from notebooks import weave
from tests.autograder.classroom import LESSON, RIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.autograder.classroom import Classroom

PROJECT = Path(__file__).parents[2]
LONG = 12
"""A solution line of so many characters is nobody's by chance."""


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("publish") / "students"
    list(publish(folder))
    return folder


def _solution_lines(lesson: str) -> set[str]:
    """Return the long lines between the solution marks of a lesson, but those that it also teaches."""
    source = weave.source(lesson, "en")
    shown = "\n".join(cell.source for cell in weave.student(source).cells)
    lines: set[str] = set()
    for cell in source.cells:
        _, begin, rest = cell.source.partition("### BEGIN SOLUTION")
        if begin and cell.metadata.get("nbgrader", {}).get("solution"):
            body = rest.partition("### END SOLUTION")[0]
            lines |= {line.strip() for line in body.splitlines() if len(line.strip()) >= LONG}
    return {line for line in lines if line not in shown}


def _secrets() -> Iterator[tuple[str, str]]:
    """Yield a name and a text that only the instructor's side may hold."""
    for number, value in enumerate(keys.answers().values()):
        if len(json.dumps(value)) >= LONG:
            yield f"key {number}", repr(value)
            yield f"key {number} as JSON", json.dumps(value)
    for path in sorted((PROJECT / "autograder" / "keys").glob("lesson_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Check":
                yield f"a hidden check of {path.stem}", ast.unparse(node.args[2])


def _texts(folder: Path) -> str:
    suffixes = {".py", ".ipynb", ".toml", ".html", ".md", ".txt", ""}
    return "\n".join(
        path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in suffixes
    )


def test_the_search_for_secrets_has_something_to_find() -> None:
    own = _texts(PROJECT / "autograder" / "keys")
    squeezed = "".join(own.split()).replace("'", '"')

    assert "BEGIN SOLUTION" in (weave.LESSONS / f"{LESSON}.py").read_text("utf-8")
    assert _solution_lines(LESSON)
    hidden = [text for name, text in _secrets() if "hidden" in name]
    assert hidden
    assert all("".join(text.split()).replace("'", '"')[:20] in squeezed for text in hidden)


def test_the_students_edition_holds_no_secret(edition: Path) -> None:
    text = _texts(edition)
    notebooks = _texts(edition / "notebooks")

    assert [name for name, secret in _secrets() if secret in text] == []
    assert "BEGIN SOLUTION" not in notebooks
    solutions = {line for lesson in weave.lessons() for line in _solution_lines(lesson)}
    cells = {
        line.strip()
        for path in (edition / "notebooks").rglob("*.ipynb")
        for cell in json.loads(path.read_text("utf-8"))["cells"]
        if cell["metadata"].get("nbgrader", {}).get("solution")
        for line in "".join(cell["source"]).splitlines()
    }
    assert solutions & cells == set()


def test_release_and_feedback_hold_no_secret(room: Classroom) -> None:
    room.submit("ada", {"cmd-greet": RIGHT["cmd-greet"].replace("hello", "hi")})
    room.grade()
    Feedback(room.course, LESSON).make()

    for step in ("release", "feedback"):
        text = _texts(room.root / step)
        assert LESSON in text
        assert [name for name, secret in _secrets() if secret in text] == []
        assert [line for line in _solution_lines(LESSON) if line in text] == []


def test_neither_grader_nor_tests_nor_lesson_sources_are_in_it(edition: Path) -> None:
    there = {path.relative_to(edition).parts[0] for path in edition.rglob("*")}

    assert there == {
        *(".gitignore", "LICENSE", "Makefile", "README.md", "pyproject.toml"),
        *("binder", "course_lib", "notebooks"),
    }
    assert {path.name for path in (edition / "notebooks").iterdir()} == {"en", "zh", "layers.png"}
    assert not list(edition.rglob("__pycache__"))


def test_it_works_without_the_rest_of_the_kit(edition: Path) -> None:
    code = "import course_lib.exercises as e; print(e.__file__, e.evaluate(e.find('cmd-env'), {}).points)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=edition, capture_output=True, check=True, text=True
    )

    assert done.stdout == f"{edition}/course_lib/exercises/__init__.py 0.0\n"


def test_repo2docker_accepts_it(edition: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "repo2docker", "--no-build", "--debug"),
            *("--user-id", "1000", "--user-name", "jovyan", str(edition)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "RUN ./binder/postBuild" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("words", "said", "status"),
    [
        (["-n", "lab"], "notebooks/en/00_welcome.ipynb", 0),
        (["-n", "lab", "COURSE_LANG=zh"], "notebooks/zh/00_welcome.ipynb", 0),
        ([], "make lab", 0),
        (["-n", "test"], "No rule to make target", 2),
    ],
    ids=["lab", "lab in Chinese", "help", "no test"],
)
def test_its_makefile_has_what_a_student_needs(
    edition: Path, words: list[str], said: str, status: int
) -> None:
    done = subprocess.run(
        ["make", *words],
        cwd=edition,
        capture_output=True,
        check=False,
        text=True,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
    )

    assert done.returncode == status
    assert said in done.stdout + done.stderr


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "thesis.txt").touch()

    with pytest.raises(NotEmptyError, match="is not empty"):
        list(publish(tmp_path))

    assert {path.name for path in tmp_path.iterdir()} == {".git", "thesis.txt"}
