"""The steps of a build once more: the files and the variables that each of them started from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.build.scope import stage_arg
from course_lib.build.stages import SCRATCH, StageGraph
from course_lib.build.state import StageState
from course_lib.dockerfile import expand, parse
from course_lib.dockerfile.instructions import Arg, Env, From
from course_lib.dockerfile.scopes import global_args
from course_lib.image.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from course_lib.build.result import Step
    from course_lib.image.image import Image
    from course_lib.views.build import Build


@dataclass(frozen=True, slots=True)
class Ground:
    """What a step starts from: the files so far, and the values that the builder fills in."""

    tree: Tree
    environment: Mapping[str, str]


class Replay:
    """The stages of a build, put together again from its steps; nothing is run.

    `images` finds a base image by its reference, as the build did.

    Raises:
        DockerfileError, InstructionError: a file that was not built, because it can't be.

    """

    def __init__(self, build: Build, images: Callable[[str], Image | None]) -> None:
        dockerfile = parse(build.source)
        last = dockerfile.stages[-1].name if dockerfile.stages else ""
        self.escape = dockerfile.escape
        self._outer = global_args(
            dockerfile.global_args,
            build.build_args,
            target=build.target or last,
            escape=dockerfile.escape,
        )
        self.graph = StageGraph.of(dockerfile, self._outer)
        self._build = build
        self._images = images
        self._at: dict[int, Ground] = {}

    def steps(self) -> Iterator[tuple[Step, Ground]]:
        """Each step with the ground that it starts from, in the order of the build."""
        for step in self._build.outcome.steps:
            ground = self.ground(step)
            yield step, ground
            self._at[step.stage.index] = self._after(step, ground)

    def files_of(self, name: str) -> Tree:
        """The files that `--from=name` means: of a stage that is built by now, else of an image."""
        source = self.graph.source(name)
        if isinstance(source, int):
            return self._at[source].tree if source in self._at else Tree.EMPTY
        image = self._images(source)
        return Tree.EMPTY if image is None else image.tree

    def stage_name(self, name: str) -> str | None:
        """The name of the stage that `--from=name` means; None for an image."""
        source = self.graph.source(name)
        return self.graph.stages[source].name if isinstance(source, int) else None

    def ground(self, step: Step) -> Ground:
        """Where a step starts from: the end of its stage so far, or what stands below the stage."""
        if not isinstance(step.instruction, From):
            return self._at[step.stage.index]
        planned = self.graph.stages[step.stage.index]
        if planned.base_stage is not None:
            return self._at[planned.base_stage]
        image = None if planned.image == SCRATCH else self._images(planned.image)
        state = StageState.scratch() if image is None else StageState.of_image(image)
        return Ground(state.tree, state.environment)

    def _after(self, step: Step, before: Ground) -> Ground:
        values = dict(before.environment)
        match step.instruction:
            case Env():
                expanded = expand(step.instruction, values, self.escape)
                values |= {pair.name: pair.value or "" for pair in expanded.pairs}
            case Arg(pairs=pairs):
                for pair in pairs:
                    given = self._build.build_args
                    valued = stage_arg(pair, values, self._outer, given, self.escape)
                    values |= {} if valued.value is None else {valued.name: valued.value}
            case _:
                pass
        tree = before.tree if step.layer is None else step.layer.apply(before.tree)
        return Ground(tree, values)
