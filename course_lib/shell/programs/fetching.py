"""curl and wget, for http:// on the simulated network."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.shell.network import (
    NoAnswerError,
    RefusedError,
    ResetError,
    UnknownHostError,
    UnreachableError,
)
from course_lib.shell.options import missing_operand, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.network import Response, Web
    from course_lib.shell.options import Given
    from course_lib.shell.task import Task

_URL = re.compile(r"(?:(https?)://)?([^/:?#]+)(?::(\d+))?([/?][^#]*)?(?:#.*)?")
_PORTS = {"http": 80, "https": 443}
_ERROR = 400


@dataclass(frozen=True, slots=True)
class _Url:
    scheme: str
    host: str
    port: int
    path: str

    @property
    def shown(self) -> str:
        return f"{self.host}:{self.port}"


def _read(text: str) -> _Url | None:
    match = _URL.fullmatch(text)
    if match is None:
        return None
    scheme, host, port, path = match.groups()
    scheme = scheme or "http"
    path = path or "/"
    return _Url(scheme, host, int(port or _PORTS[scheme]), path if path[0] == "/" else f"/{path}")


def _ask(task: Task, url: _Url, agent: str) -> Response:
    web: Web | None = task.machine.web
    if web is None or url.scheme == "https":
        raise UnknownHostError
    return web.get(url.host, url.port, url.path, agent=agent)


# -- curl ----------------------------------------------------------------------------------------

_CURL_AGENT = "curl/8.5.0"
_CURL_LONG = {
    "silent": "s", "show-error": "S", "fail": "f", "output=": "o", "remote-name": "O",
    "location": "L", "head": "I", "include": "i", "write-out=": "w", "max-time=": "m",
    "header=": "H", "verbose": "v", "retry=": "R", "connect-timeout=": "T",
}  # fmt: skip


def _curl(task: Task) -> int:
    given = parse(task, "sSfo:OLIiw:m:H:v", _CURL_LONG)
    if "v" in given:
        msg = "-v"
        raise task.not_simulated(msg)
    if not given.operands:
        task.err("curl: try 'curl --help' or 'curl --manual' for more information")
        return 2
    status = 0
    for text in given.operands:
        url = _read(text)
        if url is None:
            return _curl_says(task, given, 3, "URL using bad/illegal format or missing URL")
        status = _curl_one(task, given, url)
    return status


def _curl_one(task: Task, given: Given, url: _Url) -> int:
    try:
        response = _ask(task, url, _CURL_AGENT)
    except UnknownHostError:
        return _curl_says(task, given, 6, f"Could not resolve host: {url.host}")
    except RefusedError:
        why = f"Failed to connect to {url.host} port {url.port} after 0 ms: Couldn't connect to server"
        return _curl_says(task, given, 7, why)
    except ResetError:
        return _curl_says(task, given, 56, "Recv failure: Connection reset by peer")
    except NoAnswerError:
        return _curl_says(task, given, 52, "Empty reply from server")
    if "f" in given and response.status >= _ERROR:
        return _curl_says(task, given, 22, f"The requested URL returned error: {response.status}")
    body = b"" if "I" in given else response.body
    if "I" in given or "i" in given:
        body = _head(response) + body
    if "O" in given:
        task.files.write(posixpath.basename(url.path) or "index.html", body)
    elif "o" in given:
        task.files.write(given.value("o"), body)
    else:
        task.out(body)
    if "w" in given:
        task.out(
            given.value("w").replace("%{http_code}", str(response.status)).replace("\\n", "\n")
        )
    return 0


def _head(response: Response) -> bytes:
    lines = [f"HTTP/1.1 {response.status} {response.reason}"]
    lines += [f"{name}: {value}" for name, value in response.headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _curl_says(task: Task, given: Given, status: int, why: str) -> int:
    if "s" not in given or "S" in given:
        task.err(f"curl: ({status}) {why}")
    return status


# -- wget ----------------------------------------------------------------------------------------

_WGET_AGENT = "Wget/1.21.3"
_WGET_LONG = {
    "quiet": "q", "output-document=": "O", "spider": "S", "tries=": "t", "timeout=": "T",
    "no-verbose": "n", "header=": "H",
}  # fmt: skip


def _wget(task: Task) -> int:
    given = parse(task, "qO:t:T:nSH:", _WGET_LONG)
    if not given.operands:
        raise missing_operand(task, what="URL")
    status = 0
    for text in given.operands:
        url = _read(text)
        if url is None:
            return task.complain(f"bad address '{text}'")
        status = _wget_one(task, given, url)
    return status


def _wget_one(task: Task, given: Given, url: _Url) -> int:  # noqa: PLR0911 - as for curl
    quiet = "q" in given
    address = "127.0.0.1" if url.host == "localhost" else url.host
    try:
        response = _ask(task, url, "Wget" if task.busybox else _WGET_AGENT)
    except UnknownHostError as error:
        return _wget_says(task, url, error)
    except UnreachableError as error:
        if task.busybox and not quiet:
            task.err(f"Connecting to {url.shown} ({address}:{url.port})")
        return _wget_says(task, url, error)
    if task.busybox and not quiet:
        task.err(f"Connecting to {url.shown} ({address}:{url.port})")
    if response.status >= _ERROR:
        said = f"{response.status} {response.reason}"
        if task.busybox:
            return task.complain(f"server returned error: HTTP/1.1 {said}")
        task.err(f"ERROR {said}.")
        return 8
    name = given.value("O") or posixpath.basename(url.path.partition("?")[0]) or "index.html"
    if "S" in given:
        return 0
    if name == "-":
        task.out(response.body)
        return 0
    task.files.write(name, response.body)
    if not quiet:
        task.err(f"'{name}' saved" if task.busybox else f"\u2018{name}\u2019 saved")
    return 0


def _wget_says(task: Task, url: _Url, error: UnreachableError) -> int:
    if isinstance(error, UnknownHostError):
        if task.busybox:
            return task.complain(f"bad address '{url.host}'")
        return task.complain(f"unable to resolve host address \u2018{url.host}\u2019", 4)
    if isinstance(error, NoAnswerError | ResetError):
        return task.complain("error getting response", 1 if task.busybox else 4)
    if task.busybox:
        return task.complain("can't connect to remote host: Connection refused")
    task.err(f"Connecting to {url.shown}... failed: Connection refused.")
    return 4


COMMANDS: dict[str, Callable[[Task], int]] = {"curl": _curl, "wget": _wget}
