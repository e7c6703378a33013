"""HEALTHCHECK: what the engine says of a container that runs."""

from __future__ import annotations

import pytest

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
