r"""Quoting and `$` expansion in a Dockerfile's words, as BuildKit's `shell.Lex` does it.

`'..'` is literal; in `".."` variables are expanded and the escape character works before
`"`, `$` and itself; elsewhere it protects any one character. `$name`, `${name}` and the
modifiers `:-` `-` `:+` `+` `:?` `?` `#` `##` `%` `%%` `/` `//` are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from course_lib.dockerfile import globs
from course_lib.dockerfile.gotext import SPACE, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_CHARACTERS = 1_000_000
"""So much may variables put into one word: `ENV A=$A$A`, line after line, doubles each time."""

_SPECIAL_NAMES = frozenset("@*#?-$!0")
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_DEEPEST = 50  # of ${} inside each other; beyond that Python's stack would end
_SPACES = re.compile(f"[{re.escape(SPACE)}]+")
_PLAIN = re.compile(r"[^$'\"\\`]*")
_RUNS = {stop: re.compile(f"[^$'\"\\\\`<{stop}]+") for stop in ("", "}", "/")}  # read at once
_RUN_IN_QUOTES = re.compile(r"[^$\"\\`]+")
_ASCII_NAME = re.compile(r"[0-9]+|[A-Za-z_][A-Za-z0-9_]*")
_HEREDOC_MARK = re.compile(r"<<-?[ \t]*")


class ExpansionError(Exception):
    """`failed to process "${x": ...`: a word whose quotes, braces or modifiers are wrong."""


@dataclass(frozen=True, slots=True)
class Expanded:
    """A word after expansion: as one text, and split at blanks that are not quoted.

    `matched` and `unmatched` are the names of the variables that were asked for.
    """

    text: str
    words: tuple[str, ...]
    matched: frozenset[str] = frozenset()
    unmatched: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Style:
    """What a lexer leaves alone; the default is what most instructions want."""

    escape: str = "\\"
    keep_quotes: bool = False
    keep_escapes: bool = False
    keep_unset: bool = False
    plain_quotes: bool = False


def expand_word(word: str, lookup: Mapping[str, str], escape: str = "\\") -> str:
    """Expand to one text; blanks that a variable brings in do not split it.

    Raises:
        ExpansionError: an unclosed quote or brace, an unknown modifier, `${x:?}` unset.

    """
    if _PLAIN.fullmatch(word):
        return word
    return analyse(word, lookup, Style(escape)).text


def expand_words(word: str, lookup: Mapping[str, str], escape: str = "\\") -> tuple[str, ...]:
    """Expand, then split at blanks outside quotes: `$ports` may become several words.

    Raises:
        ExpansionError: as for `expand_word`.

    """
    return analyse(word, lookup, Style(escape)).words


def analyse(word: str, lookup: Mapping[str, str], style: Style = Style()) -> Expanded:
    """Expand, and tell which variables were found and which were not.

    Raises:
        ExpansionError: as for `expand_word`.

    """
    lexer = _Lexer(word, lookup, style)
    splitter = _Splitter()
    try:
        text = lexer.until("", splitter, keep_escapes=style.keep_escapes)
    except _SubstitutionError as error:
        msg = f"failed to process {quoted(word)}: {error}"
        raise ExpansionError(msg) from error
    return Expanded(text, splitter.end(), frozenset(lexer.matched), frozenset(lexer.unmatched))


class _SubstitutionError(Exception):
    """The reason, before the word it stands in is known."""


@dataclass(slots=True)
class _Splitter:
    """Collects words while the text is read."""

    word: str = ""
    words: list[str] = field(default_factory=list)

    def split(self, text: str) -> None:
        first, *more = _SPACES.split(text)
        self.word += first
        for piece in more:
            if self.word:
                self.words.append(self.word)
            self.word = piece

    def join(self, text: str) -> None:
        self.word += text

    def end(self) -> tuple[str, ...]:
        self.split(" ")
        return tuple(self.words)


class _Lexer:
    """One pass over one word."""

    def __init__(self, word: str, lookup: Mapping[str, str], style: Style) -> None:
        self._word = word
        self._lookup = lookup
        self._style = style
        self._at = 0
        self._keep_escapes = style.keep_escapes
        self._depth = 0
        self._brought_in = 0  # characters that variables have put into the word
        self.matched: set[str] = set()
        self.unmatched: set[str] = set()

    def until(self, stop: str, words: _Splitter, *, keep_escapes: bool) -> str:
        """Read up to `stop` ('' is the end), which is taken away."""
        before, self._keep_escapes = self._keep_escapes, keep_escapes
        try:
            return self._until(stop, words)
        finally:
            self._keep_escapes = before

    def _until(self, stop: str, words: _Splitter) -> str:
        quotes = () if self._style.plain_quotes else ("'", '"')
        run = _RUNS[stop]
        done: list[str] = []
        while char := self._peek():
            if char == stop:
                self._at += 1
                return "".join(done)
            if char == "$":
                text = self._dollar()
                words.split(text)
            elif char in quotes:
                text = self._single_quoted() if char == "'" else self._double_quoted()
                words.join(text)
            elif char == "<":
                mark = _HEREDOC_MARK.match(self._word, self._at)
                text = mark[0] if mark else char
                self._at += len(text)
                words.join(text)
            elif char == self._style.escape:
                text = self._escaped()
                words.join(text)
            else:
                plain = run.match(self._word, self._at)
                text = plain[0] if plain else char
                self._at += len(text)
                words.split(text)
            done.append(text)
        if stop:
            msg = f"unexpected end of statement while looking for matching {stop}"
            raise _SubstitutionError(msg)
        return "".join(done)

    def _peek(self) -> str:
        return self._word[self._at : self._at + 1]

    def _next(self) -> str:
        char = self._peek()
        self._at += 1
        return char

    def _at_end(self) -> bool:
        return self._at >= len(self._word)

    def _escaped(self) -> str:
        escape = self._next()
        return (escape if self._keep_escapes else "") + self._next()

    def _single_quoted(self) -> str:
        end = self._word.find("'", self._at + 1)
        if end < 0:
            self._at = len(self._word)
            msg = "unexpected end of statement while looking for matching single-quote"
            raise _SubstitutionError(msg)
        text = self._word[self._at : end + 1]
        self._at = end + 1
        return text if self._style.keep_quotes else text[1:-1]

    def _double_quoted(self) -> str:
        mark = '"' if self._style.keep_quotes else ""
        self._at += 1
        done = [mark]
        while char := self._peek():
            if char == "$":
                done.append(self._dollar())
                continue
            if plain := _RUN_IN_QUOTES.match(self._word, self._at):
                done.append(plain[0])
                self._at = plain.end()
                continue
            self._at += 1
            if char == '"':
                done.append(mark)
                return "".join(done)
            if char == self._style.escape:
                if self._keep_escapes:
                    done.append(char)
                if self._at_end():
                    break
                if self._peek() in ('"', "$", self._style.escape):
                    char = self._next()
            done.append(char)
        msg = "unexpected end of statement while looking for matching double-quote"
        raise _SubstitutionError(msg)

    def _dollar(self) -> str:
        self._at += 1
        if self._peek() != "{":
            name = self._name()
            return (self._value(name, f"${name}") or "") if name else "$"
        self._at += 1
        if self._at_end():
            msg = "syntax error: missing '}'"
            raise _SubstitutionError(msg)
        if self._peek() in "{}:":
            msg = "syntax error: bad substitution"
            raise _SubstitutionError(msg)
        name = self._name()
        modifier = self._next()
        if modifier == "}":
            return self._value(name, f"${{{name}}}") or ""
        if modifier == "/":
            return self._replaced(name)
        if modifier and modifier in "-+?#%:":
            return self._modified(name, modifier)
        raise _unsupported(modifier or _UNKNOWN)

    def _value(self, name: str, written: str) -> str | None:
        """The variable's value; None if unset, or `written` where unset ones are kept."""
        if name in self._lookup:
            self.matched.add(name)
            value = self._lookup[name]
            self._brought_in += len(value)
            if self._brought_in > MOST_CHARACTERS:
                msg = (
                    f"variables of more than {MOST_CHARACTERS} characters in a word: not simulated"
                )
                raise _SubstitutionError(msg)
            return value
        self.unmatched.add(name)
        return written if self._style.keep_unset else None

    def _name(self) -> str:
        start = self._at
        if self._peek() in _SPECIAL_NAMES and not self._peek().isdecimal():
            return self._next()
        if (usual := _ASCII_NAME.match(self._word, start)) is not None:
            self._at = usual.end()
        digits = self._word[start : start + 1].isdecimal()
        while (char := self._peek()) and (
            char.isdecimal() or (not digits and (char.isalpha() or char == "_"))
        ):
            self._at += 1
        return self._word[start : self._at]

    def _inside(self, stop: str, *, keep_escapes: bool, where: str = "") -> str:
        """The word after a modifier; running out of text there is an unclosed brace."""
        if self._depth == _DEEPEST:
            msg = f"more than {_DEEPEST} ${{}} inside each other: not simulated"
            raise _SubstitutionError(msg)
        self._depth += 1
        try:
            return self.until(stop, _Splitter(), keep_escapes=keep_escapes)
        except _SubstitutionError as error:
            if self._at_end():
                msg = f"syntax error: missing '{stop}'{where}"
                raise _SubstitutionError(msg) from error
            raise
        finally:
            self._depth -= 1

    def _modified(self, name: str, modifier: str) -> str:
        empty_counts = modifier == ":"
        if empty_counts:
            modifier = self._next() or _UNKNOWN
            if modifier in "#%":
                raise _unsupported(modifier=f":{modifier}")
        shown = f":{modifier}" if empty_counts else modifier
        word = self._inside("}", keep_escapes=modifier in "#%")
        value = self._value(name, "")
        if self._style.keep_unset and name in self.unmatched:
            return f"${{{name}{shown}{word}}}"
        if modifier in "#%":
            return _trimmed(value or "", modifier, word)
        missing = value is None or (empty_counts and not value)
        if modifier == "-":
            return word if missing else value or ""
        if modifier == "+":
            return "" if missing else word
        if modifier != "?":
            raise _unsupported(shown)
        if missing:
            why = "unset" if value is None else "empty"
            msg = f"{name}: {word or f'is not allowed to be {why}'}"
            raise _SubstitutionError(msg)
        return value or ""

    def _replaced(self, name: str) -> str:
        everywhere = self._peek() == "/"
        self._at += everywhere
        pattern = self._inside("/", keep_escapes=True, where=" in ${}")
        replacement = self._inside("}", keep_escapes=True)
        value = self._value(name, "")
        if self._style.keep_unset and name in self.unmatched:
            return f"${{{name}/{pattern}/{replacement}}}"
        replace = globs.all_replaced if everywhere else globs.replaced
        try:
            return replace(value or "", pattern, replacement)
        except globs.BadPatternError as error:
            raise _SubstitutionError(str(error)) from error


def _trimmed(value: str, modifier: str, pattern: str) -> str:
    longest = pattern.startswith(modifier)
    trim = globs.without_prefix if modifier == "#" else globs.without_suffix
    try:
        return trim(value, pattern[longest:], longest=longest)
    except globs.BadPatternError as error:
        raise _SubstitutionError(str(error)) from error


def _unsupported(modifier: str) -> _SubstitutionError:
    return _SubstitutionError(f"unsupported modifier ({modifier}) in substitution")
