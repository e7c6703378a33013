"""Judges of ports: what an image notes, what is published, and what the host can reach."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.engine.serving import listeners
from course_lib.exercises.looking import at_container, at_image
from course_lib.exercises.values import Finding
from course_lib.run.container import Container, Running
from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterable

    from course_lib.exercises.attempt import Attempt
    from course_lib.run.options import PortBinding

_LOOPBACK = "127.0.0.1"
_LOOPBACKS = re.compile(r"127\.\d+\.\d+\.\d+|\[::1\]")
_NONE = Text("none", "没有")


@dataclass(frozen=True, slots=True)
class Reaches:
    """On the host, `curl localhost:PORT` gets `page`, and it is the container that answers."""

    container: str
    image: str
    port: int
    page: str

    def __call__(self, attempt: Attempt) -> Finding:
        """Ask from the host; then see who has the port."""
        container = attempt.container(self.container)
        answer = attempt.machine.host(f"curl -sS localhost:{self.port}")
        on_host = container.options.network == "host"
        leads = on_host or any(one.host_port == self.port for one in container.ports)
        made = container.image == attempt.image(self.image)
        right = answer.stdout.strip() == self.page and leads and made
        return Finding(
            1 if right else 0,
            Text(
                f"`curl localhost:{self.port}` prints `{self.page}`, from {self.container} (image {self.image})",
                f"`curl localhost:{self.port}` 打印 `{self.page}`，来自 {self.container}（镜像 {self.image}）",
            ),
            _heard(answer.stdout or answer.stderr)
            + same("\n")
            + (_state(attempt, container) if made else _other_image(container)),
            at_container(attempt, container),
            _way_on(attempt, container, self.port),
        )


@dataclass(frozen=True, slots=True)
class OnlyLocal:
    """The container has the port of the host published, and only at 127.0.0.1."""

    container: str
    port: int

    def __call__(self, attempt: Attempt) -> Finding:
        """Look at the addresses to which its ports are bound."""
        container = attempt.container(self.container)
        bound = [one.host_ip for one in container.ports]
        there = any(one.host_port == self.port for one in container.ports)
        return Finding(
            1 if there and all(map(_LOOPBACKS.fullmatch, bound)) else 0,
            Text(
                f"{self.container} is published at {_LOOPBACK} and nowhere else",
                f"{self.container} 只发布在 {_LOOPBACK} 上",
            ),
            _published(container.ports),
            at_container(attempt, container),
            Text(
                "-p ADDRESS:HOST:CONTAINER; without an address every network of the host has the port",
                "-p 地址:宿主机端口:容器端口；不写地址，宿主机的每个网络上都开着这个端口",
            ),
        )


@dataclass(frozen=True, slots=True)
class Exposes:
    """The image notes these ports, `80/tcp`; each earns an equal share."""

    image: str
    ports: tuple[str, ...]

    def __call__(self, attempt: Attempt) -> Finding:
        """Read the config."""
        image = attempt.image(self.image)
        there = image.config.exposed_ports
        missing = [port for port in self.ports if port not in there]
        return Finding(
            1 - len(missing) / len(self.ports),
            Text("the config notes ", "配置里记着 ") + same(", ".join(self.ports)),
            _listed(there),
            at_image(attempt, image, "FROM", "EXPOSE"),
            Text(
                "EXPOSE NUMBER/udp for UDP; without a word behind it a port is TCP",
                "UDP 写成 EXPOSE 端口/udp；后面什么也不写就是 TCP",
            ),
        )


@dataclass(frozen=True, slots=True)
class PublishAll:
    """`docker run -d -P IMAGE` publishes exactly these ports."""

    image: str
    ports: tuple[str, ...]

    def __call__(self, attempt: Attempt) -> Finding:
        """Start it with -P, look at its ports, remove it."""
        image = attempt.image(self.image)
        with attempt.trial():
            container = _started(attempt, self.image)
            bound = container.ports if container else ()
        names = {one.exposed for one in bound}
        return Finding(
            1 if names == set(self.ports) else 0,
            Text(
                f"`docker run -d -P {self.image}` publishes exactly ",
                f"`docker run -d -P {self.image}` 发布的正好是 ",
            )
            + same(", ".join(self.ports)),
            _listed(sorted(names)) if container else _NOT_STARTED,
            at_image(attempt, image, "FROM", "EXPOSE"),
            Text("-P publishes what EXPOSE notes, and all of it", "-P 发布 EXPOSE 记下的全部端口"),
        )


@dataclass(frozen=True, slots=True)
class AnswersWithP:
    """After `docker run -d -P IMAGE`, the host gets a page at the host's port for `port`/tcp."""

    image: str
    port: int

    def __call__(self, attempt: Attempt) -> Finding:
        """Start it with -P, ask at the port that docker chose, remove it."""
        image = attempt.image(self.image)
        with attempt.trial():
            container = _started(attempt, self.image)
            bound = container.ports if container else ()
            chosen = [one.host_port for one in bound if one.exposed == f"{self.port}/tcp"]
            line = f"curl -sS localhost:{chosen[0]}" if chosen else "false"
            answer = attempt.machine.host(line)
            state = _state(attempt, container) if container else _NOT_STARTED
        return Finding(
            1 if chosen and answer.exit_code == 0 else 0,
            Text(
                f"with -P, curl gets a page from the container's port {self.port}",
                f"用 -P 启动后，curl 能从容器的 {self.port} 端口拿到网页",
            ),
            (_heard(answer.stdout or answer.stderr) + same("\n") if chosen else same("")) + state,
            at_image(attempt, image, "FROM", "EXPOSE", "ENTRYPOINT", "CMD"),
            Text(
                "a server must run and listen on that port, and EXPOSE must note it",
                "要有服务在运行并监听这个端口，还要用 EXPOSE 把它记下来",
            ),
        )


