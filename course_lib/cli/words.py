r"""A line of docker commands into words, as a POSIX shell splits it.

Quotes, backslashes, comments and line continuations work as in a terminal. Nothing else does:
no shell of the host takes part, so `$HOME`, `${x}` and `*` reach docker as typed (a real
terminal would expand them first), and an unquoted `|`, `>`, `<`, `;`, `&`, `` ` `` or `$(` is refused
rather than misread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPERATORS = frozenset("|><;&`()")
_BLANKS = frozenset(" \t\r")


class LineError(Exception):
    """A line that can't be split; `line` counts from 1, `help` says what to write instead."""

    def __init__(self, message: str, line: int, help: Text) -> None:  # noqa: A002 - as EngineError
        super().__init__(message)
        self.message = message
        self.line = line
        self.help = help


@dataclass(frozen=True, slots=True)
class CommandLine:
    """One command: its words, the line on which it begins, and its text as typed."""

    words: tuple[str, ...]
    line: int
    text: str


def commands(script: str) -> Iterator[CommandLine]:
    """Split a script into commands, one per logical line; blank lines and comments fall out.

    Raises:
        LineError: an unclosed quote, or something only a host shell could do.

    """
    scanner = _Scanner(script)
    while not scanner.done:
        command = scanner.command()
        if command.words:
            yield command


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1

    @property
    def done(self) -> bool:
        return self._at >= len(self._text)

    def command(self) -> CommandLine:
        words: list[str] = []
        begin, line = self._at, self._line
        while not self.done:
            char = self._text[self._at]
            if char == "\n":
                break
            if char in _BLANKS:
                self._take()
            elif self._text.startswith("\\\n", self._at):
                self._take(2)
            elif char == "#":
                self._comment()
            else:
                if not words:
                    begin, line = self._at, self._line
                words.append(self._word())
        text = self._text[begin : self._at].strip()
        if not self.done:
            self._take()
        return CommandLine(tuple(words), line, text)

    def _take(self, count: int = 1) -> str:
        piece = self._text[self._at : self._at + count]
        self._at += count
        self._line += piece.count("\n")
        return piece

    def _comment(self) -> None:
        while not self.done and self._text[self._at] != "\n":
            self._take()

    def _word(self) -> str:
        word = ""
        while not self.done:
            char = self._text[self._at]
            if char in _BLANKS or char == "\n":
                break
            if char == "'":
                word += self._single()
            elif char == '"':
                word += self._double()
            elif char == "\\":
                word += self._escaped()
            else:
                self._refuse_operator(char)
                word += self._take()
        return word

    def _escaped(self) -> str:
        self._take()
        piece = self._take()
        return "" if piece == "\n" else piece

    def _single(self) -> str:
        line = self._line
        self._take()
        end = self._text.find("'", self._at)
        if end < 0:
            msg = "'"
            raise _unclosed(msg, line)
        piece = self._take(end - self._at)
        self._take()
        return piece

    def _double(self) -> str:
        line = self._line
        self._take()
        word = ""
        while not self.done:
            char = self._take()
            if char == '"':
                return word
            if char == "\\" and not self.done:
                following = self._take()
                if following == "\n":
                    continue
                word += following if following in '$`"\\' else char + following
            else:
                word += char
        msg = '"'
        raise _unclosed(msg, line)

    def _refuse_operator(self, char: str) -> None:
        if char in _OPERATORS:
            piece = self._text[self._at : self._at + 2]
            doubled = piece if piece in ("&&", "||", ">>", "<<") else char
            raise _operator(doubled, self._line)
        if self._text.startswith("$(", self._at):
            msg = "$("
            raise _operator(msg, self._line)


def _unclosed(quote: str, line: int) -> LineError:
    return LineError(
        f"unexpected EOF while looking for matching `{quote}'",
        line,
        Text(
            f"Line {line} opens a {quote} that is never closed.",
            f"第 {line} 行的 {quote} 没有配对的另一半。",
        ),
    )


def _operator(operator: str, line: int) -> LineError:
    return LineError(
        f"syntax error near unexpected token `{operator}'",
        line,
        Text(
            f"Line {line}: no shell stands between you and docker here, so {operator} does not work. "
            f"For use inside the container, quote it: sh -c 'a {operator} b'.",
            f"第 {line} 行：这里没有宿主机的 shell，{operator} 不起作用。"
            f"要在容器里使用，请加引号：sh -c 'a {operator} b'。",
        ),
    )
