"""The words of EXPOSE: `80`, `8000-8010/udp`, and what Docker still accepts, `8080:80`."""

from __future__ import annotations

import re
from ipaddress import ip_address

from course_lib.build.errors import InstructionError
from course_lib.text import Text

_PROTOCOLS = ("tcp", "udp", "sctp")
_HIGHEST = 65535
_HELP = Text(
    "EXPOSE takes container ports: EXPOSE 80, EXPOSE 53/udp, EXPOSE 8000-8010.",
    "EXPOSE 后面写容器端口：EXPOSE 80、EXPOSE 53/udp 或 EXPOSE 8000-8010。",
)


def exposed_ports(word: str) -> tuple[str, ...]:
    """`8000-8001/udp` -> ("8000/udp", "8001/udp"); an address or host port before it is dropped.

    Raises:
        InstructionError: `invalid containerPort: http`, `invalid port: "80/x": invalid proto: x`.

    """
    before, _, container = word.rpartition(":")
    address, _, host = before.rpartition(":")
    port, _, protocol = container.partition("/")
    if not port:
        raise _invalid(message=f"invalid port: {_q(word)}: no port specified")
    protocol = protocol.lower() or "tcp"
    if protocol not in _PROTOCOLS:
        raise _invalid(message=f"invalid port: {_q(word)}: invalid proto: {protocol}")
    _check_address(address)
    ports = _range(port)
    if ports is None:
        raise _invalid(message=f"invalid containerPort: {port}")
    if host:
        _check_host(host, port, ports)
    return tuple(f"{number}/{protocol}" for number in ports)


def _check_host(host: str, port: str, ports: range) -> None:
    published = _range(host)
    if published is None:
        raise _invalid(message=f"invalid hostPort: {host}")
    if len(published) != len(ports) > 1:
        raise _invalid(
            message=f"invalid ranges specified for container and host Ports: {port} and {host}"
        )


def _check_address(address: str) -> None:
    bare = address.removeprefix("[").removesuffix("]") if address.startswith("[") else address
    if not bare:
        return
    try:
        ip_address(bare)
    except ValueError as error:
        raise _invalid(message=f"invalid IP address: {bare}") from error


def _range(text: str) -> range | None:
    found = re.fullmatch(r"0*(\d{1,20})(?:-0*(\d{1,20}))?", text, re.ASCII)
    if not found:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return range(first, last + 1) if first <= last <= _HIGHEST else None


def _q(word: str) -> str:
    return f'"{word}"'


def _invalid(*, message: str) -> InstructionError:
    return InstructionError(message=message, help=_HELP)