_NOT_STARTED = Text("it does not start", "它启动不了")


def _started(attempt: Attempt, image: str) -> Container | None:
    answer = attempt.docker(["run", "-d", "-P", image])
    return next((one for one in answer.shown if isinstance(one, Container)), None)


def _listens(attempt: Attempt, container: Container) -> list[int]:
    state = container.state
    if not isinstance(state, Running):
        return []
    files = attempt.machine.engine.files(container.id)
    return sorted({one.port for one in listeners(state.processes, files)})


def _heard(said: str) -> Text:
    line = said.strip().split("\n")[0]
    return same(f"`{line}`") if line else Text("nothing came back", "什么也没有返回")


def _state(attempt: Attempt, container: Container) -> Text:
    if not isinstance(container.state, Running):
        return Text(f"{container.name} does not run", f"{container.name} 没有在运行")
    listening = ", ".join(map(str, _listens(attempt, container)))
    return (
        _published(container.ports)
        + Text("; its server listens on ", "；里面的服务监听 ")
        + (same(listening) if listening else _NONE)
    )


def _published(ports: Iterable[PortBinding]) -> Text:
    shown = ", ".join(
        f"{one.host_ip}:{one.host_port}->{one.exposed}".removeprefix(":") for one in ports
    )
    return Text("published: ", "已发布：") + (same(shown) if shown else _NONE)


def _other_image(container: Container) -> Text:
    return Text(
        f"{container.name} was made from {container.image_name}",
        f"{container.name} 是从 {container.image_name} 创建的",
    )


def _listed(ports: Iterable[str]) -> Text:
    text = ", ".join(ports)
    return same(text) if text else Text("no port", "没有端口")


def _way_on(attempt: Attempt, container: Container, port: int) -> Text:
    listening = _listens(attempt, container)
    if not isinstance(container.state, Running):
        return Text("docker logs NAME tells why it ended", "docker logs 名字 会说明它为什么结束")
    if any(one.container_port == port and one.host_port in listening for one in container.ports):
        return Text(
            "-p HOST:CONTAINER: the host's port comes first", "-p 宿主机端口:容器端口：宿主机的在前"
        )
    if any(one.host_port == port for one in container.ports):
        return Text(
            "the second number must be the port on which the server listens, whatever EXPOSE says",
            "第二个数字必须是服务监听的端口，不管 EXPOSE 写了什么",
        )
    return Text(
        f"publish it: -p {port}:PORT, where PORT is the one on which the server listens",
        f"发布它：-p {port}:端口，这个端口是服务监听的那个",
    )
