"""The life of a container: created, started, stopped, removed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.engine.errors import EngineError, exec_failure, not_running
from course_lib.engine.health import HealthChecker, HealthReport
from course_lib.engine.mounting import Mounter, make_directory, wanted
from course_lib.engine.results import Executed, Ran, Stopped
from course_lib.engine.rootfs import Roots, lay, mount_facts
from course_lib.engine.sleepers import Sleepers
from course_lib.image.workspace import Workspace
from course_lib.run.argv import NoCommandError, resolve
from course_lib.run.container import SHORT_ID, Container, Created, Exited, Running
from course_lib.run.merge import container_config
from course_lib.run.names import name_for
from course_lib.run.ports import PortTakenError, publish
from course_lib.run.process import below_init, beside, first_process, on_one_screen, process
from course_lib.run.signals import STOP_TIMEOUT, Ending, InvalidSignalError, deliver, stop
from course_lib.shell import ExecFailure, Process, execute
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from course_lib.clock import Clock
    from course_lib.engine.containers import ContainerStore
    from course_lib.engine.host import Host
    from course_lib.engine.ids import Ids
    from course_lib.engine.volumes import Volume, VolumeStore
    from course_lib.engine.web import Bridge
    from course_lib.image.entries import Entry
    from course_lib.image.image import Image
    from course_lib.run.options import PortBinding, RunOptions
    from course_lib.shell import Outcome

_RUNC = "failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: "
_NETWORKS = frozenset({"bridge", "default", "host", "none"})


class Lifecycle:
    """Changes the states of the containers in a store."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts of an engine
        self,
        containers: ContainerStore,
        volumes: VolumeStore,
        clock: Clock,
        ids: Ids,
        host: Host,
        bridge: Bridge,
    ) -> None:
        self._bridge = bridge
        self._roots = Roots()
        self._containers = containers
        self._volumes = volumes
        self._clock = clock
        self._ids = ids
        self._mounter = Mounter(volumes, ids, clock, host)
        self._checker = HealthChecker(clock, bridge)
        self._sleepers = Sleepers(containers, clock, bridge, self._gone)

    def create(
        self, image: Image, image_name: str, args: Sequence[str], options: RunOptions
    ) -> Container:
        """`docker create`.

        Raises:
            EngineError: a name in use, no command, a bad mount.

        """
        if options.name:
            self._containers.check_name(options.name)
        if options.workdir and not options.workdir.startswith("/"):
            msg = f"the working directory '{options.workdir}' is invalid, it needs to be an absolute path"
            raise EngineError(msg)
        try:
            argv = resolve(image.config, args, options.entrypoint)
        except NoCommandError as error:
            raise EngineError(
                str(error),
                help=Text(
                    "The image has neither ENTRYPOINT nor CMD: name a program after the image.",
                    "镜像既没有 ENTRYPOINT 也没有 CMD：请在镜像名后面写上要运行的程序。",
                ),
            ) from error
        container_id = self._ids.new(f"container {image_name}")
        config = container_config(image.config, args, options)
        files = Workspace(self._roots.of(image.tree), now=self._clock.now)
        mounts = tuple(self._mounter.attach(spec, files) for spec in wanted(config, options.mounts))
        if config.working_dir:
            make_directory(files, config.working_dir)
        hostname = options.hostname or container_id[:SHORT_ID]
        mount_facts(files, hostname, "", self._clock.now)
        files.read_only = options.read_only
        container = Container(
            id=container_id,
            name=options.name or name_for(container_id, self._containers.taken),
            image=image,
            image_name=image_name,
            config=config,
            argv=argv,
            options=options,
            created=self._clock.now(),
            mounts=mounts,
        )
        self._containers.add(container, files)
        return container

    def restore(self, container: Container, changes: Mapping[str, Entry]) -> None:
        """Put a container's files together again: its image, its changes, its mounts."""
        files = Workspace(self._roots.of(container.image.tree), now=self._clock.now)
        lay(changes, files)
        for mount in container.mounts:
            self._mounter.attach_again(mount, files)
        mount_facts(files, container.hostname, "", self._clock.now)
        files.read_only = container.options.read_only
        self._containers.add(container, files)

    def start(self, container: Container, stdin: bytes = b"", *, detach: bool = False) -> Ran:
        """`docker start`: PID 1 runs until it ends, or until it waits for the world.

        With `detach` nobody waits for it: a program that sleeps is left running at once.

        Raises:
            EngineError: when the program can't be started; the container keeps the reason.

        """
        if isinstance(container.state, Running):
            if container.state.paused:
                msg = "cannot start a paused container, try unpause instead"
                raise EngineError(msg)
            return Ran(container, (), None)
        _check_network(container)
        container = replace(container, ports=self._publish(container))
        files = self._containers.files(container)
        before = files.tree()
        since = self._clock.tick()
        try:
            first = first_process(container, files, stdin, detach=detach)
            outcome = self._execute(container, first, files, detach=detach)
        except ExecFailure as failure:
            message = start_failure(failure)
            self._containers.replace(replace(container, state=Created(failure.exit_code, message)))
            raise EngineError(
                message, exit_code=failure.exit_code, help=_why_not_started(container, failure)
            ) from failure
        ended = outcome.exit_code
        state = (
            Running(since, below_init(container, outcome.processes))
            if ended is None
            else Exited(ended, since, self._clock.now())
        )
        ports = container.ports if ended is None else ()
        container = self._containers.replace(
            replace(container, state=state, ports=ports, log=container.log + outcome.output)
        )
        if detach:
            self._sleepers.add(container, before, stdin, outcome)
        if ended is not None:
            self._gone(container)
        return Ran(container, outcome.output, ended, unsupported=outcome.unsupported)

    def exec(  # noqa: PLR0913 - the options of docker exec
        self,
        container: Container,
        argv: Sequence[str],
        *,
        env: Sequence[str] = (),
        workdir: str = "",
        user: str = "",
        stdin: bytes = b"",
        tty: bool = False,
        detach: bool = False,
    ) -> Executed:
        """`docker exec`: another process beside PID 1.

        Raises:
            EngineError: the container is not running, or the program can't be started.

        """
        if not isinstance(container.state, Running):
            raise not_running(container.id, container.name)
        if container.state.paused:
            msg = f"Container {container.name} is paused, unpause the container before exec"
            raise EngineError(msg)
        files = self._containers.files(container)
        self._clock.tick()
        job = process(
            container,
            files,
            tuple(argv),
            env=tuple(env),
            workdir=workdir,
            user=user,
            stdin=stdin,
            tty=tty,
        )
        job = beside(job, container)
        try:
            outcome = self._execute(container, job, files, detach=detach)
        except ExecFailure as failure:
            code = 126 if "unable to find" in str(failure) else failure.exit_code
            raise EngineError(exec_failure(failure), exit_code=code) from failure
        return Executed(
            container, tuple(argv), outcome.output, outcome.exit_code, outcome.unsupported
        )

    def stop(self, container: Container, timeout: int | None = None, signal: str = "") -> Stopped:
        """`docker stop [-s SIGNAL]`: the stop signal to PID 1, SIGKILL when the time is up.

        Raises:
            EngineError: there is no such signal.

        """
        if not isinstance(container.state, Running):
            return Stopped(container, None)
        seconds = timeout if timeout is not None else container.options.stop_timeout
        try:
            ending = stop(
                container.state.processes,
                signal or container.config.stop_signal or "SIGTERM",
                STOP_TIMEOUT if seconds is None else seconds,
            )
        except InvalidSignalError as error:
            raise EngineError(str(error)) from error
        return self._end(container, container.state, ending)

    def kill(self, container: Container, signal: str = "KILL") -> Stopped:
        """`docker kill -s SIGNAL`.

        Raises:
            EngineError: the container is not running, or there is no such signal.

        """
        if not isinstance(container.state, Running):
            message = f"cannot kill container: {container.name}: {not_running(container.id, container.name).message}"
            raise EngineError(message)
        try:
            ending = deliver(container.state.processes, signal)
        except InvalidSignalError as error:
            raise EngineError(str(error)) from error
        if ending.exit_code is None:
            log = container.log + ending.output
            return Stopped(self._containers.replace(replace(container, log=log)), ending)
        return self._end(container, container.state, ending)

    def pause(self, container: Container, *, paused: bool) -> Container:
        """`docker pause` and `docker unpause`.

        Raises:
            EngineError: it does not run, or is what it should become.

        """
        if not isinstance(container.state, Running):
            raise not_running(container.id, container.name)
        if container.state.paused == paused:
            already = "already" if paused else "not"
            msg = f"Container {container.id} is {already} paused"
            raise EngineError(msg)
        state = replace(container.state, paused=paused)
        return self._containers.replace(replace(container, state=state))

    def settle(self) -> None:
        """Let the programs in the background go on whose time has come, and put the health checks' questions."""
        self._sleepers.settle()
        for container in self._containers.all():
            self.health(container)

    def wait(self, container: Container) -> Container:
        """Let time pass until a container has ended; one that does not end by itself goes on."""
        return self._sleepers.wait(container)

    def _gone(self, container: Container) -> None:
        if container.options.remove:
            self.remove(container, volumes=True)

    def health(self, container: Container) -> HealthReport | None:
        """What the health check has found; None when the container does not run or has no check."""
        check = container.config.healthcheck
        state = container.state
        if not isinstance(state, Running) or not check or check.test[:1] in ((), ("NONE",)):
            return None
        return self._checker.report(container, state, check, self._containers.files(container))

    def remove(self, container: Container, *, force: bool = False, volumes: bool = False) -> None:
        """`docker rm [-f] [-v]`: with `volumes`, its anonymous volumes go with it.

        Raises:
            EngineError: when it runs and `force` is not given.

        """
        if isinstance(container.state, Running):
            if not force:
                state, way = (
                    ("paused and must be unpaused first", "")
                    if container.state.paused
                    else ("running", ": stop the container before removing or force remove")
                )
                msg = f'cannot remove container "/{container.name}": container is {state}{way}'
                raise EngineError(
                    msg,
                    help=Text(
                        f"docker stop {container.name} first, or docker rm -f {container.name}.",
                        f"先 docker stop {container.name}，或者用 docker rm -f {container.name}。",
                    ),
                )
            container = self.kill(container).container
            if container.options.remove:
                return
        self._containers.remove(container)
        self._checker.forget(container)
        if volumes:
            for mount in container.mounts:
                if mount.anonymous and not self.users_of(mount.name):
                    self._volumes.remove(mount.name)

    def create_volume(self, name: str, labels: Mapping[str, str]) -> Volume:
        """`docker volume create [NAME]`."""
        if name:
            return self._volumes.create(name, labels=labels)
        return self._volumes.create(self._ids.new("volume"), anonymous=True, labels=labels)

    def users_of(self, volume: str) -> tuple[Container, ...]:
        """The containers that have a volume mounted, running or not."""
        return tuple(
            container
            for container in self._containers.all()
            if any(mount.name == volume for mount in container.mounts)
        )

    def _publish(self, container: Container) -> tuple[PortBinding, ...]:
        taken = [port for other in self._containers.all() for port in other.ports]
        try:
            return publish(container.options, container.config.exposed_ports, taken)
        except PortTakenError as error:
            msg = (
                "failed to set up container networking: driver failed programming external "
                f"connectivity on endpoint {container.name} ({self._ids.new('endpoint')}): {error}"
            )
            raise EngineError(
                msg,
                exit_code=125,
                help=Text(
                    f"Another container has host port {error.port.host_port}: docker ps shows which.",
                    f"宿主机端口 {error.port.host_port} 已被别的容器占用：docker ps 可以看到是哪一个。",
                ),
            ) from error

    def _end(self, container: Container, state: Running, ending: Ending) -> Stopped:
        self._clock.tick(ending.seconds)
        code = ending.exit_code if ending.exit_code is not None else 0
        ended = self._containers.replace(
            replace(
                container,
                state=Exited(code, state.since, self._clock.now()),
                ports=(),
                log=container.log + ending.output,
            )
        )
        if ended.options.remove:
            self.remove(ended, volumes=True)
        return Stopped(ended, ending)

    def _execute(
        self, container: Container, job: Process, files: Workspace, *, detach: bool
    ) -> Outcome:
        outcome = execute(
            replace(job, online=container.options.network != "none"),
            files,
            clock=self._clock,
            patience=0 if detach else None,
            web=self._bridge.seen_from(container),
        )
        return on_one_screen(outcome) if job.tty else outcome


