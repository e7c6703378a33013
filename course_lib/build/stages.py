"""Which stages a build needs, in which order, and what stands below each.

`FROM name` means an earlier stage of that name, else an image; `COPY --from` a stage of that name (of
several the last), a stage by its number, else an image. Only what the target reaches is built.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course_lib.build.errors import InstructionError
from course_lib.build.scope import expanded
from course_lib.dockerfile.instructions import Add, Copy, Run, Workdir
from course_lib.dockerfile.suggestions import with_suggestion
from course_lib.dockerfile.words import Style, analyse
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from course_lib.dockerfile.instructions import Dockerfile, Instruction, Stage

SCRATCH = "scratch"
_NUMBERED = (Add, Copy, Run, Workdir)


@dataclass(frozen=True, slots=True)
class PlannedStage:
    """A stage with its base found out: another stage (`base_stage`) or an image (`image`)."""

    stage: Stage
    image: str
    platform: str
    base_stage: int | None
    instructions: tuple[Instruction, ...]

    @property
    def name(self) -> str:
        """The name with AS, else `stage-0`."""
        return self.stage.name or f"stage-{self.stage.index}"

    @property
    def total(self) -> int:
        """How many numbered steps BuildKit shows: `[2/5]`."""
        from_image = self.base_stage is None and self.image != SCRATCH
        return from_image + sum(isinstance(i, _NUMBERED) for i in self.instructions)

    def is_numbered(self, instruction: Instruction) -> bool:
        """Whether BuildKit shows an instruction as a step."""
        return isinstance(instruction, _NUMBERED)


@dataclass(frozen=True, slots=True)
class StageGraph:
    """All stages of a file."""

    stages: tuple[PlannedStage, ...]

    @classmethod
    def of(cls, dockerfile: Dockerfile, outer: Mapping[str, str]) -> StageGraph:
        """Find the base of each stage; `outer` are the global arguments.

        Raises:
            InstructionError: a base without a name.

        """
        known: dict[str, int] = {}
        planned: list[PlannedStage] = []
        for stage in dockerfile.stages:
            image, platform = _base_name(stage, outer, dockerfile.escape)
            below = known.get(image)
            planned.append(PlannedStage(stage, image, platform, below, stage.instructions))
            if stage.name:
                known[stage.name.lower()] = stage.index
        return cls(tuple(planned))

    def names(self) -> tuple[str, ...]:
        """The names of all stages, `stage-0` for one without."""
        return tuple(planned.name for planned in self.stages)

    def with_triggers(self, index: int, triggers: Sequence[Instruction]) -> StageGraph:
        """Put ONBUILD triggers of its base before a stage's own instructions."""
        stages = list(self.stages)
        stages[index] = replace(
            stages[index], instructions=(*triggers, *stages[index].instructions)
        )
        return StageGraph(tuple(stages))

    def target(self, name: str) -> int:
        """The stage of `--target`, the last one for ''.

        Raises:
            InstructionError: `target stage "x" could not be found`.

        """
        if not name:
            return len(self.stages) - 1
        found = self.find(name)
        if found is None:
            names = self.names()
            raise InstructionError(
                message=with_suggestion(f'target stage "{name}" could not be found', name, names),
                help=Text(
                    f"The stages of this file: {', '.join(names)}.",
                    f"这个文件里的阶段有：{', '.join(names)}。",
                ),
            )
        return found

    def find(self, name: str) -> int | None:
        """A stage by the name that AS gave it; of several the last."""
        named = [p.stage.index for p in self.stages if p.stage.name.lower() == name.lower() != ""]
        return named[-1] if named else None

    def source(self, name: str) -> int | str:
        """What `--from` means: the index of a stage, or the name of an image.

        Raises:
            InstructionError: `invalid stage index 3`, a variable.

        """
        if "$" in name:
            raise InstructionError(
                message="variable expansion is not supported for --from, define a new stage with FROM "
                "using ARG from global scope as a workaround",
                help=Text(
                    "Write ARG before the first FROM, then FROM $NAME AS x, and --from=x.",
                    "在第一个 FROM 之前写 ARG，再写 FROM $NAME AS x，然后用 --from=x。",
                ),
            )
        if re.fullmatch(r"[+-]?\d{1,18}", name, re.ASCII):
            index = int(name)
            if 0 <= index < len(self.stages):
                return index
            raise InstructionError(
                message=f"invalid stage index {index}",
                help=Text(
                    f"Stages count from 0; this file has {len(self.stages)}.",
                    f"阶段从 0 开始编号；这个文件有 {len(self.stages)} 个阶段。",
                ),
            )
        found = self.find(name)
        return name if found is None else found

    def copied_from(self, index: int) -> tuple[tuple[int, Instruction], ...]:
        """The stages that a stage takes files from, each with the instruction that does it."""
        found: list[tuple[int, Instruction]] = []
        for instruction in self.stages[index].instructions:
            for name in sources_of(instruction):
                try:
                    source = self.source(name)
                except InstructionError as error:
                    error.span = instruction.span
                    raise
                if isinstance(source, int):
                    found.append((source, instruction))
        return tuple(found)

    def check_circles(self) -> None:
        """Refuse stages that copy from each other in a circle, or from themselves.

        Raises:
            InstructionError: `circular dependency detected on stage: a`.

        """
        seen: set[int] = set()
        for start in range(len(self.stages)):
            circle = self._circle(start, (), seen)
            if circle is not None:
                raise InstructionError(
                    message=f"circular dependency detected on stage: {self.stages[start].name}",
                    help=Text(
                        "A stage can only copy from stages above it.",
                        "一个阶段只能从它上面的阶段复制文件。",
                    ),
                    span=circle.span,
                )

    def _circle(self, index: int, path: tuple[int, ...], seen: set[int]) -> Instruction | None:
        if index in seen:
            return None
        seen.add(index)
        for source, instruction in self.copied_from(index):
            if source in (*path, index):
                return instruction
            deeper = self._circle(source, (*path, index), seen)
            if deeper is not None:
                return deeper
        return None

    def reached(self, target: int) -> tuple[int, ...]:
        """The stages that the target needs, itself included, in the order of the file."""
        found: set[int] = set()
        pending = [target]
        while pending:
            index = pending.pop()
            if index in found:
                continue
            found.add(index)
            base = self.stages[index].base_stage
            pending += [source for source, _ in self.copied_from(index)]
            pending += [base] if base is not None else []
        return tuple(sorted(found))


