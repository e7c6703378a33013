"""Arguments of package managers, and sizes as they print them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.shell.task import Task

_UNITS = ("", "k", "M", "G")


class BadOptionError(Exception):
    """An option that the program does not have; the message is the option as given."""


@dataclass(frozen=True, slots=True)
class Words:
    """The arguments of one call: the operands in order, and the options with their values."""

    operands: tuple[str, ...]
    options: tuple[tuple[str, str], ...]

    def __contains__(self, name: str) -> bool:
        return any(given == name for given, _ in self.options)

    def value(self, name: str, default: str = "") -> str:
        """The value of an option that was given last."""
        return next((value for given, value in reversed(self.options) if given == name), default)

    def values(self, name: str) -> tuple[str, ...]:
        """All values of an option."""
        return tuple(value for given, value in self.options if given == name)


def read(task: Task, known: Mapping[str, str]) -> Words:
    """Read a task's arguments.

    `known` maps each spelling (`-y`, `--yes`, `--virtual=`) to the option's name; with = at its
    end it takes a value. Letters may stand together: `-qq`, `-yq`.

    Raises:
        BadOptionError: for any other option.

    """
    operands: list[str] = []
    options: list[tuple[str, str]] = []
    waiting = list(task.args)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            operands.extend(waiting)
            break
        if not word.startswith("-") or word == "-":
            operands.append(word)
            continue
        name, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        if name in known:
            options.append((known[name], value))
        elif f"{name}=" in known:
            options.append((known[f"{name}="], value if equals or not waiting else waiting.pop(0)))
        elif word.startswith("--"):
            raise BadOptionError(word)
        else:
            _letters(word, known, options, waiting)
    return Words(tuple(operands), tuple(options))


def _letters(
    word: str, known: Mapping[str, str], options: list[tuple[str, str]], waiting: list[str]
) -> None:
    for at, letter in enumerate(word[1:], 2):
        if f"-{letter}" in known:
            options.append((known[f"-{letter}"], ""))
        elif f"-{letter}=" in known:
            rest = word[at:].removeprefix("=")
            options.append((known[f"-{letter}="], rest or (waiting.pop(0) if waiting else "")))
            return
        else:
            raise BadOptionError(f"-{letter}" if at > 2 else word)  # noqa: PLR2004 - the first letter


def spaced(size: float) -> str:
    """`93 k`, `2.0 M`, as yum and dnf write bytes: binary units."""
    index = 0
    while size >= 1000 and index < len(_UNITS) - 1:  # noqa: PLR2004 - three digits
        size /= 1024
        index += 1
    if index == 0:
        return f"{int(size)} "
    return f"{size:.1f} {_UNITS[index]}" if size < 10 else f"{size:.0f} {_UNITS[index]}"  # noqa: PLR2004 - two digits


def agrees(task: Task, *, default: bool) -> bool:
    """What a user answers to a question, read from stdin; `default` is for an empty line."""
    answer = task.stdin.readline().decode("utf-8", "replace")
    if not answer:
        return False
    return answer.strip().lower() in ("y", "yes") or (default and not answer.strip())