def _check_network(container: Container) -> None:
    name = container.options.network
    if name in _NETWORKS or name.startswith("container:"):
        return
    msg = f"failed to set up container networking: network {name} not found"
    raise EngineError(
        msg,
        exit_code=125,
        help=Text(
            f"The networks here are {', '.join(sorted(_NETWORKS))}; others are not simulated.",
            f"这里的网络有 {'、'.join(sorted(_NETWORKS))}；没有模拟别的网络。",
        ),
    )


def start_failure(failure: ExecFailure) -> str:
    """The daemon's words for a PID 1 that can't be started."""
    text = str(failure)
    return f"{_RUNC}{text}: unknown" if text.startswith("exec: ") else text


def _why_not_started(container: Container, failure: ExecFailure) -> Text:
    if str(failure).startswith("unable to find "):
        return Text(
            "Nobody has made this account: a RUN in the Dockerfile makes one; a number needs none.",
            "没有人创建过这个账号：在 Dockerfile 里用 RUN 创建，或者直接写数字，数字不需要账号。",
        )
    program = container.argv.argv[0]
    if " " in program:
        return Text(
            f"`{program}` is one word, blanks included: in exec form each argument is a string of its own.",
            f"`{program}` 连同空格是一个词：exec 形式里每个参数都要单独成为一个字符串。",
        )
    if failure.exit_code == 126:  # noqa: PLR2004 - docker's code for "found, but can't be run"
        return Text(
            f"{program} is there, but it is not an executable file: chmod +x, or name a program.",
            f"{program} 存在，但不是可执行文件：用 chmod +x，或换成一个程序。",
        )
    return Text(
        f"The image has no program {program}. The first word after the image name is the program.",
        f"镜像里没有 {program} 这个程序。镜像名后面的第一个词就是要运行的程序。",
    )
