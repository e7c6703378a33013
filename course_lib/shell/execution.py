"""`execute`: one process, from its start to its end or to where it waits for the world."""

from __future__ import annotations

import errno
import math
from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.shell.process import Budget, Chunk, ExecFailure, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.clock import Clock
    from course_lib.image.workspace import Workspace
    from course_lib.shell.machine import Machine
    from course_lib.shell.network import Web
    from course_lib.shell.process import Process
    from course_lib.shell.programs import Command
    from course_lib.shell.task import Task
    from course_lib.text import Text

_BUDGET = Budget()
_KILLED = 137
_UNSUPPORTED = 2
_NOT_STARTED = 255


def execute(  # noqa: PLR0913 - a process and the world it runs in
    process: Process,
    fs: Workspace,
    *,
    clock: Clock,
    budget: Budget = _BUDGET,
    patience: int | None = None,
    web: Web | None = None,
    programs: Mapping[str, Command] | None = None,
) -> Outcome:
    """Run a process on a file system until it ends or goes on without us.

    Time is simulated. `patience` is how many seconds the caller waits: a process that sleeps
    longer is left running, and `exit_code` is None. None waits for all that ends by itself:
    `sleep 5` moves the clock by 5 seconds, while `sleep infinity`, `tail -f` and servers are
    left running in any case. A background command runs to its end before the next one starts.

    `web` is the network as seen from here; `programs` are programs that only this caller has.

    A process that uses up its budget ends with 137, one that meets something that is not
    simulated with 2; both say why in `unsupported`.

    Raises:
        ExecFailure: when `argv[0]` can't be started, in runc's words.

    """
    from course_lib.shell.machine import Machine  # noqa: PLC0415 - loaded with the first process

    machine = Machine(fs, clock, budget, hostname=process.hostname, patience=patience, web=web)
    machine.programs = programs or {}
    machine.online = process.online
    return _run(machine, process)


def _run(machine: Machine, process: Process) -> Outcome:
    from course_lib.shell import launcher  # noqa: PLC0415 - loaded with the first process
    from course_lib.shell.meter import ExhaustedError  # noqa: PLC0415 - loaded with the first process
    from course_lib.shell.scripterrors import NotSimulatedError  # noqa: PLC0415 - loaded with the first process
    from course_lib.shell.task import Parked  # noqa: PLC0415 - loaded with the first process

    task = _first_task(machine, process)
    path = _look_up(task, process)
    exit_code: int | None
    unsupported: Text | None = None
    waiting: Task | None = None
    busy, left = 0.0, math.inf
    try:
        exit_code = launcher.run(task, path)
    except Parked as parked:
        exit_code = None
        waiting = parked.task
        left = parked.seconds
        busy = left if waiting.pid != task.pid else 0.0
    except ExhaustedError as error:
        exit_code, unsupported = _KILLED, error.text
    except NotSimulatedError as error:
        exit_code, unsupported = _UNSUPPORTED, _with_line(error.text, error.line or machine.line)
    except RecursionError:
        exit_code, unsupported = _UNSUPPORTED, _with_line(_too_deep(), machine.line)
    except OSError as error:
        exit_code = _NOT_STARTED
        machine.chunks.append(Chunk(2, f"exec {process.argv[0]}: {_lower(error)}\n".encode()))
    machine.flush()
    alive = machine.processes(waiting) if waiting is not None else []
    return Outcome(
        exit_code,
        tuple(machine.chunks),
        tuple(replace(one.info(), busy=busy if one is task else 0.0) for one in alive),
        machine.elapsed(),
        unsupported,
        left,
    )


def _first_task(machine: Machine, process: Process) -> Task:
    from course_lib.shell.files import Files  # noqa: PLC0415 - loaded with the first process
    from course_lib.shell.streams import Sink, Source, Stream  # noqa: PLC0415 - loaded with the first process
    from course_lib.shell.task import Task  # noqa: PLC0415 - loaded with the first process
    from course_lib.shell.users import resolve  # noqa: PLC0415 - loaded with the first process

    if process.beside:
        try:
            owner = Files(machine, resolve(process.owner, machine.fs), "/")
        except ExecFailure:  # the account was removed while they ran: nobody knows their number
            owner = Files(machine, resolve("", machine.fs), "/")
        machine.beside = [
            Task(machine, one.argv, {}, owner, {}, pid=one.pid) for one in process.beside
        ]
    who = resolve(process.user, machine.fs)
    fds: dict[int, Stream] = {
        0: Source(process.stdin),
        1: Sink(1, machine.chunks, machine.meter, terminal=process.tty),
        2: Sink(2, machine.chunks, machine.meter, terminal=process.tty),
    }
    task = Task(machine, process.argv, dict(process.env), Files(machine, who, "/"), fds)
    task.tty = process.tty
    cwd = process.cwd or "/"
    if not task.files.is_directory(cwd):
        msg = f'chdir to cwd ("{cwd}") set in config.json failed: no such file or directory'
        raise ExecFailure(msg, 127)
    # Without PWD a process knows only where it really is, whichever links led there.
    task.files.cwd = cwd if process.env.get("PWD") == cwd else task.files.real(cwd)
    return task


def _look_up(task: Task, process: Process) -> str:
    from course_lib.shell.launcher import DEFAULT_PATH, look_up  # noqa: PLC0415 - loaded with the first process

    name = process.argv[0]
    try:
        return look_up(task.files, name, process.env.get("PATH", DEFAULT_PATH))
    except OSError as error:
        if error.errno == errno.EACCES:
            msg = f'exec: "{name}": {_refusal(task, name)}'
            raise ExecFailure(msg, 126) from error
        if "/" in name:
            msg_0 = f'exec: "{name}": stat {name}: {_lower(error)}'
            raise ExecFailure(msg_0, 127) from error
        msg = f'exec: "{name}": executable file not found in $PATH'
        raise ExecFailure(msg, 127) from error


def _refusal(task: Task, name: str) -> str:
    if task.files.is_directory(name):
        return "is a directory"
    return "permission denied"


def _too_deep() -> Text:
    from course_lib.text import Text as Said  # noqa: PLC0415 - loaded with the first process

    return Said("a nesting this deep is not simulated", "没有模拟嵌套这么深的写法")


def _lower(error: OSError) -> str:
    from course_lib.shell.sayings import words  # noqa: PLC0415 - loaded with the first process

    text = words(error)
    return text[0].lower() + text[1:]


def _with_line(text: Text, line: int) -> Text:
    from course_lib.text import Text as Said  # noqa: PLC0415 - loaded with the first process

    return Said(f"line {line}: {text.en}", f"第 {line} 行：{text.zh}") if line else text
