"""What is wrong with a script before it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_lib.text import Text


class ScriptSyntaxError(Exception):
    """A script that does not parse: `unexpected` is the token, `expecting` what would fit.

    For an unterminated construct `unexpected` is "" and the message is the whole of it.
    """

    def __init__(self, line: int, message: str, unexpected: str = "", expecting: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.unexpected = unexpected
        self.expecting = expecting


class NotSimulatedError(Exception):
    """A construct, command or option that the real thing has and this simulation has not."""

    def __init__(self, text: Text, line: int | None = None) -> None:
        super().__init__(text.en)
        self.text = text
        self.line = line
