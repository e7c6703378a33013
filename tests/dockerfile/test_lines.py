"""Lines: where instructions stand, what continues them, comments, directives."""

from __future__ import annotations

import pytest

from course_lib.dockerfile import parse
from course_lib.dockerfile.directives import find_directive, find_syntax
from course_lib.dockerfile.instructions import CheckWarning, Directive, Run, ShellForm, Span


def spans(text: str) -> list[str]:
    """The lines of the instructions of the first stage, FROM included."""
    stage = parse(text).stages[0]
    return [str(instruction.span) for instruction in (stage.base, *stage.instructions)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FROM a\nRUN b\n", ["1", "2"]),
        ("\n\nFROM a\n\n# c\nRUN b", ["3", "6"]),
        ("FROM a\nRUN b \\\n  c\nRUN d\n", ["1", "2-3", "4"]),
        ("FROM a\nRUN b \\\n\n\n  c\n", ["1", "2-5"]),
        ("FROM a\nRUN b \\\n# c\n", ["1", "2-3"]),
        ("FROM a\nRUN b \\\n\n", ["1", "2-3"]),
        ("FROM a\nRUN b \\", ["1", "2"]),
        ("FROM a\nRUN <<E\n1\nE\nRUN c\n", ["1", "2-4", "5"]),
        ("FROM a\nRUN <<E \\\n  <<F\n1\nE\n2\nF\nRUN c\n", ["1", "2-7", "8"]),
        ("\\\nFROM a\n", ["1-2"]),
        ("FROM a\r\nRUN b \\\r\n  c\r\n", ["1", "2-3"]),
        ("\ufeffFROM a\nRUN b\n", ["1", "2"]),
        ("FROM a\nRUN b\x0c\nRUN c\u2028d\n", ["1", "2", "3"]),
    ],
)
def test_an_instruction_covers_its_lines(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("# escape=`\nFROM a\nRUN b `\n c\n", "b  c"),
        ("# escape=`\nFROM a\nRUN b \\\nRUN c\n", "b \\"),
        ("# ESCAPE = `\nFROM a\nRUN b``\n", "b``"),
        ("#escape=\\\nFROM a\nRUN b\\\nc\n", "bc"),
        ("# a comment ends it\n# escape=`\nFROM a\nRUN b \\\n c\n", "b  c"),
        ("\n# escape=`\nFROM a\nRUN b \\\n c\n", "b  c"),
        ("# unknown=1\n# escape=`\nFROM a\nRUN b \\\n c\n", "b  c"),
        ("# syntax=x\n# escape=`\nFROM a\nRUN b `\n c\n", "b  c"),
        ("#!/x\n# escape=`\nFROM a\nRUN b \\\n c\n", "b  c"),
    ],
)
def test_the_escape_directive_counts_only_at_the_top(text: str, command: str) -> None:
    run = parse(text).stages[0].instructions[0]
    assert isinstance(run, Run)
    assert run.command == ShellForm(command)


def test_comments_belong_to_the_next_instruction() -> None:
    text = "# check=skip=all\n# one\n\n#two\nFROM a\nRUN b \\\n # inside\n c\n# gone\n#\n# last\nUSER d\n"
    stage = parse(text).stages[0]
    assert stage.base.comments == ("one", "two")
    assert [instruction.comments for instruction in stage.instructions] == [(), ("last",)]


def test_directives_are_kept_with_their_lines() -> None:
    found = parse("# Syntax = a/b:1 \n# check=skip=all\nFROM a\n").directives
    assert found == (
        Directive("syntax", "a/b:1", Span(1, 1)),
        Directive("check", "skip=all", Span(2, 2)),
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("# syntax=a\n", "a"),
        ("\ufeff# syntax=a\n", "a"),
        ("#!/x\n# syntax=a\n", "a"),
        ("# escape=`\n# syntax=a\n", "a"),
        ("// syntax=a\n", "a"),
        ('{"syntax": "a"}', "a"),
        ("FROM x\n# syntax=a\n", None),
        ("\n# syntax=a\n", None),
        ('{"syntax": 1}', None),
        ('{"syntax": "a"', None),
        ("# syntax=\n", None),
        ("[" * 3000, None),
        ('{"a":' * 3000, None),
    ],
)
def test_where_a_file_names_its_language(text: str, value: str | None) -> None:
    found = find_syntax(text)
    assert (found.value if found else None) == value


def test_check_is_a_directive_in_comments_only() -> None:
    assert find_directive("check", "// check=skip=all\n") is None


def test_an_empty_line_in_a_continued_instruction_is_a_warning_of_its_last_line() -> None:
    found = parse("FROM a\nRUN b \\\n\n  c\nRUN d \\\n # x\n e\n").warnings
    assert found == (CheckWarning("NoEmptyContinuation", "Empty continuation line", Span(4, 4)),)


def test_a_line_of_65535_bytes_is_still_read() -> None:
    longest = "RUN " + "é" * 32765 + "x"
    assert len(longest.encode()) == 65535
    assert spans(f"FROM a\n{longest}\n") == ["1", "2"]


def test_bytes_that_are_no_utf8_count_and_come_back_as_one_each() -> None:
    data = b"FROM a\nRUN " + b"\xff" * 65531
    assert "".join(parse(data).pieces).encode("utf-8", "surrogateescape") == data


def test_the_name_is_what_the_caller_says() -> None:
    assert parse("FROM a", name="web.Dockerfile").name == "web.Dockerfile"
