"""What a build can fail with.

`InstructionError` is raised where the trouble is found and knows no line;
the builder turns it, once, into a `BuildError` with the place, the excerpt and the steps so far.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_lib.build.result import Step
    from course_lib.dockerfile.instructions import Span
    from course_lib.text import Text


class InstructionError(Exception):
    """BuildKit's words, and one plain line with a way out.

    `span` is given only when the trouble stands on another instruction than the one at work.
    """

    def __init__(self, message: str, help: Text, span: Span | None = None) -> None:  # noqa: A002 - the contract's name for the plain line
        super().__init__(message)
        self.message = message
        self.help = help
        self.span = span


class BuildError(Exception):
    """`failed to solve: <message>`: a build that gives no image.

    `excerpt` is BuildKit's picture of the lines, '' where no line is to blame;
    `steps` are those that were done before, with the output of the failing RUN in `output`.
    """

    def __init__(  # noqa: PLR0913 - all that a failed build has to say
        self,
        message: str,
        *,
        span: Span | None = None,
        excerpt: str = "",
        help: Text | None = None,  # noqa: A002 - the contract's name for the plain line
        steps: tuple[Step, ...] = (),
        failed: Step | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.excerpt = excerpt
        self.help = help
        self.steps = steps
        self.failed = failed
