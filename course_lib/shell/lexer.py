"""From characters to tokens: words made of parts, operators, line ends.

The lexer works on one string and a position, so that the parser can look ahead for the body of
a here-document and go on inside `$( )`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Literal as OneOf

from course_lib.shell.dollarquote import unescape
from course_lib.shell.grammar import (
    Arithmetic,
    CommandSubstitution,
    DoubleQuoted,
    Literal,
    Parameter,
    Part,
    Script,
    Word,
)
from course_lib.shell.scripterrors import NotSimulatedError, ScriptSyntaxError
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.dialect import Dialect

_PLAIN = re.compile(r"""[^\s'"\\$`|&;<>()#]+""")
_BLANK = re.compile(r"(?:[ \t]|\\\n)+")
_COMMENT = re.compile(r"#[^\n]*")
_OPERATOR = re.compile(r"&&|\|\||;;|<<-|<<|>>|<&|>&|<>|>\||[|&;<>()]")
_BASH_OPERATOR = re.compile(r"&>>|&>|<<<|\|&|;;&|;&|")
_IO_NUMBER = re.compile(r"[0-9]+(?=[<>])")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SPECIAL = "@*#?-$!"
_QUOTED_PLAIN = re.compile(r'[^"\\$`]+')
_DOCUMENT_PLAIN = re.compile(r"[^\\$`]+")
_LENGTH = re.compile(r"#(?:[A-Za-z0-9_@*!$]|[?#-]\})")  # `${#` that asks for a length
_MAX_NESTING = 40


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is "word", "operator", "number" (the fd before a redirection), "newline", "end"."""

    kind: OneOf["word", "operator", "number", "newline", "end"]
    text: str
    start: int
    end: int
    word: Word | None = None


class Lexer:
    """Reads tokens of `source`; `script` parses what stands inside `$( )` and backquotes."""

    def __init__(
        self,
        source: str,
        dialect: Dialect,
        script: Callable[[str, int, int], tuple[Script, int]],
        *,
        first_line: int = 1,
        nesting: int = 0,
    ) -> None:
        self.source = source
        self.dialect = dialect
        self._script = script
        self._first_line = first_line
        self.nesting = nesting
        self._counted = (0, first_line)  # a position, and its line
        self.jumps: dict[int, int] = {}  # end of a line -> where to go on after here-documents

    def line(self, position: int) -> int:
        """The line number of a position, as error messages count."""
        known, line = self._counted
        if position < known:
            known, line = 0, self._first_line
        line += self.source.count("\n", known, position)
        self._counted = (position, line)
        return line

    def token(self, position: int) -> Token:
        """Read the token at or after `position`."""
        source = self.source
        if match := _BLANK.match(source, position):
            position = match.end()
        if position >= len(source):
            return Token("end", "", position, position)
        char = source[position]
        if char == "#":
            match = _COMMENT.match(source, position)
            position = match.end() if match else position
            return self.token(position)
        if char == "\n":
            return Token("newline", "\n", position, self.jumps.get(position, position + 1))
        if match := self._operator(position):
            return Token("operator", match.group(), position, match.end())
        if match := _IO_NUMBER.match(source, position):
            return Token("number", match.group(), position, match.end())
        word, end = self.word(position)
        return Token("word", source[position:end], position, end, word)

    def _operator(self, position: int) -> re.Match[str] | None:
        if self.dialect.both_streams and (found := _BASH_OPERATOR.match(self.source, position)):
            text = found.group()
            if text and (text != "<<<" or self.dialect.here_strings):
                return found
        return _OPERATOR.match(self.source, position)

    def word(self, position: int, stop: str = "") -> tuple[Word, int]:
        """Read a word; with `stop` ("}" or "/}"...) blanks and operators are part of it."""
        parts: list[Part] = []
        source = self.source
        size = len(source)
        while position < size:
            char = source[position]
            if stop:
                if char in stop:
                    break
            elif char in " \t\n|&;<>()":
                break
            part, position = self._part(position, char, stop)
            if part is not None:
                _add(parts, part)
        return Word(tuple(parts)), position

    def _part(self, position: int, char: str, stop: str) -> tuple[Part | None, int]:  # noqa: PLR0911 - one return per first character
        source = self.source
        if char == "'":
            end = source.find("'", position + 1)
            if end < 0:
                raise self._unterminated(position)
            return Literal(source[position + 1 : end], quoted=True), end + 1
        if char == '"':
            return self._double_quoted(position)
        if char == "\\":
            return self._escaped(position)
        if char == "$":
            return self.dollar(position, quoted=False)
        if char == "`":
            return self._backquoted(position, quoted=False)
        if stop or (match := _PLAIN.match(source, position)) is None:
            return Literal(char), position + 1
        return Literal(match.group()), match.end()

    def _escaped(self, position: int) -> tuple[Part | None, int]:
        following = self.source[position + 1 : position + 2]
        if following == "\n":
            return None, position + 2
        if not following:
            return Literal("\\", quoted=True), position + 1
        return Literal(following, quoted=True), position + 2

    def _double_quoted(self, start: int) -> tuple[DoubleQuoted, int]:
        parts, position = self.quoted_parts(start + 1, '"')
        if position >= len(self.source):
            raise self._unterminated(start)
        return DoubleQuoted(parts), position + 1

    def quoted_parts(self, position: int, stop: str) -> tuple[tuple[Part, ...], int]:
        """Read parts as they stand between double quotes, up to a character of `stop`.

        Without `stop` this is the body of a here-document: a double quote is nothing special.
        """
        parts: list[Part] = []
        source = self.source
        plain = _QUOTED_PLAIN if stop else _DOCUMENT_PLAIN
        while position < len(source):
            char = source[position]
            if char in stop:
                break
            if char == "\\":
                following = source[position + 1 : position + 2]
                position += 2
                if following == "\n":
                    continue
                special = following and following in ('$`"\\' if stop else "$`\\") + stop
                text = following if special else "\\" + following
                _add(parts, Literal(text, quoted=True))
            elif char == "$":
                part, position = self.dollar(position, quoted=True)
                _add(parts, part)
            elif char == "`":
                part, position = self._backquoted(position, quoted=bool(stop))
                _add(parts, part)
            elif stop in ('"', "") and (match := plain.match(source, position)):
                _add(parts, Literal(match.group(), quoted=True))
                position = match.end()
            elif char == '"':
                inner, position = self._double_quoted(position)
                parts.extend(inner.parts)
            else:
                _add(parts, Literal(char, quoted=True))
                position += 1
        return tuple(parts), position

    def dollar(self, position: int, *, quoted: bool) -> tuple[Part, int]:  # noqa: PLR0911 - one return per second character
        """Read what begins with `$`."""
        source = self.source
        following = source[position + 1 : position + 2]
        if following == "(":
            if source.startswith("((", position + 1):
                found = self._arithmetic(position)
                if found is not None:
                    return found
            script, end = self._nested(position + 2)
            return CommandSubstitution(script), end
        if following == "{":
            return self._braced(position, quoted=quoted)
        if match := _NAME.match(source, position + 1):
            return Parameter(match.group()), match.end()
        if following and (following in _SPECIAL or following.isdecimal()):
            return Parameter(following), position + 2
        if following == "'" and not quoted and self.dialect.dollar_quotes:
            return unescape(source, position + 2)
        if following == '"' and not quoted and self.dialect.name == "bash":
            return self._double_quoted(position + 1)
        return Literal("$", quoted=quoted), position + 1

    def _nested(self, position: int) -> tuple[Script, int]:
        self._check_nesting(position)
        return self._script(self.source, position, self._first_line)

    def _check_nesting(self, position: int) -> None:
        if self.nesting > _MAX_NESTING:
            raise NotSimulatedError(
                Text(
                    "command substitutions nested this deeply are not simulated",
                    "没有模拟嵌套这么深的命令替换",
                ),
                self.line(position),
            )

    def _arithmetic(self, start: int) -> tuple[Part, int] | None:
        """Read `$(( ))`; None when the parentheses show that it is `$( (`."""
        depth = 0
        position = start + 3
        source = self.source
        while position < len(source):
            char = source[position]
            if char == "(":
                depth += 1
            elif char == ")":
                if depth == 0:
                    break
                depth -= 1
            elif char == "\\":
                position += 1
            position += 1
        if not source.startswith("))", position):
            return None
        inner = Lexer(
            source[:position],
            self.dialect,
            self._script,
            first_line=self._first_line,
            nesting=self.nesting,
        )
        parts, _ = inner.quoted_parts(start + 3, "\0")
        return Arithmetic(Word(parts)), position + 2

    def _braced(self, start: int, *, quoted: bool) -> tuple[Part, int]:
        source = self.source
        position = start + 2
        length = False
        indirect = False
        if _LENGTH.match(source, position):
            length = True
            position += 1
        elif (
            source.startswith("!", position)
            and self.dialect.name == "bash"
            and source[position + 1 : position + 2] != "}"
        ):
            indirect = True
            position += 1
        found = self._parameter_name(start, position)
        if found is None:
            return self._bad_substitution(start)
        name, position = found
        if source.startswith("}", position):
            operator = "length" if length else "!" if indirect else ""
            return Parameter(name, operator), position + 1
        modifier = self._modifier(position)
        if length or indirect or modifier is None:
            return self._bad_substitution(start)
        operator, position = modifier
        first_stop = "}"
        if operator == ":":
            first_stop = ":}"
        elif operator.startswith("/"):
            first_stop = "/}"
        value_like = operator.lstrip(":")[:1] in ("-", "=", "?", "+")
        word, position = self._operand(position, first_stop, quoted=quoted and value_like)
        extra = None
        if first_stop != "}" and source[position : position + 1] == first_stop[0]:
            extra, position = self._operand(position + 1, "}", quoted=False)
        if not source.startswith("}", position):
            raise ScriptSyntaxError(self.line(len(source)), "Missing '}'")
        return Parameter(name, operator, word, extra), position + 1

    def _operand(self, position: int, stop: str, *, quoted: bool) -> tuple[Word, int]:
        if quoted:
            parts, position = self.quoted_parts(position, stop)
            return Word(parts), position
        return self.word(position, stop)

    def _parameter_name(self, start: int, position: int) -> tuple[str, int] | None:
        source = self.source
        if match := re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[0-9]+").match(source, position):
            if source.startswith("[", match.end()) and self.dialect.name == "bash":
                raise NotSimulatedError(
                    Text("bash arrays are not simulated", "没有模拟 bash 数组"),
                    self.line(start),
                )
            return match.group(), match.end()
        if position < len(source) and source[position] in _SPECIAL:
            return source[position], position + 1
        return None

    def _modifier(self, position: int) -> tuple[str, int] | None:
        pattern = r":?[-=?+]|##?|%%?"
        if self.dialect.substrings:
            pattern += r"|:|//|/#|/%|/"
        if self.dialect.name == "bash":
            pattern += r"|\^\^?|,,?"
        match = re.compile(pattern).match(self.source, position)
        return None if match is None else (match.group(), match.end())

    def _bad_substitution(self, start: int) -> tuple[Part, int]:
        """Read `${` with something odd in it: an error only when it is expanded."""
        end = self.source.find("}", start)
        if end < 0:
            raise ScriptSyntaxError(self.line(len(self.source)), "Missing '}'")
        return Parameter(self.source[start + 2 : end], "bad"), end + 1

    def _backquoted(self, start: int, *, quoted: bool) -> tuple[Part, int]:
        source = self.source
        position = start + 1
        text: list[str] = []
        special = '$`\\"' if quoted else "$`\\"
        while position < len(source) and source[position] != "`":
            char = source[position]
            if char == "\\" and source[position + 1 : position + 2] in special:
                position += 1
                char = source[position : position + 1]
            text.append(char)
            position += 1
        if position >= len(source):
            raise ScriptSyntaxError(self.line(start), "EOF in backquote substitution")
        self._check_nesting(start)
        script, _ = self._script("".join(text), -1, self.line(start))
        return CommandSubstitution(script), position + 1

    def _unterminated(self, start: int) -> ScriptSyntaxError:
        del start
        return ScriptSyntaxError(self.line(len(self.source)), "Unterminated quoted string")

    def here_document(self, position: int, delimiter: str, *, strip: bool, expand: bool) -> Word:
        """Read the body of a here-document whose operator and word end at `position`."""
        while True:
            token = self.token(position)
            if token.kind == "newline":
                break
            if token.kind == "end":
                return Word(())
            position = token.end
        body: list[str] = []
        here = token.end
        source = self.source
        while here < len(source):
            end = source.find("\n", here)
            following = len(source) if end < 0 else end + 1
            text = source[here:following]
            here = following
            if strip:
                text = text.lstrip("\t")
            if text.rstrip("\n") == delimiter:
                break
            body.append(text)
        self.jumps[token.start] = here
        joined = "".join(body)
        if not expand:
            return Word((Literal(joined, quoted=True),))
        inner = Lexer(
            joined,
            self.dialect,
            self._script,
            first_line=self.line(token.end),
            nesting=self.nesting,
        )
        return Word(inner.quoted_parts(0, "")[0])


def _add(parts: list[Part], part: Part) -> None:
    """Append a part, joining it with a literal of the same kind before it."""
    if parts and isinstance(part, Literal):
        before = parts[-1]
        if isinstance(before, Literal) and before.quoted == part.quoted and part.text:
            parts[-1] = Literal(before.text + part.text, part.quoted)
            return
    parts.append(part)