def sources_of(instruction: Instruction) -> tuple[str, ...]:
    """The names after `--from=` of COPY, and after `from=` in the mounts of RUN."""
    if isinstance(instruction, Copy):
        return (instruction.from_,) if instruction.from_ else ()
    if isinstance(instruction, Run):
        options = (dict(mount.options) for mount in instruction.mounts)
        return tuple(found["from"] for found in options if found.get("from"))
    return ()


def _base_name(stage: Stage, outer: Mapping[str, str], escape: str) -> tuple[str, str]:
    """The image and the platform of a FROM, expanded."""
    try:
        image = expanded(stage.base.image, outer, escape)
        platform = expanded(stage.base.platform, outer, escape)
    except InstructionError as error:
        error.span = stage.base.span
        raise
    if not image:
        raise InstructionError(
            message=f"base name ({stage.base.image}) should not be blank",
            help=Text(
                "The variable after FROM is empty: give its ARG before the first FROM a default, or "
                "use --build-arg.",
                "FROM 后面的变量是空的：请在第一个 FROM 之前给 ARG 一个默认值，或使用 --build-arg。",
            ),
            span=stage.base.span,
        )
    if stage.base.platform and not platform:
        raise InstructionError(
            message=_empty_platform(stage.base.platform, outer, escape),
            help=Text(
                "The variable after --platform is empty: use $BUILDPLATFORM or $TARGETPLATFORM, or leave "
                "--platform out.",
                "--platform 后面的变量是空的：请使用 $BUILDPLATFORM 或 $TARGETPLATFORM，或者去掉 --platform。",
            ),
            span=stage.base.span,
        )
    return image, platform


def _empty_platform(written: str, outer: Mapping[str, str], escape: str) -> str:
    message = f"empty platform value from expression {written}"
    for name in sorted(analyse(written, outer, Style(escape)).unmatched):
        suggested = with_suggestion(message, name, outer)
        if suggested != message:
            return suggested
    return message
