"""Which ports nginx opens: as its configuration says, with what that includes."""

from __future__ import annotations

import pytest

from course_lib.exercises.machine import Machine

SERVER = "server {\n  listen 8080;\n  root /srv;\n}\n"
WHOLE = f"events {{}}\nhttp {{\n{SERVER}}}\n"


@pytest.mark.parametrize(
    ("line", "runs"),
    [
        ("daemon off;", True),
        ("daemon  off ;", True),
        ("daemon on;", False),
        ("# daemon off;", False),
        ("http { daemon off; }", False),
    ],
)
def test_nginx_stays_in_the_foreground_when_its_configuration_says_so(
    line: str, *, runs: bool
) -> None:
    machine = Machine()
    machine.files["nginx.conf"] = f"{line}\n{WHOLE}"
    machine.build('FROM nginx:alpine\nCOPY nginx.conf /etc/nginx/\nCMD ["nginx"]', "www")
    machine.docker("run -d --name box www")
    assert bool(machine.docker("ps -q").stdout) is runs


@pytest.mark.parametrize(
    ("copies", "port", "answers"),
    [
        ({"/etc/nginx/nginx.conf": WHOLE}, 8080, True),
        ({"/etc/nginx/nginx.conf": WHOLE}, 80, False),
        ({"/etc/nginx/conf.d/default.conf": SERVER}, 8080, True),
        ({"/etc/nginx/conf.d/default.conf": SERVER}, 80, False),
        ({"/etc/nginx/conf.d/mine.conf": SERVER}, 8080, True),
        ({"/etc/nginx/conf.d/mine.txt": SERVER}, 8080, False),
    ],
)
def test_nginx_listens_where_its_configuration_says(
    copies: dict[str, str], port: int, *, answers: bool
) -> None:
    machine = Machine()
    machine.files.update({f"{n}.conf": text for n, text in enumerate(copies.values())})
    lines = [f"COPY {n}.conf {path}" for n, path in enumerate(copies)]
    machine.build("\n".join(["FROM nginx:alpine", *lines, "RUN mkdir -p /srv"]), "www")
    machine.docker(f"run -d -p 9000:{port} www")
    assert (machine.host("curl -s localhost:9000").exit_code == 0) is answers
