"""curl, wget and git on the simulated web, from images with and without certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from course_lib.shell import Process, execute
from course_lib.web import INTERNET

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.shell.packages.rooms import Room

    Rooms = Callable[[str], Room]

GREET = "https://downloads.example.com/greet"
SITE = "https://git.example.com/course/hello-site"
COMMITS = INTERNET.repositories["git.example.com/course/hello-site"]


@pytest.fixture
def alpine(room: Rooms) -> Room:
    here = room("alpine:3.19")
    here.ok("apk add --no-cache curl git")
    return here


@pytest.fixture
def bare(room: Rooms) -> Room:
    """Debian with curl, wget and git, but no certificates."""
    here = room("debian:12-slim")
    here.ok("apt-get update && apt-get install -y --no-install-recommends curl wget git")
    return here


@pytest.mark.parametrize(
    ("script", "output"),
    [
        ("curl -s example.com | grep -c illustrative", "1\n"),
        ("curl -sS https://example.com/ | grep -o '<h1>.*</h1>'", "<h1>Example Domain</h1>\n"),
        ("wget -qO- http://www.example.com | head -1", "<!doctype html>\n"),
        (f"curl -fsSL {GREET}/install.sh | sh; greet Ann; greet --version",
         "greet 1.1.0 is in /usr/local/bin\nHello, Ann!\ngreet 1.1.0\n"),
        ((f"cd /tmp; for e in '' .sha256; do curl -fsSLO {GREET}/1.1.0/greet-1.1.0.tar.gz$e; done; "
         "sha256sum -c greet-1.1.0.tar.gz.sha256"), "greet-1.1.0.tar.gz: OK\n"),
        (f"wget -q -P /opt {GREET}/1.0.0/greet; sh /opt/greet", "Hello, world!\n"),
        (f"mkdir /t; curl -fsSL {GREET}/latest | tar -xz -C /t --strip-components=1; /t/greet",
         "Hello, world!\n"),
        (f"curl --create-dirs -fsSL -o /a/b/greet {GREET}/1.0.0/greet; wc -l < /a/b/greet", "7\n"),
        (f"curl -s -o /dev/null -w '%{{http_code}}\\n' {GREET}/latest", "302\n"),
        (f"curl -sI {GREET}/1.0.0/greet | grep -i last-mod", "Last-Modified: Thu, 01 Jun 2023 12:00:00 GMT\r\n"),
    ],
)  # fmt: skip
def test_what_is_on_the_web_is_fetched(alpine: Room, script: str, output: str) -> None:
    assert alpine.ok(script) == output


@pytest.mark.parametrize(
    ("script", "failure"),
    [
        ("curl -fsS https://example.com/nope", (22, "curl: (22) The requested URL returned error: 404\n")),
        ("wget -q https://example.com/nope", (1, "wget: server returned error: HTTP/1.1 404 Not Found\n")),
        ("curl -sS https://example.net", (6, "curl: (6) Could not resolve host: example.net\n")),
        ("curl -sS https://mirror.bit.edu.cn/apache/tomcat/", (6, "curl: (6) Could not resolve host: mirror.bit.edu.cn\n")),
        ("wget -q http://github.com/x", (1, "wget: bad address 'github.com'\n")),
        (f"git clone -q {SITE}-two", (128, f"fatal: repository '{SITE}-two/' not found\n")),
        (f"git clone -b v9 {SITE} x", (128, ("Cloning into 'x'...\nwarning: Could not find remote branch v9 to clone.\n"
         "fatal: Remote branch v9 not found in upstream origin\n"))),
        (f"git clone -q {SITE} s && cd s && git checkout v9", (1, "error: pathspec 'v9' did not match any file(s) known to git\n")),
        ("curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs", (6, "curl: (6) Could not resolve host: sh.rustup.rs\n")),
    ],
)  # fmt: skip
def test_what_is_not_on_the_web_fails_in_their_words(
    alpine: Room, script: str, failure: tuple[int, str]
) -> None:
    assert alpine.fails(script) == failure


def test_a_clone_is_a_repository_with_its_files(alpine: Room) -> None:
    alpine.ok(f"git clone -q --depth 1 --branch v1.0 {SITE}.git /site")
    first, newest = COMMITS.tags["v1.0"], COMMITS.branches["main"]
    assert alpine.ok("git log --oneline; git rev-parse HEAD", cwd="/site") == (
        f"{first.line}\n{first.id}\n"
    )
    assert not alpine.exists("/site/build.sh")
    assert alpine.ok("git checkout -q main; git rev-parse --short HEAD", cwd="/site/public") == (
        f"{newest.id[:7]}\n"
    )
    assert alpine.ok("stat -c %a build.sh README.md", cwd="/site") == "755\n644\n"
    alpine.ok("git checkout -q v1.0", cwd="/site")
    assert not alpine.exists("/site/build.sh")


@pytest.mark.parametrize(
    ("script", "failure"),
    [
        ("curl -sS https://example.com", (77, "curl: (77) error setting certificate file: /etc/ssl/certs/ca-certificates.crt\n")),
        (f"git clone -q {SITE}", (128, (f"fatal: unable to access '{SITE}/': server certificate verification failed. "
         "CAfile: none CRLfile: none\n"))),
        ("wget -q https://example.com", (5, ("ERROR: The certificate of \u2018example.com\u2019 is not trusted.\n"
         "ERROR: The certificate of \u2018example.com\u2019 doesn't have a known issuer.\n"))),
    ],
)  # fmt: skip
def test_https_needs_certificates(bare: Room, script: str, failure: tuple[int, str]) -> None:
    assert bare.fails(script) == failure
    bare.ok("apt-get install -y --no-install-recommends ca-certificates")
    bare.ok(script)


def test_http_and_the_careless_need_no_certificates(bare: Room) -> None:
    bare.ok("curl -sS http://example.com; curl -ksS https://example.com")
    bare.ok("wget -q --no-check-certificate https://example.com")


def test_without_a_network_nothing_has_an_address(alpine: Room) -> None:
    process = Process(("curl", "-s", "example.com"), alpine.config.environment(), online=False)
    assert execute(process, alpine.files, clock=alpine.clock).exit_code == 6
