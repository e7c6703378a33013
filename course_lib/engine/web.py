"""The network between the host and the containers: who reaches which port of whom.

From the host: published ports at `localhost`, and every container at its address. From a container: its own
ports at `localhost`, other containers at their addresses, published ports at the bridge's address. Containers
with `--network none` reach nobody but themselves; those with `--network host` have the host's ports. The default bridge has no names for containers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.engine.serving import Listener, listeners
from course_lib.run.container import Running
from course_lib.shell import Chunk
from course_lib.shell.network import RefusedError, ResetError, UnknownHostError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.clock import Clock
    from course_lib.engine.containers import ContainerStore
    from course_lib.run.container import Container
    from course_lib.shell.network import Response

GATEWAY = "172.17.0.1"
_LOCAL = frozenset({"localhost", "127.0.0.1", "0.0.0.0", "[::1]"})  # noqa: S104 - names of this machine
_NO_BRIDGE = frozenset({"none", "host"})
_FIRST = 2  # 172.17.0.2 is the first container


class Bridge:
    """All containers of an engine, with their addresses."""

    def __init__(self, containers: ContainerStore, clock: Clock) -> None:
        self._containers = containers
        self._clock = clock

    def address(self, container: Container) -> str:
        """`172.17.0.2`; "" when it does not run or has no network."""
        for address, other in self._addresses():
            if other.id == container.id:
                return address
        return ""

    def seen_from(self, container: Container | None) -> View:
        """The network as one container sees it; None is the host."""
        return View(self, container)

    def _addresses(self) -> Iterator[tuple[str, Container]]:
        number = _FIRST
        for container in self._containers.all():
            if isinstance(container.state, Running) and container.options.network not in _NO_BRIDGE:
                yield f"172.17.0.{number}", container
                number += 1

    def find(self, host: str, port: int, viewer: Container | None) -> tuple[Container, int]:
        """The container and its port that an address means.

        Raises:
            UnreachableError: no such name, or nobody there.

        """
        alone = viewer is not None and viewer.options.network == "none"
        if host in _LOCAL and viewer is not None:
            return self._containers.get(viewer.id), port
        if not alone and (host in _LOCAL or host == GATEWAY):
            return self._published(port)
        by_address = {} if alone else dict(self._addresses())
        if host in by_address:
            return by_address[host], port
        if host.replace(".", "").isdigit():
            raise RefusedError
        if viewer is not None and host in (viewer.hostname, viewer.short_id):
            return viewer, port
        raise UnknownHostError

    def _published(self, port: int) -> tuple[Container, int]:
        for container in self._containers.all():
            for binding in container.ports:
                meant = binding.host_port == port and binding.protocol == "tcp"
                if meant and isinstance(container.state, Running):
                    return container, binding.container_port
            if container.options.network == "host" and self._listens(container, port):
                return container, port
        raise RefusedError

    def _listens(self, container: Container, port: int) -> bool:
        state, files = container.state, self._containers.files(container)
        processes = state.processes if isinstance(state, Running) else ()
        return any(one.port == port for one in listeners(processes, files))

    def reach(self, container: Container, port: int) -> Listener:
        """The server that has a port of a container.

        Raises:
            RefusedError: nobody listens there.

        """
        state = container.state
        if not isinstance(state, Running) or state.paused:
            raise RefusedError
        files = self._containers.files(container)
        found = [one for one in listeners(state.processes, files) if one.port == port]
        if not found:
            raise RefusedError
        return found[0]

    def ask(self, container: Container, port: int, path: str, agent: str, peer: str) -> Response:
        """Let the server in a container answer; its access log gets a line.

        Raises:
            UnreachableError: nobody listens on the port, or it is no HTTP server.

        """
        server, files = self.reach(container, port), self._containers.files(container)
        response = server.get(path, files, self._clock.now())
        line = server.log_line(path, response, agent, peer, self._clock.now())
        if line:
            current = self._containers.get(container.id)
            log = (*current.log, Chunk(1, line.encode()))
            self._containers.replace(replace(current, log=log))
        return response


class View:
    """A `Web` for the shell."""

    def __init__(self, bridge: Bridge, viewer: Container | None) -> None:
        self._bridge = bridge
        self._viewer = viewer

    def get(self, host: str, port: int, path: str, *, agent: str) -> Response:
        """Ask for a page.

        Raises:
            UnreachableError: nobody answers.

        """
        container, inside = self._bridge.find(host, port, self._viewer)
        try:
            return self._ask(container, inside, path, agent)
        except RefusedError:
            if self._viewer is None and host in _LOCAL:
                # docker-proxy has the host's port open, whether or not anybody listens behind it
                raise ResetError from None
            raise

    def reach(self, host: str, port: int) -> None:
        """Open a connection, and no more; docker-proxy takes those to a published port.

        Raises:
            UnreachableError: nobody answers.

        """
        container, inside = self._bridge.find(host, port, self._viewer)
        if self._viewer is not None or host not in _LOCAL:
            self._bridge.reach(container, inside)

    def _ask(self, container: Container, port: int, path: str, agent: str) -> Response:
        peer = GATEWAY
        if self._viewer is not None:
            own = container.id == self._viewer.id
            peer = "127.0.0.1" if own else self._bridge.address(self._viewer)
        return self._bridge.ask(container, port, path, agent, peer)


__all__ = ["Bridge", "Listener", "View"]
