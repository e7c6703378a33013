"""Options as docker's pflag reads them: `-it`, `-eA=B`, `-e A=B`, `--name=x`, `--name x`, `--`.

A command says which options it has. Options that docker has and the simulator does not are listed as
well, so that they are answered with that and not with `unknown flag`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from course_lib.cli.session import Session

Kind = Literal["bool", "string", "int", "list"]
_INT = re.compile(r"[+-]?[0-9]{1,18}")
_TRUE = frozenset({"1", "t", "T", "TRUE", "true", "True"})
_FALSE = frozenset({"0", "f", "F", "FALSE", "false", "False"})


class UsageError(Exception):
    """A command line that docker refuses before it does anything.

    `message` holds docker's own lines; `help` a way out.
    """

    def __init__(self, message: str, exit_code: int, help: Text | None = None) -> None:  # noqa: A002 - as EngineError
        super().__init__(message)
        self.message = message
        self.exit_code = exit_code
        self.help = help


@dataclass(frozen=True, slots=True)
class Flag:
    """`-e, --env list   Set environment variables`; `simulated` is False for docker's others."""

    name: str
    kind: Kind
    about: str = ""
    short: str = ""
    simulated: bool = True

    @property
    def shown(self) -> str:
        """`-e, --env`, as error texts name it."""
        return f"-{self.short}, --{self.name}" if self.short else f"--{self.name}"


@dataclass(frozen=True, slots=True)
class Command:
    """One docker command: how it is called, what it takes, who does it.

    `name` is the full name, `volume ls`. With `interspersed` False, options end at the first
    argument, as for `run` and `exec`. `most` is None for any number of arguments.
    """

    name: str
    usage: str
    about: str
    do: Callable[[Session, Parsed], None]
    flags: tuple[Flag, ...] = ()
    least: int = 0
    most: int | None = None
    interspersed: bool = True
    aliases: tuple[str, ...] = ()


@dataclass(slots=True)
class Parsed:
    """The options and arguments of one command line."""

    args: tuple[str, ...] = ()
    help: bool = False
    _values: dict[str, list[str]] = field(default_factory=dict)

    def given(self, name: str) -> bool:
        """Whether an option was on the line."""
        return name in self._values

    def on(self, name: str) -> bool:
        """Whether a yes-or-no option is on."""
        return self._values.get(name, ["false"])[-1] == "true"

    def text(self, name: str, default: str = "") -> str:
        """The last value of an option."""
        return self._values.get(name, [default])[-1]

    def number(self, name: str) -> int | None:
        """The last value of an option that takes a number."""
        return int(self._values[name][-1]) if name in self._values else None

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of an option that may be repeated."""
        return tuple(self._values.get(name, ()))

    def set(self, name: str, value: str) -> None:
        """Add one value."""
        self._values.setdefault(name, []).append(value)


def run_help(command: str) -> str:
    """`Run 'docker run --help' for more information`, the last line of many errors."""
    name = f"docker {command}".rstrip()
    return f"Run '{name} --help' for more information"


def refused(message: str, command: str) -> str:
    """`docker: MESSAGE`, as `docker run` and `docker create` report what they can't do."""
    return f"docker: {message}\n\n{run_help(command)}"


def parse(command: Command, words: Sequence[str]) -> Parsed:
    """Read the words after the command's name.

    Raises:
        UsageError: an unknown option, a missing or wrong value, a wrong number of arguments.

    """
    parsed = _Reader(command, words).read()
    if not parsed.help:
        _check_count(command, len(parsed.args))
    return parsed


