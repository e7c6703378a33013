"""`a=1,"b=x,y"`: the one line of CSV after `--mount=` and `--device=`."""

from __future__ import annotations


class BadFieldError(ValueError):
    """`parse error on line 1, column 5: bare " in non-quoted field`."""


def fields(text: str) -> tuple[str, ...]:
    """Split at commas; a field in double quotes may have commas, and `""` for a quote.

    Raises:
        BadFieldError: in the words of Go's `encoding/csv`.

    """
    found: list[str] = []
    at = 0
    while True:
        field, at = _quoted(text, at) if text.startswith('"', at) else _plain(text, at)
        found.append(field)
        if at == len(text):
            return tuple(found)
        at += 1


def _plain(text: str, at: int) -> tuple[str, int]:
    end = text.find(",", at)
    end = len(text) if end < 0 else end
    quote = text.find('"', at, end)
    if quote >= 0:
        msg = f'parse error on line 1, column {quote + 1}: bare " in non-quoted field'
        raise BadFieldError(msg)
    return text[at:end], end


def _quoted(text: str, at: int) -> tuple[str, int]:
    parts: list[str] = []
    at += 1
    while (quote := text.find('"', at)) >= 0:
        parts.append(text[at:quote])
        following = text[quote + 1 : quote + 2]
        if following in ("", ","):
            return "".join(parts), quote + 1
        if following != '"':
            at = quote
            break
        parts.append('"')
        at = quote + 2
    else:
        at = len(text)
    msg = f'parse error on line 1, column {at + 1}: extraneous or missing " in quoted-field'
    raise BadFieldError(msg)
