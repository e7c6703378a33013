"""From nodes to instructions: what each of the eighteen wants, as BuildKit's `instructions` package.

Errors are raised without a place; who calls `read_instruction` adds it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.dockerfile.complaints import (
    blank_names,
    needs_an_argument,
    needs_one_argument,
    unknown_instruction,
)
from course_lib.dockerfile.copying import read_add, read_copy
from course_lib.dockerfile.errors import DockerfileError
from course_lib.dockerfile.flags import Kind, read_flags
from course_lib.dockerfile.gotext import SPACE, quoted
from course_lib.dockerfile.health import read_healthcheck
from course_lib.dockerfile.instructions import (
    Arg,
    Cmd,
    Entrypoint,
    Env,
    Expose,
    From,
    Label,
    Maintainer,
    Onbuild,
    Pair,
    Shell,
    Stopsignal,
    User,
    Volume,
    Workdir,
)
from course_lib.dockerfile.running import command_of, read_run
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.dockerfile.instructions import Instruction
    from course_lib.dockerfile.nodes import Node

_STAGE_NAME = re.compile(r"[a-z][a-z0-9\-_.]*")
_ONBUILD = re.compile(r"\s*ONBUILD\s*", re.IGNORECASE)
_WITH_NAME = 3  # the words of FROM image AS name


def read_instruction(node: Node) -> Instruction:
    """The instruction of a node.

    Raises:
        DockerfileError: an unknown instruction, or one whose flags or arguments are wrong.

    """
    read = _READERS.get(node.word.lower())
    if read is None:
        raise unknown_instruction(node.word, [word.upper() for word in _READERS])
    return read(node)


def _from(node: Node) -> From:
    words = node.arguments
    name = ""
    if len(words) == _WITH_NAME and words[1].lower() == "as":
        name = words[2].lower()
        if not _STAGE_NAME.fullmatch(name):
            raise DockerfileError(
                message=f"invalid name for build stage: {quoted(words[2])}, name can't start with a number "
                "or contain symbols",
                help=Text(
                    "Begin the name with a letter; go on with letters, digits, -, _ and dots.",
                    "阶段名以字母开头，后面可以用字母、数字、-、_ 和点。",
                ),
            )
    elif len(words) != 1:
        raise DockerfileError(
            message="FROM requires either one or three arguments",
            help=Text(
                "Write FROM image or FROM image AS name; a comment needs a line of its own.",
                "请写 FROM 镜像 或 FROM 镜像 AS 名字；注释要另起一行。",
            ),
        )
    flags = read_flags(node.flags, {"platform": Kind.TEXT})
    return From(image=words[0], name=name, platform=flags.text("platform"), **node.place)


def _arg(node: Node) -> Arg:
    if not node.arguments:
        raise needs_an_argument(name="ARG")
    pairs: list[Pair] = []
    for word in node.arguments:
        name, equals, value = word.partition("=")
        if not name:
            raise blank_names(name="ARG")
        pairs.append(Pair(name, value if equals else None))
    return Arg(pairs=tuple(pairs), **node.place)


def _env(node: Node) -> Env:
    pairs, legacy_form = _pairs(node, "ENV")
    return Env(pairs=pairs, legacy_form=legacy_form, **node.place)


def _label(node: Node) -> Label:
    pairs, legacy_form = _pairs(node, "LABEL")
    return Label(pairs=pairs, legacy_form=legacy_form, **node.place)


def _pairs(node: Node, name: str) -> tuple[tuple[Pair, ...], bool]:
    """The pairs, and whether they are in the older form without `=`."""
    read_flags(node.flags, {})
    arguments = node.arguments
    if not arguments:
        raise needs_an_argument(name)
    if "" in arguments[::3]:
        raise blank_names(name)
    pairs = map(Pair, arguments[::3], arguments[1::3])
    return tuple(pairs), not arguments[2]


def _maintainer(node: Node) -> Maintainer:
    author = _one(node, "MAINTAINER")
    read_flags(node.flags, {})
    return Maintainer(author=author, **node.place)


def _workdir(node: Node) -> Workdir:
    path = _one(node, "WORKDIR")
    read_flags(node.flags, {})
    return Workdir(path=path, **node.place)


def _user(node: Node) -> User:
    user = _one(node, "USER")
    read_flags(node.flags, {})
    return User(user=user, **node.place)


def _stopsignal(node: Node) -> Stopsignal:
    return Stopsignal(signal=_one(node, "STOPSIGNAL"), **node.place)


def _one(node: Node, name: str) -> str:
    if len(node.arguments) != 1:
        raise needs_one_argument(name)
    return node.arguments[0]


def _expose(node: Node) -> Expose:
    if not node.arguments:
        raise needs_an_argument(name="EXPOSE")
    read_flags(node.flags, {})
    return Expose(ports=node.arguments, **node.place)


def _volume(node: Node) -> Volume:
    if not node.arguments:
        raise needs_an_argument(name="VOLUME")
    read_flags(node.flags, {})
    paths = tuple(path.strip(SPACE) for path in node.arguments)
    if "" in paths:
        raise DockerfileError(
            message="VOLUME specified can not be an empty string",
            help=Text("A VOLUME needs a path in the image.", "VOLUME 需要镜像里的一个路径。"),
        )
    return Volume(paths=paths, **node.place)


def _shell(node: Node) -> Shell:
    read_flags(node.flags, {})
    if not node.arguments:
        raise needs_an_argument(name="SHELL")
    if not node.json:
        raise DockerfileError(
            message="SHELL requires the arguments to be in JSON form",
            help=Text(
                'Write SHELL ["/bin/bash", "-c"] with double quotes.',
                '请写成 SHELL ["/bin/bash", "-c"]，用双引号。',
            ),
        )
    return Shell(args=node.arguments, **node.place)


def _cmd(node: Node) -> Cmd:
    read_flags(node.flags, {})
    return Cmd(command=command_of(node), **node.place)


def _entrypoint(node: Node) -> Entrypoint:
    read_flags(node.flags, {})
    return Entrypoint(command=command_of(node), **node.place)


def _onbuild(node: Node) -> Onbuild:
    if node.command.split.trigger is None:
        raise needs_an_argument(name="ONBUILD")
    read_flags(node.flags, {})
    word = node.command.split.trigger.word.upper()
    if word == "ONBUILD":
        raise DockerfileError(
            message="Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed",
            help=Text("Write ONBUILD once.", "ONBUILD 只写一次。"),
        )
    if word in ("MAINTAINER", "FROM"):
        raise DockerfileError(
            message=f"{word} isn't allowed as an ONBUILD trigger",
            help=Text(
                "A trigger runs inside the stage of another file: use RUN, COPY or ENV there.",
                "触发器在另一个文件的阶段里执行：请使用 RUN、COPY 或 ENV 等指令。",
            ),
        )
    text = _ONBUILD.sub("", node.command.line, count=1)
    bodies = (f"\n{heredoc.content}{heredoc.name}" for heredoc in node.heredocs)
    return Onbuild(trigger="".join((text, *bodies)), **node.place)


_READERS: dict[str, Callable[[Node], Instruction]] = {
    "add": read_add,
    "arg": _arg,
    "cmd": _cmd,
    "copy": read_copy,
    "entrypoint": _entrypoint,
    "env": _env,
    "expose": _expose,
    "from": _from,
    "healthcheck": read_healthcheck,
    "label": _label,
    "maintainer": _maintainer,
    "onbuild": _onbuild,
    "run": read_run,
    "shell": _shell,
    "stopsignal": _stopsignal,
    "user": _user,
    "volume": _volume,
    "workdir": _workdir,
}
