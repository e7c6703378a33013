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
            [(32768, "53/udp"), (32768, "80/tcp")],
            id="-P of one udp and one tcp port",
        ),
        pytest.param(
            RunOptions(publish_all=True),
            ("3306/tcp", "80/tcp"),
            [(32768, "80/tcp"), (32769, "3306/tcp")],
            id="-P begins with the lowest port",
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
    taken = [PortBinding(1, host_port=32768)]
    assert pairs(publish(RunOptions(ports=(PortBinding(80),)), (), taken)) == [(32769, "80/tcp")]


IN_USE = PortBinding(80, host_port=8080)
LOCAL = PortBinding(80, host_port=8080, host_ip="127.0.0.1")


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        pytest.param(IN_USE, IN_USE, id="the same port"),
        pytest.param(LOCAL, IN_USE, id="one address, when all are taken"),
        pytest.param(IN_USE, LOCAL, id="all addresses, when one is taken"),
        pytest.param(LOCAL, LOCAL, id="the same address"),
    ],
)
def test_a_port_in_use_cannot_be_asked_for(wanted: PortBinding, taken: PortBinding) -> None:
    with pytest.raises(PortTakenError, match=r":8080 failed: port is already allocated"):
        publish(RunOptions(ports=(wanted,)), (), [taken])


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        pytest.param(PortBinding(53, "udp", 53), PortBinding(53, "tcp", 53), id="udp beside tcp"),
        pytest.param(PortBinding(80, host_port=8081), IN_USE, id="another port"),
        pytest.param(
            PortBinding(80, host_port=8080, host_ip="127.0.0.2"), LOCAL, id="another address"
        ),
        pytest.param(PortBinding(8080), IN_USE, id="a number of the container's"),
    ],
)
def test_a_port_that_is_free_can_be_asked_for(wanted: PortBinding, taken: PortBinding) -> None:
    assert publish(RunOptions(ports=(wanted,)), (), [taken])
