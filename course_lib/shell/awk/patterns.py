"""awk's regular expressions: POSIX's extended ones, with the escapes of strings."""

from __future__ import annotations

import re
from functools import lru_cache

from course_lib.shell.awk.errors import AwkError
from course_lib.shell.regex import Regex, compiled
from course_lib.shell.regexsyntax import RegexError

_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "a": "\a", "b": "\b"}
_PLAIN = frozenset("/\"'&-_,:;<>=%@#~`!0123456789 ")


@lru_cache(maxsize=256)
def regex(source: str) -> Regex:
    """Compile a pattern.

    Raises:
        AwkError: for what is no pattern.

    """
    try:
        return compiled(_posix(source), extended=True)
    except RegexError as error:
        msg = f"regular expression compile failed ({error})\n{source}"
        raise AwkError(msg) from error


def _posix(source: str) -> str:
    r"""Write `\t`, `\/` and escapes between brackets as POSIX has them."""
    if "\\" not in source:
        return source
    pieces: list[str] = []
    position = 0
    while position < len(source):
        char = source[position]
        if char == "[":
            bracket = re.compile(r"\[\^?\]?(?:\[:[a-z]+:\]|\\.|[^]\\])*\]").match(source, position)
            if bracket is not None:
                pieces.append(_bracket(bracket.group()))
                position = bracket.end()
                continue
        if char == "\\" and position + 1 < len(source):
            letter = source[position + 1]
            position += 2
            if letter in _CONTROLS:
                pieces.append(_CONTROLS[letter])
            elif letter in _PLAIN:
                pieces.append(letter)
            else:
                pieces.append("\\" + letter)
            continue
        pieces.append(char)
        position += 1
    return "".join(pieces)


def _bracket(text: str) -> str:
    r"""`[\]\t\\]` as `[]<tab>\]`: POSIX has no escapes between brackets."""
    inner = text[1:-1]
    negated = inner.startswith("^")
    inner = inner.removeprefix("^")
    if "\\" not in inner:
        return text
    closing = "]" if r"\]" in inner or inner.startswith("]") else ""
    inner = inner.removeprefix("]").replace(r"\]", "")
    inner = re.sub(
        r"\\(.)", lambda match: _CONTROLS.get(match[1], match[1]), inner, flags=re.DOTALL
    )
    return f"[{'^' if negated else ''}{closing}{inner}]"
