"""HEALTHCHECK while a container runs: what the daemon would have found, asked when somebody looks.

The daemon asks at the times of `run.health.Rhythm`. A question is put when a command is typed and its time has come; the questions that were missed in between get the same
answer. So a status changes at the daemon's times, and a check that only looks gives the daemon's answers.
The rules are those of moby `daemon/health.go`: one success makes a container healthy, `retries` failures
in a row make it unhealthy, and a container that was never healthy may fail in the start period.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from course_lib.clock import Clock
from course_lib.engine.errors import exec_failure
from course_lib.run.health import SECOND, Rhythm
from course_lib.run.process import beside, process
from course_lib.shell import ExecFailure, execute

if TYPE_CHECKING:
    from course_lib.engine.web import Bridge
    from course_lib.image.config import HealthConfig
    from course_lib.image.workspace import Workspace
    from course_lib.run.container import Container, Running

_DEFAULT_SHELL = ("/bin/sh", "-c")
_KEPT_ANSWERS = 5
_KEPT_BYTES = 4096

Status = Literal["starting", "healthy", "unhealthy"]


@dataclass(frozen=True, slots=True)
class HealthAnswer:
    """One answer of a check. `at` is in seconds since 1970; -1 is a check that did not end or not begin."""

    at: int
    exit_code: int
    output: str


@dataclass(frozen=True, slots=True)
class HealthReport:
    """How a container stands: failures in a row, and the newest answers, the oldest of them first."""

    status: Status = "starting"
    failing_streak: int = 0
    log: tuple[HealthAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class _Record:
    """The report of a container that runs since `since`, and when it is asked next (ns after that)."""

    since: int
    next: int
    report: HealthReport


class HealthChecker:
    """Asks the checks of containers, and remembers what they said."""

    def __init__(self, clock: Clock, bridge: Bridge) -> None:
        self._clock = clock
        self._bridge = bridge
        self._records: dict[str, _Record] = {}

    def report(
        self, container: Container, state: Running, check: HealthConfig, files: Workspace
    ) -> HealthReport:
        """Put the question if its time has come, and say how the container stands."""
        rhythm = Rhythm.of(check)
        record = self._records.get(container.id)
        if record is None or record.since != state.since:
            record = _Record(state.since, rhythm.first, HealthReport())
        up = (self._clock.now() - state.since) * SECOND
        if up >= record.next and not state.paused:
            exit_code, output = self._ask(container, check, files, rhythm.timeout)
            record = _asked(record, rhythm, up, exit_code, output)
            self._records[container.id] = record
        return record.report

    def forget(self, container: Container) -> None:
        """A removed container is asked no more."""
        self._records.pop(container.id, None)

    def _ask(
        self, container: Container, check: HealthConfig, files: Workspace, timeout: int
    ) -> tuple[int, str]:
        shell = container.config.shell or _DEFAULT_SHELL
        argv = (*shell, *check.test[1:]) if check.test[0] == "CMD-SHELL" else check.test[1:]
        try:
            done = execute(
                beside(process(container, files, argv), container),
                files,
                clock=Clock(self._clock.now()),  # nobody waits for it
                patience=max(1, timeout // SECOND),
                web=self._bridge.seen_from(container),
            )
        except ExecFailure as failure:
            return -1, exec_failure(failure)
        if done.exit_code is None:
            return -1, f"Health check exceeded timeout ({timeout / SECOND:g}s)"
        said = b"".join(chunk.data for chunk in done.output)
        return done.exit_code, said[:_KEPT_BYTES].decode(errors="replace")


def _asked(record: _Record, rhythm: Rhythm, up: int, exit_code: int, output: str) -> _Record:
    """The record after all questions up to now got this answer."""
    before = record.report
    starting = before.status == "starting" and exit_code != 0
    early, late = rhythm.questions(record.next, up, starting=starting)
    times = (*early[-_KEPT_ANSWERS:], *late[-_KEPT_ANSWERS:])
    streak = before.failing_streak + len(late) if exit_code else 0
    status: Status = before.status if exit_code else "healthy"
    log = tuple(HealthAnswer(record.since + at // SECOND, exit_code, output) for at in times)
    return _Record(
        record.since,
        late.start + len(late) * rhythm.interval,
        HealthReport(
            "unhealthy" if streak >= rhythm.retries else status,
            streak,
            (*before.log, *log)[-_KEPT_ANSWERS:],
        ),
    )
