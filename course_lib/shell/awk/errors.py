"""What ends an awk program early."""

from __future__ import annotations


class AwkSyntaxError(Exception):
    """A program that does not parse; `near` is the token, "" at the end of the text."""

    def __init__(self, line: int, near: str) -> None:
        super().__init__(near)
        self.line = line
        self.near = near


class AwkError(Exception):
    """A failure while the program runs."""


class Leaving(Exception):  # noqa: N818 - not an error
    """`next`, `break`, `exit`, `return` and the others on their way out."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word
