"""HEALTHCHECK: what the engine says of a container that runs."""

from __future__ import annotations

from typing import Any

import pytest

from course_lib.cli import docker
from course_lib.engine import Engine
from course_lib.image.config import HealthConfig
from course_lib.run.options import RunOptions

SECOND = 1_000_000_000


@pytest.mark.parametrize(
    ("test", "after", "expected"),
    [
        (("CMD-SHELL", "test -f /ok"), 0, "starting"),
        (("CMD-SHELL", "test -f /ok"), 6, "healthy"),
        (("CMD", "test", "-f", "/ok"), 6, "healthy"),
        (("CMD-SHELL", "test -f /nope"), 6, "starting"),
        (("CMD-SHELL", "test -f /nope"), 20, "unhealthy"),
        (("CMD", "no-such-program"), 20, "unhealthy"),
        (("CMD-SHELL", "sleep infinity"), 20, "unhealthy"),
        (("NONE",), 20, ""),
        ((), 20, ""),
    ],
)
def test_a_check_is_asked_once_its_interval_is_over(
    test: tuple[str, ...], after: int, expected: str
) -> None:
    engine = Engine()
    check = HealthConfig(test, interval=5 * SECOND, retries=3) if test else None
    options = RunOptions(name="box", detach=True, healthcheck=check)
    engine.run("alpine", ["sh", "-c", "touch /ok; sleep infinity"], options)
    engine.clock.tick(after)
    assert engine.health(engine.container("box")) == expected


def test_a_container_that_has_ended_has_no_health() -> None:
    engine = Engine()
    check = HealthConfig(("CMD-SHELL", "true"))
    container = engine.run("alpine", ["true"], RunOptions(healthcheck=check)).container
    assert engine.health(container) == ""


def test_nobody_waits_for_a_check() -> None:
    engine = Engine()
    options = RunOptions(
        name="box",
        detach=True,
        healthcheck=HealthConfig(("CMD-SHELL", "sleep 20"), interval=SECOND),
    )
    engine.run("alpine", ["sleep", "infinity"], options)
    engine.clock.tick(10)
    before = engine.clock.now()
    engine.health(engine.container("box"))
    assert engine.clock.now() == before


@pytest.mark.parametrize(("port", "expected"), [(80, "healthy"), (81, "unhealthy")])
def test_a_check_reaches_the_server_beside_it(port: int, expected: str) -> None:
    engine = Engine()
    check = HealthConfig(
        ("CMD-SHELL", f"wget -q -O /dev/null http://localhost:{port}/ || exit 1"),
        interval=SECOND,
    )
    options = RunOptions(name="box", detach=True, healthcheck=check)
    engine.run("nginx:alpine", [], options)
    engine.clock.tick(60)
    assert engine.health(engine.container("box")) == expected


def _looks_for_ok(**settings: int) -> Engine:
    engine = Engine()
    check = HealthConfig(
        ("CMD-SHELL", "test -f /ok || { echo no /ok; exit 1; }"),
        interval=5 * SECOND,
        retries=2,
        **settings,
    )
    engine.run(
        "alpine", ["sleep", "infinity"], RunOptions(name="box", detach=True, healthcheck=check)
    )
    return engine


@pytest.mark.parametrize(
    ("story", "statuses"),
    [
        pytest.param("5 touch", "starting starting", id="not asked again within the interval"),
        pytest.param("touch 5 5", "starting healthy healthy", id="one success is enough"),
        pytest.param(
            "touch 5 rm 3 1 5",
            "starting healthy healthy healthy healthy unhealthy",
            id="so many failures in a row as retries",
        ),
        pytest.param(
            "5 5 touch 3 1",
            "starting unhealthy unhealthy unhealthy healthy",
            id="the next question after the repair",
        ),
        pytest.param(
            "touch 5 rm 4 touch 4 rm 4",
            "starting healthy healthy healthy healthy healthy healthy healthy",
            id="a success in between begins a new row",
        ),
        pytest.param("touch 5 rm 60", "starting healthy healthy unhealthy", id="asked meanwhile"),
    ],
)
def test_a_status_changes_when_the_daemon_would_change_it(story: str, statuses: str) -> None:
    engine = _looks_for_ok()
    seen = []
    for word in story.split():
        if word.isdecimal():
            engine.clock.tick(int(word))
        else:
            engine.exec("box", [word, "/ok"])
        engine.settle()
        seen.append(engine.health(engine.container("box")))
    assert seen == statuses.split()


