"""Published ports: -p and -P."""

from __future__ import annotations

import pytest

from course_lib.run.options import PortBinding, RunOptions
from course_lib.run.ports import PortTakenError, publish


def pairs(bindings: tuple[PortBinding, ...]) -> list[tuple[int, str]]:
    return [(port.host_port, port.exposed) for port in bindings]


@pytest.mark.parametrize(
    ("options", "exposed", "expected"),
    [
        pytest.param(RunOptions(), ("80/tcp",), [], id="expose alone publishes nothing"),
        pytest.param(
            RunOptions(ports=(PortBinding(80, host_port=8080),)), (), [(8080, "80/tcp")], id="-p"
        ),
        pytest.param(RunOptions(ports=(PortBinding(80),)), (), [(32768, "80/tcp")], id="-p 80"),
        pytest.param(
            RunOptions(publish_all=True),
            ("53/udp", "80/tcp"),
            [(32768, "53/udp"), (32769, "80/tcp")],
            id="-P",
        ),
        pytest.param(
            RunOptions(publish_all=True, ports=(PortBinding(80, host_port=8080),)),
            ("80/tcp", "90/tcp"),
            [(8080, "80/tcp"), (32768, "90/tcp")],
            id="-P beside -p",
        ),
    ],
)
def test_each_binding_has_a_host_port(
    options: RunOptions, exposed: tuple[str, ...], expected: list[tuple[int, str]]
) -> None:
    assert pairs(publish(options, exposed, taken=())) == expected


def test_a_port_in_use_is_passed_over_when_docker_chooses() -> None:
    assert pairs(publish(RunOptions(ports=(PortBinding(80),)), (), {32768})) == [(32769, "80/tcp")]


def test_a_port_in_use_cannot_be_asked_for() -> None:
    options = RunOptions(ports=(PortBinding(80, host_port=8080),))
    with pytest.raises(PortTakenError, match="0:8080 failed: port is already allocated"):
        publish(options, (), {8080})
