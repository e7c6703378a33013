"""An awk program as tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass

from course_lib.shell.awk.errors import AwkSyntaxError

KEYWORDS = frozenset(
    {"BEGIN", "END", "function", "func", "if", "else", "while", "for", "do", "break", "continue",
     "next", "nextfile", "exit", "return", "delete", "in", "getline", "print", "printf"},
)  # fmt: skip
BUILTINS = frozenset(
    {"length", "substr", "index", "split", "sub", "gsub", "match", "sprintf", "sin", "cos", "atan2",
     "exp", "log", "sqrt", "int", "rand", "srand", "tolower", "toupper", "system", "close", "fflush",
     "systime", "strftime"},
)  # fmt: skip
_TOKEN = re.compile(
    r"""(?P<blank>(?:[ \t\r]|\\\r?\n)+|\#[^\n]*)
    |(?P<newline>\n)
    |(?P<number>0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)
    |(?P<name>[A-Za-z_]\w*)
    |(?P<string>"(?:[^"\\\n]|\\.|\\\n)*")
    |(?P<mark>\+\+|--|\+=|-=|\*\*=|\*=|/=|%=|\^=|==|<=|>=|!=|!~|&&|\|\||>>|\*\*|[-+*/%^!<>|?:~$=(){}\[\],;])""",
    re.VERBOSE | re.DOTALL,
)
_REGEX = re.compile(r"/((?:[^/\\\n\[]|\\.|\[\^?\]?(?:\[:[a-z]+:\]|[^]\n\\]|\\.)*\]|\[)*)/")
_ESCAPE = re.compile(r"\\(\n|[0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", '"': '"', "/": "/", "a": "\a", "b": "\b",
            "f": "\f", "v": "\v", "\n": ""}  # fmt: skip
_ENDS_OPERAND = frozenset({"name", "number", "string", "builtin"})


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is name, call (a name with `(` right after it), number, string, regex, builtin or end.

    Keywords and marks are kinds of their own: `kind == text`.
    """

    kind: str
    text: str
    line: int


def unescaped(text: str) -> str:
    r"""Read the escapes of a string: `\n`, `\101`; a backslash before any other letter stays."""
    return _ESCAPE.sub(_letter, text)


def _letter(match: re.Match[str]) -> str:
    code = match[1]
    if code[0] in "01234567":
        return chr(int(code, 8) & 0xFF)
    return _LETTERS.get(code, "\\" + code)


def tokens(source: str) -> list[Token]:
    """Split a program.

    Raises:
        AwkSyntaxError: at a character that no token begins with.

    """
    found: list[Token] = []
    position, line = 0, 1
    while position < len(source):
        if source[position] == "/" and _operand_expected(found):
            match = _REGEX.match(source, position)
            if match is None:
                raise AwkSyntaxError(line, "/")
            found.append(Token("regex", match[1].replace("\\/", "/"), line))
            position = match.end()
            continue
        match = _TOKEN.match(source, position)
        if match is None:
            raise AwkSyntaxError(line, source[position])
        text = match.group()
        kind = match.lastgroup or ""
        position = match.end()
        if kind != "blank":
            found.append(_token(kind, text, line, source[position : position + 1]))
        line += text.count("\n")
    found.append(Token("end", "", line))
    return found


def _token(kind: str, text: str, line: int, after: str) -> Token:  # noqa: PLR0911 - one for each kind
    if kind == "newline":
        return Token("newline", "\n", line)
    if kind == "string":
        return Token("string", unescaped(text[1:-1]), line)
    if kind == "mark":
        text = {"**": "^", "**=": "^="}.get(text, text)
        return Token(text, text, line)
    if kind == "name":
        if text in KEYWORDS:
            return Token("function" if text == "func" else text, text, line)
        if text in BUILTINS:
            return Token("builtin", text, line)
        return Token("call" if after == "(" else "name", text, line)
    return Token(kind, text, line)


def _operand_expected(found: list[Token]) -> bool:
    """Whether a `/` begins a regex here and is no division."""
    if not found:
        return True
    last = found[-1].kind
    return last not in _ENDS_OPERAND and last not in {")", "]", "$", "++", "--"}
