"""The shell's own messages, as dash, busybox ash and bash print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_lib.shell.expansion import ExpansionError
    from course_lib.shell.interpreter import Interpreter
    from course_lib.shell.scripterrors import ScriptSyntaxError

_UNSET_IN_BASH = 127
_SPEAKERS = frozenset({"cd", "local", "shift", "trap", "umask", "getopts", "read", "wait"})


class Messages:
    """Writes to the shell's stderr."""

    def __init__(self, shell: Interpreter) -> None:
        self._shell = shell

    def prefix(self, line: int | None = None) -> str:
        """`/bin/sh: 1: ` (dash), `/bin/sh: ` (ash, -c), `/x.sh: line 2: ` (ash, bash)."""
        shell = self._shell
        number = shell.line if line is None else line
        if shell.dialect.name == "dash":
            return f"{shell.name}: {number}: "
        if shell.dialect.name == "busybox" and shell.from_string:
            return f"{shell.name}: "
        return f"{shell.name}: line {number}: "

    def say(self, message: str, line: int | None = None) -> None:
        """Write one message with the shell's prefix."""
        shell = self._shell
        command, colon, rest = message.partition(": ")
        if shell.dialect.name == "busybox" and colon and command in _SPEAKERS:
            number = 0 if shell.from_string else shell.line if line is None else line
            shell.task.err(f"{shell.name}: {command}: line {number}: {rest}")
        else:
            shell.task.err(self.prefix(line) + message)

    def not_found(self, name: str) -> None:
        """`foo: not found`."""
        if self._shell.dialect.name == "bash" and "/" not in name:
            self.say(f"{name}: command not found")
        elif self._shell.dialect.name == "bash":
            self.say(f"{name}: No such file or directory")
        else:
            self.say(f"{name}: not found")

    def readonly(self, name: str) -> int:
        """`x: is read only`; returns the status that the shell ends with."""
        bash = self._shell.dialect.name == "bash"
        self.say(f"{name}: readonly variable" if bash else f"{name}: is read only")
        return 1 if bash else 2

    def expansion_error(self, error: ExpansionError) -> int:
        """An expansion that failed; returns the status that the shell ends with."""
        message = str(error)
        self.say(message)
        if self._shell.dialect.name != "bash":
            return 2
        return 1 if "division" in message or "syntax error" in message else _UNSET_IN_BASH

    def syntax_error(self, error: ScriptSyntaxError, source: str) -> None:
        """A script that does not parse."""
        shell = self._shell
        if shell.dialect.name == "bash":
            self._bash_syntax_error(error, source)
        elif shell.dialect.name == "busybox":
            message = error.message
            if error.message.startswith(("Unterminated", "Missing", "Bad")):
                message = message[0].lower() + message[1:]
            elif " unexpected" in message:
                token, _, rest = message.partition(" unexpected")
                message = f"unexpected {token}{rest}"
            self.say(f"syntax error: {message}", error.line)
        else:
            self.say(f"Syntax error: {error.message}", error.line)

    def _bash_syntax_error(self, error: ScriptSyntaxError, source: str) -> None:
        shell = self._shell
        where = f"{shell.name}: -c:" if shell.from_string else f"{shell.name}:"
        prefix = f"{where} line {error.line}: "
        if error.message.startswith("end of file"):
            last = source.count("\n") + 1 + (not source.endswith("\n"))
            shell.task.err(f"{where} line {last}: syntax error: unexpected end of file")
        elif error.unexpected:
            token = "newline" if error.unexpected == "\n" else error.unexpected
            shell.task.err(f"{prefix}syntax error near unexpected token `{token}'")
            lines = source.splitlines()
            shell.task.err(f"{prefix}`{lines[min(error.line, len(lines)) - 1]}'")
        else:
            shell.task.err(prefix + error.message)
