"""What a process can reach: the other side of curl and wget.

The engine brings the network of the containers, `course_lib.web` the world outside, the shell asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
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

    def reach(self, host: str, port: int) -> None:
        """Open a TCP connection and close it again; no server's log hears of it.

        Raises:
            UnreachableError: no such name, or nobody listens.

        """


_URL = re.compile(
    r"(?:(https?)://)?(?:[^/@]*@)?([^/:?#]+)(?::(\d+))?([/?][^#]*)?(?:#.*)?", re.IGNORECASE
)
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Url:
    """An http or https address; `path` has the query, and begins with a slash."""

    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def parse(cls, text: str) -> Url | None:
        """Read an address; http is the scheme of one without; None for what is no address."""
        match = _URL.fullmatch(text)
        if match is None:
            return None
        scheme, host, port, path = match.groups()
        scheme = (scheme or "http").lower()
        path = path or "/"
        path = path if path[0] == "/" else f"/{path}"
        return cls(scheme, host.lower(), int(port or _PORTS[scheme]), path)

    @property
    def outside(self) -> bool:
        """Whether the web outside has the host, at the port that a browser would try."""
        from course_lib.web import INTERNET  # noqa: PLC0415 - loaded with the first address

        return self.port == _PORTS[self.scheme] and INTERNET.knows(self.host)

    @property
    def name(self) -> str:
        """The last part of the path without its query: what a download is called; "" for none."""
        return self.path.partition("?")[0].rpartition("/")[2]


def outside(url: Url) -> Response:
    """What the web outside answers to a GET of an address that it has."""
    from course_lib.web import INTERNET, Page, Redirect  # noqa: PLC0415 - loaded with the first address

    found = INTERNET.find(url.host, url.path)
    match found:
        case Page(body=body, kind=kind, modified=modified):
            headers = (
                ("Content-Type", kind),
                ("Content-Length", str(len(body))),
                (
                    "Last-Modified",
                    f"{datetime.fromtimestamp(modified, UTC):%a, %d %b %Y %H:%M:%S} GMT",
                ),
                ("ETag", found.etag),
            )
            return Response(200, "OK", body, headers)
        case Redirect(location=location):
            return Response(302, "Found", b"", (("Location", location), ("Content-Length", "0")))
        case _:
            body = b"Not Found\n"
            return Response(
                404,
                "Not Found",
                body,
                (("Content-Type", "text/plain"), ("Content-Length", str(len(body)))),
            )
