"""`parse`: the text of a Dockerfile in, a `Dockerfile` out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.dockerfile.errors import DockerfileError
from course_lib.dockerfile.instructions import Arg, CheckWarning, Dockerfile, From, Span, Stage
from course_lib.dockerfile.nodes import read_nodes
from course_lib.dockerfile.readers import read_instruction
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.dockerfile.instructions import Instruction
    from course_lib.dockerfile.nodes import Node


def parse(source: str | bytes, name: str = "Dockerfile") -> Dockerfile:
    """Read a Dockerfile; bytes that are no UTF-8 come back as they were from `pieces`.

    Raises:
        DockerfileError: in BuildKit's words, with the lines to blame.

    """
    text = source.decode("utf-8", "surrogateescape") if isinstance(source, bytes) else source
    if not text:
        raise DockerfileError(
            message="the Dockerfile cannot be empty",
            help=Text(
                "Begin with FROM and the name of an image, for example FROM alpine.",
                "请以 FROM 和镜像名开头，例如 FROM alpine。",
            ),
        )
    tree = read_nodes(text)
    global_args: list[Arg] = []
    bodies: list[tuple[From, list[Instruction]]] = []
    for node in tree.nodes:
        instruction = _instruction(node)
        if isinstance(instruction, From):
            bodies.append((instruction, []))
        elif bodies:
            bodies[-1][1].append(instruction)
        elif isinstance(instruction, Arg):
            global_args.append(instruction)
        else:
            raise DockerfileError(
                message="no build stage in current context",
                span=instruction.span,
                help=Text(
                    "Only ARG may stand before the first FROM. Begin with FROM.",
                    "第一个 FROM 之前只能有 ARG。请以 FROM 开头。",
                ),
            )
    if not bodies:
        raise DockerfileError(
            message="dockerfile contains no stages to build",
            help=Text("Add a FROM below the ARG lines.", "请在 ARG 的下面加上 FROM。"),
        )
    return Dockerfile(
        tuple(global_args),
        tuple(Stage(index, base, tuple(body)) for index, (base, body) in enumerate(bodies)),
        tree.directives,
        tree.pieces,
        tree.escape,
        tuple(_empty_continuation(node) for node in tree.nodes if node.skipped_blanks),
        name,
    )


def parse_trigger(text: str, span: Span) -> Instruction:
    """The text of an ONBUILD trigger as an instruction that stands at `span`, the FROM line.

    Raises:
        DockerfileError: text that is not one instruction, or one that can't be a trigger.

    """
    try:
        nodes = read_nodes(text).nodes
        if len(nodes) != 1:
            raise _bad_trigger(message="onbuild trigger should be a single expression")
        instruction = read_instruction(replace(nodes[0], span=span, onbuild=True))
    except DockerfileError as error:
        raise error.at(span) from error
    if isinstance(instruction, From):
        raise _bad_trigger(message="FROM isn't allowed as an ONBUILD trigger").at(span)
    return instruction


def _bad_trigger(message: str) -> DockerfileError:
    return DockerfileError(
        message,
        help=Text(
            "The ONBUILD of the base image is wrong, not this file: take another base image.",
            "出错的是基础镜像里的 ONBUILD，不是这个文件：请换一个基础镜像。",
        ),
    )


def _instruction(node: Node) -> Instruction:
    try:
        return read_instruction(node)
    except DockerfileError as error:
        raise error.in_instruction(node.span) from error


def _empty_continuation(node: Node) -> CheckWarning:
    last = Span(node.span.end, node.span.end)
    return CheckWarning("NoEmptyContinuation", "Empty continuation line", last)
