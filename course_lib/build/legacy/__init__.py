"""The older builder (`DOCKER_BUILDKIT=0`): BuildKit's parts with other words, numbers and cache."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from course_lib.build.errors import InstructionError
from course_lib.build.legacy.stage import LegacyStage
from course_lib.build.legacy.words import created_by, not_found, run_created_by, short, unused
from course_lib.build.result import Step
from course_lib.build.shown import written
from course_lib.build.strategy import Numbering, Strategy
from course_lib.image.config import ImageConfig
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from course_lib.build.stages import StageGraph
    from course_lib.build.state import StageState
    from course_lib.dockerfile.instructions import Dockerfile
    from course_lib.image.image import Image

__all__ = ["LEGACY"]


def _numbering(graph: StageGraph, index: int, target: int, before: int) -> Numbering:
    """Every instruction counts, FROM and the ARGs before it too, triggers do not."""
    lengths = [1 + sum(not i.onbuild for i in stage.instructions) for stage in graph.stages]
    return Numbering(before + sum(lengths[:index]), before + sum(lengths[: target + 1]))


def _base(state: StageState) -> StageState:
    """ARGs end with their stage, the author too; scratch has no working directory."""
    config = state.config
    if state.result == "scratch":
        config = replace(config, working_dir="")
    environment = MappingProxyType(config.environment())
    return replace(state, config=config, environment=environment, args=(), author="")


def _check_names(graph: StageGraph, target: int) -> None:
    seen: set[str] = set()
    for planned in graph.stages[: target + 1]:
        name = planned.stage.name.lower()
        if name in seen:
            raise InstructionError(
                message=f"{name} stage name already used",
                help=Text("Two stages can't have one name.", "两个阶段不能用同一个名字。"),
                span=planned.stage.base.span,
            )
        seen |= {name} - {""}


def _opening(dockerfile: Dockerfile, numbers: Numbering) -> Iterator[Step]:
    """The steps of the ARGs before the first FROM."""
    empty = ImageConfig()
    for number, arg in enumerate(dockerfile.global_args, 1):
        text = written(arg, dockerfile.escape)
        total = numbers.total + len(dockerfile.global_args)
        yield Step(
            arg,
            dockerfile.stages[0],
            text,
            cached=False,
            because=Text("counts for the FROM lines only", "只对 FROM 行有效"),
            config_before=empty,
            config=empty,
            number=number,
            total=total,
            intro=f"Step {number}/{total} : {text}\n",
        )


def _closing(dockerfile: Dockerfile, build_args: Mapping[str, str], image: Image) -> str:
    return f"{unused(dockerfile, build_args)}Successfully built {short(image.id)}\n"


LEGACY = Strategy(
    stage=LegacyStage,
    order=lambda _graph, target: tuple(range(target + 1)),
    numbering=_numbering,
    check=_check_names,
    comment="",
    created_by=created_by,
    run_created_by=run_created_by,
    base=_base,
    not_found=not_found,
    opening=_opening,
    closing=_closing,
    because_found=Text(
        "Using cache: the same instruction with the same config on the same image",
        "Using cache：同样的指令、同样的配置、同样的上一层镜像",
    ),
    repeats=True,
    checks=False,
    excerpts=False,
)
