"""When the daemon puts the question of a HEALTHCHECK, and which failures count (moby `daemon/health.go`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_lib.image.config import HealthConfig

SECOND = 1_000_000_000
"""The times of a health check are in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The options of a HEALTHCHECK, with the daemon's defaults; times in nanoseconds after the start.

    As long as a container is `starting` within its start period, it is asked each `start_interval`, and
    its failures don't count; otherwise each `interval`.
    """

    interval: int
    timeout: int
    start_period: int
    start_interval: int
    retries: int

    @classmethod
    def of(cls, check: HealthConfig) -> Rhythm:
        """What a config says; 0 stands for the default: 30s, 30s, 0s, 5s, 3."""
        return cls(
            check.interval or 30 * SECOND,
            check.timeout or 30 * SECOND,
            check.start_period,
            check.start_interval or 5 * SECOND,
            check.retries or 3,
        )

    @property
    def first(self) -> int:
        """The time of the first question."""
        return self.start_interval if self.start_period else self.interval

    def questions(self, first: int, until: int, *, starting: bool) -> tuple[range, range]:
        """The times of the questions from `first` to `until`: those in the start period, and the others.

        `starting` says whether the container is `starting` all the time.
        """
        end = min(until + 1, self.start_period) if starting else first
        early = range(first, end, self.start_interval)
        return early, range(first + len(early) * self.start_interval, until + 1, self.interval)
