import pytest

from course_lib.exercises.answers import LiteralValue
from course_lib.exercises.literals import Sealed, canonical, digest, seal
from course_lib.text import speaking


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (3, "3"),
        (3.0, " 3 "),
        ("a  b", " a b\n"),
        (["a", 1], ["a ", "1"]),
        ({"x": 1, "y": 2}, {"y": "2", "x": "1"}),
    ],
)
def test_values_that_differ_only_in_blanks_or_number_form_are_one(
    one: LiteralValue, other: LiteralValue
) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A", "a"),
        ("/bin/sh -c", "/bin/sh-c"),
        (["a b"], ["a", "b"]),
        (1, True),
        ([], ""),
        ("-C", "-c"),
    ],
)
def test_values_that_mean_something_else_stay_apart(one: LiteralValue, other: LiteralValue) -> None:
    assert canonical(one) != canonical(other)


def test_folding_makes_upper_and_lower_case_one() -> None:
    assert digest("q", "", "B", fold=True) == digest("q", "", "b", fold=True)


def test_the_same_value_has_another_digest_in_another_answer_or_place() -> None:
    digests = {
        digest("q", "0", "a"),
        digest("q", "1", "a"),
        digest("r", "0", "a"),
        digest("q", "0", "b"),
    }

    assert len(digests) == 4


@pytest.mark.parametrize(
    ("right", "given", "share", "found"),
    [
        pytest.param(3, 3, 1, "3", id="a number, right"),
        pytest.param(3, 4, 0, "4, which is not it", id="a number, wrong"),
        pytest.param("B", "b", 0, '"b", which is not it', id="a choice in the wrong case"),
        pytest.param(["a", "b"], ["a", "b"], 1, "right: #1, #2", id="a list, right"),
        pytest.param(["a", "b"], ["a", "c"], 0.5, "right: #1; not right: #2", id="half a list"),
        pytest.param(["a", "b"], ["b", "a"], 0, "not right: #1, #2", id="a list, turned round"),
        pytest.param(["a", "b"], ["a"], 0.5, "right: #1; missing: #2", id="a list, too short"),
        pytest.param(
            ["a", "b"], ["a", "b", "c"], 0.5, "right: #1, #2; too many: #3", id="a list, too long"
        ),
        pytest.param(["a"], "a", 0, '"a", which is not it', id="not a list"),
        pytest.param(["a"], [], 0, "missing: #1", id="an empty list"),
        pytest.param(
            {"x": ["p", "q"], "y": None},
            {"x": ["p", "q"], "y": ""},
            0.5,
            "right: x; not right: y",
            id="a table, half right",
        ),
        pytest.param({"x": 1}, {"x": 1, "z": 1}, 0, "right: x; too many: z", id="a row too many"),
    ],
)
def test_each_right_element_of_a_literal_earns_its_share(
    right: LiteralValue, given: LiteralValue, share: float, found: str
) -> None:
    finding = Sealed("q", seal("q", right)).compare(given)

    assert (finding.share, finding.found.en) == (share, found)


def test_a_finding_about_a_literal_never_shows_the_right_value() -> None:
    hidden = "swordfish"
    finding = Sealed("q", seal("q", {"x": hidden})).compare({"x": "perch"})

    said = [str(text) for text in (finding.expected, finding.found, finding.way_on)]
    with speaking("zh"):
        said += [str(text) for text in (finding.expected, finding.found, finding.way_on)]
    assert not [text for text in said if hidden in text]
