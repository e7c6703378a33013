"""`(did you mean base?)`: the known word that is nearest to a mistyped one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEAR = 2


def with_suggestion(message: str, word: str, known: Iterable[str]) -> str:
    """Add the nearest known word, if one is at most two edits away; the first of equals."""
    lower = word.lower()
    distances = [(_distance(lower, other.lower()), other) for other in known]
    near = [pair for pair in distances if 0 < pair[0] <= _NEAR]
    if not near:
        return message
    return f"{message} (did you mean {min(near, key=lambda pair: pair[0])[1]}?)"


def _distance(one: str, other: str) -> int:
    """Levenshtein's distance."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, against in enumerate(other, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (letter != against))
    return row[-1]
