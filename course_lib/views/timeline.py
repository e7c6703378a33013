"""The build timeline: each instruction with its layer or its change of the config, and the cache."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from course_lib.build.errors import BuildError
from course_lib.dockerfile.instructions import From, Maintainer
from course_lib.text import Text, same
from course_lib.views import palette
from course_lib.views.columns import columns, shorten, size
from course_lib.views.config import config_changes
from course_lib.views.markup import NOWRAP, Html, cell, chip, code, join, row, table, tag
from course_lib.views.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.build.result import BuildResult, Step
    from course_lib.views.palette import Tone


class Fate(Enum):
    """How a step came about."""

    BASE = palette.READ_ONLY
    CONFIG = palette.CONFIG
    CACHED = palette.CACHED
    RUN = palette.REBUILT
    FAILED = palette.WRONG


@dataclass(frozen=True, slots=True)
class Moment:
    """One instruction: its line in the file (1-based), what it changed and why it ran or did not."""

    stage: str
    line: int
    instruction: str
    fate: Fate
    effect: Text
    because: Text


@dataclass(frozen=True, slots=True)
class Timeline:
    """The instructions of a build, in the order in which they were done."""

    moments: tuple[Moment, ...]

    def count(self, fate: Fate) -> int:
        """How many instructions had this fate."""
        return sum(moment.fate is fate for moment in self.moments)


def timeline_of(build: BuildResult | BuildError) -> Timeline:
    """Make the timeline of a build, also of one that failed: then the failing step is its last."""
    moments = [_moment(step) for step in build.steps]
    if isinstance(build, BuildError) and build.failed is not None:
        moments.append(_failed(build.failed, build.message))
    return Timeline(tuple(moments))


def _moment(step: Step) -> Moment:
    return Moment(
        step.stage_name,
        step.instruction.span.start,
        step.text,
        _fate(step),
        _effect(step),
        _TRIGGER + step.because if step.instruction.onbuild else step.because,
    )


_TRIGGER = Text("trigger of the base: ", "基础镜像的触发器：")


def _failed(step: Step, message: str) -> Moment:
    return Moment(
        step.stage_name,
        step.instruction.span.start,
        step.text,
        Fate.FAILED,
        Text("nothing: the build ends here", "没有：构建到此为止"),
        same(message),
    )


def _fate(step: Step) -> Fate:
    if isinstance(step.instruction, From):
        return Fate.BASE
    if step.layer is None:
        return Fate.CONFIG
    return Fate.CACHED if step.cached else Fate.RUN


_UNCHANGED = Text("nothing in the image", "镜像没有变化")


def _effect(step: Step) -> Text:
    parts = [*_layer(step), *map(same, config_changes(step.config_before, step.config))]
    if isinstance(step.instruction, Maintainer):  # a field of the image, beside its config
        parts.append(same(f"Author = {step.instruction.author}"))
    if not parts:
        return same("-") if isinstance(step.instruction, From) else _UNCHANGED
    whole = parts[0]
    for part in parts[1:]:
        whole += same("\n") + part
    return whole


def _layer(step: Step) -> Iterator[Text]:
    if step.layer is None:
        return
    count = len(step.layer.entries)
    if not count:
        yield Text("layer: empty", "层：空的")
        return
    paths = "path" if count == 1 else "paths"
    yield Text(
        f"layer: {size(step.layer.size)} in {count} {paths}",
        f"层：{count} 个路径，{size(step.layer.size)}",
    )


_HEAD = (
    Text("line", "行"),
    Text("instruction", "指令"),
    Text("done", "执行"),
    Text("changes", "改了什么"),
    Text("why", "原因"),
)
_MOST = 50
"""So many instructions are drawn."""
_CAPTION = Text("Step by step", "逐步来看")
_INSTRUCTION = 60
_WHY = 72
_ROOM = "min-width:9em"
_EFFECT = "min-width:5em"
_WHY_IN_HTML = 160
_LONG_WORD = re.compile(r"[!-~]{40}")  # Chinese breaks anywhere by itself
_INSTRUCTION_IN_HTML = 120


def draw_timeline(timeline: Timeline) -> Picture:
    """Draw the timeline as a table; a stage with a name says it before each instruction."""
    shown, left = timeline.moments[:_MOST], len(timeline.moments[_MOST:])
    more = str(Text(f"... and {left} more", f"……还有 {left} 条")) if left else ""
    rows = [
        (
            str(moment.line),
            shorten(_instruction(moment), _INSTRUCTION),
            _done(moment.fate.value),
            str(moment.effect),
            shorten(str(moment.because), _WHY),
        )
        for moment in shown
    ]
    text = f"{_CAPTION}\n{columns([str(word) for word in _HEAD], rows)}\n"
    text += f"  {more}\n" if more else ""
    html = table(
        [
            row(*(cell(word, head=True) for word in _HEAD)),
            *map(_html_row, shown),
        ],
        caption=_CAPTION,
    )
    return Picture(text, join([html, tag("p", more)]) if more else html)


def _done(tone: Tone) -> str:
    return f"{tone.sign} {_WORDS.get(tone, tone.word)}"


_WORDS = {palette.READ_ONLY: Text("base", "基础"), palette.CONFIG: Text("config", "配置")}


def _instruction(moment: Moment) -> str:
    stage = f"[{moment.stage}] " if moment.stage else ""
    return stage + moment.instruction


def _html_row(moment: Moment) -> Html:
    tone = moment.fate.value
    lines = str(moment.effect).split("\n")
    return row(
        cell(str(moment.line)),
        cell(
            tag("div", code(shorten(_instruction(moment), _INSTRUCTION_IN_HTML)), style=_ROOM),
        ),
        cell(
            tag("div", chip(tone.sign, tone), " ", _WORDS.get(tone, tone.word), style=NOWRAP),
            tone=tone,
        ),
        cell(*(tag("div", code(line), style=_EFFECT) for line in lines)),
        cell(_why(shorten(str(moment.because), _WHY_IN_HTML))),
    )


def _why(because: str) -> str | Html:
    """A reason; the digest of a base in it may break anywhere, so that the other columns have room."""
    if not _LONG_WORD.search(because):
        return because
    return tag("div", because, style=f"{_ROOM};overflow-wrap:anywhere")
