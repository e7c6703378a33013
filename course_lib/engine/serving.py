"""What the servers in a container answer: which port each listens on, and the files that it shows.

A server is known by its program (`nginx`, `httpd`, `redis-server` ...); its port and folder are read from its
arguments and its configuration in the container's own files.
"""

from __future__ import annotations

import fnmatch
import itertools
import posixpath
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory, File
from course_lib.shell.network import NoAnswerError, Response

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from course_lib.image.workspace import Workspace
    from course_lib.shell import ProcessInfo

_REASONS = {200: "OK", 403: "Forbidden", 404: "Not Found"}
_SILENT = {
    "redis-server": 6379,
    "postgres": 5432,
    "mysqld": 3306,
    "mariadbd": 3306,
    "memcached": 11211,
}
_SERVERS = {"nginx": "nginx/1.25.3", "httpd": "Apache/2.4.58 (Unix)"}


@dataclass(frozen=True, slots=True)
class Listener:
    """One open port; `folder` is "" for a server that does not speak HTTP. `server` names itself."""

    port: int
    folder: str = ""
    server: str = ""

    def get(self, path: str, files: Workspace, now: int) -> Response:
        """Answer a request.

        Raises:
            NoAnswerError: it does not speak HTTP.

        """
        if not self.folder:
            raise NoAnswerError
        name = posixpath.normpath(self.folder + "/" + path.partition("?")[0].lstrip("/"))
        status, body, kind = _page(name, files)
        if status != 200:  # noqa: PLR2004 - HTTP's OK
            text = f"{status} {_REASONS[status]}"
            body = (
                f"<html>\r\n<head><title>{text}</title></head>\r\n<body>\r\n<center><h1>{text}</h1>"
                f"</center>\r\n<hr><center>{self.server}</center>\r\n</body>\r\n</html>\r\n"
            ).encode()
            kind = "text/html"
        date = datetime.fromtimestamp(now, UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
        headers = (
            ("Server", self.server),
            ("Date", date),
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            ("Connection", "keep-alive"),
        )
        return Response(status, _REASONS[status], body, headers)

    def log_line(self, path: str, response: Response, agent: str, peer: str, now: int) -> str:
        """The line of the access log, in the common format; "" for a server that keeps none."""
        if not self.folder:
            return ""
        when = datetime.fromtimestamp(now, UTC).strftime("%d/%b/%Y:%H:%M:%S +0000")
        line = f'{peer} - - [{when}] "GET {path} HTTP/1.1" {response.status} {len(response.body)}'
        return f'{line} "-" "{agent}" "-"\n' if self.server.startswith("nginx") else f"{line}\n"


def listeners(processes: Sequence[ProcessInfo], files: Workspace) -> Iterator[Listener]:
    """The open ports of a container's processes."""
    for process in processes:
        program = posixpath.basename(process.argv[0]).removesuffix(":")
        if program == "nginx":
            yield from _nginx(files)
        elif program == "httpd" and files.get("/usr/local/apache2/conf/httpd.conf") is not None:
            yield from _apache(files)
        elif program in ("httpd", "busybox"):
            yield _busybox(process.argv)
        elif program in _SILENT:
            yield Listener(_option(process.argv, ("-p", "--port"), _SILENT[program]))
        elif process.argv[1:3] == ("-m", "http.server"):
            port = process.argv[3] if len(process.argv) > 3 else "8000"  # noqa: PLR2004 - argv of http.server
            folder = "/"
            yield Listener(int(port) if port.isdigit() else 8000, folder, "SimpleHTTP/0.6")


def _nginx(files: Workspace) -> Iterator[Listener]:
    """The servers of nginx.conf and of what it includes; without that file, of the usual folders."""
    main = _text(files, "/etc/nginx/nginx.conf")
    texts = [main, *_included(files, main)] if main else _usual(files)
    found = False
    for text in texts:
        for port in re.findall(r"^\s*listen\s+(\d+)", text, re.MULTILINE):
            root = re.search(r"^\s*root\s+(\S+?);", text, re.MULTILINE)
            found = True
            yield Listener(int(port), root[1] if root else "/etc/nginx/html", _SERVERS["nginx"])
    if not found:
        yield Listener(80, "/usr/share/nginx/html", _SERVERS["nginx"])


def _included(files: Workspace, text: str) -> Iterator[str]:
    """The files that `include /etc/nginx/conf.d/*.conf;` means, in their order."""
    for pattern in re.findall(r"^\s*include\s+([^;\s]+)\s*;", text, re.MULTILINE):
        folder, _, names = posixpath.join("/etc/nginx", pattern).rpartition("/")
        yield from (_text(files, f"{folder}/{name}") for name in _names(files, folder, names))


def _usual(files: Workspace) -> Iterator[str]:
    for folder in ("/etc/nginx/conf.d", "/etc/nginx/http.d", "/etc/nginx/sites-enabled"):
        yield from (_text(files, f"{folder}/{name}") for name in _names(files, folder, "*"))


def _names(files: Workspace, folder: str, pattern: str) -> list[str]:
    if not isinstance(files.get(folder), Directory):
        return []
    return sorted(fnmatch.filter(files.children(folder), pattern))


def _apache(files: Workspace) -> Iterator[Listener]:
    text = _text(files, "/usr/local/apache2/conf/httpd.conf")
    root = re.search(r'^DocumentRoot\s+"?([^"\s]+)', text, re.MULTILINE)
    folder = root[1] if root else "/usr/local/apache2/htdocs"
    for port in re.findall(r"^Listen\s+(?:\S+:)?(\d+)", text, re.MULTILINE) or ["80"]:
        yield Listener(int(port), folder, _SERVERS["httpd"])


def _busybox(argv: Sequence[str]) -> Listener:
    """`httpd -f -p 8080 -h /www`."""
    folder = next((b for a, b in itertools.pairwise(argv) if a == "-h"), "/")
    return Listener(_option(argv, ("-p",), 80), folder, "BusyBox httpd")


def _option(argv: Sequence[str], names: Sequence[str], default: int) -> int:
    for name, value in itertools.pairwise(argv):
        number = value.rpartition(":")[2]
        if name in names and number.isdigit():
            return int(number)
    return default


def _page(name: str, files: Workspace) -> tuple[int, bytes, str]:
    try:
        real = files.resolve(name)
        node = files.get(real)
        if isinstance(node, Directory):
            real = files.resolve(f"{name}/index.html")
            node = files.get(real)
    except OSError:
        return 404 if files.get(name) is None else 403, b"", ""
    if not isinstance(node, File):
        return 403, b"", ""
    import mimetypes  # noqa: PLC0415 - it brings urllib along, and few containers serve

    kind = mimetypes.guess_type(real)[0] or "application/octet-stream"
    return 200, node.content.data, kind


def _text(files: Workspace, path: str) -> str:
    try:
        node = files.get(files.resolve(path))
    except OSError:
        return ""
    return node.content.data.decode(errors="replace") if isinstance(node, File) else ""
