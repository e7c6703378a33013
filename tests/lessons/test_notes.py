"""Nothing of the notes is lost: each sentence, example, command, table row and picture has its part."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HERE = Path(__file__).parent
FOUND = sorted((HERE.parents[2] / "shared" / "notes").glob("*.txt"))
PARTS = tomllib.loads((HERE / "notes.toml").read_text("utf-8"))["part"]
KINDS = {"fact", "example", "command", "table", "picture"}
BLOCK = re.compile(r"^(?:> )?```\w*\n(.*?)^(?:> )?```$", re.MULTILINE | re.DOTALL)
PICTURE = re.compile(r"!\[\]\([^)]+\)")

# What only leads on to the next line; it says nothing of Docker.
SIGNPOSTS = {
    *("Dockerfile", "Dockerfile:", "dockerfile:", "Example:", "E.g.", "docker run:"),
    *("or docker build:", "先上图：", "Dockerfile 指令", "note:", "Note:"),
}
HEADING = re.compile(r"#+ ?(?:\d |\w).*")


def left_out(notes: str, quotes: Iterable[str]) -> list[str]:
    """Return the lines of the notes with what no part quotes, and what of each line that is."""
    covered = bytearray(len(notes))
    for quote in quotes:
        for found in re.finditer(re.escape(quote), notes):
            covered[found.start() : found.end()] = b"x" * len(quote)
    inside = {at for block in BLOCK.finditer(notes) for at in range(*block.span(1))}
    left = []
    at = 0
    for line in notes.split("\n"):
        rest = "".join(sign for here, sign in enumerate(line, at) if not covered[here])
        rest = re.sub(r"^[> ]+", "", rest).strip(" ，。,|-")
        if at not in inside and (HEADING.fullmatch(line) or rest.startswith("```")):
            rest = ""
        if rest and rest not in SIGNPOSTS:
            left.append(rest)
        at += len(line) + 1
    return left


def _notes() -> str:
    if not FOUND:
        pytest.skip("the notes are not beside the project")
    return FOUND[0].read_text("utf-8")


def _quotes(*kinds: str) -> Iterator[str]:
    return (part["notes"] for part in PARTS if part["kind"] in (kinds or KINDS))


def test_no_sentence_and_no_line_of_the_notes_is_left_out() -> None:
    assert left_out(_notes(), _quotes()) == []


def test_every_picture_of_the_notes_has_its_successor() -> None:
    pictures = PICTURE.findall(_notes())

    assert len(pictures) == 8
    assert Counter(_quotes("picture")) == Counter(pictures)


def test_every_block_of_the_notes_has_an_example_or_a_command() -> None:
    quotes = list(_quotes("example", "command"))
    blocks = [found[1] for found in BLOCK.finditer(_notes())]
    alone = [
        block
        for block in blocks
        if not any(quote.strip() in block or block.strip() in quote for quote in quotes)
    ]

    assert len(blocks) == 29
    assert alone == []


def test_every_row_of_the_notes_table_is_a_part() -> None:
    rows = [line for line in _notes().split("\n") if line.startswith("|") and "--" not in line]

    assert len(rows) == 5
    assert set(rows) <= set(_quotes("table"))


def test_every_section_of_the_notes_has_a_part() -> None:
    sections = _sections(_notes())
    without = [one for one in sections if not any(quote in one for quote in _quotes())]

    assert len(sections) > 15
    assert without == ["# Docker的镜像", "## 2 镜像的操作"]


def _sections(notes: str) -> list[str]:
    """Cut the notes at their headings; what a heading says belongs to its section."""
    inside = {at for block in BLOCK.finditer(notes) for at in range(*block.span(1))}
    found = re.finditer(rf"^{HEADING.pattern}$", notes, re.MULTILINE)
    starts = [one.start() for one in found if one.start() not in inside]
    ends = [*starts[1:], len(notes)]
    return [notes[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def test_the_parts_have_names_of_their_own_and_a_kind() -> None:
    names = Counter(part["id"] for part in PARTS)

    assert [name for name, count in names.items() if count > 1] == []
    assert {part["kind"] for part in PARTS} == KINDS


@pytest.mark.parametrize(
    ("notes", "quotes", "left"),
    [
        ("A fact. Another.", ["A fact."], ["Another."]),
        ("A fact.\n\nE.g.\n", ["A fact."], []),
        ("##### USER \n\n#### docker build", [], []),
        ("> quoted", ["quoted"], []),
        ("> quoted, and more", ["quoted"], ["and more"]),
        ("```dockerfile\n#http port\nEXPOSE 80\n```", ["EXPOSE 80"], ["#http port"]),
        ("```dockerfile\n#http port\nEXPOSE 80\n```", ["#http port\nEXPOSE 80"], []),
        ("![](images/img2.png)", [], ["![](images/img2.png)"]),
        ("| a | b |\n| --- | --- |", ["| a | b |"], []),
        ("| a | b |", ["| a |"], ["b"]),
    ],
)
def test_what_no_part_quotes_is_seen(notes: str, quotes: list[str], left: list[str]) -> None:
    assert left_out(notes, quotes) == left
