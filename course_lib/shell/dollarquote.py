r"""`$'a\n'`: bash's and busybox ash's quotes with the escapes of C."""

from __future__ import annotations

import re

from course_lib.shell.grammar import Literal
from course_lib.shell.scripterrors import ScriptSyntaxError

_ESCAPES = {
    "n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b",
    "E": "\x1b", "\\": "\\", "'": "'", '"': '"', "?": "?",
}  # fmt: skip
_PIECE = re.compile(r"\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|[0-7]{1,3}|.)|([^\\']+)", re.DOTALL)


def unescape(source: str, position: int) -> tuple[Literal, int]:
    """Read from after the opening quote; return the text and the position after the closing one.

    Raises:
        ScriptSyntaxError: when there is no closing quote.

    """
    text: list[str] = []
    while match := _PIECE.match(source, position):
        position = match.end()
        text.append(match[2] or _character(match[1]))
    if not source.startswith("'", position):
        raise ScriptSyntaxError(source.count("\n") + 1, "Unterminated quoted string")
    return Literal("".join(text), quoted=True), position + 1


def _character(escape: str) -> str:
    if escape[0] == "u" and len(escape) > 1:
        return chr(int(escape[1:], 16))
    if escape[0] == "x" and len(escape) > 1:
        return _byte(int(escape[1:], 16))
    if escape[0] in "01234567":
        return _byte(int(escape, 8) & 0xFF)
    return _ESCAPES.get(escape, "\\" + escape)


def _byte(value: int) -> str:
    return bytes([value]).decode("utf-8", "surrogateescape")
