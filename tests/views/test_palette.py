"""The colors can be read: a contrast of 4.5 to 1 or more (WCAG 2, 1.4.3), and none stands alone."""

from __future__ import annotations

from itertools import combinations

import pytest

from course_lib.views.palette import TONES, Tone

ENOUGH = 4.5


def _luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_the_measure_agrees_with_published_values(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("tone", TONES, ids=lambda tone: tone.word.en)
def test_a_tone_can_be_read_on_its_own_background(tone: Tone) -> None:
    assert contrast(tone.background, tone.foreground) >= ENOUGH


@pytest.mark.parametrize("tone", TONES, ids=lambda tone: tone.word.en)
def test_a_tone_has_a_sign_and_a_word_in_both_languages(tone: Tone) -> None:
    assert tone.sign.strip()
    assert tone.word.en
    assert tone.word.zh


def test_no_two_tones_are_told_apart_by_color_alone() -> None:
    for one, other in combinations(TONES, 2):
        assert (one.sign, one.word) != (other.sign, other.word)
