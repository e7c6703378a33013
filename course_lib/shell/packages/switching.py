"""Programs that start another: gosu and su-exec as another user, tini and dumb-init as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.launcher import DEFAULT_PATH, look_up, run
from course_lib.shell.process import ExecFailure
from course_lib.shell.sayings import words
from course_lib.shell.users import accounts, resolve

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task


def _as_user(task: Task) -> int:
    if len(task.args) < 2:  # noqa: PLR2004 - who and what
        task.err(f"Usage: {task.name} user-spec command [args]")
        return 1
    try:
        who = resolve(task.args[0], task.machine.fs)
    except ExecFailure as error:
        task.err(f"error: failed switching to {task.args[0]!r}: {error}".replace("'", '"'))
        return 1
    if task.files.who.uid not in {0, who.uid}:
        task.err(f'error: failed switching to "{task.args[0]}": operation not permitted')
        return 1
    task.files.who = who
    home = next((a.home for a in accounts(task.machine.fs) if a.uid == who.uid), "/")
    task.env["HOME"] = home
    return _instead(task, task.args[1:])


def _as_is(task: Task) -> int:
    """An init: it forwards signals to its child, which is all that is seen of it."""
    arguments = list(task.args)
    while arguments and arguments[0].startswith("-"):
        if arguments.pop(0) == "--":
            break
    if not arguments:
        msg = ""
        raise task.not_simulated(msg)
    return _instead(task, tuple(arguments))


def _instead(task: Task, argv: tuple[str, ...]) -> int:
    """Go on as another program, as execve(2) does."""
    task.argv = argv
    try:
        return run(task, look_up(task.files, argv[0], task.env.get("PATH", DEFAULT_PATH)))
    except OSError as error:
        task.err(f'error: exec: "{argv[0]}": {words(error)}')
        return 127


COMMANDS: dict[str, Callable[[Task], int]] = {
    "gosu": _as_user, "su-exec": _as_user, "tini": _as_is, "dumb-init": _as_is,
}  # fmt: skip
