"""The health timeline says what `docker ps` says at each of its times."""

from __future__ import annotations

import pytest

from course_lib.cli import docker
from course_lib.clock import Clock
from course_lib.engine import Engine
from course_lib.image.config import HealthConfig
from course_lib.pictures import find
from course_lib.views.health import Health, health_of

SECOND = 1_000_000_000


@pytest.mark.parametrize(
    ("interval", "period", "retries", "fails"),
    [
        (10, 0, 3, [(10, "starting"), (20, "starting"), (30, "unhealthy")]),
        (10, 0, 1, [(10, "unhealthy")]),
        (10, 12, 2, [(5, "starting"), (10, "starting"), (15, "starting"), (25, "unhealthy")]),
        (10, 10, 2, [(5, "starting"), (10, "starting"), (20, "unhealthy")]),
        (0, 0, 0, [(30, "starting"), (60, "starting"), (90, "unhealthy")]),
    ],
)
def test_a_check_that_never_passes_makes_unhealthy_after_these_seconds(
    interval: int, period: int, retries: int, fails: list[tuple[int, str]]
) -> None:
    check = HealthConfig(("CMD", "false"), interval * SECOND, 0, period * SECOND, retries=retries)

    found = health_of("x", check).questions

    assert [(one.at // SECOND, one.fails) for one in found] == fails
    assert {one.passes for one in found} == {"healthy"}


@pytest.mark.parametrize("check", [None, HealthConfig(("NONE",)), HealthConfig(())])
def test_without_a_check_nobody_asks(check: HealthConfig | None) -> None:
    assert health_of("x", check).questions == ()


@pytest.mark.parametrize("options", ["--health-interval=10s --health-start-period=25s", ""])
def test_a_running_container_is_called_what_the_timeline_says(options: str) -> None:
    clock = Clock()
    engine = Engine(clock=clock)
    line = f"docker run -d --name box {options} --health-cmd=false alpine sleep 100000"
    assert docker(line, engine).exit_code == 0
    health = find("health box", engine)
    assert isinstance(health, Health)

    assert health.now == "starting"
    begun = engine.container("box").state.since  # type: ignore[union-attr]
    for question in health.questions:
        clock.tick(begun + question.at // SECOND - clock.now())
        assert engine.health(engine.container("box")) == question.fails
