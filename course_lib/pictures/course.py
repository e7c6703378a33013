"""The values of the progress panel and of the map of the course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib import progress
from course_lib.exercises.catalogue import exercises
from course_lib.lessons import lessons
from course_lib.views.course_map import CourseMap, Stop
from course_lib.views.progress import Panel, State, Task

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from course_lib.exercises.values import Exercise
    from course_lib.lessons import Lesson
    from course_lib.pictures.places import Place
    from course_lib.progress import Standing


def panel(kept: Mapping[str, Standing]) -> Panel:
    """Every exercise of the course with how it stands; `kept` is from `progress.read`."""
    return Panel(tuple(_task(exercise, kept.get(exercise.id)) for exercise in exercises()))


def show_map(_: Place, __: Sequence[str]) -> CourseMap:
    """`%picture map`: the lessons and how far the learner is.

    Raises:
        ProgressError: what was kept of the progress can't be read.

    """
    return course_map(lessons(), panel(progress.read()))


def course_map(course: Sequence[Lesson], done: Panel) -> CourseMap:
    """The lessons, each with its step, what it leads to, and how the learner's exercises stand."""
    steps: dict[str, int] = {}
    for lesson in course:
        steps[lesson.name] = 1 + max((steps[name] for name in lesson.builds_on), default=0)
    return CourseMap(tuple(_stop(one, steps[one.name], course, done) for one in course))


def _stop(lesson: Lesson, step: int, course: Sequence[Lesson], done: Panel) -> Stop:
    mine = [task for task in done.tasks if task.lesson == lesson.name and not task.practice]
    numbers = {one.name: one.number for one in course}
    return Stop(
        lesson.label,
        step,
        lesson.minutes,
        _together(mine),
        round(sum(task.points for task in mine), 2),
        sum(task.most for task in mine),
        tuple(numbers[name] for name in lesson.builds_on),
        tuple(one.number for one in course if lesson.name in one.builds_on),
    )


def _together(tasks: Sequence[Task]) -> State:
    states = {task.state for task in tasks}
    if states == {State.DONE}:
        return State.DONE
    return State.OPEN if states <= {State.OPEN} else State.BEGUN


def _task(exercise: Exercise, standing: Standing | None) -> Task:
    state = State.OPEN
    if standing is not None and (standing.passed or standing.points):
        state = State.DONE if standing.passed else State.BEGUN
    return Task(
        exercise.lesson,
        exercise.id,
        exercise.title,
        state,
        standing.points if standing else 0,
        exercise.points,
        exercise.practice,
    )
