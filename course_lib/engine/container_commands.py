"""docker's commands about containers: run, exec, stop, rm, logs, diff ..."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.engine.errors import EngineError
from course_lib.engine.parts import Remembered
from course_lib.run.container import Running
from course_lib.run.options import RunOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.engine.results import Executed, Ran, Stopped
    from course_lib.engine.web import View
    from course_lib.image.diff import Change
    from course_lib.image.workspace import Workspace
    from course_lib.run.container import Container
    from course_lib.shell import Chunk


_DEFAULT = RunOptions()


class ContainerCommands(Remembered):
    """The container side of an engine."""

    def run(
        self,
        image: str,
        args: Sequence[str] = (),
        options: RunOptions = _DEFAULT,
        stdin: bytes = b"",
    ) -> Ran:
        """`docker run`: pull if need be, create, start."""
        pulled = self._supply.fetch_missing(image)
        container = self._life.create(self._images.get(image), image, args, options)
        ran = self._life.start(container, stdin, detach=options.detach)
        return replace(ran, pulled=pulled)

    def create(
        self, image: str, args: Sequence[str] = (), options: RunOptions = _DEFAULT
    ) -> Container:
        """`docker create`."""
        self._supply.fetch_missing(image)
        return self._life.create(self._images.get(image), image, args, options)

    def start(self, name: str, stdin: bytes = b"", *, detach: bool = False) -> Ran:
        """`docker start`; the file system is as the last run left it. `-a` is `detach=False`."""
        return self._life.start(self._containers.get(name), stdin, detach=detach)

    def exec(  # noqa: PLR0913 - the options of docker exec
        self,
        name: str,
        argv: Sequence[str],
        *,
        env: Sequence[str] = (),
        workdir: str = "",
        user: str = "",
        stdin: bytes = b"",
        tty: bool = False,
        detach: bool = False,
    ) -> Executed:
        """`docker exec`."""
        return self._life.exec(
            self._containers.get(name),
            argv,
            env=env,
            workdir=workdir,
            user=user,
            stdin=stdin,
            tty=tty,
            detach=detach,
        )

    def stop(self, name: str, timeout: int | None = None, signal: str = "") -> Stopped:
        """`docker stop [-t SECONDS] [-s SIGNAL]`; a container that does not run stays as it is."""
        return self._life.stop(self._containers.get(name), timeout, signal)

    def kill(self, name: str, signal: str = "KILL") -> Stopped:
        """`docker kill [-s SIGNAL]`."""
        return self._life.kill(self._containers.get(name), signal)

    def restart(self, name: str, timeout: int | None = None) -> Ran:
        """`docker restart`: stop, then start."""
        container = self._life.stop(self._containers.get(name), timeout).container
        return self._life.start(container, detach=True)

    def settle(self) -> None:
        """Let the programs in the background that have slept long enough go on."""
        self._life.settle()

    def wait(self, name: str) -> Container:
        """`docker wait`: time passes until it has ended; one that does not end by itself goes on."""
        return self._life.wait(self._containers.get(name))

    def pause(self, name: str) -> Container:
        """`docker pause`: its processes stand still."""
        return self._life.pause(self._containers.get(name), paused=True)

    def unpause(self, name: str) -> Container:
        """`docker unpause`."""
        return self._life.pause(self._containers.get(name), paused=False)

    def rename(self, name: str, new_name: str) -> Container:
        """`docker rename`."""
        container = self._containers.get(name)
        if new_name == container.name:
            msg = "Renaming a container with the same name as its current name"
            raise EngineError(msg)
        try:
            self._containers.check_name(new_name)
        except EngineError as error:
            taken = error.message.startswith("Conflict")
            prefix = "Error when allocating new name: " if taken else ""
            raise EngineError(prefix + error.message, help=error.help) from error
        return self._containers.replace(replace(container, name=new_name))

    def rm(self, name: str, *, force: bool = False, volumes: bool = False) -> Container:
        """`docker rm [-f] [-v]`; the container that was removed."""
        container = self._containers.get(name)
        self._life.remove(container, force=force, volumes=volumes)
        return container

    def ps(self, *, all: bool = False) -> tuple[Container, ...]:  # noqa: A002 - docker's word
        """`docker ps [-a]`, newest first."""
        newest = reversed(self._containers.all())
        return tuple(c for c in newest if all or isinstance(c.state, Running))

    def web(self, name: str = "") -> View:
        """The network as a container sees it; without a name, as the host sees it."""
        return self._bridge.seen_from(self._containers.get(name) if name else None)

    def health(self, container: Container) -> str:
        """`starting`, `healthy` or `unhealthy`; "" when it does not run or has no health check."""
        report = self._life.health(container)
        return report.status if report else ""

    def container(self, name: str) -> Container:
        """The container that a name or an id means."""
        return self._containers.get(name)

    def files(self, name: str) -> Workspace:
        """A container's file system: image layers, writable layer, mounts."""
        return self._containers.files(self._containers.get(name))

    def logs(self, name: str) -> tuple[Chunk, ...]:
        """`docker logs`: what PID 1 wrote, over all of its starts."""
        return self._containers.get(name).log

    def diff(self, name: str) -> tuple[Change, ...]:
        """`docker diff`."""
        return self.files(name).diff()
