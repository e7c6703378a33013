"""Texts as Go handles them, because BuildKit's words come from Go: spaces and `%q`."""

from __future__ import annotations

# unicode.IsSpace; Python's str.isspace also takes the separators U+001C to U+001F.
SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)

_SHORT = {
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\v": "\\v",
    "\\": "\\\\",
    '"': '\\"',
}
_LAST_SHORT_ESCAPE = 0xFFFF


def quoted(text: str) -> str:
    r"""Quote as Go's `%q`: `say "hi"` -> `"say \"hi\""`."""
    return '"' + "".join(_SHORT.get(char) or _escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char.isprintable():
        return char
    code = ord(char)
    if code < ord(" ") or char == "\x7f":
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= _LAST_SHORT_ESCAPE else f"\\U{code:08x}"
