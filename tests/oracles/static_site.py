"""The static site, built for a test session and served on loopback as any web server would."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from lite.pyodide import PyodideError
from lite.site import build
from lite.wheels import WheelsError

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[2]
REPOSITORY = "someone/docker-course"


class SiteUnavailable(Exception):  # noqa: N818 - a condition of the machine, not an error of a test
    """The site's parts can't be had here; the message says why."""


@dataclass(frozen=True, slots=True)
class StaticSite:
    """A served site: its address without a slash at the end, and its folder."""

    address: str
    folder: Path


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def running(folder: Path) -> Iterator[StaticSite]:
    """Build the site into `folder` and serve it.

    Raises:
        SiteUnavailable: Pyodide is not installed in lite/, or pip can't fetch a wheel.

    """
    site = folder / "site"
    try:
        build(site, PROJECT / "build" / "wheels", REPOSITORY)
    except (PyodideError, WheelsError) as error:
        raise SiteUnavailable(str(error)) from error
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield StaticSite(f"http://127.0.0.1:{server.server_port}", site)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
