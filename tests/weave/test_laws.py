"""The laws of a lesson source: broken lessons are refused with the cell and the reason."""

from __future__ import annotations

import pytest

from course_lib.exercises.answers import STUB
from notebooks.laws import LawError, is_check_call, read
from notebooks.weave import execute, from_text, student

EN = '# %% [markdown] lang="en"\n# Hello\n\n'
ZH = '# %% [markdown] lang="zh"\n# 你好\n\n'
ANSWER = '# %% nbgrader={"grade_id": "a", "solution": true}\n'
GRADE = '# %% nbgrader={"grade_id": "a-check", "grade": true, "points": 2}\n'
SOLUTION = "# %%dockerfile a\n### BEGIN SOLUTION\nFROM busybox\n### END SOLUTION\n\n"

GOOD = {
    "a pair of prose cells": EN + ZH,
    "shared code after a pair": EN + ZH + "# %%\n# %docker ps\n",
    "an exercise": EN + ZH + ANSWER + SOLUTION + GRADE + 'check("a")\n',
    "a raw Dockerfile with comments and blank lines": (
        "# %%\n# %%dockerfile web\n# escape=`\nFROM busybox\n\n# a note\nRUN echo 'it''s' && `\n  ls\n"
    ),
    "docker commands, one a line": "# %%\n# %%docker\nrun --rm busybox echo $HOME\n# a note\nps -a\n",
}

BROKEN = {
    "English without its twin": (EN + "# %%\n1\n", 1, "no lang=.zh. twin"),
    "English at the end without its twin": (EN + ZH + EN, 3, "no lang=.zh. twin"),
    "Chinese first": (ZH + EN, 1, "prose comes in pairs"),
    "two English cells in a row": (EN + EN + ZH, 2, "prose comes in pairs"),
    "prose without a language": ("# %% [markdown]\n# Hello\n", 1, "says lang"),
    "an unknown language": ('# %% [markdown] lang="fr"\n# Bonjour\n', 1, "says lang"),
    "code with a language": (EN + ZH + '# %% lang="en"\n1\n', 3, "both languages share it"),
    "graded prose": (
        EN + '# %% [markdown] lang="zh" nbgrader={"grade_id": "x", "solution": true}\n# 你好\n',
        2,
        "only code cells",
    ),
    "a grade cell with two statements": (GRADE + 'x = 1\ncheck("a")\n', 1, "exactly one call"),
    "a grade cell that assigns": (GRADE + 'x = check("a")\n', 1, "exactly one call"),
    "a grade cell that is silenced": (GRADE + 'check("a");\n', 1, "exactly one call"),
    "a grade cell without points": (
        '# %% nbgrader={"grade_id": "a", "grade": true}\ncheck("a")\n',
        1,
        "its points",
    ),
    "an answer cell without a solution": (ANSWER + "# %%dockerfile a\nFROM x\n", 1, "between the"),
    "nbgrader metadata of neither kind": (
        '# %% nbgrader={"grade_id": "a"}\n1\n',
        1,
        "solution.: true",
    ),
    "nbgrader metadata without a grade id": (
        '# %% nbgrader={"solution": true}\n' + SOLUTION,
        1,
        "needs a grade_id",
    ),
    "the same grade id twice": (ANSWER + SOLUTION + ANSWER + SOLUTION, 0, "two cells"),
    "a prose cell line inside a Dockerfile": (
        "# %%\n# %%dockerfile a\nFROM busybox\n# %%\nRUN ls\n# %% [markdown]\n# x\n",
        3,
        "says lang",
    ),
    "three quotes inside a Dockerfile": (
        '# %%\n# %%dockerfile a\nFROM busybox\nRUN echo """ > /a\n\n# %%\n1\n\n# %%\n2\n',
        1,
        "three quotes",
    ),
}


@pytest.mark.parametrize("source", GOOD.values(), ids=GOOD)
def test_a_lesson_that_keeps_the_laws_is_read(source: str) -> None:
    assert read(source)


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ("# %docker ps\n# a note\n# %docker images", "%docker ps\n# a note\n%docker images"),
        ("# %%contextfile a.sh\n#!/bin/sh\n# !x\nls", "%%contextfile a.sh\n#!/bin/sh\n# !x\nls"),
        ("# %%dockerfile a\n# %cat\nFROM a\n\n\n# ls", "%%dockerfile a\n# %cat\nFROM a\n\n\n# ls"),
        ('check("a")', 'check("a")'),
    ],
    ids=["line magics", "a script", "comments in a Dockerfile", "plain Python"],
)
def test_only_the_line_of_a_magic_is_uncommented(written: str, source: str) -> None:
    assert read(f"# %%\n{written}\n")[0].source == source


@pytest.mark.parametrize(("source", "cell", "reason"), BROKEN.values(), ids=BROKEN)
def test_a_lesson_that_breaks_a_law_is_refused_with_its_cell(
    source: str, cell: int, reason: str
) -> None:
    with pytest.raises(LawError, match=reason) as refused:
        read(source)

    assert cell == refused.value.cell


@pytest.mark.parametrize(
    "source",
    [
        "check('a')",
        'check("a", "b")',
        'check("a") # now',
        'check(name="a")',
        "check",
        "check(",
        "1",
    ],
)
def test_only_the_plain_call_is_a_check_call(source: str) -> None:
    assert not is_check_call(source)


def test_each_language_gets_its_own_prose_and_the_same_code() -> None:
    text = GOOD["an exercise"]

    english, chinese = (from_text(text, "09_test", lang) for lang in ("en", "zh"))

    assert [c.source for c in english.cells if c.cell_type == "markdown"] == ["Hello"]
    assert [c.source for c in chinese.cells if c.cell_type == "markdown"] == ["你好"]
    english_code = [(c.id, c.source, c.metadata) for c in english.cells if c.cell_type == "code"]
    chinese_code = [(c.id, c.source, c.metadata) for c in chinese.cells if c.cell_type == "code"]
    assert english_code[1:] == chinese_code[1:]
    assert english_code[0] != chinese_code[0]
    assert (english.metadata.course.language, chinese.metadata.course.language) == ("en", "zh")


def test_a_student_gets_the_stub_in_place_of_the_solution() -> None:
    notebook = student(from_text(GOOD["an exercise"], "09_test", "en"))

    assert notebook.cells[2].source == f"%%dockerfile a\n{STUB}"


def test_cell_ids_are_derived_from_the_text_and_unique() -> None:
    text = "# %%\n# %docker ps\n\n# %%\n# %docker ps\n"

    first, second = (from_text(text, "09_test", "en").cells for _ in range(2))

    assert [cell.id for cell in first] == [cell.id for cell in second]
    assert len({cell.id for cell in first}) == len(first)


def test_what_a_kernel_prints_in_pieces_is_stored_in_one() -> None:
    source = (
        "# %%\nimport sys, time\nfor word in 'abc':\n    print(word, flush=True); time.sleep(0.1)\n"
    )
    notebook = from_text(source, "09_test", "en")
    notebook.cells.pop(0)  # this one needs no course

    (cell,) = execute(notebook, exercises=False).cells

    assert [output.text for output in cell.outputs] == ["a\nb\nc\n"]
