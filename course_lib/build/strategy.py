"""What makes a builder this builder: its words, its order, its numbers, and how it does a stage.

BuildKit's is here; the older builder's is in `legacy`, made of the same parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.build import history
from course_lib.build.stage_builder import StageBuilder
from course_lib.build.workshop import not_found
from course_lib.dockerfile.instructions import Onbuild

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from course_lib.build.result import Step
    from course_lib.build.stages import StageGraph
    from course_lib.build.state import StageState
    from course_lib.build.workshop import NotFound
    from course_lib.dockerfile.instructions import Dockerfile, Instruction
    from course_lib.image.config import ImageConfig
    from course_lib.image.image import Image
    from course_lib.text import Text


@dataclass(frozen=True, slots=True)
class Numbering:
    """The numbers of a stage's steps: how many came before, and the `5` of `[2/5]`."""

    before: int
    total: int


@dataclass(frozen=True, slots=True)
class Strategy:
    """One builder.

    `stage` does the instructions of a stage, `order` says which stages are built for a target, `base`
    what a stage takes over from what stands below it, `check` refuses stages that can't be. `because_found` says why a result of the cache
    fits. `repeats` tells whether --no-cache does the same step again within a build; `checks` and
    `excerpts`, whether there are build checks and pictures of the lines to blame.
    """

    stage: type[StageBuilder]
    order: Callable[[StageGraph, int], tuple[int, ...]]
    numbering: Callable[[StageGraph, int, int, int], Numbering]
    check: Callable[[StageGraph, int], None]
    comment: str
    created_by: Callable[[Instruction, ImageConfig], str]
    run_created_by: Callable[[Sequence[str], StageState], str]
    base: Callable[[StageState], StageState]
    not_found: NotFound
    opening: Callable[[Dockerfile, Numbering], Iterable[Step]]
    closing: Callable[[Dockerfile, Mapping[str, str], Image], str]
    silent: tuple[type[Instruction], ...] = ()
    because_found: Text | None = None
    repeats: bool = False
    checks: bool = True
    excerpts: bool = True

    def leaves_line(self, instruction: Instruction) -> bool:
        """Whether an instruction shows in the history."""
        return not isinstance(instruction, self.silent)


BUILDKIT = Strategy(
    stage=StageBuilder,
    order=lambda graph, target: graph.reached(target),
    numbering=lambda graph, index, _target, _before: Numbering(0, graph.stages[index].total),
    check=lambda graph, _target: graph.check_circles(),
    comment="buildkit.dockerfile.v0",
    created_by=history.created_by,
    run_created_by=lambda argv, state: history.run_created_by(argv, state.args, state.environment),
    base=lambda state: state,
    not_found=not_found,
    opening=lambda _dockerfile, _numbers: (),
    closing=lambda _dockerfile, _build_args, _image: "",
    silent=(Onbuild,),
)
