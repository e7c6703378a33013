"""A rule is a value: its name, what it stands for, and the form of its message."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.dockerfile.gotext import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.dockerfile.instructions import Span

_PLACE = re.compile("%[sqv]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One of BuildKit's build checks; an `experimental` one runs only where it is asked for.

    In `form`, `%s` is filled as it is and `%q` in double quotes.
    """

    name: str
    description: str
    form: str
    experimental: bool = False

    def message(self, *words: str) -> str:
        """Fill the form with one word per place."""
        left = iter(words)

        def fill(place: re.Match[str]) -> str:
            word = next(left)
            return quoted(word) if place[0] == "%q" else word

        return _PLACE.sub(fill, self.form)


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where a rule is broken; `comments` are those above the instruction."""

    rule: Rule
    message: str
    span: Span
    comments: Sequence[str] = ()
