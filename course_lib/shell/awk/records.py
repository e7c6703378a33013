"""Records and fields: the input of awk, and `$0` with its parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.shell.awk.patterns import regex
from course_lib.shell.awk.values import from_input, string
from course_lib.shell.task import decoded

if TYPE_CHECKING:
    from course_lib.shell.awk.values import Scalar
    from course_lib.shell.streams import Stream

_BLANKS = re.compile(r"[ \t\n]+")


class Input:
    """One stream, record by record."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._text: str | None = None  # all of it, once a record separator asks for that
        self._position = 0

    def read(self, separator: str) -> str | None:
        """The next record; None at the end."""
        if separator == "\n" and self._text is None:
            line = self._stream.readline()
            return decoded(line).removesuffix("\n") if line else None
        if self._text is None:
            self._text = decoded(self._stream.read())
            if not separator:
                self._text = self._text.strip("\n")
        if self._position >= len(self._text):
            return None
        start, end, after = self._next(self._text, separator)
        self._position = after
        return self._text[start:end]

    def _next(self, text: str, separator: str) -> tuple[int, int, int]:
        start = self._position
        if len(separator) == 1:
            end = text.find(separator, start)
            if end < 0:
                end = len(text)
                last = end - 1 if text.endswith("\n") and end - 1 > start else end
                return start, last if separator != "\n" else end, end
            return start, end, end + 1
        found = regex(separator or "\n\n+").search(text, start)
        if found is None or found.end() == found.start():
            end = len(text) - (bool(separator) and text.endswith("\n"))
            return start, end, len(text)
        return start, found.start(), found.end()


def split(text: str, separator: str, *, paragraphs: bool = False) -> list[str]:
    """The fields of a text: by blanks for `" "`, by one character, or by a pattern.

    With `paragraphs` (RS is empty) a newline separates too.
    """
    if separator == " ":
        return _BLANKS.split(text.strip(" \t\n")) if text.strip(" \t\n") else []
    if not text:
        return []
    if not separator:
        return list(text)
    if paragraphs:
        one = f"[{separator}]" if len(separator) == 1 and separator != "\\" else separator
        return _by_pattern(text, f"({one})|\n")
    if len(separator) == 1:
        return text.split(separator)
    return _by_pattern(text, separator)


def _by_pattern(text: str, pattern: str) -> list[str]:
    pieces: list[str] = []
    position = 0
    for match in regex(pattern).all(text):
        if match.end() > match.start():
            pieces.append(text[position : match.start()])
            position = match.end()
    return [*pieces, text[position:]]


class Record:
    """`$0` and its fields; each is made from the other when it is asked for."""

    def __init__(self) -> None:
        self._text = ""
        self._fields: list[Scalar] | None = []
        self._stale = False  # a field was set: `$0` has to be joined again
        self.separator = " "
        self.joiner = " "
        self.paragraphs = False
        self.number_format = "%.6g"
        self._pending: tuple[str, bool] = (" ", False)

    def set(self, text: str) -> None:
        """Set `$0`; its fields are split by the FS of now."""
        self._text = text
        self._fields = None
        self._stale = False
        self._pending = (self.separator, self.paragraphs)

    def _split(self) -> list[Scalar]:
        if self._fields is None:
            separator, paragraphs = self._pending
            pieces = split(self._text, separator, paragraphs=paragraphs)
            self._fields = [from_input(piece) for piece in pieces]
        return self._fields

    def count(self) -> int:
        """NF."""
        return len(self._split())

    def field(self, number: int) -> Scalar:
        """`$number`."""
        if number == 0:
            return from_input(self.text())
        fields = self._split()
        return fields[number - 1] if number <= len(fields) else from_input("")

    def text(self) -> str:
        """`$0` as a string."""
        if self._stale:
            joined = (string(value, self.number_format) for value in self._split())
            self._text = self.joiner.join(joined)
            self._stale = False
        return self._text

    def put(self, number: int, value: Scalar) -> None:
        """Set a field; those before it that are missing become empty."""
        if number == 0:
            self.set(string(value, self.number_format))
            return
        fields = self._split()
        fields.extend("" for _ in range(number - len(fields)))
        fields[number - 1] = value
        self._stale = True

    def resize(self, count: int) -> None:
        """Set NF."""
        fields = self._split()
        fields.extend("" for _ in range(count - len(fields)))
        del fields[count:]
        self._stale = True
