"""BuildKit's build: from a Dockerfile and a context to an image, one step at a time."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import KW_ONLY, dataclass, field, replace
from typing import TYPE_CHECKING

from course_lib.build.cache import BuildCache
from course_lib.build.checks import build_warnings
from course_lib.build.errors import BuildError, InstructionError
from course_lib.build.ignore import (
    BadPatternError,
    IgnoreRules,
    IllegalExclusionError,
    read_ignore_file,
)
from course_lib.build.legacy import LEGACY
from course_lib.build.result import BuildResult
from course_lib.build.running import RunFailedError
from course_lib.build.stages import SCRATCH, StageGraph
from course_lib.build.state import StageState
from course_lib.build.strategy import BUILDKIT
from course_lib.build.workshop import Workshop
from course_lib.dockerfile import DockerfileError, parse, parse_trigger
from course_lib.dockerfile.instructions import Onbuild
from course_lib.dockerfile.rules import violation
from course_lib.dockerfile.scopes import global_args
from course_lib.shell import execute as shell_execute
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from course_lib.build.context import Context
    from course_lib.build.result import Step
    from course_lib.build.running import Execute
    from course_lib.build.stage_builder import StageBuilder
    from course_lib.build.stages import PlannedStage
    from course_lib.build.strategy import Strategy
    from course_lib.clock import Clock
    from course_lib.dockerfile.instructions import CheckWarning, Dockerfile, Instruction, Span
    from course_lib.image.image import Image


def build(  # noqa: PLR0913 - the options of docker build
    source: str,
    context: Context,
    *,
    images: Callable[[str], Image | None],
    clock: Clock,
    cache: BuildCache | None = None,
    builder: str = "buildkit",
    target: str = "",
    build_args: Mapping[str, str] | None = None,
    secrets: Mapping[str, bytes] | None = None,
    no_cache: bool = False,
    dockerfile_name: str = "Dockerfile",
    execute: Execute = shell_execute,
    on_step: Callable[[Step], None] | None = None,
) -> BuildResult:
    """`docker build`: read, build the stages that the target needs, put the image together.

    `images` finds a base image by its reference; `on_step` is called after each step.

    Raises:
        BuildError: in BuildKit's words, with the place and the steps so far.

    """
    work = Builder(
        source,
        context,
        images=images,
        clock=clock,
        cache=cache if cache is not None else BuildCache(),
        builder=builder,
        target=target,
        build_args=build_args or {},
        secrets=secrets or {},
        no_cache=no_cache,
        dockerfile_name=dockerfile_name,
        execute=execute,
    )
    for step in work.steps():
        if on_step is not None:
            on_step(step)
    return work.result()


STRATEGIES = {"buildkit": BUILDKIT, "legacy": LEGACY}


@dataclass(slots=True)
class Builder:
    """A build to be looked at while it goes on: `for step in Builder(...).steps()`.

    `images` finds a base image by its reference, `execute` runs a process on files; `builder` is
    buildkit or legacy. `secrets` (id -> bytes) are for `RUN --mount=type=secret`.
    """

    source: str
    context: Context
    _: KW_ONLY
    images: Callable[[str], Image | None]
    clock: Clock
    cache: BuildCache = field(default_factory=BuildCache)
    builder: str = "buildkit"
    target: str = ""
    build_args: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, bytes] = field(default_factory=dict)
    no_cache: bool = False
    dockerfile_name: str = "Dockerfile"
    execute: Execute = shell_execute
    _done: list[Step] = field(default_factory=list, init=False)
    _image: Image | None = field(default=None, init=False)
    _warnings: tuple[CheckWarning, ...] = field(default=(), init=False)
    _closing: str = field(default="", init=False)

    def result(self) -> BuildResult:
        """The image and the steps, once all steps are done."""
        if self._image is None:
            msg = "the build has no result before its last step"
            raise RuntimeError(msg)
        return BuildResult(self._image, tuple(self._done), self._warnings, self._closing)

    def steps(self) -> Iterator[Step]:
        """Build; yield each step as it is done.

        Raises:
            BuildError: in BuildKit's words, with the place and the steps so far.

        """
        for step in self._steps():
            self._done.append(step)
            yield step

    @property
    def warnings(self) -> tuple[CheckWarning, ...]:
        """What the build checks said, also of a build that failed later."""
        return self._warnings

    def check(self) -> tuple[CheckWarning, ...]:
        """`docker build --check`: the warnings of all stages, or of those that `target` needs.

        Raises:
            BuildError: for a file that can't be built, or `# check=error=true` with warnings.

        """
        with self._blaming(None):
            dockerfile = parse(self.source, name=self.dockerfile_name)
            graph, target, workshop = self._planned(dockerfile)
            self._check(dockerfile, graph.reached(target) if self.target else None, workshop)
        return self._warnings

    def _steps(self) -> Iterator[Step]:
        strategy = self._strategy
        with self._blaming(None):
            self._check_builder()
            dockerfile = parse(self.source, name=self.dockerfile_name)
            graph, target, workshop = self._planned(dockerfile)
            if strategy.checks:
                self._check(dockerfile, graph.reached(target), workshop)
        before = len(dockerfile.global_args)
        states: dict[int, StageState] = {}
        yield from strategy.opening(dockerfile, strategy.numbering(graph, 0, target, 0))
        for index in strategy.order(graph, target):
            planned = graph.stages[index]
            with self._blaming(planned.stage.base.span):
                state = strategy.base(_base(planned, graph, states, workshop))
            numbers = strategy.numbering(graph, index, target, before)
            stage = strategy.stage(planned, state, graph, states, workshop, strategy, numbers)
            yield stage.start()
            for instruction in planned.instructions:
                with self._blaming(instruction.span, stage, instruction):
                    step = stage.step(instruction)
                yield step
            states[index] = stage.state
        self._image = states[target].image()
        self._closing = strategy.closing(dockerfile, self.build_args, self._image)

    def _check_builder(self) -> None:
        if self.builder not in STRATEGIES:
            names = " and ".join(STRATEGIES)
            raise InstructionError(
                message=f"the {self.builder} builder is not simulated yet",
                help=Text(f"There are two builders: {names}.", f"有两个构建器：{names}。"),
            )

    @property
    def _strategy(self) -> Strategy:
        return STRATEGIES.get(self.builder, BUILDKIT)

    def _check(
        self, dockerfile: Dockerfile, stages: tuple[int, ...] | None, workshop: Workshop
    ) -> None:
        self._warnings = build_warnings(
            dockerfile,
            workshop,
            self._ignore_rules(),
            build_args=self.build_args,
            target=self.target,
            stages=stages,
        )
        error = violation(dockerfile, self._warnings, self.build_args)
        if error is not None:
            raise error

    def _planned(self, dockerfile: Dockerfile) -> tuple[StageGraph, int, Workshop]:
        last = dockerfile.stages[-1].name if dockerfile.stages else ""
        outer = global_args(
            dockerfile.global_args,
            self.build_args,
            target=self.target or last,
            escape=dockerfile.escape,
        )
        graph = StageGraph.of(dockerfile, outer)
        target = graph.target(self.target)
        self._strategy.check(graph, target)
        rules = self._ignore_rules()
        workshop = Workshop(
            self.images,
            self.context.without(rules).tree(),
            self.clock,
            self.execute,
            self.cache if self._strategy is BUILDKIT else self.cache.apart(self.builder),
            self.build_args,
            outer,
            dockerfile.escape,
            ignored=lambda path: self.context.ignored(path, rules),
            secrets=self.secrets,
            anew=self.no_cache,
            repeats=self._strategy.repeats,
            because_found=self._strategy.because_found,
            not_found=self._strategy.not_found,
        )
        return self._with_triggers(graph, target, workshop), target, workshop

    def _with_triggers(self, graph: StageGraph, target: int, workshop: Workshop) -> StageGraph:
        """Put the ONBUILD triggers of each base into the stages that are needed.

        A trigger with `COPY --from` may need more stages, so look again until nothing is new.
        """
        looked: set[int] = set()
        while new := [i for i in self._strategy.order(graph, target) if i not in looked]:
            for index in new:
                planned = graph.stages[index]
                with self._blaming(planned.stage.base.span):
                    texts = _triggers(planned, graph, workshop)
                    span = planned.stage.base.span
                    graph = graph.with_triggers(
                        index, tuple(parse_trigger(text, span) for text in texts)
                    )
            looked.update(new)
        return graph

    def _ignore_rules(self) -> IgnoreRules:
        """The rules of the .dockerignore that goes with the Dockerfile."""
        own = f"{self.dockerfile_name}.dockerignore"  # which only BuildKit knows
        names = (own, ".dockerignore") if self._strategy is BUILDKIT else (".dockerignore",)
        text = next((t for name in names if (t := self.context.text(name)) is not None), "")
        try:
            return IgnoreRules.of(read_ignore_file(text))
        except (BadPatternError, IllegalExclusionError) as error:
            raise InstructionError(
                message=str(error),
                help=Text(
                    "A line of .dockerignore is no pattern: look for a lone ! or an open [.",
                    ".dockerignore 里有一行不是合法的模式：请检查单独的 ! 或没有闭合的 [。",
                ),
            ) from error

    @contextmanager
    def _blaming(
        self,
        span: Span | None,
        stage: StageBuilder | None = None,
        instruction: Instruction | None = None,
    ) -> Iterator[None]:
        """Turn what goes wrong inside into a BuildError that points to a line."""
        try:
            yield
        except DockerfileError as error:
            raise self._error(error.message, error.span or span, error.help) from error
        except InstructionError as error:
            raise self._error(
                error.message, error.span or span, error.help, _failed(error, stage, instruction)
            ) from error

    def _error(
        self,
        message: str,
        span: Span | None,
        help: Text | None,  # noqa: A002 - as in BuildError
        failed: Step | None = None,
    ) -> BuildError:
        located = DockerfileError(message, span, help)
        return BuildError(
            message,
            span=span,
            excerpt=located.excerpt(self.source, self.dockerfile_name)
            if span and self._strategy.excerpts
            else "",
            help=help,
            steps=tuple(self._done),
            failed=failed,
        )


def _failed(
    error: InstructionError, stage: StageBuilder | None, instruction: Instruction | None
) -> Step | None:
    """The step that did not work, with what it wrote."""
    if stage is None or instruction is None:
        return None
    output = error.output if isinstance(error, RunFailedError) else ()
    return replace(stage.blank(instruction), output=output)


def _base(
    planned: PlannedStage, graph: StageGraph, states: Mapping[int, StageState], workshop: Workshop
) -> StageState:
    if planned.base_stage is not None:
        return states[planned.base_stage].inherited()
    if planned.image == SCRATCH:
        return StageState.scratch()
    image = workshop.image(planned.image, graph.names(), planned.platform)
    return StageState.of_image(image)


def _triggers(planned: PlannedStage, graph: StageGraph, workshop: Workshop) -> tuple[str, ...]:
    """The ONBUILD texts that fire in a stage: its base's."""
    if planned.base_stage is not None:
        below = graph.stages[planned.base_stage].instructions
        return tuple(i.trigger for i in below if isinstance(i, Onbuild))
    if planned.image == SCRATCH:
        return ()
    return workshop.image(planned.image, graph.names(), planned.platform).config.on_build
