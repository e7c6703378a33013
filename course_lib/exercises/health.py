"""Judges of HEALTHCHECK: whether it tells a container that works from one that does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.exercises.looking import at_image
from course_lib.exercises.values import Finding
from course_lib.run.container import Container, Running
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.exercises.attempt import Attempt
    from course_lib.image.config import HealthConfig

_SECOND = 1_000_000_000
_INTERVAL = 30 * _SECOND
_RETRIES = 3
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
        if check is None or check.test[:1] in ((), ("NONE",)):
            none = Text("the image has no health check", "镜像没有健康检查")
            return Finding(0, expected, none, where, self.hint)
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


def _status(attempt: Attempt, check: HealthConfig, words: Sequence[str]) -> str:
    """`healthy`, `unhealthy` or `starting`; "" for a container that does not run on."""
    interval = check.interval or _INTERVAL
    nanoseconds = (check.start_period or 0) + interval * ((check.retries or _RETRIES) + 1)
    with attempt.trial():
        started = attempt.docker(["run", "-d", *words])
        container = next((one for one in started.shown if isinstance(one, Container)), None)
        if container is None or not isinstance(container.state, Running):
            return ""
        attempt.machine.engine.clock.tick(nanoseconds // _SECOND + 1)
        format_ = "{{.State.Health.Status}}"
        return attempt.docker(["inspect", "-f", format_, container.name]).stdout.strip()
