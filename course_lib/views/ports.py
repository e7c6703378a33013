"""Ports: what the host has, what the container has, and which pairs belong together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.text import Text
from course_lib.views import palette
from course_lib.views.columns import columns
from course_lib.views.markup import cell, chip, code, row, table
from course_lib.views.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from course_lib.run.options import PortBinding
    from course_lib.views.markup import Html
    from course_lib.views.palette import Tone

_TCP = "tcp"


@dataclass(frozen=True, slots=True)
class Port:
    """One port of a container, and the ports of the host that lead to it, `8080` or `127.0.0.1:8080`.

    `exposed` tells whether EXPOSE or `--expose` names it, `listens` whether a server in the container
    has it open; that is known of TCP only, and None else.
    """

    number: int
    protocol: str
    exposed: bool
    listens: bool | None
    host: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """`80/tcp`, as docker writes it."""
        return f"{self.number}/{self.protocol}"


@dataclass(frozen=True, slots=True)
class Ports:
    """The ports of a container, the lowest first; one that does not run has nothing published."""

    container: str
    image: str
    running: bool
    ports: tuple[Port, ...]


def ports_of(  # noqa: PLR0913 - a container's two names, its state and three lists of ports
    container: str,
    image: str,
    *,
    running: bool,
    exposed: Iterable[str],
    published: Iterable[PortBinding],
    listening: Collection[int],
) -> Ports:
    """Put together all ports that anybody names; `exposed` is `80/tcp`, `listening` are TCP ports."""
    noted = {(int(number), protocol) for number, _, protocol in (p.partition("/") for p in exposed)}
    host: dict[tuple[int, str], list[str]] = {}
    for one in published:
        address = f"{one.host_ip}:" if one.host_ip else ""
        key = (one.container_port, one.protocol)
        host.setdefault(key, []).append(f"{address}{one.host_port}")
    every = noted | set(host) | {(number, _TCP) for number in listening}
    rows = (
        Port(
            number,
            protocol,
            exposed=(number, protocol) in noted,
            listens=number in listening if protocol == _TCP else None,
            host=tuple(host.get((number, protocol), ())),
        )
        for number, protocol in sorted(every)
    )
    return Ports(container, image, running, tuple(rows))


_HEAD = (
    Text("host", "宿主机"),
    Text("container", "容器"),
    Text("EXPOSE", "EXPOSE"),
    Text("a server listens", "有服务监听"),
    Text("from the host", "从宿主机看"),
)
_YES, _NO, _UNKNOWN = Text("yes", "有"), Text("no", "没有"), Text("not known", "不清楚")


def draw_ports(ports: Ports) -> Picture:
    """Draw a row for each port of the container, with the host's side left of it."""
    caption = _caption(ports)
    head = [str(word) for word in _HEAD]
    rows = [_row(port) for port in ports.ports]
    text = columns(head, rows) if rows else f"  {_NONE}"
    html = table(
        [row(*(cell(word, head=True) for word in head)), *map(_html_row, ports.ports)]
        if rows
        else [row(cell(_NONE))],
        caption=caption,
    )
    return Picture(f"{caption}\n{text}\n", html)


_NONE = Text("no port at all", "一个端口也没有")


def _caption(ports: Ports) -> Text:
    said = Text(
        f"Ports of {ports.container} (image {ports.image})",
        f"{ports.container} 的端口（镜像 {ports.image}）",
    )
    if ports.running:
        return said
    return said + Text(
        ", which does not run: nothing is published", "，它没有在运行：没有发布任何端口"
    )


def _row(port: Port) -> list[str]:
    tone, said = _seen(port)
    return [_host(port), port.name, *map(str, _inside(port)), f"{tone.sign} {said}"]


def _html_row(port: Port) -> Html:
    tone, said = _seen(port)
    noted, listens = _inside(port)
    return row(
        cell(code(_host(port)), tone=tone),
        cell(code(port.name, wraps=False), tone=tone),
        cell(noted, tone=tone),
        cell(listens, tone=tone),
        cell(chip(tone.sign, tone), " ", said, tone=tone),
    )


def _host(port: Port) -> str:
    return "\n".join(f"{address} ->" for address in port.host) or "."


def _inside(port: Port) -> tuple[Text, Text]:
    """Whether EXPOSE names it, and whether a server has it open."""
    listens = _UNKNOWN if port.listens is None else _YES if port.listens else _NO
    return _YES if port.exposed else _NO, listens


def _seen(port: Port) -> tuple[Tone, Text]:
    if not port.host:
        return palette.INSIDE, palette.INSIDE.word
    if port.listens is False:
        return palette.SILENT, palette.SILENT.word
    if port.listens is None:
        return palette.PUBLISHED, palette.PUBLISHED.word
    number = port.host[0].rpartition(":")[2]
    return palette.PUBLISHED, palette.PUBLISHED.word + Text(
        f": curl localhost:{number}", f"：curl localhost:{number}"
    )
