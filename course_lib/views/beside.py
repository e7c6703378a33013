"""Two answers to one docker command, side by side: the simulator's and a real engine's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.text import Text, same
from course_lib.views import palette
from course_lib.views.markup import Html, chip, join, tag
from course_lib.views.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_SHOWN = 20_000
_COLUMNS = "display:flex;flex-wrap:wrap;gap:0.4em 1em;margin:0.4em 0"
_COLUMN = "flex:1 1 22em;min-width:0"
_OUTPUT = "margin:0;padding:0.3em 0.5em;border:1px solid #767676;background:transparent;color:inherit;white-space:pre;overflow-x:auto"


@dataclass(frozen=True, slots=True)
class Answered:
    """What one side printed, under its heading; `notes` are lines of the course's own."""

    heading: Text
    printed: str
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """Both answers to `command`; `agree` is None when there was nothing to compare.

    `verdict` says so in one line, `differences` name what differs, the simulator's value first.
    """

    command: str
    simulator: Answered
    engine: Answered
    agree: bool | None
    verdict: Text
    differences: tuple[str, ...] = ()


def draw_beside(beside: Beside) -> Picture:
    """Draw two headed blocks, then the verdict; in HTML two columns that stack when it is narrow."""
    both = (beside.simulator, beside.engine)
    signs = {True: palette.SERVES, False: palette.DIFFERENT, None: palette.NOTICED}
    tone = signs[beside.agree]
    lines = [
        f"$ {beside.command}",
        *(line for side in both for line in (f"--- {side.heading} ---", *_lines(side))),
        f"{tone.sign} {beside.verdict}",
        *(f"    {difference}" for difference in beside.differences),
    ]
    columns = (tag("div", tag("b", side.heading), _output(side), style=_COLUMN) for side in both)
    differences = tag("ul", *(tag("li", tag("code", line)) for line in beside.differences))
    html = join(
        [
            tag("p", tag("code", f"$ {beside.command}"), style="margin:0.6em 0 0.2em 0"),
            tag("div", *columns, style=_COLUMNS),
            tag("p", chip(tone.sign, tone), " ", beside.verdict, style="margin:0.2em 0"),
            differences if beside.differences else Html(),
        ]
    )
    return Picture("\n".join(lines) + "\n", html)


def _lines(side: Answered) -> Sequence[str]:
    return [*_printed(side).splitlines(), *map(str, side.notes)]


def _output(side: Answered) -> Html:
    notes = (tag("p", note, style="margin:0.2em 0") for note in side.notes)
    return join([tag("pre", _printed(side) or " ", style=_OUTPUT, tabindex=0), *notes])


def _printed(side: Answered) -> str:
    """What was printed; the middle of a very long text is left out."""
    text = side.printed
    if len(text) <= _MOST_SHOWN:
        return text
    half = _MOST_SHOWN // 2
    return f"{text[:half]}\n{_LEFT_OUT}\n{text[-half:]}"


_LEFT_OUT = same("[...]")
