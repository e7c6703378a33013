"""Words that variables make long: work stays in proportion, and there is an end."""

from __future__ import annotations

import pytest

from course_lib.dockerfile.words import MOST_CHARACTERS, ExpansionError, expand_word, expand_words


def test_a_long_value_is_put_in_whole() -> None:
    value = "x" * (MOST_CHARACTERS // 2)

    assert expand_word("$A$A", {"A": value}) == value * 2


def test_a_word_beyond_the_limit_says_so() -> None:
    value = "x" * (MOST_CHARACTERS // 2 + 1)

    with pytest.raises(ExpansionError, match=r'failed to process "\$A\$A": .*not simulated'):
        expand_word("$A$A", {"A": value})


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("$A", ("1", "2")),
        ("x$A", ("x1", "2")),
        ("$A.y", ("1", "2.y")),
        ('"$A"', ("1 2",)),
        (" ", ()),
    ],
)
def test_blanks_of_a_variable_split_words_outside_quotes(
    word: str, expected: tuple[str, ...]
) -> None:
    assert expand_words(word, {"A": "1 2"}) == expected
