"""A file as nodes: each instruction with its word, flags and arguments, its lines and heredocs.

This is the first half of reading, BuildKit's `parser` package: what the instructions want comes
in `readers`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypedDict

from course_lib.dockerfile.directives import (
    DirectiveReader,
    escape_of,
    find_directive,
    find_syntax,
)
from course_lib.dockerfile.errors import DockerfileError
from course_lib.dockerfile.gotext import SPACE
from course_lib.dockerfile.heredocs import ends, heredocs_of_line
from course_lib.dockerfile.instructions import Directive, Heredoc, Span
from course_lib.dockerfile.lines import Lines, before_continuation
from course_lib.dockerfile.splitting import Command, read_command
from course_lib.dockerfile.words import ExpansionError
from course_lib.text import Text

_BOM = "\ufeff"


class Place(TypedDict):
    """What each instruction is told of where it stands."""

    span: Span
    source: str
    comments: tuple[str, ...]
    onbuild: bool


@dataclass(frozen=True, slots=True)
class Node:
    """An instruction before its rules are known."""

    command: Command
    heredocs: tuple[Heredoc, ...]
    span: Span
    source: str
    comments: tuple[str, ...] = ()
    onbuild: bool = False
    skipped_blanks: bool = False

    @property
    def word(self) -> str:
        """The instruction, as typed."""
        return self.command.word

    @property
    def flags(self) -> tuple[str, ...]:
        """The words with `--` before the arguments."""
        return self.command.flags

    @property
    def arguments(self) -> tuple[str, ...]:
        """The arguments, as `splitting` cuts them for this instruction."""
        return self.command.split.arguments

    @property
    def json(self) -> bool:
        """Whether the arguments came as a JSON array."""
        return self.command.split.json

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
            command = read_command(line, self.escape)
            heredocs = self._heredocs(command)
        except DockerfileError as error:
            raise error.at(error.span or Span(start, self.lines.number)) from error
        source = self.lines.text(start, self.lines.number)
        self.pieces.append(source)
        self.nodes.append(
            Node(
                command,
                heredocs,
                Span(start, self.lines.number),
                source,
                tuple(self._comments),
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

    def _heredocs(self, command: Command) -> tuple[Heredoc, ...]:
        if "<<" not in command.line or not command.may_have_heredocs:
            return ()
        try:
            wanted = heredocs_of_line(command.line)
        except ExpansionError as error:
            raise DockerfileError(
                str(error),
                help=Text(
                    "The name after << has a quote that is not closed.",
                    "<< 后面的名字里，有一个引号没有闭合。",
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
