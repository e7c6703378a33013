"""test and [."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.questions import BINARY, UNARY, BinaryError, compare, unary

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task

_WRONG = 2


class _SyntaxProblemError(Exception):
    pass


def _test(task: Task) -> int:
    arguments = list(task.args)
    if task.argv[0].endswith("["):
        if not arguments or arguments[-1] != "]":
            closing = {"bash": "missing `]'", "gnu": "missing ']'"}.get(task.flavour, "missing ]")
            return _say(task, closing)
        arguments.pop()
    try:
        return int(not _Expression(task, arguments).whole())
    except BinaryError as error:
        words = {
            "dash": f"Illegal number: {error}",
            "bash": f"{error}: integer expression expected",
            "busybox": f"{error}: bad number",
        }
        return _say(task, words.get(task.flavour, f"invalid integer '{error}'"))
    except _SyntaxProblemError as problem:
        return _say(task, str(problem))


def _say(task: Task, message: str) -> int:
    if task.busybox:
        task.err(task.prefix + message)
        return _WRONG
    return task.complain(message, _WRONG)


class _Expression:
    """POSIX: what an expression means depends on the number of its words first."""

    def __init__(self, task: Task, words: list[str]) -> None:
        self._task = task
        self._words = words
        self._position = 0

    def whole(self) -> bool:
        words = self._words
        if not words:
            return False
        match words:
            case [word]:
                return word != ""
            case [_, _]:
                return self._two(words)
            case [left, operator, right] if operator in BINARY:
                return compare(self._task, left, operator, right)
            case ["!", left, operator, right] if operator in BINARY:
                return not compare(self._task, left, operator, right)
        value = self._or()
        if self._position < len(words):
            raise self._unexpected(words[self._position])
        return value

    def _two(self, words: list[str]) -> bool:
        if words[0] == "!":
            return words[1] == ""
        if words[0] in UNARY:
            return unary(self._task, words[0], words[1])
        if words[1] in BINARY and self._task.flavour in {"dash", "busybox"}:
            msg = f"{words[1]}: argument expected"
            raise _SyntaxProblemError(msg)
        raise self._unexpected(words[1 if self._task.busybox else 0], unary_place=True)

    def _unexpected(self, word: str, *, unary_place: bool = False) -> _SyntaxProblemError:
        if self._task.busybox:
            return _SyntaxProblemError(f"{word}: unknown operand")
        if self._task.flavour == "bash":
            kind = "unary" if unary_place else "binary"
            return _SyntaxProblemError(f"{word}: {kind} operator expected")
        if self._task.flavour == "gnu":
            return _SyntaxProblemError(f"extra argument '{word}'")
        return _SyntaxProblemError(f"{word}: unexpected operator")

    def _peek(self) -> str | None:
        return self._words[self._position] if self._position < len(self._words) else None

    def _take(self) -> str:
        word = self._peek()
        if word is None:
            msg = "argument expected"
            raise _SyntaxProblemError(msg)
        self._position += 1
        return word

    def _or(self) -> bool:
        value = self._and()
        while self._peek() == "-o":
            self._position += 1
            right = self._and()
            value = value or right
        return value

    def _and(self) -> bool:
        value = self._not()
        while self._peek() == "-a":
            self._position += 1
            right = self._not()
            value = value and right
        return value

    def _not(self) -> bool:
        if self._peek() == "!" and self._position + 1 < len(self._words):
            self._position += 1
            return not self._not()
        return self._primary()

    def _primary(self) -> bool:
        first = self._take()
        following = self._peek()
        if following in BINARY and self._position + 1 < len(self._words):
            self._position += 1
            return compare(self._task, first, following, self._take())
        if first == "(":
            value = self._or()
            if self._take() != ")":
                msg = "closing paren expected"
                raise _SyntaxProblemError(msg)
            return value
        if first in UNARY and following is not None:
            return unary(self._task, first, self._take())
        return first != ""


COMMANDS: dict[str, Callable[[Task], int]] = {"test": _test, "[": _test}