class _Reader:
    def __init__(self, command: Command, words: Sequence[str]) -> None:
        self._command = command
        self._left = list(words)
        self._parsed = Parsed()
        self._long = {flag.name: flag for flag in command.flags}
        self._short = {flag.short: flag for flag in command.flags if flag.short}

    def read(self) -> Parsed:
        args: list[str] = []
        while self._left:
            word = self._left.pop(0)
            if word == "--":
                args += self._left
                break
            if word.startswith("--"):
                self._read_long(word)
            elif word.startswith("-") and word != "-":
                self._read_short(word)
            else:
                args.append(word)
                if not self._command.interspersed:
                    args += self._left
                    break
        self._parsed.args = tuple(args)
        return self._parsed

    def _read_long(self, word: str) -> None:
        name, equals, value = word[2:].partition("=")
        if name == "help":
            self._parsed.help = True
            return
        flag = self._long.get(name)
        if flag is None:
            msg = f"unknown flag: --{name}"
            raise self._usage(msg, self._nearest(name))
        if equals:
            self._keep(flag, value)
        elif flag.kind == "bool":
            self._keep(flag, "true")
        else:
            self._keep(flag, self._next(f"flag needs an argument: --{name}"))

    def _read_short(self, word: str) -> None:
        letters = word[1:]
        while letters:
            letter, letters = letters[0], letters[1:]
            flag = self._short.get(letter)
            if flag is None and letter == "h":
                self._parsed.help = True
                return
            if flag is None:
                msg = f"unknown shorthand flag: '{letter}' in {word}"
                raise self._usage(msg)
            if flag.kind == "bool" and not letters.startswith("="):
                self._keep(flag, "true")
                continue
            if letters:
                self._keep(flag, letters.removeprefix("="))
            else:
                self._keep(flag, self._next(f"flag needs an argument: '{letter}' in {word}"))
            return

    def _next(self, complaint: str) -> str:
        if not self._left:
            raise self._usage(complaint)
        return self._left.pop(0)

    def _keep(self, flag: Flag, value: str) -> None:
        if not flag.simulated:
            msg = f"docker {self._command.name}: --{flag.name} is not simulated here"
            raise UsageError(
                msg,
                125 if self._command.name in ("run", "create") else 1,
                Text(
                    f"Real docker knows --{flag.name}; leave it out here.",
                    f"真实的 docker 支持 --{flag.name}；在这里请去掉它。",
                ),
            )
        if flag.kind == "bool":
            if value not in _TRUE | _FALSE:
                raise self._invalid(flag, value, "strconv.ParseBool")
            value = "true" if value in _TRUE else "false"
        if flag.kind == "int" and not _INT.fullmatch(value):
            raise self._invalid(flag, value, "strconv.ParseInt")
        self._parsed.set(flag.name, value)

    def _invalid(self, flag: Flag, value: str, function: str) -> UsageError:
        return self._usage(
            f'invalid argument "{value}" for "{flag.shown}" flag: '
            f'{function}: parsing "{value}": invalid syntax'
        )

    def _usage(self, message: str, help: Text | None = None) -> UsageError:  # noqa: A002 - as above
        return flag_error(self._command, message, help)

    def _nearest(self, name: str) -> Text | None:
        near = nearest(name, self._long)
        if near is None:
            return None
        return Text(f"Did you mean --{near}?", f"是不是想写 --{near}？")


def flag_error(command: Command, message: str, help: Text | None = None) -> UsageError:  # noqa: A002 - as above
    """An option that can't be read: the complaint, the usage line, where the help is."""
    usage = f"Usage:  {command.usage}"
    return UsageError(f"{message}\n\n{usage}\n\n{run_help(command.name)}", 125, help)


def nearest(word: str, known: Sequence[str] | dict[str, Flag]) -> str | None:
    """The known word at most two edits away, or None."""
    limit = 2
    ranked = sorted((_distance(word, candidate), candidate) for candidate in known)
    return ranked[0][1] if ranked and ranked[0][0] <= limit else None


def _distance(first: str, second: str) -> int:
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        above, row[0] = row[0], i
        for j, b in enumerate(second, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
    return row[-1]


def _check_count(command: Command, count: int) -> None:
    if count >= command.least and (command.most is None or count <= command.most):
        return
    if command.most == 0:
        wanted = "accepts no arguments"
    elif command.least == command.most:
        wanted = f"requires {_arguments(command.least)}"
    elif command.most is None:
        wanted = f"requires at least {_arguments(command.least)}"
    elif command.least == 0:
        wanted = f"requires at most {_arguments(command.most)}"
    else:
        wanted = f"requires at least {command.least} and at most {_arguments(command.most)}"
    more = run_help(command.name)
    if command.most is None:
        more = more.replace("Run", "See", 1)  # docker's text for "at least" only
    msg = f"docker: 'docker {command.name}' {wanted}\n\nUsage:  {command.usage}\n\n{more}"
    raise UsageError(msg, 1)


def _arguments(count: int) -> str:
    return f"{count} argument" if count == 1 else f"{count} arguments"
