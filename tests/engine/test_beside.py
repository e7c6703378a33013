"""docker exec and health checks see the processes that run in the container already."""

from __future__ import annotations

import pytest

from course_lib.cli import docker
from course_lib.engine import Engine


@pytest.fixture(scope="module")
def engine() -> Engine:
    engine = Engine()
    for line in (
        "run -d --name web nginx:alpine",
        "run -d --name shell -u nobody alpine sh -c 'echo; sleep 100; echo'",
        "run -d --name init --init debian sleep 100",
    ):
        docker(line, engine)
    return engine


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("web pgrep nginx", "1\n"),
        ("web pgrep apache", ""),
        ("web pidof nginx", "1\n"),
        ("web pgrep -f daemon", "1\n"),
        ("web sh -c 'echo $$'", "2\n"),
        ("shell pgrep -u nobody -l .", "1 sh\n2 sleep\n"),
        ("shell pgrep -u root -l sleep", ""),
        ("init sh -c 'echo $$'", "3\n"),
        ("web kill -CONT 1", ""),
    ],
)
def test_a_process_beside_has_its_number_and_its_owner(
    engine: Engine, command: str, expected: str
) -> None:
    assert docker(f"exec {command}", engine).stdout == expected


def test_ps_lists_the_container_s_own_processes_first(engine: Engine) -> None:
    lines = docker("exec shell ps", engine).stdout.splitlines()
    assert [line.split()[:2] for line in lines[1:]] == [
        ["1", "nobody"],
        ["2", "nobody"],
        ["3", "nobody"],
    ]


@pytest.mark.parametrize("command", ["kill 1", "pkill nginx", "killall -INT nginx"])
def test_a_signal_to_one_of_them_is_said_to_be_not_simulated(engine: Engine, command: str) -> None:
    answer = docker(f"exec web {command}", engine)
    assert "docker kill -s" in answer.stderr
    assert engine.container("web").exit_code == 0


def test_a_signal_to_a_number_that_nobody_has_fails(engine: Engine) -> None:
    assert docker("exec web kill 99", engine).exit_code == 1


def test_an_account_that_is_gone_by_now_stops_no_exec() -> None:
    engine = Engine()
    docker("run -d --name box -u nobody alpine sleep 100", engine)
    docker("exec -u 0 box sed -i /nobody/d /etc/passwd", engine)
    assert "sleep 100" in docker("exec -u 0 box ps", engine).stdout


def test_a_health_check_may_look_for_the_process() -> None:
    engine = Engine()
    options = "--health-interval 1s --health-retries 1 --health-cmd"
    docker(f"run -d --name one {options} 'pgrep nginx' nginx:alpine", engine)
    docker(f"run -d --name two {options} 'pgrep nginx' alpine sleep infinity", engine)
    engine.clock.tick(5)
    assert [engine.health(engine.container(name)) for name in ("one", "two")] == [
        "healthy",
        "unhealthy",
    ]
