"""The exec form: `["echo", "hello"]`, one JSON array of strings and nothing else."""

from __future__ import annotations

import json
import re

from course_lib.dockerfile.errors import DockerfileError
from course_lib.dockerfile.gotext import SPACE
from course_lib.text import Text

_SURROGATE = re.compile("[\ud800-\udfff]")


def json_strings(text: str) -> tuple[str, ...] | None:
    """`["a", "b"]` -> ("a", "b"); None for what is no JSON array: single quotes, text after `]`.

    Raises:
        DockerfileError: an array with something else than strings.

    """
    body = text.lstrip(SPACE)
    if not body.startswith("["):
        return None
    try:
        values: list[object] = _DECODER.decode(body)
    except (ValueError, RecursionError):
        return None  # BuildKit's silent way back to the shell form
    words = [_SURROGATE.sub("\ufffd", value) for value in values if isinstance(value, str)]
    if len(words) != len(values):
        raise DockerfileError(
            message="when using JSON array syntax, arrays must be comprised of strings only",
            help=Text(
                "Put each element into double quotes, numbers too, and write no array in the array.",
                "数组的每个元素都要加双引号，数字也一样；数组里不能再有数组。",
            ),
        )
    return tuple(words)


def _no_json(constant: str) -> object:
    """`NaN` and its like, which Python reads and JSON does not know."""
    raise ValueError(constant)


_DECODER = json.JSONDecoder(parse_constant=_no_json)
