"""Counts what an execution uses, and stops it when a budget is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.shell.process import Budget


class ExhaustedError(Exception):
    """A budget is used up; `text` says which."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Meter:
    """The running totals of one execution."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.steps_left = budget.steps
        self._output_left = budget.output
        self._memory_left = budget.memory
        self._disk_left = budget.disk
        self._depth = 0

    def step(self, count: int = 1) -> None:
        """One command, one loop round, one unit of a command's own work."""
        self.steps_left -= count
        if self.steps_left < 0:
            raise ExhaustedError(
                Text(
                    f"stopped after {self.budget.steps} steps: this looks like a loop without an end",
                    f"执行了 {self.budget.steps} 步后停止：看起来是一个不会结束的循环",
                ),
            )

    def reserve(self) -> int:
        """Put half of the steps that are left aside, so that one part can't use them all."""
        aside = self.steps_left // 2
        self.steps_left -= aside
        return aside

    def release(self, aside: int) -> None:
        """Give back what `reserve` put aside."""
        self.steps_left = max(self.steps_left, 0) + aside

    def output(self, size: int) -> None:
        """Bytes written to the process's stdout or stderr."""
        self._output_left -= size
        if self._output_left < 0:
            raise ExhaustedError(
                Text(
                    f"stopped after {self.budget.output} bytes of output",
                    f"输出达到 {self.budget.output} 字节后停止",
                ),
            )

    def memory(self, size: int) -> None:
        """Bytes made by an expansion, held in a pipe or written to a file."""
        self._memory_left -= size
        if self._memory_left < 0:
            raise ExhaustedError(
                Text(
                    f"stopped: more than {self.budget.memory} bytes of text were made",
                    f"停止：产生的文本超过 {self.budget.memory} 字节",
                ),
            )

    def disk(self, size: int) -> bool:
        """Claim apparent file bytes; False when the simulated disk is full."""
        if size > self._disk_left:
            return False
        self._disk_left -= size
        return True

    def enter(self) -> None:
        """One level deeper: a function, a substitution, a process."""
        self._depth += 1
        if self._depth > self.budget.depth:
            raise ExhaustedError(
                Text(
                    f"stopped: more than {self.budget.depth} calls inside one another",
                    f"停止：调用嵌套超过 {self.budget.depth} 层",
                ),
            )

    def leave(self) -> None:
        """One level up."""
        self._depth -= 1
