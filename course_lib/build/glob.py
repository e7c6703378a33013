"""Go's `filepath.Match`: the wildcards of COPY, ADD and .dockerignore.

`*` is any run of characters without `/`, `?` one character but `/`, `[a-z]` and `[^a-z]` a class,
a backslash protects the character after it. Unlike the shell, `*` also matches a leading dot.
"""

from __future__ import annotations

import re
from functools import lru_cache

WILDCARDS = frozenset("*?[")


class BadPatternError(ValueError):
    """`syntax error in pattern`: an open bracket, an empty or reversed class, a lone backslash."""

    def __init__(self) -> None:
        super().__init__("syntax error in pattern")


def has_wildcards(path: str) -> bool:
    """Whether a path is a pattern: a `*`, `?` or `[` that no backslash protects."""
    return any(char in WILDCARDS for char in re.sub(r"\\.", "", path))


def matches(pattern: str, path: str) -> bool:
    """Whether all of `path` matches.

    Raises:
        BadPatternError: for a pattern that Go refuses.

    """
    return _compiled(pattern).fullmatch(path) is not None


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts: list[str] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "[":
            piece, at = character_class(pattern, at)
        elif char == "\\":
            literal, at = _escaped(pattern, at)
            piece = re.escape(literal)
        else:
            piece = {"*": "[^/]*", "?": "[^/]"}.get(char, re.escape(char))
            at += 1
        parts.append(piece)
    return re.compile("".join(parts), re.DOTALL)


def character_class(pattern: str, at: int) -> tuple[str, int]:
    """Translate the class that starts at `at`; return the expression and where it ends.

    Raises:
        BadPatternError: for a class that does not end, is empty, or runs backwards.

    """
    at += 1
    negated = pattern[at : at + 1] == "^"
    at += negated
    ranges: list[str] = []
    while not (ranges and pattern[at : at + 1] == "]"):
        low, at = _class_member(pattern, at)
        high = low
        if pattern[at : at + 1] == "-":
            high, at = _class_member(pattern, at + 1)
        if low <= high:
            ranges.append(f"{re.escape(low)}-{re.escape(high)}")
        elif not ranges:
            ranges.append("")  # a reversed range matches nothing, and the class goes on
    body = "".join(ranges)
    if not body:
        return ("[^/]" if negated else "(?!)"), at + 1
    return (f"(?!/)[^{body}]" if negated else f"[{body}]"), at + 1


def _class_member(pattern: str, at: int) -> tuple[str, int]:
    if at >= len(pattern) or pattern[at] in "-]":
        raise BadPatternError
    if pattern[at] == "\\":
        return _escaped(pattern, at)
    return pattern[at], at + 1


def _escaped(pattern: str, at: int) -> tuple[str, int]:
    if at + 1 >= len(pattern):
        raise BadPatternError
    return pattern[at + 1], at + 2
