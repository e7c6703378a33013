"""The map of the course, step by step: what each lesson builds on, and how far the learner is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from course_lib.text import Text
from course_lib.views.progress import State
from course_lib.views.sheet import EMPTY, plain, sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from course_lib.views.picture import Picture
    from course_lib.views.sheet import Row


@dataclass(frozen=True, slots=True)
class Stop:
    """One lesson: `label` is its number and title; `builds_on` and `leads_to` are numbers of lessons.

    `step` counts from 1: one more than the steps of all that it builds on. `points` are those of the
    last checks, `most` what its exercises can bring.
    """

    label: Text
    step: int
    minutes: int
    state: State
    points: float
    most: float
    builds_on: tuple[str, ...]
    leads_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CourseMap:
    """All lessons in the order of the course."""

    stops: tuple[Stop, ...]

    @property
    def next(self) -> Stop | None:
        """The first lesson that is not done; None at the end."""
        return next((stop for stop in self.stops if stop.state is not State.DONE), None)


_HEAD = (
    Text("step", "步"),
    Text("lesson", "课程"),
    Text("minutes", "分钟"),
    Text("builds on", "先学"),
    Text("leads to", "之后用到它的课"),
    Text("points", "得分"),
)


def draw_map(course: CourseMap) -> Picture:
    """Draw a row for each lesson below its step, marked with the learner's progress."""
    count = len(course.stops)
    hours = round(sum(stop.minutes for stop in course.stops) / 60)
    done = sum(stop.state is State.DONE for stop in course.stops)
    caption = Text(
        f"The course: {count} lessons, about {hours} h, {done} done",
        f"整门课程：{count} 课，约 {hours} 小时，已完成 {done} 课",
    )
    steps = groupby(sorted(course.stops, key=lambda stop: stop.step), key=lambda stop: stop.step)
    rows = [row for step, stops in steps for row in _rows(step, stops)]
    return sheet(caption, _HEAD, rows, [_next(course.next)], [state.value for state in State])


def _rows(step: int, stops: Iterable[Stop]) -> Iterator[Row]:
    for at, stop in enumerate(stops):
        yield (
            EMPTY if at else plain(str(step)),
            plain(stop.label, stop.state.value),
            plain(str(stop.minutes)),
            plain(_numbers(stop.builds_on)),
            plain(_numbers(stop.leads_to)),
            plain(f"{stop.points:g} / {stop.most:g}" if stop.most else "-"),
        )


def _numbers(numbers: Iterable[str]) -> str:
    return " ".join(numbers) or "-"


def _next(stop: Stop | None) -> Text:
    if stop is None:
        return Text("All is done.", "全部完成了。")
    return Text(f"Next: {stop.label.en}.", f"下一课：{stop.label.zh}。")
