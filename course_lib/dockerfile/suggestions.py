"""`(did you mean FROM?)`: the known word nearest to a mistyped one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_TOO_FAR = 3


def nearest(word: str, options: Iterable[str]) -> str | None:
    """The option at the smallest Levenshtein distance, 1 or 2; the first one of equals.

    None when nothing is that near, and when the word itself is an option.
    """
    best, least = None, _TOO_FAR
    for option in options:
        if option == word:
            return None
        if abs(len(option) - len(word)) < least and (distance := _distance(word, option)) < least:
            best, least = option, distance
    return best


def with_suggestion(message: str, word: str, options: Iterable[str]) -> str:
    """Append `(did you mean X?)` to a message about a word, if an option is near."""
    near = nearest(word, options)
    return message if near is None else f"{message} (did you mean {near}?)"


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, against in enumerate(other, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (letter != against))
    return row[-1]
