import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.exercises.answers import (
    MAX_CHARACTERS,
    AnswerError,
    identify,
    is_blank,
    literal_of,
    text_of,
)

SOLVED = "%%dockerfile web\n### BEGIN SOLUTION\n# escape=`\nFROM alpine\n### END SOLUTION"


@pytest.mark.parametrize(
    ("source", "grade_id"),
    [
        pytest.param("%%dockerfile web\nFROM alpine", "web", id="a Dockerfile's name"),
        pytest.param("%%dockerfile -t x:1 web --no-cache\n", "web", id="options around the name"),
        pytest.param("\n\n%%dockerfile web\n", "web", id="blank lines above the magic"),
        pytest.param("%%docker --answer run-it\ndocker ps", "run-it", id="docker commands"),
        pytest.param("%%docker --answer=run-it\ndocker ps", "run-it", id="with an equals sign"),
        pytest.param("%%contextfile .dockerignore --answer ign\n*", "ign", id="a context file"),
        pytest.param("which_layer = [1, 2]", "which-layer", id="a literal"),
        pytest.param(
            "# think\nwhich_layer = (\n 1)", "which-layer", id="a literal below a comment"
        ),
        pytest.param("which_layer = oh no", "which-layer", id="a literal that can't be read"),
        pytest.param("%%docker run -i alpine sh\nls", None, id="a script for docker"),
        pytest.param("%%contextfile a.txt\nx", None, id="a context file of the learner's own"),
        pytest.param("%%dockerfile\nFROM alpine", None, id="a Dockerfile without a name"),
        pytest.param('%%dockerfile "web\nFROM alpine', None, id="an unclosed quote"),
        pytest.param("%%bash\nls", None, id="another magic"),
        pytest.param("%docker ps", None, id="a line magic"),
        pytest.param("print(1)", None, id="plain Python"),
        pytest.param("a == 1", None, id="a comparison"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_cell_names_the_answer_that_it_holds(source: str, grade_id: str | None) -> None:
    assert identify(source) == grade_id


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param(SOLVED, "# escape=`\nFROM alpine\n", id="a directive below the marks"),
        pytest.param(
            "%%dockerfile web\n# YOUR ANSWER HERE\n# escape=`\nFROM a",
            "# escape=`\nFROM a\n",
            id="a directive below the stub",
        ),
        pytest.param("%%dockerfile web\n", "", id="nothing written"),
        pytest.param("%%docker --answer x\ndocker ps\n", "docker ps\n", id="docker commands"),
        pytest.param(
            "%%dockerfile w\nRUN cat <<E\n  ## keep\nE\n",
            "RUN cat <<E\n  ## keep\nE\n",
            id="blanks and comments of the answer stay",
        ),
        pytest.param("x = 1", "x = 1\n", id="a cell without a magic"),
    ],
)
def test_the_text_of_an_answer_has_no_magic_line_mark_or_stub(source: str, text: str) -> None:
    assert text_of(source) == text


@given(
    st.lists(
        st.text(st.characters(blacklist_characters="\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))
    )
)
def test_the_text_of_an_answer_is_what_was_written_below_the_stub(lines: list[str]) -> None:
    body = "\n".join(lines)

    assert text_of(f"%%dockerfile w\n# YOUR ANSWER HERE\n{body}\n") == (f"{body}\n")


@pytest.mark.parametrize(
    ("source", "blank"),
    [
        ("", True),
        ("%%dockerfile web\n# YOUR ANSWER HERE", True),
        ("%%docker --answer x\n\n# a hint\n", True),
        ("# YOUR ANSWER HERE", True),
        ("which = ...", True),
        ("which =\n# YOUR ANSWER HERE", True),
        ("which = 3", False),
        ("%%dockerfile web\nFROM alpine", False),
        ("%%dockerfile web\n=", False),
        ("x" * (MAX_CHARACTERS + 1), False),
    ],
)
def test_an_answer_is_blank_until_something_is_written(source: str, *, blank: bool) -> None:
    assert is_blank(source) is blank


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("a = 3", 3),
        ("a = -2.5", -2.5),
        ("a = 'x'", "x"),
        ("a = ('x', 1)", ["x", 1]),
        ("a = {'x': ...}", {"x": "..."}),
        ("### BEGIN SOLUTION\na = {'p': ['q']}\n### END SOLUTION", {"p": ["q"]}),
        ("# why\na = [  # because\n 1,\n]", [1]),
    ],
)
def test_a_literal_is_read_without_running_anything(source: str, value: object) -> None:
    assert literal_of(source) == value


@pytest.mark.parametrize(
    ("source", "words"),
    [
        pytest.param("a = 1\nb = 2", "exactly one assignment", id="two assignments"),
        pytest.param("3", "exactly one assignment", id="no assignment"),
        pytest.param("a: int = 3", "exactly one assignment", id="an annotation"),
        pytest.param("a = b = 3", "exactly one assignment", id="a chain"),
        pytest.param("a = 'x", "can't be read (line 1)", id="an unclosed quote"),
        pytest.param("a = open('x')", "written out", id="a call"),
        pytest.param("a = 1 + 1", "written out", id="a calculation"),
        pytest.param("a = {[]: 1}", "written out", id="a key that can't be one"),
        pytest.param("a = {1, 2}", "a set is no answer", id="a set"),
        pytest.param("a = b'x'", "a bytes is no answer", id="bytes"),
        pytest.param("a = ...", "still ...", id="the placeholder"),
        pytest.param("a = " + "[" * 20 + "]" * 20, "too deeply", id="deep"),
        pytest.param("a = " + "[" * 190 + "]" * 190, "too deeply", id="deeper"),
        pytest.param("a = " + "-" * 7000 + "1", "", id="a very long chain of signs"),
        pytest.param("a = '" + "x" * 9000 + "'", "longer than", id="long"),
        pytest.param("a = '\0'", "can't be read", id="a null character"),
        pytest.param("a = " + "9" * 5000, "can't be read", id="an endless number"),
    ],
)
def test_what_is_no_literal_says_why(source: str, words: str) -> None:
    with pytest.raises(AnswerError) as wrong:
        literal_of(source)

    assert words in wrong.value.reason.en
    assert wrong.value.reason.zh != wrong.value.reason.en


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
).filter(
    lambda value: len(repr(value)) < 999 and repr(value).count("[") + repr(value).count("{") < 5
)


@given(VALUES)
def test_a_value_written_out_is_read_back(value: object) -> None:
    assert literal_of(f"answer = {value!r}") == value


@given(st.text(max_size=60))
def test_any_text_at_all_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(AnswerError):
        assert json.loads(json.dumps(literal_of(text))) == literal_of(text)
