"""Errors that several instructions share, in BuildKit's words and with a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.dockerfile.errors import DockerfileError
from course_lib.dockerfile.suggestions import nearest
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

_EXAMPLES = {
    "ARG": "ARG VERSION=1.0",
    "ENV": "ENV NAME=value",
    "EXPOSE": "EXPOSE 80",
    "HEALTHCHECK": "HEALTHCHECK CMD curl -f localhost",
    "LABEL": "LABEL version=1.0",
    "MAINTAINER": "LABEL maintainer=name",
    "ONBUILD": "ONBUILD RUN make",
    "SHELL": 'SHELL ["/bin/bash", "-c"]',
    "STOPSIGNAL": "STOPSIGNAL SIGTERM",
    "USER": "USER app",
    "VOLUME": "VOLUME /data",
    "WORKDIR": "WORKDIR /app",
}


def needs_an_argument(name: str) -> DockerfileError:
    """`ENV requires at least one argument`."""
    return DockerfileError(f"{name} requires at least one argument", help=_example(name))


def needs_one_argument(name: str) -> DockerfileError:
    """`WORKDIR requires exactly one argument`."""
    return DockerfileError(f"{name} requires exactly one argument", help=_example(name))


def blank_names(name: str) -> DockerfileError:
    """`ENV names can not be blank`."""
    return DockerfileError(
        f"{name} names can not be blank",
        help=Text(
            f"Put the name directly before the =, without blanks: {name} NAME=value.",
            f"名字要紧挨着写在 = 前面，不留空格：{name} NAME=value。",
        ),
    )


def unknown_instruction(word: str, known: Iterable[str]) -> DockerfileError:
    """`unknown instruction: FORM (did you mean FROM?)`, in the case of letters that was typed."""
    near = nearest(word.upper(), known)
    if near is None:
        return DockerfileError(
            f"unknown instruction: {word}",
            help=Text(
                "A line begins with an instruction, FROM, RUN or COPY for example. Does the line above "
                "need a \\ at its end?",
                "每一行以指令开头，例如 FROM、RUN、COPY。也许上一行末尾少了 \\？",
            ),
        )
    shown = near.lower() if word == word.lower() else near
    return DockerfileError(
        f"unknown instruction: {word} (did you mean {shown}?)",
        help=Text(f"Write {near} if that is what you mean.", f"如果想写的是 {near}，请改过来。"),
    )


def _example(name: str) -> Text:
    example = _EXAMPLES[name]
    return Text(f"For example: {example}", f"例如：{example}")
