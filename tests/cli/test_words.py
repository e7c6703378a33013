"""A line into words: as a POSIX shell splits it, without the shell's other powers."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.cli.words import LineError, commands


def words(line: str) -> tuple[str, ...]:
    (command,) = commands(line)
    return command.words


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("run alpine ls", ("run", "alpine", "ls"), id="blanks"),
        pytest.param("  run\t alpine  ", ("run", "alpine"), id="many blanks"),
        pytest.param("inspect -f '{{.Id}}' x", ("inspect", "-f", "{{.Id}}", "x"), id="single"),
        pytest.param('run x sh -c "echo a b"', ("run", "x", "sh", "-c", "echo a b"), id="double"),
        pytest.param(r"a\ b c", ("a b", "c"), id="escaped blank"),
        pytest.param(r'"a\"b" "a\nb"', ('a"b', r"a\nb"), id="escapes in double quotes"),
        pytest.param(r"'a\'b", (r"a\b",), id="no escapes in single quotes"),
        pytest.param("a'b'\"c\"d", ("abcd",), id="pieces of one word"),
        pytest.param("run x ''", ("run", "x", ""), id="an empty word"),
        pytest.param("ps # all of them", ("ps",), id="comment"),
        pytest.param("a#b", ("a#b",), id="no comment inside a word"),
        pytest.param("run x echo $HOME ${x} *", ("run", "x", "echo", "$HOME", "${x}", "*"), id="$"),
        pytest.param("run \\\n  --rm x", ("run", "--rm", "x"), id="continuation"),
        pytest.param('sh -c "a\nb"', ("sh", "-c", "a\nb"), id="a quote over two lines"),
        pytest.param("sh -c 'a | b && c > d; e'", ("sh", "-c", "a | b && c > d; e"), id="quoted"),
        pytest.param("ls? !!", ("ls?", "!!"), id="question and exclamation marks"),
    ],
)
def test_words_of_one_line(line: str, expected: tuple[str, ...]) -> None:
    assert words(line) == expected


@pytest.mark.parametrize(
    ("line", "message", "number"),
    [
        ("run 'x", "unexpected EOF while looking for matching `''", 1),
        ('ps\nrun "x', "unexpected EOF while looking for matching `\"'", 2),
        ("run x ls | wc", "syntax error near unexpected token `|'", 1),
        ("run x && ps", "syntax error near unexpected token `&&'", 1),
        ("ps\n\nrun x > out", "syntax error near unexpected token `>'", 3),
        ("rm $(docker ps -q)", "syntax error near unexpected token `$('", 1),
        ("ps; ps", "syntax error near unexpected token `;'", 1),
    ],
)
def test_what_only_a_host_shell_could_do_is_refused_with_its_line(
    line: str, message: str, number: int
) -> None:
    with pytest.raises(LineError) as caught:
        list(commands(line))
    assert (caught.value.message, caught.value.line) == (message, number)
    assert f"ine {number}" in caught.value.help.en
    assert f"第 {number} 行" in caught.value.help.zh


def test_a_script_has_one_command_per_line() -> None:
    script = "# begin\nrun -d \\\n  x\n\n  docker ps -a # now\n"
    found = [(command.line, command.words) for command in commands(script)]
    assert found == [(2, ("run", "-d", "x")), (5, ("docker", "ps", "-a"))]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=1))
def test_quoted_words_come_back(given_words: list[str]) -> None:
    assert words(shlex.join(given_words)) == tuple(given_words)
