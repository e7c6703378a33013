"""Sizes, times and columns in docker's manner."""

from __future__ import annotations

import pytest

from course_lib.cli.table import columns, cut
from course_lib.cli.units import human_duration, human_size


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0B"),
        (999, "999B"),
        (1000, "1kB"),
        (1_536, "1.54kB"),
        (1_981_000, "1.98MB"),
        (187_123_456, "187MB"),
        (999_900_000, "1e+03MB"),  # what docker itself prints, by %.3g
        (1_200_000_000, "1.2GB"),
    ],
)
def test_sizes_have_three_digits_and_decimal_units(size: int, text: str) -> None:
    assert human_size(size) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "Less than a second"),
        (1, "1 second"),
        (59, "59 seconds"),
        (60, "About a minute"),
        (119, "About a minute"),
        (120, "2 minutes"),
        (3600, "About an hour"),
        (7200, "2 hours"),
        (47 * 3600, "47 hours"),
        (48 * 3600, "2 days"),
        (14 * 86400, "2 weeks"),
        (60 * 86400, "2 months"),
        (730 * 86400, "2 years"),
    ],
)
def test_durations_are_round_as_dockers(seconds: int, text: str) -> None:
    assert human_duration(seconds) == text


def test_columns_are_at_least_ten_wide_with_three_blanks_between() -> None:
    rows = [["REPOSITORY", "TAG", "SIZE"], ["a-longer-repository", "1", "0B"]]
    assert columns(rows) == (
        "REPOSITORY            TAG       SIZE\na-longer-repository   1         0B\n"
    )


def test_a_long_text_is_cut_with_an_ellipsis_within_its_width() -> None:
    assert cut("a" * 46, 45) == "a" * 44 + "…"
    assert cut("a" * 45, 45) == "a" * 45
