"""What is typed after %docker reaches docker as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.magics.conftest import Notebook

AS_TYPED = {
    "dollars and braces": ("echo $HOME ${x} {y} $$", "$HOME ${x} {y} $$"),
    "a question mark": ("echo who?", "who?"),
    "two question marks": ("echo who??", "who??"),
    "a lone question mark": ("echo ?", "?"),
    "an exclamation mark": ("echo hi !", "hi !"),
    "an exclamation mark before a word": ("echo !ls", "!ls"),
    "percent signs": ("echo 100% %docker", "100% %docker"),
    "two blanks in quotes": ("echo 'a  b'", "a  b"),
    "a backslash in quotes": (r"echo 'a\nb' 'c\d'", r"a\nb c\d"),
    "Chinese": ("echo 你好？", "你好？"),
    "an assignment": ("echo a = b", "a = b"),
    "a semicolon in quotes": ("echo 'a;'", "a;"),
}


@pytest.fixture
def alpine(notebook: Notebook) -> Notebook:
    notebook.run("%docker pull alpine")
    notebook.run("x, y, HOME = 'no', 'no', 'no'")
    return notebook


@pytest.mark.parametrize(("typed", "printed"), AS_TYPED.values(), ids=AS_TYPED)
def test_a_line_reaches_docker_as_typed(typed: str, printed: str, alpine: Notebook) -> None:
    assert alpine.run(f"%docker run --rm alpine {typed}").printed == f"{printed}\n"


@pytest.mark.parametrize(("typed", "printed"), AS_TYPED.values(), ids=AS_TYPED)
def test_a_line_of_a_cell_reaches_docker_as_typed(
    typed: str, printed: str, alpine: Notebook
) -> None:
    assert alpine.run(f"%%docker\ndocker run --rm alpine {typed}").printed == f"{printed}\n"


@pytest.mark.parametrize(("typed", "printed"), AS_TYPED.values(), ids=AS_TYPED)
def test_the_line_above_a_script_reaches_docker_as_typed(
    typed: str, printed: str, alpine: Notebook
) -> None:
    assert alpine.run(f"%%docker run --rm -i alpine {typed}\nnothing").printed == f"{printed}\n"


def test_a_template_is_not_filled_in_by_ipython(alpine: Notebook) -> None:
    alpine.run("Id = 'no'")

    assert alpine.run("%docker inspect -f '{{.Id}}' alpine").printed.startswith("sha256:")
    assert alpine.run("%docker inspect -f {{.Os}} alpine").printed == "linux\n"


def test_a_line_goes_on_after_a_backslash(alpine: Notebook) -> None:
    ran = alpine.run("%docker run --rm \\\n  alpine \\\n  echo 'one  two' three?\ny = 1")

    assert ran.printed == "one  two three?\n"
    assert alpine.shell.user_ns["y"] == 1


def test_a_line_works_inside_a_loop(alpine: Notebook) -> None:
    ran = alpine.run("for _ in range(2):\n    %docker run --rm alpine echo again?\n")

    assert ran.printed == "again?\nagain?\n"


@pytest.mark.parametrize(
    "source",
    ["text = '''\n%docker ps?\n'''", 'text = """\n%docker ps\n"""', "# %docker ps\ntext = ''"],
)
def test_a_line_in_a_string_or_a_comment_is_left_alone(source: str, alpine: Notebook) -> None:
    ran = alpine.run(source)

    assert (ran.printed, ran.error) == ("", None)
    assert alpine.shell.user_ns["text"] in source


@pytest.mark.parametrize("source", ["len?", "%docker?", "%picture?"])
def test_a_question_to_ipython_is_still_one(source: str, alpine: Notebook) -> None:
    assert "Docstring" in alpine.run(source).printed


def test_the_cell_is_the_input_of_the_command_above_it(alpine: Notebook) -> None:
    ran = alpine.run("%%docker run --rm -i alpine sh\nx=1\necho $x $((x+1)) {x} 'why?'\n")

    assert ran.printed == "1 2 {x} why?\n"


def test_one_command_needs_no_body_below_it(alpine: Notebook) -> None:
    ran = alpine.run("%%docker run --rm alpine echo one")

    assert (ran.printed, ran.error) == ("one\n", None)


def test_each_command_of_several_is_shown_before_its_output(alpine: Notebook) -> None:
    script = "docker run --rm alpine echo one\n\n# a comment\nrun --rm alpine echo two\n"

    assert alpine.run(f"%%docker\n{script}").printed == (
        "$ docker run --rm alpine echo one\none\n$ run --rm alpine echo two\ntwo\n"
    )


def test_what_a_program_writes_to_both_streams_comes_in_its_order(alpine: Notebook) -> None:
    ran = alpine.run("%docker run --rm alpine sh -c 'echo 1; echo 2 >&2; echo 3'")

    assert (ran.printed, ran.stderr) == ("1\n2\n3\n", "")