@pytest.mark.parametrize(
    ("start_interval", "asked"),
    [
        (0, [5, 10, 15, 20]),
        (4, [8, 12, 16, 20]),
        (30, []),
    ],  # at the 22nd second, of start period 20
)
def test_failures_in_the_start_period_are_asked_more_often_and_do_not_count(
    start_interval: int, asked: list[int]
) -> None:
    engine = _looks_for_ok(start_period=20 * SECOND, start_interval=start_interval * SECOND)
    engine.clock.tick(22)
    health = _state(engine)
    state: Any = engine.inspect("box")["State"]
    begun = _second(state["StartedAt"])
    assert [_second(one["Start"]) - begun for one in health["Log"]][-4:] == asked
    assert health["FailingStreak"] == len(asked[-1:])  # that at the end of the period
    assert health["Status"] == "starting"


def test_one_success_ends_the_start_period() -> None:
    engine = _looks_for_ok(start_period=60 * SECOND)
    engine.exec("box", ["touch", "/ok"])
    engine.clock.tick(5)
    engine.settle()
    engine.exec("box", ["rm", "/ok"])
    engine.clock.tick(11)
    assert _state(engine)["Status"] == "unhealthy"


def _second(time: str) -> int:
    return int(time[17:19])


def test_inspect_shows_what_the_last_five_checks_said() -> None:
    engine = _looks_for_ok()
    engine.clock.tick(31)
    log = _state(engine)["Log"]
    assert [(one["ExitCode"], one["Output"]) for one in log] == [(1, "no /ok\n")] * 5
    assert log[-1]["Start"] == "2024-01-15T09:00:31Z"


@pytest.mark.parametrize(
    ("test", "exit_code", "output"),
    [
        (("CMD-SHELL", "curl -f localhost"), 127, "/bin/sh: curl: not found\n"),
        (("CMD", "curl"), -1, 'exec: "curl": executable file not found in $PATH'),
        (("CMD-SHELL", "sleep 9"), -1, "Health check exceeded timeout (3s)"),
    ],
)
def test_a_check_that_cannot_answer_says_why(
    test: tuple[str, ...], exit_code: int, output: str
) -> None:
    engine = Engine()
    check = HealthConfig(test, interval=5 * SECOND, timeout=3 * SECOND)
    engine.run(
        "alpine", ["sleep", "infinity"], RunOptions(name="box", detach=True, healthcheck=check)
    )
    engine.clock.tick(6)
    [answer] = _state(engine)["Log"]
    assert answer["ExitCode"] == exit_code
    assert output in answer["Output"]


def test_a_container_that_starts_again_begins_again() -> None:
    engine = _looks_for_ok()
    engine.clock.tick(30)
    engine.restart("box")
    assert _state(engine) == {"Status": "starting", "FailingStreak": 0, "Log": []}


@pytest.mark.parametrize(
    ("value", "names"),
    [("starting", "new"), ("healthy", "good"), ("unhealthy", "bad"), ("none", "plain")],
)
def test_docker_ps_filters_by_health(value: str, names: str) -> None:
    engine = Engine()
    for name, command in (("good", "true"), ("bad", "false")):
        docker(
            f"run -d --name {name} --health-cmd {command} --health-interval 1s alpine sleep infinity",
            engine,
        )
    docker("run -d --name plain alpine sleep infinity", engine)
    engine.clock.tick(10)
    docker("run -d --name new --health-cmd true alpine sleep infinity", engine)
    listed = docker(f"ps --filter health={value} --format {{{{.Names}}}}", engine)
    assert listed.stdout.split() == [names]


def test_docker_ps_refuses_a_health_that_is_none() -> None:
    answer = docker("ps --filter health=ill", Engine())
    assert (answer.exit_code, "invalid filter 'health=ill'" in answer.stderr) == (1, True)


@pytest.mark.parametrize(
    ("options", "code", "seconds"),
    [("", 137, 10), ("-s USR1", 3, 0), ("--signal SIGUSR1", 3, 0), ("-s KILL", 137, 0)],
)
def test_docker_stop_takes_another_signal(options: str, code: int, seconds: int) -> None:
    engine = Engine()
    script = "trap 'exit 3' USR1; while true; do sleep 1; done"
    engine.run("alpine", ["sh", "-c", script], RunOptions(name="box", detach=True))
    before = engine.clock.now()
    docker(f"stop {options} box", engine)
    assert engine.container("box").exit_code == code
    assert engine.clock.now() - before == seconds


def test_docker_stop_refuses_a_signal_that_linux_does_not_have() -> None:
    engine = Engine()
    engine.run("alpine", ["sleep", "infinity"], RunOptions(name="box", detach=True))
    answer = docker("stop -s SIGFOO box", engine)
    assert answer.exit_code == 1
    assert "invalid signal: SIGFOO" in answer.stderr


def _state(engine: Engine) -> dict[str, Any]:
    state: Any = engine.inspect("box")["State"]
    return dict(state["Health"])
