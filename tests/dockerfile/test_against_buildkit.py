"""The parser against BuildKit's own, which PyPI's `dockerfile` carries (BuildKit 0.12.5).

Newer than that version, and so left out here: text behind a JSON array makes it shell form, and
`<< EOF` with a blank is a heredoc. Left out as well: that version hands on flags that are not ASCII
byte by byte, and strings only up to a NUL.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.dockerfile import DockerfileError
from course_lib.dockerfile.nodes import read_nodes
from tests.dockerfile.refused import ALL

if TYPE_CHECKING:
    from course_lib.dockerfile.nodes import Node

buildkit = pytest.importorskip("dockerfile", reason="PyPI's dockerfile is not installed")

FILES = sorted((Path(__file__).parents[1] / "build" / "oracle_cases").glob("*/Dockerfile"))
_NEWER = re.compile(r"\][^\n]*[^\s\n]|<<-?[ \t]|\x00|--[^\n]*[^\x00-\x7f]|[^\x00-\x7f][^\n]*--")


def theirs(text: str) -> object:
    try:
        found = buildkit.parse_string(text)
    except buildkit.GoParseError as error:
        return str(error)
    return [_command(command) for command in found]


def _command(command: Any) -> dict[str, object]:  # noqa: ANN401 - the package has no types
    return {
        "word": command.cmd or "",
        "inner": command.sub_cmd,
        "json": command.json,
        "lines": (command.start_line, command.end_line),
        "flags": command.flags,
        "arguments": tuple(value for value in command.value if value),
        "heredocs": [(h.name, h.file_descriptor, h.content) for h in command.heredocs],
    }


def ours(text: str) -> object:
    try:
        return [_node(node) for node in read_nodes(text).nodes]
    except DockerfileError as error:
        return error.message


def _node(node: Node) -> dict[str, object]:
    trigger = node.command.split.trigger
    inner = trigger or node.command
    arguments = inner.split.arguments
    if inner.word.lower() in ("env", "label"):  # later versions add a third word, = or nothing
        arguments = tuple(word for i, word in enumerate(arguments) if i % 3 < 2)
    return {
        "word": node.word,
        "inner": trigger.word if trigger else None,
        "json": inner.split.json,
        "lines": (node.span.start, node.span.end),
        "flags": node.flags,
        "arguments": tuple(word for word in arguments if word),
        "heredocs": [(h.name, h.fd, h.content) for h in node.heredocs],
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_the_files_of_the_build_are_read_alike(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ours(text) == theirs(text)


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.about)
def test_refused_files_are_read_alike_or_refused_in_the_same_words(case: Any) -> None:  # noqa: ANN401 - a named tuple
    assert ours(case.text) == theirs(case.text)


_WORDS = st.sampled_from(
    [
        "FROM",
        "RUN",
        "COPY",
        "ADD",
        "ENV",
        "LABEL",
        "ARG",
        "CMD",
        "ENTRYPOINT",
        "HEALTHCHECK",
        "ONBUILD",
        "SHELL",
        "USER",
        "VOLUME",
        "WORKDIR",
        "EXPOSE",
        "STOPSIGNAL",
        "MAINTAINER",
        "run",
        "FOO",
    ]
)
_BITS = st.sampled_from(
    ["a", "b=c", "=", " ", "\t", "\\", "\\\n", "\n", "\r\n", "'", '"', "#", "# c\n", "--", "--x=y ",
     '["a", "b"]', "[", "[1]", "<<E", "<<-'E'", "3<<E", "E\n", "\nE\n", "$X", "`", "`\n", "é", "\u3000",
     "\x0b", "\x1c", "NONE", "# escape=`\n", "# syntax=a\n", "\ufeff"]
)  # fmt: skip
_LINES = st.builds(
    lambda word, bits: f"{word} {''.join(bits)}", _WORDS, st.lists(_BITS, max_size=8)
)
TEXTS = st.builds(
    lambda head, lines: "".join(head) + "\n".join(lines),
    st.lists(_BITS, max_size=3),
    st.lists(_LINES, max_size=4),
)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_whatever_is_written_is_read_alike(text: str) -> None:
    if not _NEWER.search(text):
        assert ours(text) == theirs(text)
