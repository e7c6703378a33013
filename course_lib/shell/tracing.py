"""`set -x`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from course_lib.shell.interpreter import Interpreter

_SAFE = re.compile(r"[A-Za-z0-9_@%+=:,./^-]+\Z")


def trace(shell: Interpreter, values: Mapping[str, str], fields: Sequence[str]) -> None:
    """Write `+ command argument` to stderr; bash and ash quote what needs it, dash does not."""
    sign = shell.variables.get("PS4", "+ ")
    quote = str if shell.dialect.name == "dash" else quoted
    assignments = [f"{name}={quote(value)}" for name, value in values.items()]
    words = [quote(field) for field in fields]
    if shell.dialect.name == "bash":
        for assignment in assignments:
            shell.task.err(sign + assignment)
        if words:
            shell.task.err(sign + " ".join(words))
    else:
        shell.task.err(sign + " ".join([*assignments, *words]))


def quoted(text: str) -> str:
    """The text as a shell word, in single quotes when it needs them."""
    if _SAFE.match(text):
        return text
    return "'" + text.replace("'", "'\\''") + "'"
