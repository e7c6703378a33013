"""HTML that can't forget to escape: plain text goes in escaped, `Html` goes in as it is."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from course_lib.views.palette import Tone


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def tag(name: str, *children: object, style: str = "", **attributes: str | int) -> Html:
    """`<name style=...>children</name>`; children that are not `Html` are escaped."""
    if style:
        attributes["style"] = style
    written = "".join(f' {key}="{escape(str(value))}"' for key, value in attributes.items())
    inside = "".join(map(_html, children))
    return Html(f"<{name}{written}>{inside}</{name}>")


def join(children: Iterable[object], between: str = "") -> Html:
    """Join children, escaping those that are not `Html`."""
    return Html(between.join(map(_html, children)))


def _html(child: object) -> str:
    return child if isinstance(child, Html) else escape(str(child))


NOWRAP = "white-space:nowrap"
_TABLE = "border-collapse:collapse;margin:0.4em 0;font-size:inherit;line-height:1.35"
_CELL = "border:1px solid #767676;padding:.2em .4em;text-align:left;vertical-align:top"


def table(rows: Iterable[Html], caption: object = "") -> Html:
    """Set up a table from its rows, with a caption that reads as its title."""
    title = tag("p", tag("b", caption), style="margin:0.6em 0 0.2em 0") if caption else Html()
    return Html(title + tag("table", tag("tbody", *rows), style=_TABLE))


def row(*cells: Html) -> Html:
    """One row of a table."""
    return tag("tr", *cells)


def cell(*children: object, tone: Tone | None = None, span: int = 1, head: bool = False) -> Html:
    """One cell of a table, `span` columns wide; a tone brings its own two colors."""
    style = _CELL + (f";background:{tone.background};color:{tone.foreground}" if tone else "")
    name = "th" if head else "td"
    if span > 1:
        return tag(name, *children, style=style, colspan=span)
    return tag(name, *children, style=style)


def code(text: str, *, wraps: bool = True) -> Html:
    """Words that a computer reads, in a fixed-width font, in the color around them."""
    wrap = "white-space:pre-wrap;overflow-wrap:anywhere" if wraps else "white-space:pre"
    style = f"font-family:monospace;background:transparent;color:inherit;padding:0;{wrap}"
    return tag("code", text, style=style)


def chip(sign: str, tone: Tone) -> Html:
    """A small colored sign."""
    style = f"font:bold 1em monospace;padding:0 0.3em;background:{tone.background};color:{tone.foreground};border:1px solid"
    return tag("span", sign, style=style)


def fold(summary: object, *children: object) -> Html:
    """A part that opens when its summary is chosen, by mouse or keyboard."""
    return tag("details", tag("summary", summary, style="cursor:pointer"), *children)
