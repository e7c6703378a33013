"""`--format`: the part of Go's text/template that people use with docker, read into a tree.

`{{.Config.Cmd}}`, `{{json .}}`, `{{range .Config.Env}}{{println .}}{{end}}`, `{{if}}`, `{{with}}`,
`{{range $k, $v := .Labels}}`, `{{$x := 1}}`, pipelines, parentheses, `{{- trim -}}`, comments.
`goeval.py` gives the tree its meaning.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Value: TypeAlias = "str | int | float | bool | Sequence[Value] | Mapping[str, Value] | None"

_TOKEN = re.compile(
    r'(?P<string>"(?:[^"\\]|\\.)*"|`[^`]*`)|(?P<number>-?[0-9]{1,18}(?![0-9]))|(?P<variable>\$\w*)'
    r"|(?P<field>(?:\.\w+)+|\.)|(?P<word>[A-Za-z_]\w*)|(?P<mark>:=|[|(),=])|(?P<blank>\s+)"
)
_CONSTANTS: Mapping[str, Value] = {"true": True, "false": False, "nil": None}


class TemplateError(Exception):
    """Go's words: `template: :1: unclosed action`."""


@dataclass(frozen=True, slots=True)
class Literal:
    """Text outside of the braces."""

    text: str


@dataclass(frozen=True, slots=True)
class Constant:
    """`"text"`, `3`, `true`, `nil`."""

    value: Value


@dataclass(frozen=True, slots=True)
class Field:
    """`.A.B`, `$x.A`, `(…).A`; an empty path is the value itself. `source` is as written."""

    path: tuple[str, ...]
    of: Variable | Pipeline | None = None
    source: str = "."


@dataclass(frozen=True, slots=True)
class Variable:
    """`$name`; `$` is the value that the whole template was given."""

    name: str


@dataclass(frozen=True, slots=True)
class Function:
    """`json`, `println`, ..."""

    name: str


@dataclass(frozen=True, slots=True)
class Pipeline:
    """`json .X | printf "%s"`: each command is a list of terms."""

    commands: tuple[tuple[Term, ...], ...]
    names: tuple[str, ...] = ()  # the variables before `:=`


Term: TypeAlias = "Constant | Field | Variable | Function | Pipeline"


@dataclass(frozen=True, slots=True)
class Block:
    """`{{if P}} body {{else}} otherwise {{end}}`; word is if, with or range."""

    word: str
    pipeline: Pipeline
    body: tuple[Node, ...]
    otherwise: tuple[Node, ...]


Node: TypeAlias = "Literal | Pipeline | Block"


def parse_template(source: str) -> tuple[Node, ...]:
    """Read a template.

    Raises:
        TemplateError: in Go's words.

    """
    return _Parser(source).document()


def _fail(message: str) -> NoReturn:
    msg = f"template: :1: {message}"
    raise TemplateError(msg)


def _pieces(source: str) -> list[Literal | str]:
    """Literals, and the text of each action."""
    pieces: list[Literal | str] = []
    at = 0
    trim = False
    while (start := source.find("{{", at)) >= 0:
        end = _end_of_action(source, start + 2)
        text, action = source[at:start], source[start + 2 : end]
        text = text.lstrip() if trim else text
        if action.startswith("- "):
            text, action = text.rstrip(), action[2:]
        trim = action.endswith(" -")
        pieces += [Literal(text), (action[:-2] if trim else action).strip()]
        at = end + 2
    rest = source[at:]
    return [*pieces, Literal(rest.lstrip() if trim else rest)]


def _end_of_action(source: str, at: int) -> int:
    quote = ""
    while at < len(source):
        char = source[at]
        if quote:
            if char == "\\" and quote == '"':
                at += 1
            elif char == quote:
                quote = ""
        elif char in '"`':
            quote = char
        elif source.startswith("}}", at):
            return at
        at += 1
    _fail("unterminated quoted string" if quote else "unclosed action")


