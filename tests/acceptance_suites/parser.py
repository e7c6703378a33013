"""The parser's suites: nodes and their lines, heredocs, directives, JSON arrays, words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course_lib.dockerfile import DockerfileError
from course_lib.dockerfile.commandline import quoted_words
from course_lib.dockerfile.directives import find_directive, find_syntax
from course_lib.dockerfile.gotext import quoted
from course_lib.dockerfile.heredocs import heredoc_of_word, heredocs_of_line
from course_lib.dockerfile.jsonform import json_strings
from course_lib.dockerfile.nodes import read_nodes
from course_lib.dockerfile.words import ExpansionError
from tests.acceptance_suites.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from course_lib.dockerfile.nodes import Node
    from course_lib.dockerfile.splitting import Command


def testfiles(data: Mapping[str, Any]) -> Iterator[Outcome]:
    for case in data["cases"]:
        expect = case["expect"]
        tree = read_nodes(case["dockerfile"])
        yield Outcome(
            case["name"],
            (expect["dump"], expect["escape"], expect["nodes"], expect["warnings"]),
            (
                "\n".join(f"({dump(node.command)})" for node in tree.nodes),
                tree.escape,
                [
                    _shown(node, full)
                    for node, full in zip(tree.nodes, expect["nodes"], strict=True)
                ],
                _warnings(tree.nodes),
            ),
        )


def dump(command: Command) -> str:
    """A command as BuildKit's `Node.Dump` prints it."""
    flags = [f"[{' '.join(quoted(flag) for flag in command.flags)}]"] if command.flags else []
    trigger = command.split.trigger
    inner = [f"({dump(trigger)})"] if trigger else []
    words = [quoted(word) for word in command.split.arguments]
    return " ".join((command.word.lower(), *flags, *inner, *words))


def _shown(node: Node, like: Mapping[str, Any]) -> dict[str, object]:
    """A node with the keys that an expectation has."""
    values = _taken_apart(node.command, like) | {
        "start_line": node.span.start,
        "end_line": node.span.end,
        "prev_comment": list(node.comments),
        "heredocs": [
            {
                "name": document.name,
                "fd": document.fd,
                "expand": document.expand,
                "chomp": document.chomp,
                "content": document.content,
            }
            for document in node.heredocs
        ],
    }
    trigger = node.command.split.trigger
    if trigger:
        nowhere = {"start_line": 0, "end_line": 0, "prev_comment": [], "heredocs": []}
        inside = _taken_apart(trigger, like["sub"])
        values["sub"] = inside | nowhere | {"dump": dump(trigger)}
    return {key: values[key] for key in values if key in like}


def _taken_apart(command: Command, like: Mapping[str, Any]) -> dict[str, object]:
    arguments = list(command.split.arguments)
    unknown = not arguments and like["args"] == [""]
    return {
        "instruction": command.word.upper(),
        "args": [""] if unknown else arguments,
        "flags": list(command.flags),
        "json_form": command.split.json,
        "original": command.line,
    }


def _warnings(nodes: tuple[Node, ...]) -> list[dict[str, object]]:
    return [
        {"line": node.span.end, "short": f"Empty continuation line found in: {node.command.line}"}
        for node in nodes
        if node.skipped_blanks
    ]


def negative(data: Mapping[str, Any]) -> Iterator[Outcome]:
    for case in data["cases"]:
        yield Outcome(case["name"], case["expect"]["error"], _error(case["dockerfile"]))


def _error(text: str) -> str | None:
    try:
        read_nodes(text)
    except DockerfileError as error:
        return error.message
    return None


def lines(data: Mapping[str, Any]) -> Iterator[Outcome]:
    for case in data["cases"]:
        expect = case["expect"]
        if "error" in expect:
            repeat = case["dockerfile_repeat"]
            text = repeat["prefix"] + repeat["char"] * repeat["times"] + repeat["suffix"]
            yield Outcome(case["name"], expect["error"], _error(text))
            continue
        nodes = read_nodes(case["dockerfile"]).nodes
        spans = [[node.span.start, node.span.end] for node in nodes]
        actual = {
            "ranges": spans,
            "file": [spans[0][0], spans[-1][1]],
            "warnings": _warnings(nodes),
        }
        yield Outcome(case["name"], expect, {key: actual[key] for key in expect})


def json_arrays(data: Mapping[str, Any]) -> Iterator[Outcome]:
    for case in data["cases"]:
        try:
            found = json_strings(case["input"])
            actual: object = None if found is None else list(found)
        except DockerfileError as error:
            actual = error.message
        yield Outcome(case["input"], case["expect"] if case["valid"] else case["error"], actual)


def words(data: Mapping[str, Any]) -> Iterator[Outcome]:
    for case in data["cases"]:
        yield Outcome(case["input"], case["expect"], list(quoted_words(case["input"], "\\")))


def heredocs(data: Mapping[str, Any]) -> Iterator[Outcome]:
    for case in data["cases"]:
        expected = case["expect"]["nodes"]
        nodes = read_nodes(case["dockerfile"]).nodes
        actual = [_shown(node, like) for node, like in zip(nodes, expected, strict=True)]
        yield Outcome(case["name"], expected, actual)
    for case in data["words"]:
        expected = {"valid": case.get("heredoc_name"), "none": None, "error": "error"}
        yield Outcome(case["word"], expected[case["expect"]], _heredoc_name(case["word"]))
    for case in data["lines"]:
        found = [document.name for document in heredocs_of_line(case["line"])]
        yield Outcome(case["line"], case["heredoc_names"], found)


def _heredoc_name(word: str) -> str | None:
    try:
        found = heredoc_of_word(word)
    except ExpansionError:
        return "error"
    return found.name if found else None


def directives(data: Mapping[str, Any]) -> Iterator[Outcome]:
    for case in data["cases"]:
        text = case["text"]
        find = find_syntax(text) if case["function"] == "syntax" else find_directive("check", text)
        actual: dict[str, object] = {"found": find is not None}
        if find is not None:
            actual |= {
                "value": find.value.split(" ")[0],
                "full_value": find.value,
                "line": find.span.start,
            }
        keys = [key for key in case if key not in ("function", "text")]
        expected = {key: case[key] for key in keys}
        yield Outcome(text, expected, {key: actual.get(key) for key in keys})
