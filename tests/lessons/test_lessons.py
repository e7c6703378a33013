"""Each lesson keeps the form of the course: length, hints, terms, and what the notes say."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from course_lib.exercises.catalogue import exercises
from course_lib.exercises.values import LiteralAnswer
from notebooks.weave import LANGUAGES, LESSONS, Language, lessons, source

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from course_lib.exercises.values import Exercise

HERE = Path(__file__).parent
NOTES = sorted((HERE.parents[2] / "shared" / "notes").glob("*.txt"))
PARTS = tomllib.loads((HERE / "notes.toml").read_text("utf-8")).get("part", [])
TERMS = tomllib.loads((HERE / "terms.toml").read_text("utf-8"))["term"]
# The lessons that have the whole form of the course; one that is still a draft is not in the list.
FINISHED: tuple[str, ...] = (
    "01_layers",
    "02_commit",
    "03_dockerfile",
    "04_arg",
    "05_from",
    "06_maintainer",
    "07_label",
    "08_run",
    "09_expose",
    "10_env",
    "11_add_copy",
    "12_cmd_entrypoint",
    "13_volume",
    "14_user",
    "15_workdir",
    "16_onbuild",
    "17_cache",
    "18_multistage",
    "19_health_stop_shell",
    "20_inside_an_image",
    "21_capstone",
)
GRADED = [e for e in exercises() if e.lesson in FINISHED and not e.practice and e.points]
GLOSSARY = "99_glossary"

# Reading speed of prose, with time to look at code and at what it prints.
WORDS_A_MINUTE = 130
SIGNS_A_MINUTE = 260
SECONDS_A_CELL = 20
_SAYS = {
    "en": re.compile(r"Reading (\d+) minutes, exercises (\d+) minutes"),
    "zh": re.compile(r"阅读 (\d+) 分钟，习题 (\d+) 分钟"),
}


@cache
def notebook(name: str, lang: Language) -> NotebookNode:
    return source(name, lang)


def prose(name: str, lang: Language) -> str:
    return "\n".join(c.source for c in notebook(name, lang).cells if c.cell_type == "markdown")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FINISHED)
def test_a_lesson_says_how_long_it_takes_and_takes_about_as_long(name: str, lang: Language) -> None:
    said = _SAYS[lang].search(prose(name, lang))
    assert said, "the first cell says the minutes for reading and for the exercises"
    reading, doing = map(int, said.groups())
    text = re.sub(r"```.*?```|<[^>]+>", "", prose(name, lang), flags=re.DOTALL)
    units = len(text.split()) if lang == "en" else len(re.findall(r"[\u4e00-\u9fff]", text))
    cells = sum(cell.cell_type == "code" for cell in notebook(name, lang).cells)
    speed = WORDS_A_MINUTE if lang == "en" else SIGNS_A_MINUTE
    measured = units / speed + cells * SECONDS_A_CELL / 60
    assert 0.5 * measured <= reading <= 2 * measured
    assert 20 <= reading + doing <= 45


@pytest.mark.parametrize("name", FINISHED)
def test_a_lesson_has_ten_points_and_at_most_three_for_literals(name: str) -> None:
    mine = [e for e in GRADED if e.lesson == name]
    literal = [e for e in mine if all(isinstance(cell, LiteralAnswer) for cell in e.answers)]
    expected = 20 if name.startswith("21") else 10
    assert sum(e.points for e in mine) == pytest.approx(expected)
    assert sum(e.points for e in literal) <= 3
    assert len(mine) >= (1 if name.startswith("21") else 3)


@pytest.mark.parametrize("exercise", GRADED, ids=lambda e: e.id)
def test_a_graded_exercise_has_hints_that_its_lesson_offers(exercise: Exercise) -> None:
    assert len(exercise.hints) == 3
    cells = [c.source for c in notebook(exercise.lesson, "en").cells if c.cell_type == "code"]
    assert f"%hint {exercise.id}" in cells


@pytest.mark.parametrize("name", FINISHED)
def test_a_lesson_has_practice_beside_the_graded_exercises(name: str) -> None:
    practice = {e.id for e in exercises() if e.practice and e.lesson == name}
    cells = {c.source for c in notebook(name, "en").cells if c.cell_type == "code"}
    assert practice
    assert {f'check("{one}")' for one in practice} <= cells


@pytest.mark.parametrize("term", TERMS, ids=lambda t: t["en"])
def test_a_term_is_the_same_chinese_word_everywhere(term: dict[str, object]) -> None:
    wrong = term["not"]
    assert isinstance(wrong, list)
    found = {name: word for name in lessons() for word in wrong if word in prose(name, "zh")}
    assert found == {}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("term", TERMS, ids=lambda t: t["en"])
def test_the_glossary_explains_each_term(term: dict[str, str], lang: Language) -> None:
    text = prose(GLOSSARY, lang)
    assert f"### {term['en']}\n" in text
    assert term[lang] in text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FINISHED)
def test_links_to_the_glossary_lead_somewhere(name: str, lang: Language) -> None:
    linked = re.findall(r"\(99_glossary\.ipynb#([^)]+)\)", prose(name, lang))
    headings = re.findall(r"^### (.+)$", prose(GLOSSARY, lang), re.MULTILINE)
    entries = {heading.replace(" ", "-") for heading in headings}
    assert linked, "a lesson links the terms that it uses for the first time"
    assert set(linked) <= entries


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", lessons())
def test_links_to_other_lessons_lead_to_a_lesson_that_is_there(name: str, lang: Language) -> None:
    linked = set(re.findall(r"\]\((\w+)\.ipynb", prose(name, lang)))

    assert linked - set(lessons()) == set()


@pytest.mark.parametrize("part", PARTS, ids=lambda p: p["id"])
def test_a_part_of_the_notes_lives_on_in_its_lesson(part: dict[str, str]) -> None:
    text = (LESSONS / f"{part['lesson']}.py").read_text("utf-8")
    assert part["cell"] in text


@pytest.mark.parametrize("part", PARTS, ids=lambda p: p["id"])
def test_what_the_table_quotes_stands_in_the_notes(part: dict[str, str]) -> None:
    if not NOTES:
        pytest.skip("the notes are not beside the project")
    assert part["notes"] in NOTES[0].read_text("utf-8")