class _Parser:
    def __init__(self, source: str) -> None:
        self._pieces = _pieces(source)
        self._at = 0

    def document(self) -> tuple[Node, ...]:
        nodes, stop = self._nodes()
        if stop:
            _fail(f"unexpected {{{{{stop}}}}}")
        return nodes

    def _nodes(self) -> tuple[tuple[Node, ...], str]:
        nodes: list[Node] = []
        while self._at < len(self._pieces):
            piece = self._pieces[self._at]
            self._at += 1
            if isinstance(piece, Literal):
                nodes += [piece] if piece.text else []
                continue
            word, _, rest = piece.partition(" ")
            if word in ("end", "else"):
                return tuple(nodes), piece
            if piece.startswith("/*"):
                continue
            nodes.append(
                self._block(word, rest)
                if word in ("if", "with", "range")
                else _Terms(piece).pipeline()
            )
        return tuple(nodes), ""

    def _block(self, word: str, rest: str) -> Block:
        pipeline = _Terms(rest).pipeline()
        body, stop = self._nodes()
        otherwise: tuple[Node, ...] = ()
        if stop.startswith("else if "):
            return Block(word, pipeline, body, (self._block("if", stop[len("else if ") :]),))
        if stop == "else":
            otherwise, stop = self._nodes()
        if stop != "end":
            _fail("unexpected EOF")
        return Block(word, pipeline, body, otherwise)


class _Terms:
    """The words between the braces."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0
        if not self._tokens:
            _fail("missing value for command")

    def pipeline(self) -> Pipeline:
        pipeline = self._pipeline()
        if self._at < len(self._tokens):
            _fail(f"unexpected {self._tokens[self._at][1]!r} in operand".replace("'", '"'))
        return pipeline

    def _pipeline(self) -> Pipeline:
        names = self._names()
        commands: list[tuple[Term, ...]] = []
        while True:
            terms: list[Term] = []
            while self._at < len(self._tokens) and self._tokens[self._at][1] not in ("|", ")"):
                terms.append(self._term())
            if not terms:
                _fail("missing value for command")
            commands.append(tuple(terms))
            if self._at < len(self._tokens) and self._tokens[self._at][1] == "|":
                self._at += 1
                continue
            return Pipeline(tuple(commands), names)

    def _names(self) -> tuple[str, ...]:
        texts = [text for _, text in self._tokens[self._at : self._at + 4]]
        if texts[1:2] == [":="]:
            self._at += 2
            return (texts[0],)
        if texts[1:2] == [","] and texts[3:4] == [":="]:
            self._at += 4
            return (texts[0], texts[2])
        return ()

    def _term(self) -> Term:
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "string":
            return Constant(text[1:-1] if text[0] == "`" else str(json.loads(text)))
        if kind == "number":
            return Constant(int(text))
        if kind == "field":
            return Field(_path(text), source=text)
        if kind == "variable":
            return self._with_fields(Variable(text), text)
        if kind == "word":
            return Constant(_CONSTANTS[text]) if text in _CONSTANTS else Function(text)
        if text == "(":
            inner = self._pipeline()
            if self._at >= len(self._tokens):
                _fail("unclosed left paren")
            self._at += 1
            return self._with_fields(inner, "(...)")
        _fail(f'unexpected "{text}" in command')

    def _with_fields(self, base: Variable | Pipeline, source: str) -> Term:
        if self._at < len(self._tokens) and self._tokens[self._at][0] == "field":
            text = self._tokens[self._at][1]
            self._at += 1
            return Field(_path(text), base, source + text)
        return base


def _path(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(".") if part)


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    at = 0
    glued = False
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            _fail(f'unexpected "{text[at]}" in operand')
        at = match.end()
        kind = str(match.lastgroup)
        if kind == "blank":
            glued = False
            continue
        after_value = glued and tokens and (tokens[-1][0] == "variable" or tokens[-1][1] == ")")
        if kind == "field" and tokens and not after_value and glued and tokens[-1][1] != "(":
            _fail(f"bad character U+002E {match.group()!r}".replace("'", ""))
        tokens.append((kind, match.group()))
        glued = True
    return tokens
