"""How a shell leaves what it is doing: exit, return, break, continue."""

from __future__ import annotations


class ExitShell(Exception):  # noqa: N818 - not an error
    """`exit`, `set -e`, or the end of a shell that has become another program."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class ReturnFunction(Exception):  # noqa: N818 - not an error
    """`return`."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class LeaveLoop(Exception):  # noqa: N818 - not an error
    """`break` or `continue`, `levels` loops up."""

    def __init__(self, levels: int, *, again: bool) -> None:
        super().__init__(levels)
        self.levels = levels
        self.again = again


class ShellError(Exception):
    """A message of the shell itself; `fatal` ends a shell that runs a script."""

    def __init__(self, message: str, status: int = 2, *, fatal: bool = False) -> None:
        super().__init__(message)
        self.status = status
        self.fatal = fatal
