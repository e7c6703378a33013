"""bash's `[[ ]]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.control import ShellError
from course_lib.shell.patterns import matches
from course_lib.shell.questions import BINARY, UNARY, BinaryError, compare, unary

if TYPE_CHECKING:
    from course_lib.shell.grammar import Conditional, Word
    from course_lib.shell.interpreter import Interpreter

_PATTERN_OPERATORS = frozenset({"=", "==", "!="})


def evaluate(shell: Interpreter, node: Conditional) -> int:
    """Return 0 when the condition holds, 1 when not, 2 for one that makes no sense."""
    return int(not _Evaluation(shell, list(node.words)).whole())


class _Evaluation:
    def __init__(self, shell: Interpreter, words: list[Word]) -> None:
        self._shell = shell
        self._words = words
        self._position = 0

    def whole(self) -> bool:
        value = self._or()
        if self._position < len(self._words):
            raise self._error()
        return value

    def _error(self) -> ShellError:
        return ShellError("syntax error in conditional expression", 2)

    def _next(self) -> str:
        """The next word when it may be an operator, "" when it has more than plain text."""
        if self._position >= len(self._words):
            return ")"
        return self._words[self._position].plain or ""

    def _take(self) -> Word:
        if self._position >= len(self._words):
            raise self._error()
        self._position += 1
        return self._words[self._position - 1]

    def _or(self) -> bool:
        value = self._and()
        while self._next() == "||":
            self._take()
            right = self._and()
            value = value or right
        return value

    def _and(self) -> bool:
        value = self._not()
        while self._next() == "&&":
            self._take()
            right = self._not()
            value = value and right
        return value

    def _not(self) -> bool:
        if self._next() == "!":
            self._take()
            return not self._not()
        if self._next() == "(":
            self._take()
            value = self._or()
            if self._next() != ")" or self._take().plain != ")":
                raise self._error()
            return value
        return self._primary()

    def _fits(self, text: str, expression: str) -> bool:
        from course_lib.shell.regex import compiled  # noqa: PLC0415 - few scripts need it
        from course_lib.shell.regexsyntax import RegexError  # noqa: PLC0415 - as above

        try:
            return compiled(expression, extended=True).search(text) is not None
        except RegexError as error:
            raise self._error() from error

    def _primary(self) -> bool:
        shell = self._shell
        first = self._take()
        following = self._next()
        if following in {"&&", "||", ")"}:
            return shell.expander.text(first) != ""
        if first.plain in UNARY and following not in _PATTERN_OPERATORS:
            return unary(shell.task, first.plain or "", shell.expander.text(self._take()))
        operator = self._take().plain or ""
        right = self._take()
        left = shell.expander.text(first)
        if operator in _PATTERN_OPERATORS:
            return matches(shell.expander.pattern(right), left) == (operator != "!=")
        if operator == "=~":
            return self._fits(left, shell.expander.text(right))
        if operator not in BINARY:
            raise self._error()
        try:
            return compare(shell.task, left, operator, shell.expander.text(right))
        except BinaryError as error:
            raise self._error() from error
