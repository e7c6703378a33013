r"""The patterns of `${x#p}`, `${x%p}` and `${x/p/r}`: `*`, `?`, and a backslash that escapes.

Brackets are plain characters, and neither `*` nor `?` matches a newline.
"""

from __future__ import annotations

import re


class BadPatternError(ValueError):
    r"""`invalid pattern (\x) in substitution: invalid escape '\x'`."""


def without_prefix(value: str, pattern: str, *, longest: bool) -> str:
    """`${x#p}`, or `${x##p}` for the longest.

    Raises:
        BadPatternError: an escape before a character that needs none.

    """
    found = _compiled(pattern, longest=longest).match(value)
    return value[found.end() :] if found else value


def without_suffix(value: str, pattern: str, *, longest: bool) -> str:
    """`${x%p}`, or `${x%%p}` for the longest.

    Raises:
        BadPatternError: an escape before a character that needs none.

    """
    return without_prefix(value[::-1], _backwards(pattern), longest=longest)[::-1]


def replaced(value: str, pattern: str, replacement: str) -> str:
    """`${x/p/r}`: the first and longest match.

    Raises:
        BadPatternError: an escape before a character that needs none.

    """
    found = _compiled(pattern, longest=True).search(value)
    return value[: found.start()] + replacement + value[found.end() :] if found else value


def all_replaced(value: str, pattern: str, replacement: str) -> str:
    """`${x//p/r}`: all matches. As in Go, `$0` in the replacement is the match.

    Raises:
        BadPatternError: an escape before a character that needs none.

    """
    regex = _compiled(pattern, longest=True)
    done, kept, at = [], 0, 0
    while at <= len(value) and (found := regex.search(value, at)):
        done.append(value[kept : found.start()])
        if found.end() > kept or found.start() == 0:
            done.append(_filled(replacement, found[0]))
        kept = found.end()
        at = max(at + 1, found.end())
    return "".join(done) + value[kept:]


def _filled(template: str, match: str) -> str:
    def fill(found: re.Match[str]) -> str:
        if found[0] == "$$":
            return "$"
        return match if (found[1] or found[2]) == "0" else ""

    return re.sub(r"\$(?:\$|(\w+)|\{(\w+)\})", fill, template)


def _compiled(pattern: str, *, longest: bool) -> re.Pattern[str]:
    """All but the last `*` take as little as they can, once and for all: no time is lost."""
    first, *segments = _segments(pattern)
    if not segments:
        return re.compile(first)
    *middle, last = segments
    middle = [part for part in middle if part]  # two stars are one
    star = ".*" if longest else ".*?"
    return re.compile(first + "".join(f"(?>.*?{part})" for part in middle) + star + last)


def _segments(pattern: str) -> list[str]:
    """The regular expressions between the stars."""
    segments = [""]
    chars = iter(range(len(pattern)))
    for at in chars:
        char, following = pattern[at], pattern[at + 1 : at + 2]
        if char == "*":
            segments.append("")
        elif char == "?":
            segments[-1] += "."
        elif char != "\\":
            segments[-1] += re.escape(char)
        elif following and following in "*?\\":
            segments[-1] += re.escape(following)
            next(chars)
        elif following not in ("}", "/"):
            shown = following or "\N{REPLACEMENT CHARACTER}"
            msg = f"invalid pattern ({pattern}) in substitution: invalid escape '\\{shown}'"
            raise BadPatternError(msg)
    return segments


def _backwards(pattern: str) -> str:
    r"""`a\*c` -> `c\*a`: an escape stays before its character."""
    return "".join(reversed(re.findall(r"\\.|.", pattern, re.DOTALL)))
