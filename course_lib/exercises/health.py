"""Judges of HEALTHCHECK: whether it tells a container that works from one that does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.exercises.looking import at_image
from course_lib.exercises.values import Finding
from course_lib.run.container import Container, Running
from course_lib.run.health import SECOND, Rhythm
from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.exercises.attempt import Attempt
    from course_lib.image.config import HealthConfig

_NEVER = 7 * 24 * 3600 * SECOND
"""A check that needs longer than a week to tell is not waited for."""
_ALONE = ("-c", "sleep infinity")


@dataclass(frozen=True, slots=True)
class TellsHealth:
    """A container of the image becomes healthy; one in which only `sleep` runs becomes unhealthy.

    The second half is left out for an image without /bin/sh.
    """

    image: str
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Start both, let enough time pass for all retries, ask; remove them."""
        image = attempt.image(self.image)
        check = image.config.healthcheck
        expected = Text(
            "it is healthy while its server answers, and unhealthy when it does not",
            "服务能应答时状态是 healthy，不能应答时是 unhealthy",
        )
        where = at_image(attempt, image, "FROM", "HEALTHCHECK")
        nothing = _nothing_to_ask(check)
        if check is None or nothing is not None:
            return Finding(0, expected, nothing or same(""), where, self.hint)
        serving = _status(attempt, check, [self.image])
        alone = _status(attempt, check, ["--entrypoint", "/bin/sh", self.image, *_ALONE])
        right = serving == "healthy" and alone in ("unhealthy", "")
        return Finding(
            1 if right else 0,
            expected,
            Text(
                f"with its server: {serving or 'it does not run'}; with `sleep` in its place: {alone or 'it does not run'}",
                f"服务在运行时：{serving or '没有运行'}；换成 `sleep` 时：{alone or '没有运行'}",
            ),
            where,
            self.hint,
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """One part of a story: a script that `sh` runs in the container, then so many questions, then the status.

    `questions` 0 stands for as many as the image's own retries. `what` says in words what is done.
    """

    what: Text
    status: str
    script: str = ""
    questions: int = 1


@dataclass(frozen=True, slots=True)
class HealthStory:
    """A container of the image gets these statuses, part by part, whatever its interval is."""

    image: str
    parts: tuple[Asked, ...]
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Start it, play the story, remove it; the first status that is another one ends it."""
        image = attempt.image(self.image)
        check = image.config.healthcheck
        where = at_image(attempt, image, "FROM", "HEALTHCHECK")
        expected = Text("the status of a container", "容器的状态")
        for part in self.parts:
            expected += same("\n") + part.what + Text(f": {part.status}", f"：{part.status}")
        nothing = _nothing_to_ask(check)
        if check is None or nothing is not None:
            return Finding(0, expected, nothing or same(""), where, self.hint)
        with attempt.trial():
            started = attempt.docker(["run", "-d", self.image])
            container = next((one for one in started.shown if isinstance(one, Container)), None)
            if container is None or not isinstance(container.state, Running):
                gone = Text("it does not go on running", "它没有持续运行")
                return Finding(0, expected, gone, where, self.hint)
            for part in self.parts:
                status = _played(attempt, container, check, part)
                if status != part.status:
                    found = part.what + Text(f": {status}", f"：{status}")
                    return Finding(0, expected, found, where, self.hint)
        return Finding(1, expected, same(""), where, self.hint)


def _nothing_to_ask(check: HealthConfig | None) -> Text | None:
    """Why nobody learns anything from a check: there is none, or it takes for ever."""
    if check is None or check.test[:1] in ((), ("NONE",)):
        return Text("the image has no health check", "镜像没有健康检查")
    rhythm = Rhythm.of(check)
    needs = rhythm.start_period + rhythm.start_interval + rhythm.interval * (rhythm.retries + 1)
    if needs > _NEVER:
        return Text(
            "its health check needs more than a week to call a container unhealthy",
            "要过一个多星期，它的健康检查才会说容器 unhealthy",
        )
    return None


def _played(attempt: Attempt, container: Container, check: HealthConfig, part: Asked) -> str:
    """The status after a part, when at least so many questions were put."""
    if part.script:
        attempt.docker(["exec", "-u", "0", "-w", "/", container.name, "/bin/sh", "-c", part.script])
    rhythm = Rhythm.of(check)
    nanoseconds = rhythm.first + (part.questions or rhythm.retries) * rhythm.interval
    attempt.machine.engine.clock.tick(-(-nanoseconds // SECOND))
    words = ["inspect", "-f", "{{.State.Health.Status}}", container.name]
    return attempt.docker(words).stdout.strip()


@dataclass(frozen=True, slots=True)
class HealthTimes:
    """HEALTHCHECK asks every `interval` seconds, and needs `retries` failures; each earns a half."""

    image: str
    interval: int
    retries: int
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Read the config; what is not said there is the daemon's default."""
        image = attempt.image(self.image)
        check = image.config.healthcheck
        where = at_image(attempt, image, "FROM", "HEALTHCHECK")
        expected = _times(self.interval * SECOND, self.retries)
        nothing = _nothing_to_ask(check)
        if check is None or nothing is not None:
            return Finding(0, expected, nothing or same(""), where, self.hint)
        rhythm = Rhythm.of(check)
        right = (rhythm.interval == self.interval * SECOND) + (rhythm.retries == self.retries)
        found = _times(rhythm.interval, rhythm.retries)
        return Finding(right / 2, expected, found, where, self.hint)


def _times(interval: int, retries: int) -> Text:
    seconds = f"{interval / SECOND:g}"
    return Text(
        f"asked every {seconds} s, unhealthy after {retries} failures in a row",
        f"每 {seconds} 秒问一次，连续失败 {retries} 次就是 unhealthy",
    )


def _status(attempt: Attempt, check: HealthConfig, words: Sequence[str]) -> str:
    """`healthy`, `unhealthy` or `starting`; "" for a container that does not run on."""
    rhythm = Rhythm.of(check)
    nanoseconds = rhythm.start_period + rhythm.start_interval
    nanoseconds += rhythm.interval * (rhythm.retries + 1)
    with attempt.trial():
        started = attempt.docker(["run", "-d", *words])
        container = next((one for one in started.shown if isinstance(one, Container)), None)
        if container is None or not isinstance(container.state, Running):
            return ""
        attempt.machine.engine.clock.tick(nanoseconds // SECOND + 1)
        format_ = "{{.State.Health.Status}}"
        return attempt.docker(["inspect", "-f", format_, container.name]).stdout.strip()
