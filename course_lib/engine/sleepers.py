"""Containers in the background whose program sleeps, and goes on when its time has come.

Nothing runs between two commands. When a command comes and a program should have gone on by then, the program
is run again from its start, on the files as they were, for as long as it has had: the same steps give the same
files and output, and then the next ones. Where that could do something twice (a volume, a folder of the host),
or where `docker exec` has changed files meanwhile, the program stays where it slept.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course_lib.clock import Clock
from course_lib.run.container import Exited, Running
from course_lib.run.process import below_init, first_process, on_one_screen
from course_lib.shell import execute

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.engine.containers import ContainerStore
    from course_lib.engine.web import Bridge
    from course_lib.image.tree import Tree
    from course_lib.run.container import Container
    from course_lib.shell import Chunk, Outcome

LONGEST = 24 * 3600  # seconds that `docker wait` lets pass


@dataclass(frozen=True, slots=True)
class Sleeper:
    """`before` and `asleep` are the files at the start and now, `log` what stood there before the start."""

    before: Tree
    asleep: Tree
    log: tuple[Chunk, ...]
    stdin: bytes
    wakes: float


class Sleepers:
    """The sleepers of an engine, by the id of their container. `ended` takes a container that has."""

    def __init__(
        self,
        containers: ContainerStore,
        clock: Clock,
        bridge: Bridge,
        ended: Callable[[Container], None],
    ) -> None:
        self._containers = containers
        self._clock = clock
        self._bridge = bridge
        self._ended = ended
        self._sleepers: dict[str, Sleeper] = {}

    def add(self, container: Container, before: Tree, stdin: bytes, outcome: Outcome) -> None:
        """Remember a container that has been started in the background, if its program sleeps."""
        self._sleepers.pop(container.id, None)
        twice = any(mount.type != "tmpfs" for mount in container.mounts)
        if outcome.exit_code is not None or not math.isfinite(outcome.left) or twice:
            return
        files = self._containers.files(container)
        log = container.log[: len(container.log) - len(outcome.output)]
        wakes = self._clock.now() + outcome.left
        self._sleepers[container.id] = Sleeper(before, files.tree(), log, stdin, wakes)

    def settle(self) -> None:
        """Let every program go on whose time has come."""
        now = self._clock.now()
        for container_id in [key for key, one in self._sleepers.items() if one.wakes <= now]:
            self._wake(container_id, now)

    def wait(self, container: Container) -> Container:
        """Let time pass until a container has ended; one that does not end by itself goes on."""
        state = container.state
        if container.id not in self._sleepers or not isinstance(state, Running):
            return container
        ended = self._wake(container.id, state.since + LONGEST)
        if ended is None or not isinstance(ended.state, Exited):
            return container
        self._clock.tick(max(0, ended.state.at - self._clock.now()))
        return ended

    def _wake(self, container_id: str, until: int) -> Container | None:
        """Run a program again until a time; its container when it has ended by then."""
        sleeper = self._sleepers.pop(container_id)
        container = next((c for c in self._containers.all() if c.id == container_id), None)
        if container is None or not isinstance(container.state, Running) or container.state.paused:
            return None
        files = self._containers.files(container)
        if files.tree().root is not sleeper.asleep.root:
            return None
        since = container.state.since
        clock = Clock(since)
        files.rewind(sleeper.before)
        outcome = execute(
            first_process(container, files, sleeper.stdin, detach=True),
            files,
            clock=clock,
            patience=until - since,
            web=self._bridge.seen_from(container),
        )
        outcome = on_one_screen(outcome) if container.options.tty else outcome
        if outcome.unsupported is not None:
            files.rewind(sleeper.asleep)
            return None
        log = sleeper.log + outcome.output
        if outcome.exit_code is None:
            state = Running(since, below_init(container, outcome.processes))
            self._containers.replace(replace(container, state=state, log=log))
            wakes = clock.now() + outcome.left
            if math.isfinite(wakes):
                self._sleepers[container_id] = replace(sleeper, asleep=files.tree(), wakes=wakes)
            return None
        ended = replace(
            container, state=Exited(outcome.exit_code, since, clock.now()), log=log, ports=()
        )
        self._ended(self._containers.replace(ended))
        return ended
