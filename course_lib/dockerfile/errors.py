"""What is wrong with a Dockerfile, in BuildKit's words, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_lib.dockerfile.instructions import Span
    from course_lib.text import Text

_RULE = "-" * 20
_PAD_ONE_LINE = 4
_PAD_MORE_LINES = 2


class DockerfileError(Exception):
    """A Dockerfile that BuildKit refuses.

    `message` has BuildKit's words, with the prefix `dockerfile parse error on line N: `
    where BuildKit has it. `help` is one plain line with a way out, if there is one.
    """

    def __init__(self, message: str, span: Span | None = None, help: Text | None = None) -> None:  # noqa: A002 - the contract's name for the plain line
        super().__init__(message)
        self.message = message
        self.span = span
        self.help = help

    def at(self, span: Span) -> DockerfileError:
        """The same error, found at these lines."""
        return DockerfileError(self.message, span, self.help)

    def in_instruction(self, span: Span) -> DockerfileError:
        """The same error as BuildKit reports it of a well formed but wrong instruction."""
        prefix = f"dockerfile parse error on line {span.start}: "
        return DockerfileError(prefix + self.message, span, self.help)

    def excerpt(self, source: str, name: str = "Dockerfile") -> str:
        """The lines around the error, those to blame marked with `>>>`; '' without a place.

        The shape is BuildKit's: `%4d | >>> text` between two rules, under `Dockerfile:3`.
        """
        if self.span is None:
            return ""
        lines = source.split("\n")
        first, last = self.span.start, min(self.span.end, len(lines))
        if not 1 <= first <= len(lines):
            return ""
        top, bottom = _widened(first, last, len(lines))
        shown = (
            f"{number:4} | {'>>>' if first <= number <= last else '   '} {lines[number - 1]}"
            for number in range(top, bottom + 1)
        )
        return "\n".join((f"{name}:{first}", _RULE, *shown, _RULE))


def _widened(top: int, bottom: int, count: int) -> tuple[int, int]:
    """Take lines above and below until the budget is used; each round costs one itself."""
    budget = _PAD_ONE_LINE if top == bottom else _PAD_MORE_LINES
    while budget > 0:
        if top > 1:
            top, budget = top - 1, budget - 1
        if bottom < count:
            bottom, budget = bottom + 1, budget - 1
        budget -= 1
    return top, bottom
