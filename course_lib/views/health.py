"""HEALTHCHECK over time: when the daemon asks, and what the container is called after each answer.

The first question comes one interval after the start. Failures in the start period do not count;
`retries` failures in a row make the container unhealthy, one success makes it healthy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from course_lib.run.health import counted_failures
from course_lib.text import Text, same
from course_lib.views import palette
from course_lib.views.sheet import plain, sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.image.config import HealthConfig
    from course_lib.views.palette import Tone
    from course_lib.views.picture import Picture
    from course_lib.views.sheet import Row

Status = Literal["starting", "healthy", "unhealthy"]
_SECOND = 1_000_000_000
_INTERVAL, _RETRIES = 30 * _SECOND, 3  # what the daemon takes for 0
_MOST = 24


@dataclass(frozen=True, slots=True)
class Question:
    """One question, so many nanoseconds after the start, and the status after either answer."""

    at: int
    passes: Status
    fails: Status
    failures: int


@dataclass(frozen=True, slots=True)
class Health:
    """The questions until a check that never passes makes a container unhealthy; `now` is its status.

    `test` is as in the config; it is () without a check. Times are in nanoseconds.
    """

    name: str
    test: tuple[str, ...]
    interval: int
    start_period: int
    retries: int
    questions: tuple[Question, ...]
    now: str = ""


def health_of(name: str, check: HealthConfig | None, now: str = "") -> Health:
    """Work out the questions of one check; `now` is what `docker ps` says of a running container."""
    if check is None or not check.test or check.test[0] == "NONE":
        return Health(name, (), 0, 0, 0, ())
    interval, period = check.interval or _INTERVAL, check.start_period
    retries = check.retries or _RETRIES
    questions = tuple(_questions(interval, period, retries))
    return Health(name, check.test, interval, period, retries, questions, now)


def _questions(interval: int, period: int, retries: int) -> Iterator[Question]:
    number = 0
    while True:
        number += 1
        at = number * interval
        failures = counted_failures(at, interval, period)
        status: Status = "unhealthy" if failures >= retries else "starting"
        yield Question(at, "healthy", status, failures)
        if status == "unhealthy" or number == _MOST:
            return


_HEAD = (
    Text("seconds after the start", "启动后（秒）"),
    Text("the check passes (exit 0)", "检查通过（exit 0）"),
    Text("it has never passed", "一直没有通过"),
    Text("failures that count", "计入的失败次数"),
)
_TONES: dict[Status, Tone] = {
    "starting": palette.NOTICED,
    "healthy": palette.SERVES,
    "unhealthy": palette.WRONG,
}


def draw_health(health: Health) -> Picture:
    """Draw a row for each question, under both answers."""
    if not health.test:
        caption = Text(f"{health.name} has no HEALTHCHECK", f"{health.name} 没有 HEALTHCHECK")
        return sheet(caption, _HEAD, [])
    rows = [_start(), *map(_row, health.questions)]
    caption = Text(
        f"{health.name}: asked every {health.interval / _SECOND:g} s, unhealthy after {health.retries} "
        f"failure{'' if health.retries == 1 else 's'} in a row",
        f"{health.name}：每 {health.interval / _SECOND:g} 秒问一次，连续失败 {health.retries} 次就是 unhealthy",
    )
    notes = [same(" ".join(health.test))]
    if health.start_period:
        notes.append(
            Text(
                f"Failures in the first {health.start_period / _SECOND:g} s do not count.",
                f"最初 {health.start_period / _SECOND:g} 秒里的失败不计。",
            )
        )
    if health.now:
        notes.append(Text(f"Now it is {health.now}.", f"现在是 {health.now}。"))
    return sheet(caption, _HEAD, rows, notes)


def _start() -> Row:
    starting = plain("starting", _TONES["starting"])
    return (plain("0"), starting, starting, plain("0"))


def _row(question: Question) -> Row:
    return (
        plain(f"{question.at / _SECOND:g}"),
        plain(question.passes, _TONES[question.passes]),
        plain(question.fails, _TONES[question.fails]),
        plain(str(question.failures)),
    )
