"""Where `docker inspect` says that a published port is open."""

from __future__ import annotations

import json

import pytest

from course_lib.cli import docker
from course_lib.engine import Engine


@pytest.mark.parametrize(
    ("published", "addresses"),
    [("8081:80", ["0.0.0.0", "::"]), ("127.0.0.1:8081:80", ["127.0.0.1"])],  # noqa: S104 - docker's own
)
def test_a_port_is_open_on_its_address_or_on_all(published: str, addresses: list[str]) -> None:
    engine = Engine()
    docker(["run", "-d", "--name", "srv", "-p", published, "nginx"], engine)
    said = docker(["inspect", "-f", "{{json .NetworkSettings.Ports}}", "srv"], engine)
    (found,) = json.loads("".join(piece.text for piece in said.printed)).values()
    assert [place["HostIp"] for place in found] == addresses
