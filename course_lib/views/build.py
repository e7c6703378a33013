"""A build, as a notebook shows it: the verdict, what is wrong and where, the timeline, the stack."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from course_lib.build.context import Context
from course_lib.build.errors import BuildError
from course_lib.image.config import EMPTY
from course_lib.text import Text
from course_lib.views import palette
from course_lib.views.columns import shorten, size
from course_lib.views.layers import layer_stack, stack_of
from course_lib.views.markup import chip, fold, tag
from course_lib.views.picture import Picture, below
from course_lib.views.source import draw_marked, marked_of
from course_lib.views.timeline import Fate, draw_timeline, timeline_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.build.result import BuildResult
    from course_lib.views.timeline import Timeline

_UNFOLDED = 15
"""A timeline of more instructions than this is folded in HTML."""
_MESSAGE = 200


@dataclass(frozen=True, slots=True)
class Build:
    """One build to show: the name of its image, the Dockerfile's text, and what came of it.

    `context`, `build_args` and `target` are what the build was given besides.
    """

    name: str
    source: str
    outcome: BuildResult | BuildError
    context: Context = field(default_factory=lambda: Context.of({}))
    build_args: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    target: str = ""


def draw_build(build: Build) -> Picture:
    """Draw the parts from the verdict down; what has nothing to say is left out."""
    timeline = timeline_of(build.outcome)
    marked = marked_of(build.source, build.outcome)
    parts = [_verdict(build, timeline)]
    if marked.marks:
        parts.append(draw_marked(marked))
    if timeline.moments:
        parts.append(_folded(draw_timeline(timeline), timeline))
    if not isinstance(build.outcome, BuildError):
        parts.append(layer_stack(stack_of(build.outcome.image, build.name)))
    return below(*parts)


def _verdict(build: Build, timeline: Timeline) -> Picture:
    if isinstance(build.outcome, BuildError):
        tone = palette.WRONG
        said = _not_built(build.name, build.outcome)
    else:
        tone = palette.ADDED
        said = _built(build.name, build.outcome, timeline)
    sign = "ok" if tone is palette.ADDED else tone.sign
    return Picture(f"{sign} {said}\n", tag("p", chip(sign, tone), " ", tag("b", said)))


def _not_built(name: str, error: BuildError) -> Text:
    message = shorten(error.message, _MESSAGE)
    if error.span is None:
        return Text(f"{name} is not built: {message}", f"{name} 没有构建成功：{message}")
    lines = "line" if error.span.start == error.span.end else "lines"
    return Text(
        f"{name} is not built, because of {lines} {error.span}: {message}",
        f"{name} 没有构建成功，问题在第 {error.span} 行：{message}",
    )


def _built(name: str, result: BuildResult, timeline: Timeline) -> Text:
    count = len(result.image.layers)
    layers = "layer" if count == 1 else "layers"
    said = Text(
        f"{name} is built: {count} {layers}, {size(result.image.size)}",
        f"{name} 构建好了：{count} 层，{size(result.image.size)}",
    )
    cached, run = timeline.count(Fate.CACHED), timeline.count(Fate.RUN)
    if cached:
        steps = "step" if cached == 1 else "steps"
        said += Text(f"; {cached} {steps} from the cache", f"；{cached} 步来自缓存")
    if cached and run:
        said += Text(f", {run} made anew", f"，{run} 步重新执行")
    if result.warnings:
        number = len(result.warnings)
        said += Text(
            f"; {number} thing{'' if number == 1 else 's'} to look at", f"；有 {number} 处值得看看"
        )
    return said


def _folded(picture: Picture, timeline: Timeline) -> Picture:
    count = len(timeline.moments)
    if count <= _UNFOLDED:
        return picture
    summary = Text(f"{count} instructions, step by step", f"{count} 条指令，逐步来看")
    return Picture(picture.text, fold(summary, picture.html))
