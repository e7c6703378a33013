"""The progress panel: lessons and exercises, the points so far, and the next step."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING

from course_lib.text import Text, same
from course_lib.views import palette
from course_lib.views.sheet import EMPTY, plain, sheet, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.views.picture import Picture
    from course_lib.views.sheet import Row


class State(Enum):
    """How an exercise stands after its last check."""

    DONE = palette.DONE
    BEGUN = palette.BEGUN
    OPEN = palette.OPEN


@dataclass(frozen=True, slots=True)
class Task:
    """One exercise: the points of its last check and the most; practice earns no points."""

    lesson: str
    id: str
    title: Text
    state: State
    points: float
    most: float
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """All exercises in the order of the course."""

    tasks: tuple[Task, ...]

    @property
    def points(self) -> float:
        """The points so far, without those of practice."""
        return round(sum(task.points for task in self.tasks if not task.practice), 2)

    @property
    def most(self) -> float:
        """The points of the whole course."""
        return sum(task.most for task in self.tasks if not task.practice)

    @property
    def next(self) -> Task | None:
        """The first exercise that is not done, practice left out; None at the end."""
        waiting = (one for one in self.tasks if one.state is not State.DONE and not one.practice)
        return next(waiting, None)


_HEAD = (
    Text("lesson", "课程"),
    Text("exercise", "习题"),
    Text("title", "题目"),
    Text("last check", "上次检查"),
    Text("points", "得分"),
)


def draw_panel(panel: Panel) -> Picture:
    """Draw a row for each exercise below its lesson."""
    done = sum(task.state is State.DONE for task in panel.tasks)
    caption = Text(
        f"{done} of {len(panel.tasks)} exercises done, {panel.points:g} of {panel.most:g} points",
        f"完成 {done} / {len(panel.tasks)} 道习题，得 {panel.points:g} 分（满分 {panel.most:g} 分）",
    )
    lessons = groupby(panel.tasks, key=lambda task: task.lesson)
    rows = [row for lesson, tasks in lessons for row in _rows(lesson, tuple(tasks))]
    return sheet(caption, _HEAD, rows, [_next(panel.next)], [state.value for state in State])


def _rows(lesson: str, tasks: tuple[Task, ...]) -> Iterator[Row]:
    for at, task in enumerate(tasks):
        yield (
            words(lesson) if at == 0 else EMPTY,
            words(task.id),
            plain(task.title),
            plain(task.state.value.word, task.state.value),
            plain(_points(task)),
        )


def _points(task: Task) -> Text:
    if task.practice:
        return Text("practice", "练习")
    return same("-" if not task.most else f"{task.points:g} / {task.most:g}")


def _next(task: Task | None) -> Text:
    if task is None:
        return Text("All is done.", "全部完成了。")
    return Text(
        f'Next: {task.title.en}, in {task.lesson}. Then run check("{task.id}").',
        f'下一步：{task.lesson} 里的“{task.title.zh}”，做完运行 check("{task.id}")。',
    )
