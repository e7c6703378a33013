"""Field splitting: where the text of an expansion is cut at the characters of IFS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

PLAIN: Final = 0  # of the script: a pattern, but never split
QUOTED: Final = 1  # neither split nor a pattern
EXPANDED: Final = 2  # of an expansion: split, and a pattern
Piece = tuple[str, int]
BREAK: Final[Piece] = ("", 3)  # between the parameters of `$@`

Field = list[tuple[str, bool]]  # text, and whether it is quoted


def split(pieces: Iterable[Piece], ifs: str) -> list[Field]:
    """Join pieces to fields, cutting the expanded ones; a quoted piece makes a field, even ""."""
    return _Splitter(ifs).run(pieces)


class _Splitter:
    def __init__(self, ifs: str) -> None:
        self._blanks = {char for char in ifs if char in " \t\n"}
        self._marks = set(ifs) - self._blanks
        self._done: list[Field] = []
        self._open: Field | None = None
        self._after_blank = False  # the last field was ended by blanks: one mark may follow

    def run(self, pieces: Iterable[Piece]) -> list[Field]:
        for piece in pieces:
            text, kind = piece
            if piece is BREAK:
                self._end()
            elif kind == EXPANDED:
                self._cut(text)
            elif text or kind == QUOTED:
                self._add(text, quoted=kind == QUOTED)
        self._end()
        return self._done

    def _add(self, text: str, *, quoted: bool) -> None:
        if self._open is None:
            self._open = []
        self._open.append((text, quoted))
        self._after_blank = False

    def _end(self) -> None:
        if self._open is not None:
            self._done.append(self._open)
            self._open = None
        self._after_blank = False

    def _cut(self, text: str) -> None:
        if text.isalnum() and not self._marks:
            self._add(text, quoted=False)
            return
        start = 0
        for position, char in enumerate(text):
            if char not in self._blanks and char not in self._marks:
                continue
            if position > start:
                self._add(text[start:position], quoted=False)
            start = position + 1
            if char in self._blanks:
                if self._open is not None:
                    self._end()
                    self._after_blank = True
            elif self._open is not None:
                self._end()
            elif self._after_blank:
                self._after_blank = False
            else:
                self._done.append([])
        if start < len(text):
            self._add(text[start:], quoted=False)
