"""Laws that hold for any text: it comes back, nothing but the room's own errors, linear time."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.build.ignore import (
    BadPatternError,
    IgnoreRules,
    IllegalExclusionError,
    read_ignore_file,
)
from course_lib.dockerfile import DockerfileError, expand, parse
from course_lib.dockerfile.durations import BadDurationError, nanoseconds
from course_lib.dockerfile.instructions import Onbuild
from course_lib.dockerfile.rules import check
from course_lib.dockerfile.words import ExpansionError, expand_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from _typeshed import TraceFunction

    from course_lib.dockerfile.instructions import Dockerfile

_BITS = st.sampled_from(
    ["FROM a\n", "RUN ", "COPY ", "ENV ", "LABEL ", "ARG ", "EXPOSE ", "HEALTHCHECK --interval=", "CMD ",
     "ONBUILD ", "SHELL ", "VOLUME ", "USER ", "WORKDIR ", "--mount=type=", "--device=", " ", "\\\n",
     "\n", "\r\n", "'", '"', "# c\n", "# check=skip=", '["a"]', "[", "<<E ", "<<-E\n", "E\n", "$X",
     "${X", ":-", "#", "%%", "//", "}", "*", "?", "\\", "`", "=", ",", "1s", "é", "\x00", "\ud800",
     "\ufeff"]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(_BITS, max_size=25).map("".join),
    st.lists(_BITS, max_size=25).map(lambda bits: "FROM a\n" + "".join(bits)),
)


OWN_ERRORS = (
    DockerfileError,
    ExpansionError,
    BadPatternError,
    IllegalExclusionError,
    BadDurationError,
)


def parsed(source: str | bytes) -> Dockerfile | None:
    try:
        return parse(source)
    except DockerfileError:
        return None


def refusal(action: Callable[[], object]) -> Exception | None:
    """The error of its own that a room refuses something with; any other error fails the test."""
    try:
        action()
    except OWN_ERRORS as error:
        return error
    return None


@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_the_pieces_are_the_text_again(text: str) -> None:
    found = parsed(text)
    if found is not None:
        assert "".join(found.pieces) == found.source == text


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=40))
def test_the_pieces_are_the_bytes_again(data: bytes) -> None:
    whole = b"FROM a\nRUN " + data
    found = parsed(whole)
    if found is not None:
        assert found.source.encode("utf-8", "surrogateescape") == whole


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_an_instruction_is_the_lines_of_its_span(text: str) -> None:
    found = parsed(text)
    if found is None:
        return
    lines = [line + "\n" for line in text.removeprefix("\ufeff").split("\n")]
    for stage in found.stages:
        for instruction in (stage.base, *stage.instructions):
            whole = "".join(lines[instruction.span.start - 1 : instruction.span.end])
            assert instruction.source in (whole, whole.removesuffix("\n"))


@settings(max_examples=500, deadline=None)
@given(TEXTS, st.dictionaries(st.sampled_from("XYE"), st.text(max_size=5)))
def test_reading_expanding_and_checking_raise_their_own_errors_only(
    text: str, environment: dict[str, str]
) -> None:
    def use() -> None:
        found = parse(text)
        check(found, ignored=lambda path: len(path) > 3)
        for stage in found.stages:
            for instruction in (stage.base, *stage.instructions):
                assert type(expand(instruction, environment, found.escape)) is type(instruction)

    error = refusal(use)
    if isinstance(error, DockerfileError):
        assert error.message
        assert error.help is not None
        assert error.excerpt(text).count("\n") <= text.count("\n") + 3
    elif error is not None:
        assert str(error).startswith("failed to process ")


@settings(max_examples=300, deadline=None)
@given(st.lists(_BITS, max_size=12).map("".join))
def test_the_rest_of_a_file_does_not_change_what_stands_above(text: str) -> None:
    above = "FROM a\nENV A=1\nRUN b\n"
    found = parsed(above + text)
    if found is not None:
        assert found.stages[0].instructions[:2] == parse(above).stages[0].instructions


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab/*?[]!^-\\.# \n\t", max_size=40), st.text("ab/.", max_size=12))
def test_a_dockerignore_raises_its_own_errors_only(text: str, path: str) -> None:
    error = refusal(lambda: IgnoreRules.of(read_ignore_file(text)).excludes(path))
    assert error is None or str(error).startswith(("illegal exclusion", "syntax error in pattern"))


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789.-+hmsnuµx", max_size=30))
def test_a_duration_is_a_number_or_no_duration(text: str) -> None:
    error = refusal(lambda: nanoseconds(text))
    assert error is None or str(error).startswith("time: ")


LONG = 4000
HARD = {
    "continued lines": lambda n: "FROM a\nRUN a" + " \\\n" * n + "b",
    "comments in a continued line": lambda n: "FROM a\nRUN a \\\n" + "# c\n" * n + "b",
    "open brackets": lambda n: "FROM a\nRUN " + "[" * n,
    "strings of an array": lambda n: "FROM a\nCMD [" + '"a",' * n + "]",
    "blanks in an array": lambda n: "FROM a\nCMD [" + " " * n + "x",
    "backslashes": lambda n: "FROM a\nENV A=" + "\\" * n,
    "open quotes": lambda n: "FROM a\nENV A=" + "'\"" * n,
    "flags": lambda n: "FROM a\nCOPY " + "--x " * n,
    "heredocs": lambda n: "FROM a\nRUN " + "<<E " * (n // 10) + "\nE" * (n // 10),
    "heredoc marks that are none": lambda n: "FROM a\nRUN " + "<<" * n,
    "pairs": lambda n: "FROM a\nENV " + "A=1 " * n,
    "directives": lambda n: "# syntax=" + " a" * n + "\nFROM a",
    "blank lines": lambda n: "\n" * n + "FROM a",
    "a mount": lambda n: "FROM a\nRUN --mount=" + "a=b," * n + " x",
}  # fmt: skip


def lines_run(action: Callable[[], object]) -> int:
    """Count the lines of Python that an action runs: the same on every machine."""
    count = 0

    def trace(frame: FrameType, event: str, value: object) -> TraceFunction:
        nonlocal count
        del frame, event, value
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("about", HARD)
def test_twice_the_text_takes_at_most_twice_the_work(about: str) -> None:
    once = lines_run(lambda: parsed(HARD[about](LONG // 2)))
    twice = lines_run(lambda: parsed(HARD[about](LONG)))
    assert twice <= 2 * once + 200


@pytest.mark.parametrize("about", HARD)
def test_sixteen_times_as_much_is_still_read(about: str) -> None:
    assert parsed(HARD[about](LONG * 4)) or refusal(lambda: parse(HARD[about](LONG * 4)))


DEEP = ["${X:-" * 50 + "}" * 50, "${X#" + "*a" * 40 + "}", "${X/" + "*?" * 40 + "/b}", "$X" * 500]


@pytest.mark.parametrize("word", DEEP)
def test_a_hard_word_is_expanded(word: str) -> None:
    assert set("".join(expand_words(word, {"X": "a" * 200}))) <= {"a", "b"}


def nested(depth: int) -> str:
    return "${X:-" * depth + "w" + "}" * depth


def test_variables_inside_variables_go_as_deep_as_anyone_needs() -> None:
    assert expand_words(nested(50), {}) == ("w",)


@pytest.mark.parametrize("depth", [51, 10_000])
def test_nesting_beyond_any_use_is_refused(depth: int) -> None:
    with pytest.raises(ExpansionError, match="more than 50"):
        expand_words(nested(depth), {})


@pytest.mark.parametrize("trigger", ["ONBUILD ", "onbuild --x=y ", "ONBUILD \\\n"])
def test_triggers_inside_one_another_are_refused_however_deep(trigger: str) -> None:
    for depth in (2, 99, 4000):
        with pytest.raises(DockerfileError, match=r"Chaining ONBUILD|unknown flag"):
            parse(f"FROM a\n{trigger * depth}RUN x\n")


def test_a_trigger_may_say_onbuild_as_often_as_it_likes() -> None:
    words = f"RUN echo {'onbuild ' * 500}."
    (line,) = parse(f"FROM a\nONBUILD {words}\n").stages[0].instructions
    assert isinstance(line, Onbuild)
    assert line.trigger == words
