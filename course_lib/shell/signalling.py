"""What a shell's trap does when a signal comes from outside while the shell waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.control import ExitShell
from course_lib.shell.meter import ExhaustedError
from course_lib.shell.process import Outcome
from course_lib.shell.scripterrors import NotSimulatedError
from course_lib.shell.signals import NUMBERS, SIGNALLED
from course_lib.shell.task import Parked

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.interpreter import Interpreter
    from course_lib.text import Text


def handler(shell: Interpreter) -> Callable[[str], Outcome]:
    """Return what runs the shell's trap of a signal (`SIGTERM`), in the shell as it is by then.

    The outcome has exit code None when the shell goes on as before. A shell that waits for
    something in its background goes on behind its `wait`, which the signal has ended; it is
    taken to end there, with that status.
    """

    def run(signal: str) -> Outcome:
        name = signal.removeprefix("SIG")
        machine = shell.task.machine
        written = len(machine.chunks)
        code: int | None = SIGNALLED + NUMBERS[name] if machine.background else None
        unsupported: Text | None = None
        try:
            shell.run(shell.traps[name])
        except ExitShell as leaving:
            shell.status = leaving.status
            code = shell.end()
        except Parked:
            code = None
        except (NotSimulatedError, ExhaustedError) as error:
            code, unsupported = None, error.text
        machine.flush()
        return Outcome(code, tuple(machine.chunks[written:]), unsupported=unsupported)

    return run
