"""One sentence in two languages, and which half speaks.

Whatever a learner reads is a `Text`. A `Text` becomes a plain string only at
the rim (the command line, a picture, a grade), in the language of that moment.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterator

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_speaking: ContextVar[Language] = ContextVar("course language", default="en")


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in English and in Chinese; `str()` gives the half that speaks."""

    en: str
    zh: str

    def __str__(self) -> str:
        """Return the half in the language that speaks now."""
        return self.zh if _speaking.get() == "zh" else self.en

    def __add__(self, other: Text) -> Text:
        """Join two texts, half by half, with nothing between."""
        return Text(self.en + other.en, self.zh + other.zh)


def same(word: str) -> Text:
    """Wrap what reads alike in both languages: a file name, docker's own words."""
    return Text(word, word)


def language() -> Language:
    """Return the language that speaks now."""
    return _speaking.get()


def speak(lang: str) -> None:
    """Let one language speak from here on.

    Raises:
        ValueError: for a language that the course is not written in.

    """
    if lang not in LANGUAGES:
        msg = f"the course speaks {' and '.join(LANGUAGES)}, not {lang!r}"
        raise ValueError(msg)
    _speaking.set(lang)


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Let one language speak inside a `with` block."""
    before = _speaking.get()
    speak(lang)
    try:
        yield
    finally:
        _speaking.set(before)
