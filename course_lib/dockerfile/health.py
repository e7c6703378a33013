"""HEALTHCHECK: its options, and the command or NONE."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.dockerfile.complaints import needs_an_argument
from course_lib.dockerfile.durations import BadDurationError, nanoseconds
from course_lib.dockerfile.errors import DockerfileError
from course_lib.dockerfile.flags import Kind, read_flags
from course_lib.dockerfile.gotext import quoted
from course_lib.dockerfile.instructions import Healthcheck
from course_lib.dockerfile.running import command_of
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.dockerfile.flags import Flags
    from course_lib.dockerfile.nodes import Node

_FLAGS = {
    "interval": Kind.TEXT,
    "timeout": Kind.TEXT,
    "start-period": Kind.TEXT,
    "start-interval": Kind.TEXT,
    "retries": Kind.TEXT,
}
_SHORTEST = 1_000_000
_MOST_RETRIES = 2**31


def read_healthcheck(node: Node) -> Healthcheck:
    """`HEALTHCHECK [options] CMD command`, or `HEALTHCHECK NONE`.

    Raises:
        DockerfileError: another type, no command, a time or number that can't be.

    """
    if not node.arguments:
        raise needs_an_argument(name="HEALTHCHECK")
    kind, *command = node.arguments
    kind = kind.upper()
    if kind == "NONE":
        if command:
            raise DockerfileError(
                message="HEALTHCHECK NONE takes no arguments",
                help=Text("Let the line end after NONE.", "NONE 后面不要再写内容。"),
            )
        return Healthcheck(command=None, **node.place)
    flags = read_flags(node.flags, _FLAGS)
    if kind != "CMD":
        raise DockerfileError(
            message=f"Unknown type {quoted(kind)} in HEALTHCHECK (try CMD)",
            help=Text(
                "Write CMD before the command: HEALTHCHECK CMD curl -f localhost",
                "命令前面要写 CMD：HEALTHCHECK CMD curl -f localhost",
            ),
        )
    if not command:
        raise DockerfileError(
            message="Missing command after HEALTHCHECK CMD",
            help=Text("Write the command that tests.", "请在 CMD 后面写检查用的命令。"),
        )
    return Healthcheck(
        command=command_of(node, command),
        interval=_time(flags, "interval"),
        timeout=_time(flags, "timeout"),
        start_period=_time(flags, "start-period"),
        start_interval=_time(flags, "start-interval"),
        retries=_retries(flags.text("retries")),
        **node.place,
    )


def _time(flags: Flags, name: str) -> int:
    text = flags.text(name)
    if not text:
        return 0
    way_out = Text(
        f"Write a time with its unit: --{name}=30s, --{name}=1m30s.",
        f"请写带单位的时间：--{name}=30s 或 --{name}=1m30s。",
    )
    try:
        time = nanoseconds(text)
    except BadDurationError as error:
        raise DockerfileError(str(error), help=way_out) from error
    if time and time < _SHORTEST:
        raise DockerfileError(
            message=f"Interval {quoted(name)} cannot be less than 1ms", help=way_out
        )
    return time


def _retries(text: str) -> int:
    if not text:
        return 0
    way_out = Text("Write a number: --retries=3.", "请写一个数字：--retries=3。")
    if not re.fullmatch(r"[+-]?[0-9]+", text):
        msg = f"strconv.ParseInt: parsing {quoted(text)}: invalid syntax"
        raise DockerfileError(msg, help=way_out)
    digits = text.lstrip("+-").lstrip("0") or "0"
    number = int(digits[:20])
    if number >= _MOST_RETRIES:
        msg = f"strconv.ParseInt: parsing {quoted(text)}: value out of range"
        raise DockerfileError(msg, help=way_out)
    if text.startswith("-") and number:
        raise DockerfileError(message=f"--retries cannot be negative (-{number})", help=way_out)
    return number
