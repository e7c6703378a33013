"""Command-line options of simulated commands: getopt's rules, GNU long options included."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from course_lib.shell.numbers import whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from course_lib.shell.task import Task


_NUMBER = re.compile(r"([-+]?)(0[xX][0-9a-fA-F]{1,16}|[0-9]{1,20})")
_LARGEST = 10**15


class LeaveProgram(Exception):  # noqa: N818 - not always an error: --help leaves too
    """A command ends here with a status; what it had to say is said."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Given:
    """The options of one call, in order, and its operands."""

    options: tuple[tuple[str, str], ...]
    operands: tuple[str, ...]
    task: Task = field(repr=False)

    def __contains__(self, letter: str) -> bool:
        return any(name == letter for name, _ in self.options)

    def value(self, letter: str, default: str = "") -> str:
        """The value of an option that was given last."""
        return next((value for name, value in reversed(self.options) if name == letter), default)

    def values(self, letter: str) -> list[str]:
        """All values of an option."""
        return [value for name, value in self.options if name == letter]

    def number(self, letter: str, default: int = 0) -> int:
        """The value of an option that counts something; one that is absurdly large is cut.

        Raises:
            LeaveProgram: when it is no number, after saying so.

        """
        if letter not in self:
            return default
        text = self.value(letter)
        match = _NUMBER.fullmatch(text)
        if match is None:
            self.task.complain(f"invalid number '{text}'")
            raise LeaveProgram(1)
        digits = match[2]
        value = whole(digits, 16 if digits[:2] in {"0x", "0X"} else 10)
        return min(value, _LARGEST) * (-1 if match[1] == "-" else 1)

    def last_of(self, letters: str, default: str = "") -> str:
        """Which of some options that exclude one another was given last."""
        return next((name for name, _ in reversed(self.options) if name in letters), default)


def parse(  # noqa: PLR0913 - what getopt_long takes
    task: Task,
    short: str,
    long: Mapping[str, str] | None = None,
    *,
    real: str = "",
    status: int = 1,
    in_order: bool = False,
    arguments: Sequence[str] | None = None,
) -> Given:
    """Parse a task's arguments.

    `short` is getopt's string (`"rm:"`: m takes a value); `long` gives the letter of each long
    name (`{"mode=": "m"}`, with = when it takes a value). `real` are letters that the real
    command has and the simulation has not. With `in_order` the first operand ends the options.

    Raises:
        LeaveProgram: for an option that does not exist, with `status`, after saying so.
        NotSimulatedError: for one in `real`.

    """
    return _Parsing(task, short, long or {}, real, status).run(
        list(task.args if arguments is None else arguments),
        in_order=in_order,
    )


class _Parsing:
    def __init__(
        self,
        task: Task,
        short: str,
        long: Mapping[str, str],
        real: str,
        status: int,
    ) -> None:
        self._task = task
        self._takes = {
            letter: short[at + 1 : at + 2] == ":"
            for at, letter in enumerate(short)
            if letter != ":"
        }
        self._long = {name.removesuffix("="): letter for name, letter in long.items()}
        self._long_takes = {name.removesuffix("=") for name in long if name.endswith("=")}
        self._real = real
        self._status = status
        self._options: list[tuple[str, str]] = []

    def run(self, waiting: list[str], *, in_order: bool) -> Given:
        operands: list[str] = []
        while waiting:
            word = waiting.pop(0)
            if word == "--":
                operands.extend(waiting)
                break
            if word.startswith("--"):
                self._long_option(word[2:], waiting)
            elif word.startswith("-") and word != "-":
                self._letters(word[1:], waiting)
            else:
                operands.append(word)
                if in_order:
                    operands.extend(waiting)
                    break
        return Given(tuple(self._options), tuple(operands), self._task)

    def _letters(self, letters: str, waiting: list[str]) -> None:
        while letters:
            letter, letters = letters[0], letters[1:]
            if letter not in self._takes:
                if letter in self._real:
                    msg = f"-{letter}"
                    raise self._task.not_simulated(msg)
                msg = f"invalid option -- '{letter}'"
                raise self._refuse(msg, f"unrecognized option: {letter}")
            if not self._takes[letter]:
                self._options.append((letter, ""))
                continue
            if not letters and not waiting:
                msg = f"option requires an argument -- '{letter}'"
                raise self._refuse(
                    msg,
                    f"option requires an argument: {letter}",
                )
            self._options.append((letter, letters or waiting.pop(0)))
            return

    def _long_option(self, text: str, waiting: list[str]) -> None:
        name, equals, value = text.partition("=")
        if name == "help":
            msg = "--help"
            raise self._task.not_simulated(msg)
        if name == "version":
            msg = "--version"
            raise self._task.not_simulated(msg)
        fitting = [long for long in self._long if long.startswith(name)]
        full = name if name in self._long else fitting[0] if len(fitting) == 1 else ""
        if not full:
            msg = f"unrecognized option '--{name}'"
            raise self._refuse(msg, f"unrecognized option: {name}")
        if full in self._long_takes and not equals:
            if not waiting:
                msg = f"option '--{full}' requires an argument"
                raise self._refuse(
                    msg,
                    f"option requires an argument: {full}",
                )
            value = waiting.pop(0)
        elif equals and full not in self._long_takes:
            msg = f"option '--{full}' doesn't allow an argument"
            raise self._refuse(msg, f"unrecognized option: {text}")
        self._options.append((self._long[full], value))

    def _refuse(self, gnu: str, busybox: str) -> LeaveProgram:
        task = self._task
        if task.busybox:
            task.complain(busybox)
            return LeaveProgram(1)
        task.complain(gnu)
        return try_help(task, self._status)


def try_help(task: Task, status: int = 1) -> LeaveProgram:
    """Say `Try 'ls --help' for more information.` and make the error to raise."""
    if not task.busybox:
        task.err(f"Try '{task.name} --help' for more information.")
    return LeaveProgram(status)


def missing_operand(task: Task, after: str = "", what: str = "operand") -> LeaveProgram:
    """Say that an operand is missing, in the words of GNU or busybox."""
    if task.busybox:
        task.err(f"BusyBox: usage: {task.name} needs more arguments")
        return LeaveProgram(1)
    if after:
        task.complain(f"missing destination file operand after '{after}'")
    else:
        task.complain(f"missing {what}")
    return try_help(task)
