"""dash, bash, busybox ash: a shell as a program, with its own options."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from course_lib.shell.builtins.options import apply_options
from course_lib.shell.control import ShellError
from course_lib.shell.dialect import DIALECTS
from course_lib.shell.interpreter import NO_TAIL, TAILS, Interpreter
from course_lib.shell.numbers import whole
from course_lib.shell.sayings import words
from course_lib.shell.task import decoded
from course_lib.shell.typing import run_typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.dialect import Dialect
    from course_lib.shell.task import Task

_LONG = frozenset({"--login", "--norc", "--noprofile", "--posix", "--noediting"})


def _run(task: Task, dialect: Dialect) -> int:
    arguments = list(task.args)
    shell = Interpreter(task, dialect, name=task.argv[0])
    for name, value in task.env.items():
        if name[:1].isalpha() or name[:1] == "_":
            shell.state.variables[name] = value
            shell.state.exported.add(name)
    _defaults(shell, task)
    letters: set[str] = set()
    rest: list[str] = []
    while arguments:
        word = arguments.pop(0)
        if word in {"-", "--"}:
            rest = arguments
            break
        if word in _LONG and dialect.name == "bash":
            continue
        if word.startswith("--") and dialect.name == "bash":
            raise task.not_simulated(word)
        if word[0:1] not in {"-", "+"}:
            rest = [word, *arguments]
            break
        own = {letter for letter in word[1:] if letter in "csil"}
        letters |= own
        others = "".join(letter for letter in word[1:] if letter not in own)
        try:
            if others:
                values = [arguments.pop(0)] if "o" in others and arguments else []
                apply_options(shell, [word[0] + others, *values], "")
        except ShellError as error:
            task.err(f"{task.argv[0]}: {'0: ' if dialect.name == 'dash' else ''}{error}")
            return 2
    return _start(shell, task, letters, rest)


def _defaults(shell: Interpreter, task: Task) -> None:
    variables = shell.variables
    if variables.get("PWD") != task.files.cwd:
        variables["PWD"] = task.files.cwd
        if shell.dialect.name == "bash":
            shell.state.exported.add("PWD")
    variables["IFS"] = " \t\n"
    variables.setdefault("PS1", "# " if task.files.who.uid == 0 else "$ ")
    variables["PS2"], variables["PS4"] = "> ", "+ "
    variables["OPTIND"] = "1"
    variables["PPID"] = str(task.parent.pid if task.parent else 0)
    if shell.dialect.name == "bash":
        variables["BASH"] = task.argv[0]
        variables["BASH_VERSION"] = "5.2.15(1)-release"
        variables["UID"] = variables["EUID"] = str(task.files.who.uid)
        variables["HOSTNAME"] = task.machine.hostname
        variables["SHLVL"] = (
            str(whole(task.env.get("SHLVL", "0") or "0") + 1)
            if task.env.get("SHLVL", "0").isdecimal()
            else "1"
        )
        shell.state.exported.update({"SHLVL", "PWD"})


def _start(shell: Interpreter, task: Task, letters: set[str], rest: list[str]) -> int:
    if "c" in letters:
        if not rest:
            task.err(f"{task.argv[0]}: {_no_argument(shell)}")
            return 2
        source = rest.pop(0)
        if rest:
            shell.name = rest.pop(0)
        shell.parameters = rest
        shell.from_string = True
        return shell.main(source, tail=TAILS[shell.dialect.tail_exec])
    if rest and "s" not in letters:
        path = rest.pop(0)
        try:
            task.files.file(path)
            source = decoded(task.files.read(path))
        except OSError as error:
            return _not_opened(shell, task, path, error)
        shell.name = path
        shell.parameters = rest
        return shell.main(source, tail=NO_TAIL)
    shell.parameters = rest
    source = decoded(task.stdin.read())
    if not source and task.tty:
        raise task.block()
    if task.tty:
        return run_typed(shell, source)
    return shell.main(source, tail=NO_TAIL)


def _no_argument(shell: Interpreter) -> str:
    if shell.dialect.name == "dash":
        return "0: -c requires an argument"
    if shell.dialect.name == "bash":
        return "-c: option requires an argument"
    return "-c requires an argument"


def _not_opened(shell: Interpreter, task: Task, path: str, error: OSError) -> int:
    name = task.argv[0]
    if shell.dialect.name == "bash":
        task.err(f"{name}: {path}: {words(error)}")
        return 127 if error.errno == errno.ENOENT else 126
    if shell.dialect.name == "busybox":
        task.err(f"{name}: can't open '{path}': {words(error)}")
        return 2
    reason = "No such file" if error.errno == errno.ENOENT else words(error)
    task.err(f"{name}: 0: cannot open {path}: {reason}")
    return 2


def _dash(task: Task) -> int:
    return _run(task, DIALECTS["dash"])


def _bash(task: Task) -> int:
    return _run(task, DIALECTS["bash"])


def _ash(task: Task) -> int:
    return _run(task, DIALECTS["busybox"])


COMMANDS: dict[str, Callable[[Task], int]] = {"dash": _dash, "bash": _bash, "ash": _ash}
