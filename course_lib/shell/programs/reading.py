"""cat, head, tail, tac: files from one end to the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.shell.numbers import whole
from course_lib.shell.openfile import open_for_reading
from course_lib.shell.options import parse
from course_lib.shell.sayings import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from course_lib.shell.streams import Stream
    from course_lib.shell.task import Task

_OPENING = "cannot open '{}' for reading"
_OPENERS = frozenset({"cat", "tail", "uniq"})  # busybox's commands that say "can't open"
_UNITS = {
    "": 1,
    "b": 512,
    "k": 1024,
    "K": 1024,
    "kB": 1000,
    "KB": 1000,
    "m": 1 << 20,
    "M": 1 << 20,
    "MB": 10**6,
    "G": 1 << 30,
    "GB": 10**9,
}


def inputs(
    task: Task,
    operands: tuple[str, ...],
    failed: list[str],
    refusal: str = "{}",
) -> Iterator[tuple[str, Stream]]:
    """Open each operand in turn (`-` and none: stdin); one that can't be opened is reported.

    The names of those go to `failed`; `refusal` is how GNU's message names the file.
    """
    for name in operands or ("-",):
        if name == "-":
            yield name, task.stdin
            continue
        try:
            task.files.file(name)
            yield name, open_for_reading(task.files, name)
        except OSError as error:
            failed.append(name)
            if task.busybox:
                name_of = "can't open '{}'" if task.name in _OPENERS else "{}"
                task.complain(f"{name_of.format(name)}: {words(error)}")
            else:
                task.complain_about(refusal.format(name), error)


def _cat(task: Task) -> int:
    given = parse(
        task,
        "nbsuAEevtT",
        {"number": "n", "show-all": "A", "show-ends": "E", "squeeze-blank": "s"},
    )
    marks = set("nbsAEevtT") & {name for name, _ in given.options}
    failed: list[str] = []
    number = 0
    for name, stream in inputs(task, given.operands, failed):
        try:
            data = stream.read()
        except OSError as error:
            failed.append(name)
            task.complain_about(name, error)
            continue
        if not marks:
            task.out(data)
            continue
        if marks - {"n", "b", "E", "A", "e"}:
            raise task.not_simulated("-" + "".join(sorted(marks)))
        for line in data.splitlines(keepends=True):
            if "n" in marks or ("b" in marks and line.strip()):
                number += 1
                task.out(f"{number:6}\t")
            task.out(line.replace(b"\n", b"$\n") if marks & {"E", "A", "e"} else line)
    return int(bool(failed))


def _count(task: Task, text: str) -> tuple[str, int]:
    match = re.fullmatch(r"([-+]?)(\d+)([A-Za-z]*)", text)
    if match is None or match[3] not in _UNITS:
        raise task.not_simulated(text)
    return match[1], whole(match[2]) * _UNITS[match[3]]


def _old_style(task: Task) -> list[str]:
    """`head -5` is `head -n 5`."""
    arguments = list(task.args)
    if arguments and re.fullmatch(r"-\d+", arguments[0]):
        arguments[:1] = ["-n", arguments[0][1:]]
    return arguments


def _head(task: Task) -> int:
    given = parse(
        task,
        "n:c:qv",
        {"lines=": "n", "bytes=": "c", "quiet": "q"},
        arguments=_old_style(task),
    )
    unit = given.last_of("nc", "n")
    sign, count = _count(task, given.value(unit, "10"))
    failed: list[str] = []
    many = len(given.operands) > 1 and "q" not in given
    for number, (name, stream) in enumerate(inputs(task, given.operands, failed, _OPENING)):
        if many or "v" in given:
            task.out(("\n" if number else "") + f"==> {name} <==\n")
        if sign == "-":
            data = stream.read()
            lines = data.splitlines(keepends=True)
            task.out(
                data[: max(0, len(data) - count)]
                if unit == "c"
                else b"".join(lines[: max(0, len(lines) - count)]),
            )
        elif unit == "c":
            zero = getattr(stream, "zero", False)
            if zero:
                task.stream(1).write_zeros(count)
            else:
                task.out(stream.read(count))
        else:
            for _ in range(count):
                line = stream.readline()
                if not line:
                    break
                task.out(line)
    return int(bool(failed))


def _tail(task: Task) -> int:
    given = parse(
        task, "n:c:fFqs:v", {"lines=": "n", "bytes=": "c", "follow": "f", "retry": "F", "quiet": "q"},
        arguments=_old_style(task),
    )  # fmt: skip
    unit = given.last_of("nc", "n")
    sign, count = _count(task, given.value(unit, "10"))
    failed: list[str] = []
    many = len(given.operands) > 1 and "q" not in given
    for number, (name, stream) in enumerate(inputs(task, given.operands, failed, _OPENING)):
        if many or "v" in given:
            task.out(("\n" if number else "") + f"==> {name} <==\n")
        data = stream.read()
        if unit == "c":
            task.out(
                data[max(0, count - 1) :] if sign == "+" else data[max(0, len(data) - count) :],
            )
        else:
            lines = data.splitlines(keepends=True)
            start = max(0, count - 1) if sign == "+" else max(0, len(lines) - count)
            task.out(b"".join(lines[start:]))
    if task.busybox and failed and len(failed) == len(given.operands):
        task.complain("no files")
    following = ("f" in given and len(failed) < max(1, len(given.operands))) or "F" in given
    if following and given.operands:
        raise task.block()
    return int(bool(failed))


def _tac(task: Task) -> int:
    given = parse(task, "")
    failed: list[str] = []
    for _, stream in inputs(task, given.operands, failed):
        task.out(b"".join(reversed(stream.read().splitlines(keepends=True))))
    return int(bool(failed))


COMMANDS: dict[str, Callable[[Task], int]] = {
    "cat": _cat,
    "head": _head,
    "tail": _tail,
    "tac": _tac,
}
