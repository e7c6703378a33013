"""WORKDIR, line by line: where each instruction stands, and where a relative path leads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from course_lib.build.operations import destination
from course_lib.dockerfile.instructions import (
    Add,
    Cmd,
    Copy,
    Entrypoint,
    From,
    Healthcheck,
    Run,
    Workdir,
)
from course_lib.text import Text, same
from course_lib.views import palette
from course_lib.views.sheet import plain, sheet, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.build.result import Step
    from course_lib.dockerfile.instructions import Instruction
    from course_lib.views.build import Build
    from course_lib.views.picture import Picture
    from course_lib.views.sheet import Row


class Stand(Enum):
    """What an instruction does with the working directory."""

    BEGINS = palette.READ_ONLY
    MOVES = palette.CHANGED
    USES = palette.SERVES


@dataclass(frozen=True, slots=True)
class Place:
    """One instruction on its line (1-based): the directory that holds after it, and why."""

    stage: str
    line: int
    instruction: str
    stand: Stand
    directory: str
    because: Text


@dataclass(frozen=True, slots=True)
class Walk:
    """The way through a build, without the instructions that have nothing to do with it."""

    name: str
    places: tuple[Place, ...]


def walk_of(build: Build) -> Walk:
    """Follow the working directory through the steps that were done."""
    return Walk(build.name, tuple(_places(build.outcome.steps)))


def _places(steps: tuple[Step, ...]) -> Iterator[Place]:
    ends = {step.stage.index: step.config.working_dir or "/" for step in steps}
    for step in steps:
        before = step.config_before.working_dir or "/"
        after = step.config.working_dir or "/"
        found = _stand(step.instruction, before, after, ends[step.stage.index])
        if found is not None:
            stand, because = found
            line = step.instruction.span.start
            yield Place(step.stage_name, line, step.text, stand, after, because)


def _stand(  # noqa: PLR0911 - one line for each kind of instruction
    instruction: Instruction, before: str, after: str, end: str
) -> tuple[Stand, Text] | None:
    match instruction:
        case From():
            return Stand.BEGINS, Text("as the base has it", "沿用基础镜像的")
        case Workdir(path=path) if path.startswith("/"):
            return Stand.MOVES, Text("an absolute path: begins at /", "绝对路径：从 / 算起")
        case Workdir(path=path) if path.startswith("$"):
            return Stand.MOVES, Text(f"{path} filled in: {after}", f"{path} 替换之后：{after}")
        case Workdir():
            return Stand.MOVES, Text(f"relative: goes on from {before}", f"相对路径：接着 {before}")
        case Run():
            return Stand.USES, Text(f"runs in {after}", f"在 {after} 里运行")
        case Copy(dest=dest) | Add(dest=dest) if "$" not in dest and not dest.startswith("/"):
            leads = destination(after, dest)
            return Stand.USES, Text(f"{dest} means {leads}", f"{dest} 就是 {leads}")
        case Cmd() | Entrypoint() | Healthcheck():
            return Stand.USES, Text(
                f"starts in {end}, where the stage ends", f"在 {end} 里启动，即阶段结束时的目录"
            )
        case _:
            return None


_HEAD = (
    Text("line", "行"),
    Text("instruction", "指令"),
    Text("working directory", "工作目录"),
    Text("why", "原因"),
)
_WORDS = (
    (palette.READ_ONLY.sign, Text("from the base", "来自基础镜像")),
    (palette.CHANGED.sign, Text("WORKDIR moves", "WORKDIR 改变")),
    (palette.SERVES.sign, Text("used here", "在这里用到")),
)


def draw_walk(walk: Walk) -> Picture:
    """Draw a row for each instruction that moves the working directory or uses it."""
    caption = Text(
        f"Where the instructions of {walk.name} stand", f"{walk.name} 的各条指令在哪个目录"
    )
    rows = [_row(place) for place in walk.places]
    note = same("")
    for at, (sign, word) in enumerate(_WORDS):
        note += same(f"{'  ' if at else ''}{sign} ") + word
    return sheet(caption, _HEAD, rows, [note])


def _row(place: Place) -> Row:
    stage = f"[{place.stage}] " if place.stage else ""
    return (
        plain(str(place.line)),
        words(stage + place.instruction),
        words(place.directory, place.stand.value),
        plain(place.because),
    )
