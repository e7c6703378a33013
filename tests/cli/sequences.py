r"""Sequences of docker commands as data, and the words of two engines made comparable.

A file in `sequences/` holds cases:

    ## a sentence of behaviour
    | e.env | A=1\n            a file in the current folder of the host
    docker run course/base cat
    DOCKER_BUILDKIT=0 docker build .       with the older builder
    < typed                    a line of the command's standard input

Ids become `<1>`, `<2>` ... in the order in which a case meets them, so that it still shows which ids are the
same; times become `<time>`. What a newer engine says otherwise than the one that judges is in `older_words.py`.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "sequences"
HOST_FOLDER = "<here>"
OLDER = "DOCKER_BUILDKIT=0"
_FILE_PARTS = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One command: its words after `docker`, and what is typed; `older` by the older builder."""

    words: tuple[str, ...]
    stdin: str = ""
    older: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """One case; `files` stand in the current folder of the host, by relative path."""

    name: str
    files: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What one command printed, and its exit status."""

    stdout: str
    stderr: str
    exit_code: int


def sequences() -> Iterator[Sequence]:
    """All cases, each under the name `file: sentence`."""
    for path in sorted(FOLDER.glob("*.txt")):
        for text in path.read_text(encoding="utf-8").split("## ")[1:]:
            sentence, *lines = text.splitlines()
            yield _sequence(f"{path.stem}: {sentence}", lines)


def _sequence(name: str, lines: list[str]) -> Sequence:
    files: list[tuple[str, str]] = []
    steps: list[Step] = []
    for line in filter(None, lines):
        mark, _, rest = line.partition(" ")
        if mark == "|":
            _, path, content = (part.strip() for part in line.split("|", _FILE_PARTS - 1))
            files.append((path, content.replace("\\n", "\n")))
        elif mark == "<":
            steps[-1] = replace(steps[-1], stdin=f"{steps[-1].stdin}{rest}\n")
        else:
            older = mark == OLDER
            command = rest.removeprefix("docker ") if older else rest
            assert older or mark == "docker", line
            steps.append(Step(tuple(shlex.split(command)), older=older))
    return Sequence(name, tuple(files), tuple(steps))


class Normaliser:
    """Makes what one side of a case printed comparable; it remembers the ids of the case."""

    def __init__(self, here: str) -> None:
        self._here = here
        self._ids: dict[str, str] = {}

    def said(self, said: Said, words: tuple[str, ...]) -> Said:
        """One command's answer."""
        named_by_chance = words[:2] == ("volume", "ls")  # sorted by names of random hex
        unordered = (
            words[0] in ("diff", "images") or "prune" in words or "find" in words or named_by_chance
        )
        return Said(
            self._text(said.stdout, unordered=unordered), self._text(said.stderr), said.exit_code
        )

    def _text(self, text: str, *, unordered: bool = False) -> str:
        text = text.replace(self._here, HOST_FOLDER)
        text = _ID.sub(self._number, text)
        text = _FLAG_USAGE.sub(r"\1", text)
        for pattern, put in _TIMES:
            text = pattern.sub(put, text)
        lines = [re.sub(r" {2,}", "  ", line).rstrip() for line in text.splitlines()]
        return "\n".join(sorted(lines) if unordered else lines).strip("\n")

    def _number(self, match: re.Match[str]) -> str:
        digits = match.group(2)[:12]
        return match.group(1) + self._ids.setdefault(digits, f"<{len(self._ids) + 1}>")


_ID = re.compile(r"(\b|sha256:)([0-9a-f]{64}|[0-9a-f]{12})\b")
# An older client shows no usage line after an option that it does not know.
_FLAG_USAGE = re.compile(
    r"\A((?:unknown |flag needs|invalid argument|bad flag)[^\n]*\n)\nUsage:  .*?\n(?=\nRun ')",
    re.DOTALL,
)
_TIMES = (
    (re.compile(r"template: :1:\d+:"), "template: :1:1:"),
    (
        re.compile(r"repository name \([^)]*\) must be lowercase"),
        "repository name must be lowercase",
    ),
    (re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z| [+-]\d{4} \w+)"), "<time>"),
    (
        re.compile(
            r"(Less than a second|About an? \w+|\d+ (second|minute|hour|day|week|month|year)s?)( ago)?"
        ),
        "<time>",
    ),
)
