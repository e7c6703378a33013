"""HEALTHCHECK over time: when the daemon asks, and what the container is called after each answer.

The questions come at the times of `run.health.Rhythm`. Failures in the start period do not count;
`retries` failures in a row make the container unhealthy, one success makes it healthy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from course_lib.image.config import HealthConfig
from course_lib.run.health import SECOND, Rhythm
from course_lib.text import Text, same
from course_lib.views import palette
from course_lib.views.sheet import plain, sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.views.palette import Tone
    from course_lib.views.picture import Picture
    from course_lib.views.sheet import Row

Status = Literal["starting", "healthy", "unhealthy"]
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
    rhythm: Rhythm
    questions: tuple[Question, ...]
    now: str = ""


def health_of(name: str, check: HealthConfig | None, now: str = "") -> Health:
    """Work out the questions of one check; `now` is what `docker ps` says of a running container."""
    if check is None or not check.test or check.test[0] == "NONE":
        return Health(name, (), Rhythm.of(HealthConfig(())), ())
    rhythm = Rhythm.of(check)
    return Health(name, check.test, rhythm, tuple(_questions(rhythm)), now)


def _questions(rhythm: Rhythm) -> Iterator[Question]:
    end = max(rhythm.start_period, rhythm.first) + rhythm.start_interval
    end += rhythm.retries * rhythm.interval
    early, late = rhythm.questions(rhythm.first, end, starting=True)
    for at in early[:_MOST]:
        yield Question(at, "healthy", "starting", 0)
    for failures, at in enumerate(late[: rhythm.retries][:_MOST], 1):
        yield Question(
            at, "healthy", "unhealthy" if failures == rhythm.retries else "starting", failures
        )


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
        f"{health.name}: asked every {health.rhythm.interval / SECOND:g} s, unhealthy after {health.rhythm.retries} "
        f"failure{'' if health.rhythm.retries == 1 else 's'} in a row",
        f"{health.name}：每 {health.rhythm.interval / SECOND:g} 秒问一次，连续失败 {health.rhythm.retries} 次就是 unhealthy",
    )
    notes = [same(" ".join(health.test))]
    if health.rhythm.start_period:
        period = health.rhythm.start_period / SECOND
        early = health.rhythm.start_interval / SECOND
        notes.append(
            Text(
                f"In the first {period:g} s failures do not count; until it is healthy it is asked every {early:g} s there.",
                f"最初 {period:g} 秒里的失败不计；还没变成 healthy 时，这段时间每 {early:g} 秒问一次。",
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
        plain(f"{question.at / SECOND:g}"),
        plain(question.passes, _TONES[question.passes]),
        plain(question.fails, _TONES[question.fails]),
        plain(str(question.failures)),
    )
