"""nc -z: who listens, asked from inside a container and from the host."""

from __future__ import annotations

import pytest

from course_lib.exercises.machine import Machine


@pytest.fixture
def machine() -> Machine:
    machine = Machine()
    machine.docker("run -d --name www -p 8080:80 nginx:alpine")
    return machine


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ("-z localhost 80", 0, ""),
        ("-z -w 2 127.0.0.1 80", 0, ""),
        ("-z localhost 81", 1, ""),
        ("-zv localhost 80", 0, "localhost (localhost:80) open"),
        ("-zv localhost 81", 1, "nc: localhost (localhost:81): Connection refused"),
        ("-z nobody 80", 1, "nc: bad address 'nobody'"),
        ("-z 172.17.0.2 80", 0, ""),
        ("-z 172.17.0.9 80", 1, ""),
    ],
)
def test_nc_says_whether_somebody_listens(
    machine: Machine, words: str, status: int, said: str
) -> None:
    answer = machine.docker(f"exec www nc {words}")

    assert answer.exit_code == status
    assert answer.stderr.strip() == said


def test_a_connection_alone_leaves_no_line_in_the_log(machine: Machine) -> None:
    before = machine.docker("logs www").stdout
    machine.docker("exec www nc -z localhost 80")
    assert machine.docker("logs www").stdout == before


def test_nc_that_would_talk_is_not_simulated(machine: Machine) -> None:
    answer = machine.docker("exec www nc localhost 80")
    assert "not simulated" in answer.stderr
