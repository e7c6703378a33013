"""The table of known differences is whole, and short enough to be read."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from course_lib.differences import Difference, differences
from tests.test_layout import ARROWS

_SHORT = 240


@pytest.mark.parametrize("difference", differences(), ids=lambda d: d.id)
def test_a_difference_says_what_and_why_in_both_languages(difference: Difference) -> None:
    assert 5 < len(difference.title.en) <= 60
    assert re.search(r"[\u4e00-\u9fff]", difference.title.zh)
    for text in (difference.what, difference.why):
        assert 10 < len(text.en) <= _SHORT
        assert text.en.endswith(".")
        assert re.search(r"[\u4e00-\u9fff]", text.zh)
        assert len(text.zh) <= _SHORT


@pytest.mark.parametrize("difference", differences(), ids=lambda d: d.id)
def test_a_difference_names_its_room(difference: Difference) -> None:
    assert difference.where in ARROWS


def test_no_two_differences_share_a_name() -> None:
    names = Counter(difference.id for difference in differences())
    assert [name for name, count in names.items() if count > 1] == []


def test_the_table_is_short() -> None:
    assert len(differences()) <= 40
