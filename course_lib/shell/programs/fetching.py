"""curl and wget, on the network of the containers and on the simulated web outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.network import (
    NoAnswerError,
    RefusedError,
    ResetError,
    UnknownHostError,
    UnreachableError,
    Url,
    outside,
)
from course_lib.shell.options import missing_operand, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.network import Response
    from course_lib.shell.options import Given
    from course_lib.shell.task import Task

_ERROR = 400
_MOST_REDIRECTS = 20
_CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/ssl/cert.pem",
    "/etc/pki/tls/certs/ca-bundle.crt",
)


class _UntrustedError(UnreachableError):
    """The certificate can't be checked: the image has none to check it with."""


def has_certificates(task: Task) -> bool:
    """Whether the image has the certificates that an https address is checked with."""
    return any(task.files.find(path) is not None for path in _CERTIFICATES)


def _fetch(
    task: Task, url: Url, agent: str, *, follow: bool, trusting: bool
) -> tuple[Url, Response | UnreachableError]:
    """The answer or the failure, and the address that it came from in the end."""
    try:
        response = _ask(task, url, agent, trusting=trusting)
        for _ in range(_MOST_REDIRECTS if follow else 0):
            further = Url.parse(dict(response.headers).get("Location", ""))
            if further is None:
                break
            url = further
            response = _ask(task, url, agent, trusting=trusting)
    except UnreachableError as error:
        return url, error
    return url, response


def _ask(task: Task, url: Url, agent: str, *, trusting: bool) -> Response:
    machine = task.machine
    if machine.online and url.outside:
        if url.scheme == "https" and not trusting and not has_certificates(task):
            raise _UntrustedError
        return outside(url)
    if machine.web is None or url.scheme == "https":
        raise UnknownHostError
    return machine.web.get(url.host, url.port, url.path, agent=agent)


# -- curl ----------------------------------------------------------------------------------------

_CURL_AGENT = "curl/8.5.0"
_CURL_LONG = {
    "silent": "s", "show-error": "S", "fail": "f", "output=": "o", "remote-name": "O",
    "location": "L", "head": "I", "include": "i", "write-out=": "w", "max-time=": "m",
    "header=": "H", "verbose": "v", "retry=": "R", "connect-timeout=": "T", "insecure": "k",
    "create-dirs": "D", "proto=": "P", "tlsv1.2": "1", "compressed": "C", "progress-bar": "#",
    "user-agent=": "A", "retry-delay=": "R", "retry-connrefused": "r", "url=": "U",
    "no-progress-meter": "N",
}  # fmt: skip


def _curl(task: Task) -> int:
    given = parse(task, "sSfo:OLIiw:m:H:vkA:#", _CURL_LONG)
    if "v" in given:
        msg = "-v"
        raise task.not_simulated(msg)
    addresses = (*given.operands, *given.values("U"))
    if not addresses:
        task.err("curl: try 'curl --help' or 'curl --manual' for more information")
        return 2
    status = 0
    for text in addresses:
        url = Url.parse(text)
        if url is None:
            return _curl_says(task, given, 3, "URL using bad/illegal format or missing URL")
        status = _curl_one(task, given, url)
    return status


def _curl_one(task: Task, given: Given, url: Url) -> int:
    at, response = _fetch(task, url, _CURL_AGENT, follow="L" in given, trusting="k" in given)
    if isinstance(response, UnreachableError):
        return _curl_fails(task, given, at, response)
    if "f" in given and response.status >= _ERROR:
        return _curl_says(task, given, 22, f"The requested URL returned error: {response.status}")
    body = b"" if "I" in given else response.body
    if "I" in given or "i" in given:
        body = _head(response) + body
    if "O" in given and not url.name:
        return _curl_says(task, given, 23, "Failed writing received data to disk/application")
    name = url.name if "O" in given else given.value("o", "-")
    if name == "-":
        task.out(body)
    else:
        if "D" in given:
            _make_folders(task, name.rpartition("/")[0])
        task.files.write(name, body)
    if "w" in given:
        task.out(
            given.value("w").replace("%{http_code}", str(response.status)).replace("\\n", "\n")
        )
    return 0


