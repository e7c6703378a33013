"""Chinese prose is written without blanks, wherever the lines of its source end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notebooks.weave import joined


@pytest.mark.parametrize(
    ("prose", "shown"),
    [
        pytest.param("一层\n一层", "一层一层", id="two words"),
        pytest.param("好了，\n`docker ps` 会", "好了，`docker ps` 会", id="behind a comma"),
        pytest.param("`x`\n（见下）", "`x`（见下）", id="before a bracket"),
        pytest.param("* 第一，\n  第二", "* 第一，第二", id="in an item of a list"),
    ],
)
def test_a_line_break_that_would_show_as_a_blank_is_taken_out(prose: str, shown: str) -> None:
    assert joined(prose) == shown


@pytest.mark.parametrize(
    "prose",
    [
        pytest.param("运行\n`docker ps`", id="between Chinese and code"),
        pytest.param("Docker\n镜像", id="between Latin and Chinese letters"),
        pytest.param("# 层\n\n一层", id="between paragraphs"),
        pytest.param("过程：\n* 读\n* 写", id="items"),
        pytest.param("步骤：\n1. 读\n2. 写", id="numbered items"),
        pytest.param("| 层 |\n|---|\n| 一 |", id="a table"),
        pytest.param("说：\n> 一层", id="a quotation"),
        pytest.param("例：\n```\n一，\n二\n```", id="code"),
        pytest.param("two\nlines", id="Latin letters"),
    ],
)
def test_every_other_line_break_stays(prose: str) -> None:
    assert joined(prose) == prose


@given(st.text("层一，。（ab`*>#|- \n1."))
def test_only_line_breaks_and_blanks_go(prose: str) -> None:
    def bare(text: str) -> str:
        return "".join(text.split())

    assert bare(joined(prose)) == bare(prose)
    assert joined(prose).count("\n\n") == prose.count("\n\n")
