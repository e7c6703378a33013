"""Filling in variables: the words of an instruction that BuildKit expands.

The commands of RUN, CMD, ENTRYPOINT and HEALTHCHECK are not among them: the shell in the container
does that. One instruction sees the environment as it was before it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar, cast

from course_lib.dockerfile.errors import DockerfileError
from course_lib.dockerfile.instructions import (
    Add,
    Arg,
    Copy,
    Env,
    Expose,
    From,
    Instruction,
    Label,
    Pair,
    Run,
    Stopsignal,
    User,
    Volume,
    Workdir,
)
from course_lib.dockerfile.mounts import expanded_mount
from course_lib.dockerfile.words import Style, analyse, expand_word, expand_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from course_lib.dockerfile.instructions import Mount

_I = TypeVar("_I", bound=Instruction)
HEREDOC = Style(plain_quotes=True)


@dataclass(frozen=True, slots=True)
class Expander:
    """How to expand one word, a word that may become several, and the body of a heredoc."""

    word: Callable[[str], str]
    words: Callable[[str], tuple[str, ...]]
    body: Callable[[str], str]

    @classmethod
    def of(cls, environment: Mapping[str, str], escape: str) -> Expander:
        """Expand with the values of an environment."""
        return cls(
            lambda text: expand_word(text, environment, escape),
            lambda text: expand_words(text, environment, escape),
            lambda text: analyse(text, environment, HEREDOC).text,
        )


def expand(instruction: _I, environment: Mapping[str, str], escape: str) -> _I:
    """The instruction with its words expanded, of the same type; a word of EXPOSE may become several.

    Raises:
        ExpansionError: quotes, braces or modifiers that are wrong.
        DockerfileError: a mount of RUN that is wrong, which only its expanded values tell.

    """
    return expand_with(instruction, Expander.of(environment, escape))


def expand_with(instruction: _I, expander: Expander) -> _I:
    """The same, with another way to expand.

    Raises:
        DockerfileError: as for `expand`.

    """
    return cast("_I", _expanded(instruction, expander))


def _expanded(instruction: Instruction, expander: Expander) -> Instruction:  # noqa: PLR0911 - one case per instruction
    word = expander.word
    match instruction:
        case Env(pairs=pairs) | Label(pairs=pairs) | Arg(pairs=pairs):
            return replace(instruction, pairs=_pairs(pairs, word))
        case Copy() | Add():
            return _copied(instruction, expander)
        case Run(mounts=mounts):
            return (
                replace(instruction, mounts=_mounts(instruction, word)) if mounts else instruction
            )
        case Expose(ports=ports):
            found = (port for written in ports for port in expander.words(written))
            return replace(instruction, ports=tuple(found))
        case Volume(paths=paths):
            return replace(instruction, paths=tuple(map(word, paths)))
        case User(user=user):
            return replace(instruction, user=word(user))
        case Workdir(path=path):
            return replace(instruction, path=word(path))
        case Stopsignal(signal=signal):
            return replace(instruction, signal=word(signal))
        case From(image=image, platform=platform):
            return replace(instruction, image=word(image), platform=word(platform))
        case _:
            return instruction


def _pairs(pairs: Iterable[Pair], word: Callable[[str], str]) -> tuple[Pair, ...]:
    return tuple(
        Pair(word(pair.name), None if pair.value is None else word(pair.value)) for pair in pairs
    )


def _copied(instruction: Copy | Add, expander: Expander) -> Copy | Add:
    word = expander.word
    heredocs = (
        replace(document, content=expander.body(document.content)) if document.expand else document
        for document in instruction.heredocs
    )
    found = replace(
        instruction,
        sources=tuple(map(word, instruction.sources)),
        dest=word(instruction.dest),
        chown=word(instruction.chown),
        chmod=word(instruction.chmod),
        heredocs=tuple(heredocs),
    )
    return replace(found, checksum=word(found.checksum)) if isinstance(found, Add) else found


def _mounts(instruction: Run, word: Callable[[str], str]) -> tuple[Mount, ...]:
    try:
        return tuple(expanded_mount(mount, word) for mount in instruction.mounts)
    except DockerfileError as error:
        raise error.at(instruction.span) from error
