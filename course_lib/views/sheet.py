"""A table as a value: the same cells become columns of text and an HTML table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.text import Text, same
from course_lib.views.columns import columns, shorten, width
from course_lib.views.markup import NOWRAP, Html, cell, chip, code, join, row, table, tag
from course_lib.views.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.views.palette import Tone

_MOST_ROWS = 100
"""So many rows are drawn, the first ones."""
_IN_HTML = 160
_SHORT = 10
_LONG_WORD = re.compile(r"[!-~]{12}")  # Chinese breaks anywhere by itself
_ROOM = "min-width:4em"
"""What is not short has room for a word or two on a line; more, where the page is wide."""
_HEAD = "min-width:2.2em"
_NOTE = "margin:0.2em 0"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says, a line for each line of the text; with a tone, its sign comes first.

    `most` is the number of characters of one line in the text form.
    """

    said: Text
    tone: Tone | None = None
    is_code: bool = False
    most: int = 72


def plain(said: Text | str, tone: Tone | None = None, most: int = 72) -> Cell:
    """Prose; a str reads alike in both languages."""
    return Cell(same(said) if isinstance(said, str) else said, tone, most=most)


def words(said: str, tone: Tone | None = None, most: int = 60) -> Cell:
    """What a computer reads: a path, an instruction, a name with its value."""
    return Cell(same(said), tone, is_code=True, most=most)


EMPTY = Cell(same(""))

Row = tuple[Cell, ...]


def sheet(
    caption: Text,
    head: Sequence[Text],
    rows: Sequence[Row],
    notes: Sequence[Text] = (),
    signs: Sequence[Tone] = (),
) -> Picture:
    """Draw a caption, the rows below their head, notes of one line each, and what the signs mean."""
    shown, left = rows[:_MOST_ROWS], len(rows[_MOST_ROWS:])
    more = (Text(f"... and {left} more", f"……还有 {left} 行"),) if left else ()
    said = [str(note) for note in (*more, *notes)]
    text = columns([str(word) for word in head], [[_text(one) for one in line] for line in shown])
    html = table(
        [
            row(*(cell(tag("div", word, style=_HEAD), head=True) for word in head)),
            *(row(*map(_html, line)) for line in shown),
        ],
        caption=caption,
    )
    return Picture(
        f"{caption}\n{text}\n" + "".join(f"  {line}\n" for line in (*said, *_legend(signs))),
        tag("div", html, *(tag("p", line, style=_NOTE) for line in said), *_chips(signs)),
    )


def _legend(tones: Sequence[Tone]) -> list[str]:
    """`A added  D deleted`, one line; none where there is no sign."""
    return ["  ".join(f"{tone.sign} {tone.word}" for tone in tones)] if tones else []


def _chips(tones: Sequence[Tone]) -> list[Html]:
    """The same in colors."""
    parts = (join([chip(tone.sign, tone), " ", tone.word]) for tone in tones)
    return [tag("p", join(parts, "  "), style=_NOTE)] if tones else []


def _text(one: Cell) -> str:
    lines = [shorten(line, one.most) for line in str(one.said).split("\n")]
    return _marked(one) + "\n".join(lines)


def _marked(one: Cell) -> str:
    if one.tone is None or not one.tone.sign.strip():
        return ""
    return f"{one.tone.sign} "


def _html(one: Cell) -> Html:
    lines = [shorten(line, _IN_HTML) for line in str(one.said).split("\n")]
    drawn = [_code(line) if one.is_code else line for line in lines]
    sign = [chip(one.tone.sign, one.tone), " "] if one.tone and _marked(one) else []
    first = join([*sign, drawn[0]])
    styles = [_wrapping(line) for line in lines]
    styles[0] = NOWRAP if width(lines[0]) <= _SHORT else f"{_ROOM};{styles[0]}".rstrip(";")
    parts = zip((first, *drawn[1:]), styles, strict=True)
    return cell(*(tag("div", part, style=style) for part, style in parts), tone=one.tone)


def _wrapping(line: str) -> str:
    return "overflow-wrap:anywhere" if _LONG_WORD.search(line) else ""


def _code(line: str) -> Html:
    """A long word breaks where it stands, beside its sign."""
    written = code(line, wraps=width(line) > _SHORT)
    return written if " " in line else tag("span", written, style="word-break:break-all")
