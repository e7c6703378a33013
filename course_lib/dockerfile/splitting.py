"""How the text of each instruction is split: into words, pairs, a JSON array, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.dockerfile.commandline import (
    blank_separated,
    first_word,
    name_and_rest,
    quoted_words,
    split_command,
)
from course_lib.dockerfile.errors import DockerfileError
from course_lib.dockerfile.gotext import quoted
from course_lib.dockerfile.jsonform import json_strings
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_TRIGGERS = 100  # inside one another
_WITH_HEREDOCS = frozenset({"run", "copy", "add"})


@dataclass(frozen=True, slots=True)
class Split:
    """What stands behind the instruction word and its flags.

    `json` tells that the arguments came as a JSON array; `trigger` is the instruction inside ONBUILD.
    """

    arguments: tuple[str, ...] = ()
    json: bool = False
    trigger: Command | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A joined line, taken apart; `word` is as typed, `line` the whole text."""

    word: str
    flags: tuple[str, ...]
    split: Split
    line: str

    @property
    def may_have_heredocs(self) -> bool:
        """RUN, COPY and ADD in shell form take heredocs, also inside ONBUILD."""
        inner = self.split.trigger or self
        return inner.word.lower() in _WITH_HEREDOCS and not inner.split.json


def read_command(line: str, escape: str) -> Command:
    """Take a joined line apart.

    Raises:
        DockerfileError: pairs without `=`, a JSON array with something else than strings.

    """
    word, flags, rest = split_command(line)
    split = _SPLITTERS.get(word.lower(), _ignored)
    return Command(word, flags, split(word, rest, escape), line)


def _ignored(word: str, rest: str, escape: str) -> Split:
    """Nobody knows this instruction; the error comes when instructions are made."""
    del word, rest, escape
    return Split()


def _whole(word: str, rest: str, escape: str) -> Split:
    del word, escape
    return Split((rest,)) if rest else Split()


def _blank_separated(word: str, rest: str, escape: str) -> Split:
    del word, escape
    return Split(blank_separated(rest))


def _quoted_words(word: str, rest: str, escape: str) -> Split:
    del word
    return Split(quoted_words(rest, escape))


def _json_or_whole(word: str, rest: str, escape: str) -> Split:
    strings = json_strings(rest)
    return _whole(word, rest, escape) if strings is None else Split(strings, json=True)


def _json_or_words(word: str, rest: str, escape: str) -> Split:
    strings = json_strings(rest)
    return _blank_separated(word, rest, escape) if strings is None else Split(strings, json=True)


def _type_and_command(word: str, rest: str, escape: str) -> Split:
    """HEALTHCHECK: its type, then JSON or text."""
    kind, command = first_word(rest)
    if not kind:
        return Split()
    split = _json_or_whole(word, command, escape)
    return Split((kind, *split.arguments), split.json)


def _pairs(word: str, rest: str, escape: str) -> Split:
    """ENV and LABEL, three arguments for each pair: name, value and `=`, '' in the older form."""
    words = quoted_words(rest, escape)
    if not words:
        return Split()
    name = word.upper()
    if "=" not in words[0]:
        parts = name_and_rest(rest)
        if len(parts) == 1:
            raise DockerfileError(
                message=f"{name} must have two arguments",
                help=Text(
                    f"Write {name} {words[0]}=value.", f"请写成 {name} {words[0]}=值 的形式。"
                ),
            )
        return Split((*parts, ""))
    arguments: list[str] = []
    for pair in words:
        key, equals, value = pair.partition("=")
        if not equals:
            raise DockerfileError(
                message=f"Syntax error - can't find = in {quoted(pair)}. Must be of the form: "
                "name=value",
                help=Text(
                    "Each word needs its =. Put a value with blanks into double quotes.",
                    "每个词都要有 =。值里有空格时，请用双引号括起来。",
                ),
            )
        arguments += (key, value, "=")
    return Split(tuple(arguments))


def _triggering(word: str, rest: str, escape: str) -> Split:
    del word
    if rest.lower().count("onbuild") > _MOST_TRIGGERS:
        inner, flags, _ = split_command(rest)
        if inner.lower() == "onbuild":  # refused anyway, however deep it goes
            return Split(trigger=Command(inner, flags, Split(), rest))
    return Split(trigger=read_command(rest, escape)) if rest else Split()


_SPLITTERS: dict[str, Callable[[str, str, str], Split]] = {
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