def _curl_fails(task: Task, given: Given, url: Url, error: UnreachableError) -> int:
    match error:
        case UnknownHostError():
            status, why = 6, f"Could not resolve host: {url.host}"
        case RefusedError():
            status = 7
            why = f"Failed to connect to {url.host} port {url.port} after 0 ms: Couldn't connect to server"
        case ResetError():
            status, why = 56, "Recv failure: Connection reset by peer"
        case NoAnswerError():
            status, why = 52, "Empty reply from server"
        case _:
            status, why = 77, f"error setting certificate file: {_CERTIFICATES[0]}"
    return _curl_says(task, given, status, why)


def _make_folders(task: Task, path: str) -> None:
    if path and not task.files.is_directory(path):
        _make_folders(task, path.rpartition("/")[0])
        task.files.make_directory(path, 0o755)


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
    "no-verbose": "n", "header=": "H", "no-check-certificate": "k", "directory-prefix=": "P",
    "continue": "c", "progress=": "p", "show-progress": "g", "user-agent=": "U",
    "timestamping": "N", "https-only": "s", "secure-protocol=": "s",
}  # fmt: skip


def _wget(task: Task) -> int:
    given = parse(task, "qO:t:T:nSH:P:cU:N", _WGET_LONG)
    if not given.operands:
        raise missing_operand(task, what="URL")
    status = 0
    for text in given.operands:
        url = Url.parse(text)
        if url is None:
            return task.complain(f"bad address '{text}'")
        status = _wget_one(task, given, url)
    return status


def _wget_one(task: Task, given: Given, asked: Url) -> int:
    agent = "Wget" if task.busybox else _WGET_AGENT
    # busybox says that it does not check certificates
    url, response = _fetch(task, asked, agent, follow=True, trusting=task.busybox or "k" in given)
    if task.busybox and "q" not in given and not isinstance(response, UnknownHostError):
        address = "127.0.0.1" if url.host == "localhost" else url.host
        task.err(f"Connecting to {url.host}:{url.port} ({address}:{url.port})")
    if isinstance(response, UnreachableError):
        return _wget_says(task, url, response)
    if response.status >= _ERROR:
        said = f"{response.status} {response.reason}"
        if task.busybox:
            return task.complain(f"server returned error: HTTP/1.1 {said}")
        task.err(f"ERROR {said}.")
        return 8
    if "S" in given:
        return 0
    name = given.value("O") or _saved_as(given, asked)
    if name == "-":
        task.out(response.body)
        return 0
    task.files.write(name, response.body)
    if "q" not in given:
        task.err(f"'{name}' saved" if task.busybox else f"\u2018{name}\u2019 saved")
    return 0


def _saved_as(given: Given, url: Url) -> str:
    folder = given.value("P")
    name = url.name or "index.html"
    return f"{folder.rstrip('/')}/{name}" if folder else name


def _wget_says(task: Task, url: Url, error: UnreachableError) -> int:
    if isinstance(error, UnknownHostError):
        if task.busybox:
            return task.complain(f"bad address '{url.host}'")
        return task.complain(f"unable to resolve host address \u2018{url.host}\u2019", 4)
    if isinstance(error, _UntrustedError):
        task.err(f"ERROR: The certificate of \u2018{url.host}\u2019 is not trusted.")
        task.err(f"ERROR: The certificate of \u2018{url.host}\u2019 doesn't have a known issuer.")
        return 5
    if isinstance(error, NoAnswerError | ResetError):
        return task.complain("error getting response", 1 if task.busybox else 4)
    if task.busybox:
        return task.complain("can't connect to remote host: Connection refused")
    task.err(f"Connecting to {url.host}:{url.port}... failed: Connection refused.")
    return 4


COMMANDS: dict[str, Callable[[Task], int]] = {"curl": _curl, "wget": _wget}
