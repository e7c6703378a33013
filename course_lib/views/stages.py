"""The stages of a Dockerfile: which is built on which, which copies from which, and who is left out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from course_lib.build.errors import BuildError
from course_lib.build.stages import SCRATCH, sources_of
from course_lib.text import Text, same
from course_lib.views import palette
from course_lib.views.columns import size
from course_lib.views.replay import Replay
from course_lib.views.sheet import EMPTY, plain, sheet, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from course_lib.build.stages import PlannedStage
    from course_lib.image.image import Image
    from course_lib.views.build import Build
    from course_lib.views.picture import Picture
    from course_lib.views.sheet import Row


class Part(Enum):
    """What a stage is to the image."""

    TARGET = palette.TARGET
    NEEDED = palette.NEEDED
    SKIPPED = palette.SKIPPED


@dataclass(frozen=True, slots=True)
class Taken:
    """Files that a stage takes: from a stage or an image, by an instruction on a line (1-based)."""

    source: str
    is_stage: bool
    line: int
    instruction: str


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage. `base` is the name of a stage or an image; `size` is None where it was not built."""

    name: str
    line: int
    base: str
    base_is_stage: bool
    part: Part
    taken: tuple[Taken, ...]
    layers: int
    size: int | None


@dataclass(frozen=True, slots=True)
class Stages:
    """All stages, in the order of the file; `is_done` unless the build failed."""

    name: str
    rows: tuple[StageRow, ...]
    is_done: bool = True


def stages_of(build: Build, images: Callable[[str], Image | None]) -> Stages:
    """Read the graph from the file, and the sizes from the steps that were done.

    Raises:
        DockerfileError, InstructionError: a file that was not built, because it can't be.

    """
    replay = Replay(build, images)
    built: dict[int, tuple[int, ...]] = {}
    for step, _ in replay.steps():
        index = step.stage.index
        if index not in built:
            built[index] = _below(replay.graph.stages[index], built, images)
        if step.layer is not None:
            built[index] = (*built[index], step.layer.size)
    graph = replay.graph
    target = graph.target(build.target)
    reached = graph.reached(target)
    rows = []
    for planned in graph.stages:
        index = planned.stage.index
        part = Part.TARGET if index == target else Part.NEEDED
        sizes = built.get(index)
        rows.append(
            StageRow(
                planned.name,
                planned.stage.base.span.start,
                planned.image
                if planned.base_stage is None
                else graph.stages[planned.base_stage].name,
                planned.base_stage is not None,
                part if index in reached else Part.SKIPPED,
                tuple(_taken(planned, replay)),
                len(sizes or ()),
                None if sizes is None else sum(sizes),
            )
        )
    return Stages(build.name, tuple(rows), is_done=not isinstance(build.outcome, BuildError))


def _below(
    planned: PlannedStage,
    built: dict[int, tuple[int, ...]],
    images: Callable[[str], Image | None],
) -> tuple[int, ...]:
    """The sizes of the layers that a stage starts with."""
    if planned.base_stage is not None:
        return built[planned.base_stage]
    image = None if planned.image == SCRATCH else images(planned.image)
    return () if image is None else tuple(layer.size for layer in image.layers)


def _taken(planned: PlannedStage, replay: Replay) -> Iterator[Taken]:
    for instruction in planned.instructions:
        text = instruction.source.strip().partition("\n")[0]
        for name in sources_of(instruction):
            stage = replay.stage_name(name)
            yield Taken(stage or name, stage is not None, instruction.span.start, text)


_HEAD = (
    Text("line", "行"),
    Text("stage", "阶段"),
    Text("built on", "建立在"),
    Text("takes files from", "从哪里取文件"),
    Text("layers", "层数"),
    Text("size", "大小"),
)


def draw_stages(stages: Stages) -> Picture:
    """Draw a row for each stage, and one for each instruction that takes files from elsewhere."""
    count = len(stages.rows)
    caption = Text(
        f"{stages.name}: {count} stage{'' if count == 1 else 's'}",
        f"{stages.name}：{count} 个阶段",
    )
    rows = [row for stage in stages.rows for row in _rows(stage)]
    return sheet(caption, _HEAD, rows, [*_sums(stages)], [part.value for part in Part])


def _rows(stage: StageRow) -> Iterator[Row]:
    head = (
        plain(str(stage.line)),
        words(stage.name, stage.part.value),
        plain(_from(stage.base, is_stage=stage.base_is_stage)),
    )
    tail = (
        plain(str(stage.layers) if stage.size is not None else "-"),
        plain(size(stage.size) if stage.size is not None else _NOT_BUILT),
    )
    if not stage.taken:
        yield (*head, plain("-"), *tail)
    for at, taken in enumerate(stage.taken):
        said = _from(taken.source, is_stage=taken.is_stage) + Text(
            f" <- line {taken.line}: {taken.instruction}",
            f" <- 第 {taken.line} 行：{taken.instruction}",
        )
        ends = at == 0
        yield (
            *(head if ends else (EMPTY, EMPTY, EMPTY)),
            plain(said, most=64),
            *(tail if ends else (EMPTY, EMPTY)),
        )


_NOT_BUILT = Text("not built", "没有构建")


def _from(name: str, *, is_stage: bool) -> Text:
    if is_stage:
        return Text(f"stage {name}", f"阶段 {name}")
    return same(SCRATCH) if name == SCRATCH else Text(f"image {name}", f"镜像 {name}")


def _sums(stages: Stages) -> Iterator[Text]:
    [target] = [stage for stage in stages.rows if stage.part is Part.TARGET]
    behind = [stage for stage in stages.rows if stage.part is Part.NEEDED]
    if not stages.is_done:
        yield Text("The build failed: there is no image.", "构建失败：没有镜像。")
    elif target.size is not None:
        said = Text(
            f"The image is the stage {target.name}: {size(target.size)}.",
            f"镜像就是阶段 {target.name}：{size(target.size)}。",
        )
        if behind:
            names = ", ".join(stage.name for stage in behind)
            said += Text(
                f" Of {names} it has what it is built on or copies, and nothing else.",
                f"{names} 里只有作为底子或被复制的部分在镜像里，别的都没有。",
            )
        yield said
    skipped = ", ".join(stage.name for stage in stages.rows if stage.part is Part.SKIPPED)
    if skipped:
        yield Text(f"Nothing needs {skipped}: not built.", f"没有谁需要 {skipped}：不构建。")
