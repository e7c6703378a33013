"""What the page says of a lesson stands in the lesson's source."""

from __future__ import annotations

import pytest

from course_lib.text import Text
from lite.lessons import Lesson, Minutes, UntoldError

EN = "Reading 9 minutes, exercises 4 minutes. It follows *X*."
ZH = "阅读 9 分钟，习题 4 分钟。对应“X”。"


def _source(en: str, zh: str) -> str:
    return "\n".join(
        f'# %% [markdown] lang="{lang}"\n' + "\n".join(f"# {line}" for line in text.splitlines())
        for lang, text in (("en", en), ("zh", zh))
    )


@pytest.mark.parametrize(
    ("en", "zh", "lesson"),
    [
        (
            f"# 07 LABEL\n\nAfter this\n\n{EN}",
            f"# 07 标签\n\n学完\n\n{ZH}",
            Lesson("07_label", Text("07 LABEL", "07 标签"), Minutes(9, 4)),
        ),
        (
            "# Glossary\n\nEach word once.",
            "# 术语表\n\n每个词一次。",
            Lesson("07_label", Text("Glossary", "术语表"), None),
        ),
        (
            f"# First\n\n{EN}\n\n# Second",
            f"# 甲\n\n{ZH}\n\n# 乙",
            Lesson("07_label", Text("First", "甲"), Minutes(9, 4)),
        ),
    ],
    ids=["title and minutes", "nothing to time", "the first title"],
)
def test_title_and_minutes_are_read_in_both_languages(en: str, zh: str, lesson: Lesson) -> None:
    assert Lesson.of("07_label", _source(en, zh)) == lesson


@pytest.mark.parametrize(
    ("en", "zh", "said"),
    [
        (f"## 07 LABEL\n\n{EN}", f"## 07 标签\n\n{ZH}", "07_label has no title"),
        (f"# 07 LABEL\n\n{EN}", f"# 07 标签\n\n{ZH.replace('9', '8')}", "07_label: .*English"),
        (f"# 07 LABEL\n\n{EN}", "# 07 标签", "None in Chinese"),
    ],
    ids=["no title", "other minutes", "minutes in one language"],
)
def test_a_lesson_that_does_not_say_them_is_refused(en: str, zh: str, said: str) -> None:
    with pytest.raises(UntoldError, match=said):
        Lesson.of("07_label", _source(en, zh))
