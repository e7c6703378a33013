"""Which failures of a HEALTHCHECK count, as the daemon counts them (moby `daemon/health.go`)."""

from __future__ import annotations


def counted_failures(up: int, interval: int, start_period: int) -> int:
    """How many failures in a row a check has that never passed, `up` after the start.

    The daemon asks each `interval` for the first time after the first one; what fails before the end
    of the start period is not counted. All three in the same unit.
    """
    first = max(1, -(-start_period // interval))
    return max(0, up // interval - first + 1)
