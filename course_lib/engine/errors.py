"""What the engine refuses, in docker's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.run.container import Container
    from course_lib.shell import ExecFailure


_RUNC_EXEC = "OCI runtime exec failed: exec failed: unable to start container process: "


class EngineError(Exception):
    """`message` in docker's words, without `Error response from daemon: ` before it.

    `exit_code` is what the docker command ends with; None leaves it to the command (1, and
    125 for `docker run`). `help` is one plain line with a way out. `from_daemon` is False where
    the docker command itself refuses, before it asks the daemon.
    """

    def __init__(
        self,
        message: str,
        *,
        exit_code: int | None = None,
        help: Text | None = None,  # noqa: A002 - the contract's name
        from_daemon: bool = True,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.exit_code = exit_code
        self.help = help
        self.from_daemon = from_daemon

    @property
    def shown(self) -> str:
        """The message with docker's prefix."""
        prefix = "Error response from daemon: " if self.from_daemon else ""
        return f"{prefix}{self.message}"


def no_such_container(name: str, known: Sequence[str]) -> EngineError:
    """`No such container: x`."""
    return EngineError(f"No such container: {name}", help=_there_are("ps -a", known))


def no_such_image(name: str, known: Sequence[str]) -> EngineError:
    """`No such image: x:latest`."""
    return EngineError(f"No such image: {name}", help=_there_are("images", known))


def no_such_volume(name: str) -> EngineError:
    """`get x: no such volume`."""
    return EngineError(
        f"get {name}: no such volume",
        help=Text(
            "docker volume ls lists the volumes that exist.",
            "docker volume ls 会列出现有的 volume。",
        ),
    )


def volume_in_use(name: str, users: Sequence[Container]) -> EngineError:
    """`remove x: volume is in use - [4fe8...]`."""
    ids = ", ".join(user.id for user in users)
    names = " ".join(user.name for user in users)
    return EngineError(
        f"remove {name}: volume is in use - [{ids}]",
        help=Text(
            f"Remove the container first, even if it has ended: docker rm -f {names}",
            f"先删除容器，即使它已经结束：docker rm -f {names}",
        ),
    )


def not_running(container_id: str, name: str) -> EngineError:
    """`container 61f6... is not running`."""
    return EngineError(
        f"container {container_id} is not running",
        help=Text(
            f"Its program has ended. Start it again with: docker start {name}",
            f"它的程序已经结束。可以重新启动：docker start {name}",
        ),
    )


def _there_are(command: str, known: Sequence[str]) -> Text:
    if not known:
        return Text(
            f"There is none yet: docker {command} shows an empty list.",
            f"现在一个都没有：docker {command} 的列表是空的。",
        )
    names = ", ".join(known)
    return Text(
        f"docker {command} lists what there is: {names}.",
        f"docker {command} 会列出现有的：{names}。",
    )


def exec_failure(failure: ExecFailure) -> str:
    """The daemon's words for a `docker exec` that can't be started."""
    text = str(failure)
    return f"{_RUNC_EXEC}{text}: unknown" if text.startswith(("exec: ", "chdir ")) else text
