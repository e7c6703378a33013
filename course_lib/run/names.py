"""Names for containers that got none: an adjective and a scientist, chosen by the id."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_ADJECTIVES = (
    "able", "amber", "brave", "bright", "calm", "clear", "clever", "curious", "eager", "early",
    "fair", "gentle", "glad", "golden", "happy", "honest", "kind", "lively", "lucid", "merry",
    "modest", "nimble", "patient", "plain", "quiet", "ready", "serene", "silver", "steady",
    "sunny", "tidy", "warm",
)  # fmt: skip
_SURNAMES = (
    "archimedes", "babbage", "boole", "carson", "curie", "darwin", "dijkstra", "einstein",
    "euclid", "euler", "faraday", "fermat", "franklin", "galileo", "gauss", "germain",
    "goodall", "hamilton", "hopper", "hypatia", "kepler", "khayyam", "lamarr", "leibniz",
    "lovelace", "maxwell", "meitner", "newton", "noether", "pascal", "shannon", "turing",
)  # fmt: skip


def name_for(container_id: str, taken: Callable[[str], bool]) -> str:
    """`curious_noether`, from the digits of the id; with a number behind it if it is taken."""
    digits = int(container_id[:8], 16)
    adjective = _ADJECTIVES[digits % len(_ADJECTIVES)]
    surname = _SURNAMES[digits // len(_ADJECTIVES) % len(_SURNAMES)]
    name = f"{adjective}_{surname}"
    number = 0
    candidate = name
    while taken(candidate):
        number += 1
        candidate = f"{name}{number}"
    return candidate
