"""The simulator's clock: it starts at a fixed time and moves only when told to.

So the same commands give the same times, and with them the same digests, on every machine.
"""

from __future__ import annotations

from datetime import UTC, datetime

START = 1_705_309_200  # 2024-01-15T09:00:00Z


class Clock:
    """Seconds since 1970, moved by `tick`."""

    def __init__(self, start: int = START) -> None:
        self._now = start

    def now(self) -> int:
        """Seconds since 1970."""
        return self._now

    def tick(self, seconds: int = 1) -> int:
        """Let time pass; return the new time."""
        self._now += seconds
        return self._now


def rfc3339(seconds: int) -> str:
    """`2024-01-15T09:00:00Z`, the form that image configs and histories use."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
