"""The map of the course: each lesson, its minutes, what it builds on, and how far the learner is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.text import Text, same
from course_lib.views.progress import State
from course_lib.views.sheet import plain, sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from course_lib.views.picture import Picture
    from course_lib.views.sheet import Row


@dataclass(frozen=True, slots=True)
class Stop:
    """One lesson: `number` as in `01`; `builds_on` and `leads_to` are numbers of other lessons.

    `points` are those of the last checks, `most` what its exercises can bring.
    """

    number: str
    title: Text
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
    Text("lesson", "课程"),
    Text("minutes", "分钟"),
    Text("builds on", "先学"),
    Text("leads to", "之后用到它的课"),
    Text("exercises", "习题"),
    Text("points", "得分"),
)


def draw_map(course: CourseMap) -> Picture:
    """Draw a row for each lesson, marked with the learner's progress."""
    count = len(course.stops)
    hours = round(sum(stop.minutes for stop in course.stops) / 60)
    done = sum(stop.state is State.DONE for stop in course.stops)
    caption = Text(
        f"The course: {count} lessons, about {hours} h, {done} done",
        f"整门课程：{count} 课，约 {hours} 小时，已完成 {done} 课",
    )
    rows = [_row(stop) for stop in course.stops]
    return sheet(caption, _HEAD, rows, [_next(course.next)], [state.value for state in State])


def _row(stop: Stop) -> Row:
    return (
        plain(stop.title),
        plain(str(stop.minutes)),
        plain(_numbers(stop.builds_on)),
        plain(_numbers(stop.leads_to)),
        plain(stop.state.value.word, stop.state.value),
        plain(same(f"{stop.points:g} / {stop.most:g}" if stop.most else "-")),
    )


def _numbers(numbers: Iterable[str]) -> str:
    return " ".join(numbers) or "-"


def _next(stop: Stop | None) -> Text:
    if stop is None:
        return Text("All is done.", "全部完成了。")
    return Text(f"Next: {stop.title.en}.", f"下一课：{stop.title.zh}。")
