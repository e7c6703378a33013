"""xargs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.shell.options import LeaveProgram, parse
from course_lib.shell.programs.system import run_child
from course_lib.shell.task import decoded

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task


def _xargs(task: Task) -> int:
    given = parse(
        task, "0rn:I:L:P:td:xs:",
        {"null": "0", "no-run-if-empty": "r", "max-args=": "n", "replace=": "I", "max-lines=": "L",
         "max-procs=": "P", "verbose": "t", "delimiter=": "d"},
        real="aeEilop", in_order=True,
    )  # fmt: skip
    command = list(given.operands) or ["echo"]
    text = decoded(task.stdin.read())
    items = _items(
        task,
        text,
        null="0" in given,
        delimiter=given.value("d"),
        lines="I" in given or "L" in given,
    )
    if "I" in given:
        mark = given.value("I")
        calls = [[part.replace(mark, item) for part in command] for item in items]
    else:
        size = given.number("n", given.number("L", 1000))
        if size < 1:
            return task.complain(f"value {size} for -n option should be >= 1")
        chunks = [items[at : at + size] for at in range(0, len(items), size)]
        if not chunks and "r" not in given and not task.busybox:
            chunks = [[]]
        if not chunks and task.busybox and "r" not in given:
            chunks = [[]]
        calls = [[*command, *chunk] for chunk in chunks]
    status = 0
    for argv in calls:
        if "t" in given:
            task.err(" ".join(argv))
        result = run_child(task, argv, quiet_input=True)
        if result in {126, 127}:
            return result
        if result == 255:  # noqa: PLR2004 - the status that stops xargs
            task.complain(f"{argv[0]}: exited with status 255; aborting")
            return 124
        status = 123 if result else status
    return status


def _items(task: Task, text: str, *, null: bool, delimiter: str, lines: bool) -> list[str]:
    if null or delimiter:
        mark = "\0" if null else {"\\n": "\n", "\\0": "\0", "\\t": "\t"}.get(delimiter, delimiter)
        items = text.split(mark)
        return items[:-1] if items and not items[-1] else items
    if lines:
        return [line.strip(" \t") for line in text.split("\n") if line.strip()]
    items = []
    for match in re.finditer(r"""(?:[^\s'"\\]|\\.|'[^'\n]*'|"[^"\n]*")+|['"]""", text, re.DOTALL):
        word = match.group()
        if word in {"'", '"'}:
            kind = "single" if word == "'" else "double"
            task.complain(
                f"unmatched {kind} quote; by default quotes are special to xargs unless you use the -0 option",
            )
            raise LeaveProgram(1)
        items.append(re.sub(r"""\\(.)|'([^']*)'|"([^"]*)\"""", _unquoted, word, flags=re.DOTALL))
    return items


def _unquoted(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None)


COMMANDS: dict[str, Callable[[Task], int]] = {"xargs": _xargs}
