"""What is refused, and how it is said."""

from __future__ import annotations

import re

import pytest

from course_lib.dockerfile import DockerfileError, parse, parse_trigger
from course_lib.dockerfile.instructions import Span
from tests.dockerfile.refused import ALL, Refused

_CHINESE = re.compile("[\u4e00-\u9fff]")


def refusal(text: str) -> DockerfileError:
    with pytest.raises(DockerfileError) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.about)
def test_a_wrong_file_is_refused_in_buildkits_words(case: Refused) -> None:
    error = refusal(case.text)
    assert error.message == case.message
    assert error.span == (Span(*case.lines) if case.lines else None)


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.about)
def test_a_refusal_shows_a_way_out_in_both_languages(case: Refused) -> None:
    way_out = refusal(case.text).help
    assert way_out is not None
    assert way_out.en[0].isupper() or way_out.en[0] in "-`"
    assert not _CHINESE.search(way_out.en)
    assert _CHINESE.search(way_out.zh)
    assert "\n" not in way_out.en + way_out.zh


def test_the_first_error_of_splitting_comes_before_those_of_meaning() -> None:
    assert refusal("FOO\nFROM\nENV A\n").message == "ENV must have two arguments"


@pytest.mark.parametrize(
    ("trigger", "message"),
    [
        ("FOO x", "unknown instruction: FOO (did you mean FROM?)"),
        ("RUN --x a", "unknown flag: --x"),
        ("COPY a", ("COPY requires at least two arguments, but only one was provided. Destination "
         "could not be determined")),
        ("FROM a", "FROM isn't allowed as an ONBUILD trigger"),
        ("RUN a\nRUN b", "onbuild trigger should be a single expression"),
        ("RUN <<E\nx", "unterminated heredoc"),
        ("# nothing", "file with no instructions"),
    ],
)  # fmt: skip
def test_a_trigger_is_read_when_it_fires_and_blames_the_from_line(
    trigger: str, message: str
) -> None:
    with pytest.raises(DockerfileError) as caught:
        parse_trigger(trigger, Span(7, 7))
    assert (caught.value.message, caught.value.span) == (message, Span(7, 7))


FIVE_LINES = "FROM a\nENV A=1\nFOO\nENV B=2\nENV C=3\nENV D=4\n"


def test_the_excerpt_of_one_line_has_two_lines_around_it() -> None:
    assert refusal(FIVE_LINES).excerpt(FIVE_LINES) == (
        "Dockerfile:3\n--------------------\n"
        "   1 |     FROM a\n   2 |     ENV A=1\n   3 | >>> FOO\n   4 |     ENV B=2\n"
        "   5 |     ENV C=3\n--------------------"
    )


def test_the_excerpt_of_several_lines_has_one_line_around_them() -> None:
    text = "FROM a\nENV A=1\nCOPY \\\n  x\nENV B=2\nENV C=3\n"
    assert refusal(text).excerpt(text, "web.Dockerfile") == (
        "web.Dockerfile:3\n--------------------\n"
        "   2 |     ENV A=1\n   3 | >>> COPY \\\n   4 | >>>   x\n   5 |     ENV B=2\n"
        "--------------------"
    )
