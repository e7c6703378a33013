"""nc -z: whether there is somebody behind a port."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.network import UnknownHostError, UnreachableError
from course_lib.shell.options import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task


def _nc(task: Task) -> int:
    """`nc -z [-v] [-w SECONDS] HOST PORT`: status 0 when somebody listens; else it sends and receives."""
    given = parse(task, "zvw:")
    if "z" not in given:
        msg = "without -z"
        raise task.not_simulated(msg)
    if len(given.operands) != 2 or not given.operands[1].isdigit():  # noqa: PLR2004 - a host and a port
        raise task.not_simulated(" ".join(task.args))
    host, port = given.operands
    try:
        _reach(task, host, int(port))
    except UnknownHostError:
        task.err(f"nc: bad address '{host}'")
        return 1
    except UnreachableError:
        if "v" in given:
            task.err(f"nc: {host} ({host}:{port}): Connection refused")
        return 1
    if "v" in given:
        task.err(f"{host} ({host}:{port}) open")
    return 0


def _reach(task: Task, host: str, port: int) -> None:
    if task.machine.web is None:
        raise UnknownHostError
    task.machine.web.reach(host, port)


COMMANDS: dict[str, Callable[[Task], int]] = {"nc": _nc}
