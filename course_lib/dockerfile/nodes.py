"""A file as nodes: each instruction with its word, flags and arguments, its lines and heredocs.

This is the first half of reading, BuildKit's `parser` package: it knows how the text of each
instruction is split, and not yet what the instruction wants.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypedDict

from course_lib.dockerfile.commandline import (
    blank_separated,
    first_word,
    name_and_rest,
    quoted_words,
    split_command,
)
from course_lib.dockerfile.directives import (
    DirectiveReader,
    escape_of,
    find_directive,
    find_syntax,
)
from course_lib.dockerfile.errors import DockerfileError
from course_lib.dockerfile.gotext import SPACE, quoted
from course_lib.dockerfile.heredocs import ends, heredocs_of_line
from course_lib.dockerfile.instructions import Directive, Heredoc, Span
from course_lib.dockerfile.jsonform import json_strings
from course_lib.dockerfile.lines import Lines, before_continuation
from course_lib.dockerfile.words import ExpansionError
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

_WITH_HEREDOCS = frozenset({"run", "copy", "add"})
_BOM = "\ufeff"
_NOWHERE = Span(0, 0)


class Place(TypedDict):
    """What each instruction is told of where it stands."""

    span: Span
    source: str
    comments: tuple[str, ...]
    onbuild: bool


@dataclass(frozen=True, slots=True)
class Node:
    """An instruction before its rules are known; `word` is as typed.

    `line` is the joined text, `trigger` the instruction inside ONBUILD. An ENV or LABEL has three
    arguments for each pair: name, value and `=`, which is '' in the older form.
    """

    word: str
    arguments: tuple[str, ...]
    flags: tuple[str, ...]
    line: str
    json: bool = False
    trigger: Node | None = None
    heredocs: tuple[Heredoc, ...] = ()
    span: Span = _NOWHERE
    source: str = ""
    comments: tuple[str, ...] = ()
    onbuild: bool = False
    skipped_blanks: bool = False

    @property
    def place(self) -> Place:
        """The part of a node that an instruction keeps as it is."""
        return {
            "span": self.span,
            "source": self.source,
            "comments": self.comments,
            "onbuild": self.onbuild,
        }


@dataclass(frozen=True, slots=True)
class NodeTree:
    """A whole file: its nodes, and the pieces that make up its text again."""

    nodes: tuple[Node, ...]
    pieces: tuple[str, ...]
    directives: tuple[Directive, ...]
    escape: str


def read_nodes(text: str) -> NodeTree:
    """Read a file.

    Raises:
        DockerfileError: directives, ENV and LABEL, JSON arrays or heredocs that are wrong; a file
            without instructions.

    """
    reader = _Reader(text)
    while reader.read_one():
        pass
    if not reader.nodes:
        last = reader.lines.number
        raise DockerfileError(
            message="file with no instructions",
            span=Span(last, last) if last else None,
            help=Text(
                "Begin with FROM and the name of an image, for example FROM alpine.",
                "请以 FROM 和镜像名开头，例如 FROM alpine。",
            ),
        )
    return NodeTree(
        tuple(reader.nodes),
        tuple(reader.pieces),
        _with_others(reader.directives, text),
        reader.escape,
    )


class _Reader:
    """One pass over the lines of a file."""

    def __init__(self, text: str) -> None:
        body = text.removeprefix(_BOM)
        self.lines = Lines(body)
        self.escape = "\\"
        self.nodes: list[Node] = []
        self.pieces = [_BOM] if body != text else []
        self.directives: list[Directive] = []
        self._directive_reader = DirectiveReader()
        self._comments: list[str] = []

    def read_one(self) -> bool:
        """Read one instruction, comment or blank line; False after the last."""
        raw = self.lines.next()
        if raw is None:
            return False
        line = raw.rstrip("\r\n").lstrip(SPACE)
        if not line or line.startswith("#"):
            self.pieces.append(raw)
            if not self._is_directive(line):
                self._comment(line)
            return True
        self._directive_reader.done = True
        start = self.lines.number
        line, skipped_blanks = self._joined(line)
        try:
            node = node_of_line(line, self.escape)
            node = replace(node, heredocs=self._heredocs(node))
        except DockerfileError as error:
            raise error.at(error.span or Span(start, self.lines.number)) from error
        source = self.lines.text(start, self.lines.number)
        self.pieces.append(source)
        self.nodes.append(
            replace(
                node,
                span=Span(start, self.lines.number),
                source=source,
                comments=tuple(self._comments),
                skipped_blanks=skipped_blanks,
            )
        )
        self._comments = []
        return True

    def _is_directive(self, line: str) -> bool:
        """Keep what a line at the top of the file asks for; False for another comment."""
        directive = self._directive_reader.read(line, self.lines.number)
        if directive is None:
            return False
        self.directives.append(directive)
        if directive.name == "escape":
            self.escape = escape_of(directive)
        return True

    def _comment(self, line: str) -> None:
        if not line:
            return
        comment = line[1:].strip(SPACE)
        if comment:
            self._comments.append(comment)
        else:
            self._comments = []

    def _joined(self, line: str) -> tuple[str, bool]:
        """The line with those that continue it, and whether blank ones stood between."""
        parts: list[str] = []
        skipped_blanks = False
        while (begun := before_continuation(line, self.escape)) is not None:
            parts.append(begun)
            while (raw := self.lines.next()) is not None:
                line = raw.rstrip("\r\n")
                bare = line.lstrip(SPACE)
                if bare and not bare.startswith("#"):
                    break
                skipped_blanks = skipped_blanks or not bare
            else:
                return "".join(parts), skipped_blanks
        parts.append(line)
        return "".join(parts), skipped_blanks

    def _heredocs(self, node: Node) -> tuple[Heredoc, ...]:
        if "<<" not in node.line or not _may_have_heredocs(node):
            return ()
        try:
            wanted = heredocs_of_line(node.line)
        except ExpansionError as error:
            raise DockerfileError(
                str(error),
                help=Text(
                    "The name after << has a quote that is not closed.",
                    "<< 后面的名字有没闭合的引号。",
                ),
            ) from error
        return tuple(self._filled(document) for document in wanted)

    def _filled(self, document: Heredoc) -> Heredoc:
        body: list[str] = []
        while (raw := self.lines.next()) is not None:
            if ends(raw, document):
                return replace(document, content="".join(body))
            body.append(raw)
        raise DockerfileError(
            message="unterminated heredoc",
            help=Text(
                f"Below the text, write a line with {document.name} alone, without blanks before it.",
                f"请在正文下面单独写一行 {document.name}，前面不要有空格。",
            ),
        )


def _with_others(found: list[Directive], text: str) -> tuple[Directive, ...]:
    """Add what BuildKit also finds below a `#!` line, and other ways to write `syntax`."""
    names = {directive.name for directive in found}
    others = (
        None if "syntax" in names else find_syntax(text),
        None if "check" in names else find_directive("check", text),
    )
    return (*found, *(directive for directive in others if directive is not None))


def _may_have_heredocs(node: Node) -> bool:
    inner = node.trigger or node
    return inner.word.lower() in _WITH_HEREDOCS and not inner.json


def node_of_line(line: str, escape: str) -> Node:
    """A joined line as a node, without its place and heredocs."""
    word, flags, rest = split_command(line)
    return _SPLITTERS.get(word.lower(), _ignored)(Node(word, (), flags, line), rest, escape)


def _ignored(node: Node, rest: str, escape: str) -> Node:
    """Nobody knows this instruction; the error comes when instructions are made."""
    del rest, escape
    return node


def _whole(node: Node, rest: str, escape: str) -> Node:
    del escape
    return replace(node, arguments=(rest,)) if rest else node


def _blank_separated(node: Node, rest: str, escape: str) -> Node:
    del escape
    return replace(node, arguments=blank_separated(rest))


def _quoted_words(node: Node, rest: str, escape: str) -> Node:
    return replace(node, arguments=quoted_words(rest, escape))


def _json_or_whole(node: Node, rest: str, escape: str) -> Node:
    strings = json_strings(rest)
    if strings is None:
        return _whole(node, rest, escape)
    return replace(node, arguments=strings, json=True)


def _json_or_words(node: Node, rest: str, escape: str) -> Node:
    strings = json_strings(rest)
    if strings is None:
        return _blank_separated(node, rest, escape)
    return replace(node, arguments=strings, json=True)


def _type_and_command(node: Node, rest: str, escape: str) -> Node:
    """HEALTHCHECK: its type, then JSON or text."""
    kind, command = first_word(rest)
    if not kind:
        return node
    read = _json_or_whole(node, command, escape)
    return replace(read, arguments=(kind, *read.arguments))


def _pairs(node: Node, rest: str, escape: str) -> Node:
    """ENV and LABEL: `name=value ...`, or `name the rest` when the first word has no `=`."""
    words = quoted_words(rest, escape)
    if not words:
        return node
    name = node.word.upper()
    if "=" not in words[0]:
        parts = name_and_rest(rest)
        if len(parts) == 1:
            raise DockerfileError(
                message=f"{name} must have two arguments",
                help=Text(
                    f"Write {name} {words[0]}=value.", f"请写成 {name} {words[0]}=值 的形式。"
                ),
            )
        return replace(node, arguments=(*parts, ""))
    arguments: list[str] = []
    for word in words:
        key, equals, value = word.partition("=")
        if not equals:
            raise DockerfileError(
                message=f"Syntax error - can't find = in {quoted(word)}. Must be of the form: name=value",
                help=Text(
                    "Each word needs its =. Put a value with blanks into double quotes.",
                    "每个词都要有 =。值里有空格时，请用双引号括起来。",
                ),
            )
        arguments += (key, value, "=")
    return replace(node, arguments=tuple(arguments))


def _triggering(node: Node, rest: str, escape: str) -> Node:
    return replace(node, trigger=node_of_line(rest, escape)) if rest else node


_SPLITTERS: dict[str, Callable[[Node, str, str], Node]] = {
    "add": _json_or_words,
    "arg": _quoted_words,
    "cmd": _json_or_whole,
    "copy": _json_or_words,
    "entrypoint": _json_or_whole,
    "env": _pairs,
    "expose": _blank_separated,
    "from": _blank_separated,
    "healthcheck": _type_and_command,
    "label": _pairs,
    "maintainer": _whole,
    "onbuild": _triggering,
    "run": _json_or_whole,
    "shell": _json_or_whole,
    "stopsignal": _whole,
    "user": _whole,
    "volume": _json_or_words,
    "workdir": _whole,
}
KNOWN = tuple(word.upper() for word in _SPLITTERS)
