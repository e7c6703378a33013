"""Published ports: which host port leads to which container port."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.run.options import PortBinding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from course_lib.run.options import RunOptions

_FIRST_FREE = 32768  # where Linux begins to hand out ports
_EVERY = frozenset({"", "0.0.0.0", "[::]"})  # noqa: S104 - these stand for every address of the host


class PortTakenError(Exception):
    """`Bind for 0.0.0.0:8080 failed: port is already allocated`."""

    def __init__(self, port: PortBinding) -> None:
        super().__init__(
            f"Bind for {port.host_ip or '0.0.0.0'}:{port.host_port} failed: "  # noqa: S104 - docker's text
            "port is already allocated"
        )
        self.port = port


def publish(
    options: RunOptions, exposed: Iterable[str], taken: Iterable[PortBinding]
) -> tuple[PortBinding, ...]:
    """The bindings of a container that starts: `-p`, and with `-P` one for each exposed port.

    A binding without a host port gets the first free one from 32768 on, the lowest container port
    first. TCP and UDP have ports of their own; an address of the host has them apart from another one.

    Raises:
        PortTakenError: another running container has the host port.

    """
    wanted = list(options.ports)
    if options.publish_all:
        named = {port.exposed for port in wanted}
        more = [_binding(text) for text in exposed if text not in named]
        wanted += sorted(more, key=lambda port: (port.container_port, port.protocol))
    used = list(taken)
    bound: list[PortBinding] = []
    for port in wanted:
        if any(_clash(port, other) for other in used):
            raise PortTakenError(port)
        chosen = port if port.host_port else _free(port, used)
        used.append(chosen)
        bound.append(chosen)
    return tuple(bound)


def _free(port: PortBinding, used: Collection[PortBinding]) -> PortBinding:
    tries = (replace(port, host_port=number) for number in range(_FIRST_FREE, 1 << 16))
    return next(one for one in tries if not any(_clash(one, other) for other in used))


def _clash(one: PortBinding, other: PortBinding) -> bool:
    same_port = (one.host_port, one.protocol) == (other.host_port, other.protocol)
    apart = one.host_ip not in _EVERY and other.host_ip not in _EVERY
    return same_port and not (apart and one.host_ip != other.host_ip)


def _binding(exposed: str) -> PortBinding:
    number, _, protocol = exposed.partition("/")
    return PortBinding(int(number), protocol)
