"""The evaluator: runs commands of the grammar in a task."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from course_lib.shell import conditional, redirection
from course_lib.shell.calling import call
from course_lib.shell.control import ExitShell, LeaveLoop, ReturnFunction, ShellError
from course_lib.shell.expansion import Expander, ExpansionError
from course_lib.shell.grammar import (
    AndOr,
    Case,
    Command,
    Conditional,
    For,
    Function,
    Group,
    If,
    Loop,
    Pipeline,
    Redirected,
    Script,
    Simple,
    Subshell,
)
from course_lib.shell.messages import Messages
from course_lib.shell.meter import ExhaustedError
from course_lib.shell.numbers import whole
from course_lib.shell.parser import Parser
from course_lib.shell.patterns import matches
from course_lib.shell.scripterrors import NotSimulatedError, ScriptSyntaxError
from course_lib.shell.state import Options, ReadOnlyError, State
from course_lib.shell.streams import BrokenPipe, Null, Pipe
from course_lib.shell.task import Parked, Task, decoded
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from course_lib.shell.dialect import Dialect
    from course_lib.shell.meter import Meter

SIGPIPE_STATUS = 141
NO_TAIL, LIST_TAIL, FULL_TAIL = 0, 1, 2
TAILS = {"never": NO_TAIL, "list": LIST_TAIL, "always": FULL_TAIL}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


_MOST_KEPT = 4096  # characters of a line that is remembered


def _lines(
    source: str, dialect: Dialect, first_line: int, *, ahead: bool
) -> Iterator[tuple[Script, bool]]:
    """Parse line by line, as a shell runs them; with `ahead`, True for the last one.

    Short one-liners are remembered.
    """
    if "\n" not in source and len(source) <= _MOST_KEPT:
        known = _one_line(source, dialect, first_line)
        if known is not None:
            yield known, True
            return
    parser = Parser(source, dialect, first_line=first_line)
    while (line := parser.next_line()) is not None:
        yield line, ahead and parser.finished()


@lru_cache(maxsize=512)
def _one_line(source: str, dialect: Dialect, first_line: int) -> Script | None:
    """A script that is one line; None for an empty one, or for one with more after it."""
    parser = Parser(source, dialect, first_line=first_line)
    line = parser.next_line()
    return line if line is not None and parser.finished() else None


class Interpreter:
    """One shell, or a subshell of one.

    `tail` in the methods says that the shell has nothing to do after this command: the last
    program may then replace it instead of becoming its child.
    """

    def __init__(
        self,
        task: Task,
        dialect: Dialect,
        *,
        name: str,
        parameters: Sequence[str] = (),
    ) -> None:
        self.task = task
        self.dialect = dialect
        self.name = name
        self.parameters = list(parameters)
        self.state = State()
        self.status = 0
        self.line = 1
        self.traps: dict[str, str] = {}
        self.jobs: dict[int, int | None] = {}  # pid -> status, None while alive
        self.last_background = ""
        self.from_string = False  # whether the script is the argument of -c
        self.loops = 0
        self.functions = 0  # function calls and `.` scripts that `return` may leave
        self.subshell = False
        self.option_index, self.option_offset = 1, 0  # where getopts is
        self.shell_pid = task.pid
        self.meter: Meter = task.machine.meter
        self.expander = Expander(self)
        self.messages = Messages(self)
        self._tested = 0  # inside a condition: `set -e` does not look
        self._substituted: int | None = None  # status of the last command substitution
        self._ending = False

    @property
    def options(self) -> Options:
        """What `set` has switched."""
        return self.state.options

    @property
    def variables(self) -> dict[str, str]:
        """The variables that are set."""
        return self.state.variables

    # -- scripts ----------------------------------------------------------------------------

    def main(self, source: str, *, tail: int = NO_TAIL) -> int:
        """Run a whole script as this shell's program, with its EXIT trap."""
        try:
            self.run(source, tail=tail)
        except ExitShell as leaving:
            self.status = leaving.status
        except ReturnFunction as leaving:
            self.status = leaving.status
        return self.end()

    def end(self) -> int:
        """Run the EXIT trap; return the status of the shell."""
        action = self.traps.pop("EXIT", "")
        if action and not self._ending:
            self._ending = True
            status = self.status
            try:
                self.run(action)
                self.status = status
            except ExitShell as leaving:
                self.status = leaving.status
        return self.status

    def run(self, source: str, *, tail: int = NO_TAIL, first_line: int = 1) -> int:
        """Parse and run line by line, in this shell.

        Raises:
            ExitShell: when the script ends the shell, also by an error in it.

        """
        try:
            for line, last in _lines(source, self.dialect, first_line, ahead=bool(tail)):
                if not self.options.noexec:
                    self._script(line, tail=tail if last else NO_TAIL)
        except ScriptSyntaxError as error:
            self.messages.syntax_error(error, source)
            raise ExitShell(2) from error
        except ExpansionError as error:
            status = self.messages.expansion_error(error)
            raise ExitShell(status) from error
        except ReadOnlyError as error:
            status = self.messages.readonly(str(error))
            raise ExitShell(status) from error
        except ShellError as error:
            self.messages.say(str(error))
            raise ExitShell(error.status) from error
        except RecursionError as error:
            raise NotSimulatedError(
                Text("a script nested this deeply is not simulated", "没有模拟嵌套这么深的脚本"),
                self.line,
            ) from error
        return self.status

    def _script(self, script: Script, *, tail: int = NO_TAIL) -> int:
        last = len(script.items) - 1
        for number, item in enumerate(script.items):
            self._and_or(item, tail=tail if number == last else NO_TAIL)
        return self.status

    def _tested_script(self, script: Script) -> int:
        self._tested += 1
        try:
            return self._script(script)
        finally:
            self._tested -= 1

    def _and_or(self, node: AndOr, *, tail: int) -> None:
        if node.background:
            self._in_background(node)
            return
        rest = node.rest
        if not rest:
            self._pipeline(node.first, tail=tail)
            return
        self._tested += 1
        try:
            self._pipeline(node.first, tail=NO_TAIL)
            for operator, pipeline in rest[:-1]:
                if (self.status == 0) == (operator == "&&"):
                    self._pipeline(pipeline, tail=NO_TAIL)
        finally:
            self._tested -= 1
        operator, pipeline = rest[-1]
        if (self.status == 0) == (operator == "&&"):
            self._pipeline(pipeline, tail=tail)

    def _in_background(self, node: AndOr) -> None:
        """Run `command &` to its end, or until it waits for the world; it gets no input."""
        child = self.fork()
        child.task.fds[0] = Null()
        pid = child.task.pid
        self.last_background = str(pid)
        status: int | None = None
        try:
            status = child.run_as_child(AndOr(node.first, node.rest))
        except Parked as parked:
            self.task.machine.background.append(parked.task)
        self.jobs[pid] = status
        self.status = 0

    def _pipeline(self, node: Pipeline, *, tail: int) -> None:
        if len(node.commands) == 1:
            if not node.negated:
                self._command(node.commands[0], tail=tail)
                return
            self._tested += 1
            try:
                self._command(node.commands[0], tail=NO_TAIL)
            finally:
                self._tested -= 1
        else:
            self._pipe(node)
        if node.negated:
            self.status = int(not self.status)
        else:
            self.check_errexit()

    def _pipe(self, node: Pipeline) -> None:
        statuses: list[int] = []
        parked: Parked | None = None
        reader: Pipe | None = None
        last = len(node.commands) - 1
        for number, command in enumerate(node.commands):
            child = self.fork()
            if reader is not None:
                child.task.fds[0] = reader
            if number < last:
                reader = Pipe(self.meter)
                child.task.fds[1] = reader
            try:
                if number < last and reader is not None:
                    statuses.append(self._write_into(reader, child, command))
                else:
                    statuses.append(child.run_as_child(command))
            except Parked as waiting:
                parked = parked or waiting
                statuses.append(0)
        if parked is not None:
            raise parked
        self.status = statuses[-1]
        if self.options.pipefail:
            self.status = next((status for status in reversed(statuses) if status), 0)

    def _write_into(self, pipe: Pipe, child: Interpreter, command: Command) -> int:
        """Run the writer of a pipe; one that uses up half of the steps is stopped by SIGPIPE."""
        aside = self.meter.reserve()
        try:
            return child.run_as_child(command)
        except ExhaustedError as error:
            if self.meter.steps_left >= 0 or not aside:
                raise
            pipe.cut, pipe.why = True, error.text
            return SIGPIPE_STATUS
        finally:
            self.meter.release(aside)

    def check_errexit(self) -> None:
        """End the shell when a command failed under `set -e`."""
        if self.status and self.options.errexit and not self._tested:
            raise ExitShell(self.status)

    # -- children ---------------------------------------------------------------------------

    def fork(self) -> Interpreter:
        """A subshell: a copy of everything, traps reset, a process of its own."""
        self.meter.step()
        child = Interpreter(
            self.task.fork(),
            self.dialect,
            name=self.name,
            parameters=self.parameters,
        )
        child.state = self.state.copy()
        child.status = self.status
        child.line = self.line
        child.from_string = self.from_string
        child.traps = {name: "" for name, action in self.traps.items() if not action}
        child.last_background = self.last_background
        child.loops = 0
        child.functions = self.functions
        child.subshell = True
        child.shell_pid = self.shell_pid
        child._tested = self._tested
        return child

    def spawn(self, task: Task, name: str, parameters: Sequence[str]) -> Interpreter:
        """A new shell of the same kind in `task`, for a script without `#!`."""
        shell = Interpreter(task, self.dialect, name=name, parameters=parameters)
        shell.state.variables.update(task.env)
        shell.state.exported.update(task.env)
        return shell

    def run_as_child(self, command: Command | AndOr | Script) -> int:
        """Run in this subshell and return its exit status, whatever ends it."""
        self.meter.enter()
        try:
            self._in_child(command)
        except (ExitShell, ReturnFunction) as leaving:
            self.status = leaving.status
        except LeaveLoop:
            pass
        except BrokenPipe:
            self.status = SIGPIPE_STATUS
        except ExpansionError as error:
            self.status = self.messages.expansion_error(error)
        except ReadOnlyError as error:
            self.status = self.messages.readonly(str(error))
        except ShellError as error:
            self.messages.say(str(error))
            self.status = error.status
        finally:
            self.meter.leave()
        return self.end()

    def _in_child(self, command: Command | AndOr | Script) -> None:
        if isinstance(command, AndOr):
            self._and_or(command, tail=FULL_TAIL)
        elif isinstance(command, Script):
            self._script(command, tail=FULL_TAIL)
        else:
            self._command(command, tail=FULL_TAIL)

    def substitute(self, script: Script) -> str:
        """Run `$( )`; return its output without the newlines at the end."""
        child = self.fork()
        pipe = Pipe(self.meter, limit=None)
        child.task.fds[1] = pipe
        self._substituted = child.run_as_child(script)
        data = pipe.content().replace(b"\0", b"")
        return decoded(data).rstrip("\n")

    # -- commands ---------------------------------------------------------------------------

    def _command(self, node: Command, *, tail: int) -> None:
        if isinstance(node, Simple):
            self._simple(node, tail=tail)
        else:
            self._compound(node, tail=tail if tail == FULL_TAIL else NO_TAIL)

    def _compound(self, node: Command, *, tail: int) -> None:
        match node:
            case Group():
                self._script(node.body, tail=tail)
            case Subshell():
                self.status = self.fork().run_as_child(node.body)
                self.check_errexit()
            case Redirected():
                self._redirected(node, tail)
            case If():
                self._if(node, tail)
            case Loop():
                self._loop(node)
            case For():
                self._for(node)
            case Case():
                self._case(node, tail)
            case Function():
                self.state.functions[node.name] = node.body
                self.status = 0
            case Conditional():
                self._conditional(node)

    def _simple(self, node: Simple, *, tail: int) -> None:
        self.line = self.task.machine.line = node.line
        self.meter.step()
        self._substituted = None
        call(self, node, tail=tail)
        self.check_errexit()

    def assignment_status(self) -> int:
        """The status of a command that is only assignments: that of its last substitution."""
        return self._substituted or 0

    def _redirected(self, node: Redirected, tail: int) -> None:
        try:
            before = redirection.apply(self, node.redirects)
        except ShellError as error:
            if error.fatal:
                raise
            self.messages.say(str(error))
            self.status = error.status
            self.check_errexit()
            return
        try:
            self._command(node.command, tail=tail)
        finally:
            redirection.restore(self, before)

    def _if(self, node: If, tail: int) -> None:
        for condition, body in node.branches:
            if self._tested_script(condition) == 0:
                self._script(body, tail=tail)
                return
        self.status = 0
        if node.otherwise is not None:
            self._script(node.otherwise, tail=tail)

    def _loop(self, node: Loop) -> None:
        status = 0
        self.loops += 1
        try:
            while True:
                self.meter.step()
                try:
                    if (self._tested_script(node.condition) == 0) == node.until:
                        break
                    status = self._script(node.body)
                except LeaveLoop as leaving:
                    status = self.status
                    if self._leave(leaving):
                        break
        finally:
            self.loops -= 1
        self.status = status

    def _for(self, node: For) -> None:
        words = list(self.parameters) if node.words is None else self.expander.fields(node.words)
        self.line = node.line
        self.status = 0
        self.loops += 1
        try:
            for word in words:
                self.meter.step()
                self.state.assign(node.name, word)
                try:
                    self._script(node.body)
                except LeaveLoop as leaving:
                    if self._leave(leaving):
                        break
        finally:
            self.loops -= 1

    def _leave(self, leaving: LeaveLoop) -> bool:
        """Whether `break` or `continue` ends this loop; one that is meant for an outer goes on."""
        if leaving.levels > 1:
            raise LeaveLoop(leaving.levels - 1, again=leaving.again)
        return not leaving.again

    def _case(self, node: Case, tail: int) -> None:
        text = self.expander.text(node.word)
        for item in node.items:
            for pattern in item.patterns:
                self.meter.step()
                if matches(self.expander.pattern(pattern), text):
                    self.status = 0
                    self._script(item.body, tail=tail)
                    return
        self.status = 0

    def call_function(self, body: Command, parameters: Sequence[str], *, tail: int) -> None:
        """Run a function's body with its own parameters and local variables."""
        self.meter.enter()
        before, self.parameters = self.parameters, list(parameters)
        loops, self.loops = self.loops, 0
        self.functions += 1
        self.state.frames.append({})
        try:
            self._command(body, tail=tail)
        except ReturnFunction as leaving:
            self.status = leaving.status
        finally:
            self.parameters = before
            self.loops = loops
            self.functions -= 1
            self.state.restore(self.state.frames.pop())
            self.meter.leave()

    def _conditional(self, node: Conditional) -> None:
        self.line = self.task.machine.line = node.line
        self.meter.step()
        self.status = conditional.evaluate(self, node)
        self.check_errexit()

    # -- parameters -------------------------------------------------------------------------

    def parameter(self, name: str) -> str | None:
        """The value of a variable, a positional or a special parameter; None when unset."""
        if _NAME.match(name):
            if name == "LINENO" and self.dialect.name != "dash":
                return str(self.line)
            return self.variables.get(name)
        if name.isdecimal():
            number = whole(name)
            if number == 0:
                return self.name
            return self.parameters[number - 1] if number <= len(self.parameters) else None
        return self._special(name)

    def not_simulated(self, what: str) -> NotSimulatedError:
        """Make the error for something this shell has and the simulation has not."""
        shell = self.dialect.name
        return NotSimulatedError(
            Text(f"{what} ({shell}) is not simulated", f"没有模拟 {what}（{shell}）"),
            self.line,
        )

    def _special(self, name: str) -> str | None:
        if name == "?":
            return str(self.status)
        if name == "#":
            return str(len(self.parameters))
        if name == "$":
            return str(self.shell_pid)
        if name == "!":
            return self.last_background or None
        return self.options.letters
