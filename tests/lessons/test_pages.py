"""The pages that are made out of data say what the data says, in both languages, and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

from course_lib.differences import differences
from course_lib.lessons import Lesson, lessons
from course_lib.text import Text, speaking
from notebooks import pages, weave
from notebooks.weave import LANGUAGES, Language

NOTEBOOKS = Path(weave.__file__).parent
README = (NOTEBOOKS.parent / "README.md").read_text("utf-8")
WAYS = tuple(pairwise([*(one.name for one in lessons()), pages.DIFFERENCES]))
FILES = {path.name: (path, text) for path, text in pages.files()}


def _prose(page: str, lang: Language) -> list[str]:
    text = (NOTEBOOKS / lang / f"{page}.ipynb").read_text("utf-8")
    notebook = nbformat.reads(text, as_version=4)
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


@pytest.mark.parametrize("name", FILES)
def test_what_is_committed_is_what_the_data_and_the_lessons_make(name: str) -> None:
    path, text = FILES[name]

    assert path.read_text("utf-8") == text, "run: python -m notebooks.pages"


# Where Docker differs from this simulator


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_differences_has_each_difference_and_nothing_else(lang: Language) -> None:
    with speaking(lang):
        known = {str(one.title): (str(one.what), str(one.why)) for one in differences()}
        headings = {str(heading) for heading in pages.ROOMS.values()}
        why = "Why: " if lang == "en" else "原因："

    _, *rooms = _prose(pages.DIFFERENCES, lang)
    found = {}
    for room in rooms:
        heading, *entries = re.split(r"^### ", room, flags=re.MULTILINE)
        assert heading.strip().removeprefix("## ") in headings
        for entry in entries:
            title, what, reason = entry.strip().split("\n\n")
            found[title] = (what, reason.removeprefix(why))

    assert found == known


def test_a_difference_stands_under_the_heading_of_its_room() -> None:
    one, two = differences()[:2]
    page = pages.differences_page(
        [replace(one, where="oci", title=Text("First", "一")), replace(two, where="build")]
    )

    headings = re.findall(r"^# (##? .+|### .+)$", page, re.MULTILINE)
    assert headings[2:] == [
        *("## Builds", f"### {two.title.en}", "## 构建", f"### {two.title.zh}"),
        *("## Archives of images", "### First", "## 镜像的归档", "### 一"),
    ]


def test_a_room_without_words_for_a_learner_is_named() -> None:
    with pytest.raises(pages.PageError, match="add attic"):
        pages.differences_page([replace(differences()[0], where="attic")])


# The map of the course


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_map_leads_to_every_lesson_and_to_what_it_builds_on(lang: Language) -> None:
    [page] = _prose(pages.MAP, lang)
    rows = re.findall(r"^\| \[(.+?)\]\((\w+)\.ipynb\) \| (\d+) \| (.*) \|$", page, re.MULTILINE)

    with speaking(lang):
        assert [(title, name, int(minutes)) for title, name, minutes, _ in rows] == [
            (str(one.label), one.name, one.minutes) for one in lessons()
        ]
    for one, (*_, links) in zip(lessons(), rows, strict=True):
        assert re.findall(r"\((\w+)\.ipynb\)", links) == list(one.builds_on)


def test_every_page_is_a_lesson_of_the_map_or_one_of_the_three_to_look_up() -> None:
    looked_up = {pages.MAP, pages.DIFFERENCES, "99_glossary"}

    assert set(weave.lessons()) - looked_up == {one.name for one in lessons()}


@pytest.mark.parametrize("lesson", lessons(), ids=lambda one: one.name)
def test_a_lesson_builds_on_earlier_ones_and_on_the_first_in_the_end(lesson: Lesson) -> None:
    assert all(name < lesson.name for name in lesson.builds_on)
    assert ("00_welcome" in _below(lesson)) is (lesson.name != "00_welcome")


@pytest.mark.parametrize("lesson", lessons(), ids=lambda one: one.name)
def test_what_a_lesson_builds_on_is_told_once(lesson: Lesson) -> None:
    others = {one.name: one for one in lessons()}
    for name in lesson.builds_on:
        rest = [others[other] for other in lesson.builds_on if other != name]
        assert all(name not in _below(other) for other in rest)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lesson", lessons(), ids=lambda one: one.name)
def test_a_lesson_leads_back_only_to_what_it_builds_on(lesson: Lesson, lang: Language) -> None:
    links = set(re.findall(r"\]\((\w+)\.ipynb\)", "\n".join(_prose(lesson.name, lang))))

    assert {name for name in links if name < lesson.name} <= _below(lesson)


def _below(lesson: Lesson) -> set[str]:
    """The names of all lessons that come before this one on the map."""
    others = {one.name: one for one in lessons()}
    direct = set(lesson.builds_on)
    return direct.union(*(_below(others[name]) for name in direct))


@pytest.mark.parametrize(
    ("kept", "wrong"),
    [
        ('[[lesson]]\nname = "00_welcome"\nbuilds_on = []\n', "01_layers"),
        ('[[lesson]]\nname = "01_layers"\nbuilds_on = []\n', "00_welcome"),
    ],
)
def test_a_lesson_that_the_catalogue_does_not_know_is_named(kept: str, wrong: str) -> None:
    with pytest.raises(pages.PageError, match=wrong):
        pages.lessons(kept)


# The ways there


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", [pages.MAP, pages.DIFFERENCES, "99_glossary"])
def test_the_welcome_page_leads_to_the_pages_to_look_up(page: str, lang: Language) -> None:
    assert f"]({page}.ipynb)" in "\n".join(_prose("00_welcome", lang))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("name", "after"), WAYS)
def test_the_end_of_a_lesson_leads_to_the_next(name: str, after: str, lang: Language) -> None:
    assert f"]({after}.ipynb)" in _prose(name, lang)[-1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_readme_lists_every_lesson_with_its_title(lang: Language) -> None:
    with speaking(lang):
        expected = [f"[{one.title}](notebooks/{lang}/{one.name}.ipynb)" for one in lessons()]

    rows = re.findall(
        rf"^\| (\[.+?\]\(notebooks/{lang}/\d\d_\w+\.ipynb\)) \|", README, re.MULTILINE
    )
    assert rows[: len(expected)] == expected
