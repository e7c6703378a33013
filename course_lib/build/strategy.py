"""What makes a builder this builder: its words in the history, and which instruction leaves a line.

BuildKit's is here; the older builder differs in just these points and in its cache.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.build import history
from course_lib.dockerfile.instructions import Onbuild

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from course_lib.dockerfile.instructions import Instruction, Pair
    from course_lib.image.config import ImageConfig

    CreatedBy = Callable[[Instruction, ImageConfig], str]
    RunCreatedBy = Callable[[Sequence[str], Sequence[Pair], Mapping[str, str]], str]


@dataclass(frozen=True, slots=True)
class Strategy:
    """The history of one builder: its comment, its text for an instruction and for a RUN."""

    comment: str
    created_by: CreatedBy
    run_created_by: RunCreatedBy
    silent: tuple[type[Instruction], ...] = ()

    def leaves_line(self, instruction: Instruction) -> bool:
        """Whether an instruction shows in the history."""
        return not isinstance(instruction, self.silent)


BUILDKIT = Strategy(
    comment="buildkit.dockerfile.v0",
    created_by=history.created_by,
    run_created_by=history.run_created_by,
    silent=(Onbuild,),
)
STRATEGIES = {"buildkit": BUILDKIT}
