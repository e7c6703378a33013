"""`# name=value` at the top of a file: `syntax`, `escape` and `check`.

The first line that is no such directive ends the section; what comes later is a comment.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from course_lib.dockerfile.errors import DockerfileError
from course_lib.dockerfile.gotext import SPACE
from course_lib.dockerfile.instructions import Directive, Span
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES = frozenset({"syntax", "escape", "check"})
_FORM = re.compile(r"([a-zA-Z][a-zA-Z0-9]*)[ \t\f\r]*=[ \t\f\r]*(.*)")
_ESCAPES = ("\\", "`")
_BOM = "\ufeff"


class DirectiveReader:
    """Takes the lines of a file in their order for as long as they are directives."""

    def __init__(self, comment: str = "#") -> None:
        self._comment = comment
        self._seen: set[str] = set()
        self.done = False

    def read(self, line: str, number: int) -> Directive | None:
        """The directive of a line without blanks before it and without its newline.

        Raises:
            DockerfileError: `only one escape parser directive can be used`.

        """
        if self.done:
            return None
        found = None
        if line.startswith(self._comment):
            found = _FORM.match(line.removeprefix(self._comment).lstrip(SPACE))
        value = found[2].rstrip("\t\f\r ") if found else ""
        name = found[1].lower() if found else ""
        if not value or name not in _NAMES:
            self.done = True
            return None
        span = Span(number, number)
        if name in self._seen:
            raise DockerfileError(
                message=f"only one {name} parser directive can be used",
                span=span,
                help=Text(f"Keep one of the `# {name}=` lines.", f"`# {name}=` 只能保留一行。"),
            )
        self._seen.add(name)
        return Directive(name, value, span)


def escape_of(directive: Directive) -> str:
    r"""The escape character that `# escape=` asks for.

    Raises:
        DockerfileError: neither a backslash nor a backtick.

    """
    if directive.value not in _ESCAPES:
        raise DockerfileError(
            message=f"invalid escape token '{directive.value}' does not match ` or \\",
            span=directive.span,
            help=Text(
                "Only a backslash or a backtick can continue lines; on Linux you need no such line.",
                "只有反斜杠或反引号可以用来续行；在 Linux 上不需要这一行。",
            ),
        )
    return directive.value


def find_directive(name: str, text: str) -> Directive | None:
    """A directive of a file, also below a `#!` line; None if it is not there."""
    return _found(name, text, "#")


def find_syntax(text: str) -> Directive | None:
    """What a file says of its own language: `# syntax=`, `// syntax=` or `{"syntax": ".."}`."""
    return _found("syntax", text, "#") or _found("syntax", text, "//") or _in_json(text)


def _found(name: str, text: str, comment: str) -> Directive | None:
    reader = DirectiveReader(comment)
    try:
        for number, line in _below_shebang(text):
            directive = reader.read(line, number)
            if directive is None:
                return None
            if directive.name == name:
                return directive
    except DockerfileError:
        return None  # a repeated directive: reading the file itself reports it
    return None


def _below_shebang(text: str) -> Iterator[tuple[int, str]]:
    rest, number = text.removeprefix(_BOM), 0
    while rest:
        line, _, rest = rest.partition("\n")
        number += 1
        if number > 1 or not line.startswith("#!"):
            yield number, line.removesuffix("\r")


def _in_json(text: str) -> Directive | None:
    body = text.removeprefix(_BOM)
    if not body.lstrip().startswith("{"):
        return None
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None  # no JSON, so not this way of writing it
    syntax = value.get("syntax")
    return Directive("syntax", syntax, Span(1, 1)) if isinstance(syntax, str) else None
