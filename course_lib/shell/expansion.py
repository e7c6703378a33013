"""Expansion of words: parameters, commands, arithmetic, then fields, then file names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.arithmetic import ArithmeticSyntaxError, evaluate
from course_lib.shell.braces import expand_braces
from course_lib.shell.fields import BREAK, EXPANDED, PLAIN, QUOTED, Piece, split
from course_lib.shell.grammar import (
    Arithmetic,
    CommandSubstitution,
    DoubleQuoted,
    Literal,
    Parameter,
    Part,
    Word,
)
from course_lib.shell.modifiers import modified
from course_lib.shell.patterns import Pieces, file_names, has_magic
from course_lib.shell.task import encoded
from course_lib.shell.users import accounts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from course_lib.shell.interpreter import Interpreter


_FIELD = 64  # what a field costs beside its text
_FIELDS_IN_A_STEP = 3
_WORK_IN_A_STEP = 20_000


class ExpansionError(Exception):
    """An expansion that ends a non-interactive shell: `x: parameter not set`."""


class Expander:
    """Expands words for one interpreter."""

    def __init__(self, shell: Interpreter) -> None:
        self._shell = shell

    def fields(self, words: Sequence[Word]) -> list[str]:
        """Expand words to the arguments of a command."""
        found: list[str] = []
        braces = self._shell.dialect.braces
        for word in words:
            plain = word.plain
            if plain is not None and (plain == "[" or _SPECIAL.isdisjoint(plain)):
                found.append(plain)
                continue
            for one in expand_braces(word) if braces else (word,):
                found.extend(self._word_fields(one))
        self._shell.meter.step(len(found) // _FIELDS_IN_A_STEP)
        return found

    def _word_fields(self, word: Word) -> Iterator[str]:
        pieces = list(self._pieces(word.parts, tilde=True))
        ifs = self._shell.variables.get("IFS")
        for field in split(pieces, " \t\n" if ifs is None else ifs):
            text = "".join(piece for piece, _ in field)
            self._shell.meter.memory(len(text) + _FIELD)
            if has_magic(field) and not self._shell.options.noglob:
                names = file_names(tuple(field), self._shell.task.files)
                if names:
                    yield from names
                    continue
            yield text

    def charge(self, work: int) -> None:
        """Count steps for work on the characters of a value."""
        self._shell.meter.step(work // _WORK_IN_A_STEP)

    def claim(self, size: int) -> None:
        """Count the characters of a text before it is made."""
        self._shell.meter.memory(size)

    def text(self, word: Word, *, assignment: bool = False) -> str:
        """Expand to one string, without splitting and file names."""
        plain = word.plain
        if plain is not None and "~" not in plain:
            return plain
        pieces = self._pieces(word.parts, tilde=True, assignment=assignment)
        text = "".join(" " if piece is BREAK else piece[0] for piece in pieces)
        self._shell.meter.memory(len(text))
        return text

    def document(self, word: Word) -> str:
        """Expand the body of a here-document."""
        pieces = self._pieces(word.parts, quoted=True)
        return "".join(" " if piece is BREAK else piece[0] for piece in pieces)

    def pattern(self, word: Word) -> Pieces:
        """Expand to a pattern, in which quoted text stands for itself."""
        pieces = self._pieces(word.parts, tilde=True)
        return tuple((piece[0], piece[1] == QUOTED) for piece in pieces if piece is not BREAK)

    # -- pieces -----------------------------------------------------------------------------

    def _pieces(
        self,
        parts: Sequence[Part],
        *,
        quoted: bool = False,
        inner: bool = False,
        tilde: bool = False,
        assignment: bool = False,
    ) -> Iterator[Piece]:
        """Expand parts; `inner` ones stand in `${x-word}`, whose text is split like a value."""
        for number, part in enumerate(parts):
            if isinstance(part, Literal):
                text = part.text
                if tilde and not part.quoted and "~" in text:
                    alone = len(parts) == number + 1
                    text = self._tildes(text, first=number == 0, assignment=assignment, alone=alone)
                kind = QUOTED if quoted or part.quoted else EXPANDED if inner else PLAIN
                yield (text, kind)
            elif isinstance(part, DoubleQuoted):
                if not part.parts or not all(map(self._vanishes, part.parts)):
                    yield ("", QUOTED)
                yield from self._pieces(part.parts, quoted=True)
            elif isinstance(part, Parameter):
                yield from self._parameter(part, quoted=quoted)
            elif isinstance(part, CommandSubstitution):
                yield (self._shell.substitute(part.script), QUOTED if quoted else EXPANDED)
            else:
                yield (str(self.arithmetic(part)), QUOTED if quoted else EXPANDED)

    def _vanishes(self, part: Part) -> bool:
        return isinstance(part, Parameter) and part.name == "@" and not self._shell.parameters

    def _tildes(self, text: str, *, first: bool, assignment: bool, alone: bool) -> str:
        pieces = text.split(":") if assignment else [text]
        for number, piece in enumerate(pieces):
            if piece.startswith("~") and (first or number > 0):
                name, slash, rest = piece[1:].partition("/")
                complete = slash or number < len(pieces) - 1 or alone
                home = self._home(name) if complete else None
                if home is not None:
                    pieces[number] = home + slash + rest
        return ":".join(pieces)

    def _home(self, name: str) -> str | None:
        if not name:
            return self._shell.variables.get("HOME")
        for account in accounts(self._shell.task.machine.fs):
            if account.name == name:
                return account.home
        return None

    def arithmetic(self, part: Arithmetic) -> int:
        """Evaluate `$(( ))`."""
        expression = "".join(
            " " if piece is BREAK else piece[0]
            for piece in self._pieces(part.expression.parts, quoted=True)
        )
        try:
            return evaluate(
                expression,
                self._shell.state,
                extended=self._shell.dialect.name != "dash",
            )
        except ArithmeticSyntaxError as error:
            raise ExpansionError(self._arithmetic_words(str(error), expression)) from error

    def _arithmetic_words(self, message: str, expression: str) -> str:
        dialect = self._shell.dialect.name
        if dialect == "busybox":
            return "divide by zero" if message == "division by zero" else "arithmetic syntax error"
        if dialect == "bash":
            if message == "division by zero":
                return f'{expression}: division by 0 (error token is "0")'
            return f"{expression}: syntax error in expression"
        if message.startswith("Illegal number"):
            return message
        return f'arithmetic expression: {message}: "{expression}"'

    # -- parameters -------------------------------------------------------------------------

    def _parameter(self, part: Parameter, *, quoted: bool) -> Iterator[Piece]:
        name, operator = part.name, part.operator
        if operator == "bad":
            raise ExpansionError(
                "syntax error: bad substitution"
                if self._shell.dialect.name == "busybox"
                else "Bad substitution",
            )
        if operator == "!":
            part = Parameter(self._shell.state.value(name))
            name, operator = part.name, ""
        if operator.lstrip(":")[:1] in {"-", "=", "?", "+"} and operator:
            yield from self._conditional(part, quoted=quoted)
            return
        kind = QUOTED if quoted else EXPANDED
        if name in {"@", "*"} and operator != "length":
            yield from self._all_parameters(part, quoted=quoted)
            return
        value = self._shell.parameter(name)
        if value is None:
            if self._shell.options.nounset and name not in {"@", "*"}:
                raise ExpansionError(self._unset(name))
            value = ""
        if operator == "length":
            if name in {"@", "*"}:
                yield (str(len(self._shell.parameters)), kind)
            else:
                yield (str(len(encoded(value))), kind)
            return
        if operator:
            value = modified(value, operator, part, self)
        yield (value, kind)

    def _unset(self, name: str) -> str:
        words = "unbound variable" if self._shell.dialect.name == "bash" else "parameter not set"
        return f"{name}: {words}"

    def _all_parameters(self, part: Parameter, *, quoted: bool) -> Iterator[Piece]:
        values = self._shell.parameters
        if part.operator == ":" and part.word is not None:
            values = self._slice(values, part)
        elif part.operator:
            values = [modified(value, part.operator, part, self) for value in values]
        if quoted and part.name == "*":
            ifs = self._shell.variables.get("IFS")
            yield ((" " if ifs is None else ifs[:1]).join(values), QUOTED)
            return
        kind = QUOTED if quoted else EXPANDED
        for number, value in enumerate(values):
            if number:
                yield BREAK
            yield (value, kind)

    def _slice(self, values: list[str], part: Parameter) -> list[str]:
        whole = [self._shell.parameter("0") or "", *values]
        start = self.number(part.word)
        if start < 0:
            start += len(whole)
        if part.extra is None:
            return whole[start:]
        return whole[start : start + self.number(part.extra)]

    def number(self, word: Word | None) -> int:
        """Evaluate a word as an arithmetic expression; 0 without a word."""
        return self.arithmetic(Arithmetic(word)) if word is not None else 0

    def _conditional(self, part: Parameter, *, quoted: bool) -> Iterator[Piece]:
        name, operator = part.name, part.operator
        word = part.word or Word(())
        if name in {"@", "*"}:
            value = " ".join(self._shell.parameters) if self._shell.parameters else None
        else:
            value = self._shell.parameter(name)
        missing = value is None or (operator[0] == ":" and value == "")
        action = operator[-1]
        if action == "+":
            if not missing:
                yield from self._pieces(word.parts, quoted=quoted, inner=True, tilde=True)
            return
        if not missing:
            yield from self._parameter(Parameter(name), quoted=quoted)
        elif action == "-":
            yield from self._pieces(word.parts, quoted=quoted, inner=True, tilde=True)
        elif action == "=":
            text = self.text(word)
            if not (name[0].isalpha() or name[0] == "_"):
                msg = f"{name}: bad variable name"
                raise ExpansionError(msg)
            self._shell.state.assign(name, text)
            yield (text, QUOTED if quoted else EXPANDED)
        else:
            bare = "parameter not set" + (" or null" if operator[0] == ":" else "")
            if self._shell.dialect.name == "bash":
                bare = "parameter null or not set" if operator[0] == ":" else "parameter not set"
            elif self._shell.dialect.name == "busybox":
                bare = "parameter not set or null" if operator[0] == ":" else "parameter not set"
            msg = f"{name}: {self.text(word) or bare}"
            raise ExpansionError(msg)


_SPECIAL = frozenset("*?[~{\\")
