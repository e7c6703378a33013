"""Published ports: which host port leads to which container port."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.run.options import PortBinding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from course_lib.run.options import RunOptions

_FIRST_FREE = 32768  # where Linux begins to hand out ports


class PortTakenError(Exception):
    """`Bind for 0.0.0.0:8080 failed: port is already allocated`."""

    def __init__(self, port: PortBinding) -> None:
        super().__init__(
            f"Bind for {port.host_ip or '0.0.0.0'}:{port.host_port} failed: "  # noqa: S104 - docker's text
            "port is already allocated"
        )
        self.port = port


def publish(
    options: RunOptions, exposed: Iterable[str], taken: Collection[int]
) -> tuple[PortBinding, ...]:
    """The bindings of a container that starts: `-p`, and with `-P` one for each exposed port.

    A binding without a host port gets the first free one from 32768 on.

    Raises:
        PortTakenError: another running container has the host port.

    """
    wanted = list(options.ports)
    if options.publish_all:
        named = {port.exposed for port in wanted}
        wanted += [_binding(text) for text in exposed if text not in named]
    used = set(taken)
    bound: list[PortBinding] = []
    for port in wanted:
        if port.host_port in used:
            raise PortTakenError(port)
        free = port.host_port or next(n for n in range(_FIRST_FREE, 1 << 16) if n not in used)
        used.add(free)
        bound.append(replace(port, host_port=free))
    return tuple(bound)


def _binding(exposed: str) -> PortBinding:
    number, _, protocol = exposed.partition("/")
    return PortBinding(int(number), protocol)
