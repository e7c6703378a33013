"""A student's Markdown as HTML that does nothing: no scripts, no styles, nothing loaded.

nbconvert's own switch for this (`sanitize_html`) has no effect in nbgrader's pages. Both places
where a student's Markdown is shown take their filter from here: feedback and formgrader.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from bleach.sanitizer import Cleaner
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import markdown2html as rendered
from nbconvert.filters.markdown_mistune import InvalidNotebook

if TYPE_CHECKING:
    from nbformat import NotebookNode

_TAGS = frozenset(
    {
        *("a", "abbr", "b", "code", "del", "em", "i", "kbd", "s", "span", "strong", "sub", "sup"),
        *("blockquote", "br", "details", "div", "hr", "img", "p", "pre", "summary"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "dd", "dl", "dt", "li", "ol", "ul"),
        *("table", "tbody", "td", "th", "thead", "tr"),
    }
)
_PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*\Z")
_PYGMENTS = re.compile(r"[a-z]{1,2}[0-9]?\Z")
_SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.DOTALL | re.IGNORECASE)
_POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'\">"
)


def markdown2html(source: str) -> str:
    """Render Markdown; leave of its HTML only what shows text, tables and built-in pictures."""
    try:
        html = rendered(source)
    except InvalidNotebook:  # a picture attached to the cell: attachments are left behind
        html = rendered(source.replace("attachment:", "attached:"))
    return str(_cleaner().clean(html))


@cache
def _cleaner() -> Cleaner:
    return Cleaner(
        tags=_TAGS,
        attributes=_allowed,
        protocols=("http", "https", "mailto", "data"),
        strip=True,
        strip_comments=True,
    )


def _allowed(tag: str, name: str, value: str) -> bool:
    match tag, name:
        case "a", "href":
            return not value.strip().lower().startswith("data:")
        case "img", "src":
            return bool(_PICTURE.match(value))
        case "div", "class":
            return value == "highlight"
        case "span", "class":  # the colours of code; no other, so that nothing looks like a score
            return bool(_PYGMENTS.match(value))
        case ("img", "alt") | ("abbr", "title") | ("details", "open") | (_, "align"):
            return True
        case _:
            return False


class FeedbackExporter(HTMLExporter):
    """Makes a feedback page that holds no script, loads nothing, and lets no browser do either."""

    def from_notebook_node(  # type: ignore[override]  # as HTMLExporter's own
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: object
    ) -> tuple[str, dict[str, Any]]:
        """Make the page; its scripts are nbconvert's, for formulas, which the lessons do not use."""
        html, resources = super().from_notebook_node(nb, resources, **kw)
        return _SCRIPT.sub("", html).replace("<head>", f"<head>{_POLICY}", 1), resources
