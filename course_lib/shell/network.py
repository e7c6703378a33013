"""What a process can reach: the other side of curl and wget. The engine brings the network, the shell asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Response:
    """An HTTP answer; headers in the order of sending."""

    status: int
    reason: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


class UnreachableError(Exception):
    """Nobody answers; the subclasses say why."""


class UnknownHostError(UnreachableError):
    """No such name: `Could not resolve host`."""


class RefusedError(UnreachableError):
    """Nobody listens on the port."""


class ResetError(UnreachableError):
    """Somebody took the connection and dropped it: `Connection reset by peer`."""


class NoAnswerError(UnreachableError):
    """Somebody listens, but does not speak HTTP: `Empty reply from server`."""


class Web(Protocol):
    """Hosts and ports, as seen from one process."""

    def get(self, host: str, port: int, path: str, *, agent: str) -> Response:
        """Ask for a page.

        Raises:
            UnreachableError: one of its subclasses.

        """
