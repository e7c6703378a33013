"""A POSIX shell and the core commands on a layered file system, deterministic and in budgets."""

from course_lib.shell.execution import execute
from course_lib.shell.process import Budget, Chunk, ExecFailure, Outcome, Process, ProcessInfo

__all__ = ["Budget", "Chunk", "ExecFailure", "Outcome", "Process", "ProcessInfo", "execute"]
