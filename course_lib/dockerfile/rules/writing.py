"""Rules about how instructions are written: capitals, comments, words that are out of date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.dockerfile.rules.catalogue import (
    CONSISTENT_INSTRUCTION_CASING,
    FROM_AS_CASING,
    INVALID_DEFINITION_DESCRIPTION,
    MAINTAINER_DEPRECATED,
    NO_EMPTY_CONTINUATION,
    STAGE_NAME_CASING,
)
from course_lib.dockerfile.rules.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from course_lib.dockerfile.instructions import Span
    from course_lib.dockerfile.nodes import Node
    from course_lib.dockerfile.rules.rule import Rule

_WITH_NAME = 3  # the words of FROM image AS name


def findings_of_node(node: Node) -> Iterator[Finding]:
    """What can be said of one instruction by its own text."""
    match node.word.lower():
        case "from":
            yield from _from(node)
        case "arg":
            names = [word.partition("=")[0] for word in node.arguments]
            yield from _description(node, "ARG", names)
        case "maintainer":
            yield _finding(node, MAINTAINER_DEPRECATED)


def empty_continuations(nodes: Sequence[Node]) -> Iterator[Finding]:
    """The lines are those where the instructions end."""
    for node in nodes:
        if node.skipped_blanks:
            last = type(node.span)(node.span.end, node.span.end)
            yield _finding(node, NO_EMPTY_CONTINUATION, span=last)


def casing(nodes: Sequence[Node]) -> Iterator[Finding]:
    """Instructions in other capitals than most; ARGs before the first FROM do not count."""
    first = next((i for i, node in enumerate(nodes) if node.word.lower() == "from"), len(nodes))
    words = [node.word for node in nodes[first:]]
    lower = sum(word == word.lower() for word in words)
    upper = sum(word == word.upper() for word in words)
    wanted, change = ("lowercase", str.lower) if lower > upper else ("uppercase", str.upper)
    for node in nodes[first:]:
        if node.word != change(node.word):
            yield _finding(node, CONSISTENT_INSTRUCTION_CASING, node.word, wanted)


def _from(node: Node) -> Iterator[Finding]:
    if len(node.arguments) != _WITH_NAME:
        return
    _, keyword, name = node.arguments
    if name != name.lower():
        yield _finding(node, STAGE_NAME_CASING, name)
    consistent = node.word in (node.word.lower(), node.word.upper())
    same = keyword.lower() if node.word == node.word.lower() else keyword.upper()
    if consistent and keyword != same:
        yield _finding(node, FROM_AS_CASING, keyword, node.word)
    yield from _description(node, "FROM", [name.lower()])


def _description(node: Node, instruction: str, names: Sequence[str]) -> Iterator[Finding]:
    if not node.comments or not names or node.comments[-1].split(" ")[0] in names:
        return
    example = names[0] if len(names) == 1 else "<arg_key>"
    yield _finding(node, INVALID_DEFINITION_DESCRIPTION, instruction, example)


def _finding(node: Node, rule: Rule, *words: str, span: Span | None = None) -> Finding:
    return Finding(rule, rule.message(*words), span or node.span, node.comments)
