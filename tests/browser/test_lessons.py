"""Lessons worked through in JupyterLab: a wrong answer and its reasons, then a right one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.lesson import Lesson, given

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from course_lib.text import Language
    from tests.oracles.jupyter import LabServer


# Between them they have Dockerfiles, commands and literals to write.
@pytest.mark.parametrize(("name", "lang"), [("04_arg", "zh"), ("09_expose", "en")])
def test_a_lesson_is_worked_through_with_wrong_and_right_answers(
    name: str, lang: Language, chromium: Browser, jupyter_lab: LabServer
) -> None:
    lesson = Lesson.open(chromium, jupyter_lab, lang, name)
    lesson.lab.run_all()
    assert lesson.fault() == ""
    assert lesson.cut_off() == []

    for place in lesson.places:
        for kind in ("wrong", "right"):
            answer = given(place.exercise_id, kind)
            lesson.answer(place, answer.body)
            assert lesson.check(place) == answer.expected(lang)

    assert len(lesson.places) >= 4
    assert lesson.fault() == ""
    assert lesson.cut_off() == []
    lesson.lab.page.close()
