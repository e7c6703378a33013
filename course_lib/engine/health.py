"""HEALTHCHECK while a container runs: asked when somebody looks, as if it had been asked all along.

The daemon asks for the first time one interval after the start. As long as the check fails, the container is
`starting` until `retries` failures in a row, and `unhealthy` then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.clock import Clock
from course_lib.run.health import counted_failures
from course_lib.run.process import process
from course_lib.shell import ExecFailure, execute

if TYPE_CHECKING:
    from course_lib.engine.web import Bridge
    from course_lib.image.config import HealthConfig
    from course_lib.image.workspace import Workspace
    from course_lib.run.container import Container, Running

_SECOND = 1_000_000_000  # the unit of a health check's times is the nanosecond
_INTERVAL = 30 * _SECOND
_TIMEOUT = 30 * _SECOND
_RETRIES = 3
_DEFAULT_SHELL = ("/bin/sh", "-c")


class HealthChecker:
    """Asks the checks of containers."""

    def __init__(self, clock: Clock, bridge: Bridge) -> None:
        self._clock = clock
        self._bridge = bridge

    def status(
        self, container: Container, state: Running, check: HealthConfig, files: Workspace
    ) -> str:
        """`starting`, `healthy` or `unhealthy`."""
        interval = check.interval or _INTERVAL
        up = (self._clock.now() - state.since) * _SECOND
        if up < interval:
            return "starting"
        if self._passes(container, check, files):
            return "healthy"
        failures = counted_failures(up, interval, check.start_period)
        return "unhealthy" if failures >= (check.retries or _RETRIES) else "starting"

    def _passes(self, container: Container, check: HealthConfig, files: Workspace) -> bool:
        shell = container.config.shell or _DEFAULT_SHELL
        argv = (*shell, *check.test[1:]) if check.test[0] == "CMD-SHELL" else check.test[1:]
        patience = max(1, (check.timeout or _TIMEOUT) // _SECOND)
        try:
            done = execute(
                process(container, files, argv),
                files,
                clock=Clock(self._clock.now()),  # nobody waits for it
                patience=patience,
                web=self._bridge.seen_from(container),
            )
        except ExecFailure:
            return False
        return done.exit_code == 0
