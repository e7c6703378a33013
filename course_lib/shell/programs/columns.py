"""paste, comm, join, fold, expand, unexpand, split, shuf: lines side by side, cut and dealt."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from course_lib.shell.numbers import whole
from course_lib.shell.options import missing_operand, parse
from course_lib.shell.programs.reading import inputs
from course_lib.shell.programs.text import all_bytes, lines_of
from course_lib.shell.task import decoded, encoded

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task

_TAB = 8
_WIDEST = 1000
_MOST_LETTERS = 10
_SIZES = {"": 1, "k": 1024, "K": 1024, "m": 1 << 20, "M": 1 << 20, "b": 512}


def _inputs(task: Task, operands: tuple[str, ...]) -> tuple[list[list[bytes]], bool]:
    failed: list[str] = []
    found = [lines_of(task, stream.read()) for _, stream in inputs(task, operands, failed)]
    return found, bool(failed)


def _paste(task: Task) -> int:
    given = parse(task, "d:sz", {"delimiters=": "d", "serial": "s"})
    marks = [encoded(mark) for mark in _delimiters(given.value("d", "\t"))] or [b""]
    found, failed = _inputs(task, given.operands)
    if failed:
        return 1
    places = [at for at, name in enumerate(given.operands) if name == "-"]
    if len(places) > 1 and "s" not in given:
        dealt = found[places[0]]  # the first one has read all of stdin: deal it out
        for turn, at in enumerate(places):
            found[at] = dealt[turn :: len(places)]
    if "s" in given:
        rows = found
    else:
        rows = [list(row) for row in itertools.zip_longest(*found, fillvalue=b"")]
    for row in rows:
        pieces = list(row[:1])
        for number, piece in enumerate(row[1:]):
            pieces += (marks[number % len(marks)], piece)
        task.out(b"".join(pieces) + b"\n")
    return 0


def _delimiters(text: str) -> list[str]:
    named = {r"\n": "\n", r"\t": "\t", r"\\": "\\", r"\0": ""}
    return [named.get(piece, piece[-1:]) for piece in re.findall(r"\\.|[^\\]", text)]


def _comm(task: Task) -> int:
    given = parse(task, "123", {})
    if len(given.operands) != 2:  # noqa: PLR2004 - two files
        raise missing_operand(task)
    found, failed = _inputs(task, given.operands)
    if failed:
        return 1
    one, other = found
    shown = [column not in given for column in "123"]
    indents = [b"", b"\t" * shown[0], b"\t" * (shown[0] + shown[1])]
    at = to = 0
    while at < len(one) or to < len(other):
        if to >= len(other) or (at < len(one) and one[at] < other[to]):
            column, line, at = 0, one[at], at + 1
        elif at >= len(one) or other[to] < one[at]:
            column, line, to = 1, other[to], to + 1
        else:
            column, line, at, to = 2, one[at], at + 1, to + 1
        if shown[column]:
            task.out(indents[column] + line + b"\n")
    return 0


def _join(task: Task) -> int:
    given = parse(task, "t:1:2:", {}, real="aeijovz")
    if len(given.operands) != 2:  # noqa: PLR2004 - two files
        raise missing_operand(task)
    found, failed = _inputs(task, given.operands)
    if failed:
        return 1
    mark = given.value("t")
    keys = (given.number("1", 1) - 1, given.number("2", 1) - 1)
    tables = [
        [decoded(line).split(mark) if mark else decoded(line).split() for line in lines]
        for lines in found
    ]
    joiner = mark or " "
    for row in tables[0]:
        for other in tables[1]:
            task.machine.meter.step()
            if (
                row[keys[0] : keys[0] + 1]
                and row[keys[0] : keys[0] + 1] == other[keys[1] : keys[1] + 1]
            ):
                rest = row[: keys[0]] + row[keys[0] + 1 :] + other[: keys[1]] + other[keys[1] + 1 :]
                task.out(joiner.join([row[keys[0]], *rest]) + "\n")
    return 0


def _fold(task: Task) -> int:
    given = parse(task, "w:sb", {"width=": "w", "spaces": "s", "bytes": "b"})
    width = max(1, given.number("w", 80))
    data, status = all_bytes(task, given.operands)
    for line in decoded(data).splitlines(keepends=True):
        rest = line
        while len(rest.rstrip("\n")) > width:
            end = rest.rfind(" ", 0, width) + 1 if "s" in given else width
            end = end or width
            task.out(rest[:end] + "\n")
            rest = rest[end:]
        task.out(rest)
    return status


def _expand(task: Task) -> int:
    given = parse(task, "t:i", {"tabs=": "t", "initial": "i"})
    data, status = all_bytes(task, given.operands)
    task.out(encoded(decoded(data).expandtabs(min(given.number("t", _TAB), _WIDEST))))
    return status


def _unexpand(task: Task) -> int:
    given = parse(task, "t:a", {"tabs=": "t", "all": "a", "first-only": "f"})
    if "a" in given:
        msg = "-a"
        raise task.not_simulated(msg)
    size = min(given.number("t", _TAB), _WIDEST)
    data, status = all_bytes(task, given.operands)
    for line in decoded(data).splitlines(keepends=True):
        text = line.lstrip(" \t")
        blanks = len(line[: len(line) - len(text)].expandtabs(size))
        task.out("\t" * (blanks // size) + " " * (blanks % size) + text)
    return status


def _split(task: Task) -> int:
    given = parse(
        task, "l:b:a:d", {"lines=": "l", "bytes=": "b", "suffix-length=": "a", "numeric-suffixes": "d"},
        real="Cnetx",
    )  # fmt: skip
    data, status = all_bytes(task, given.operands[:1])
    prefix = given.operands[1] if len(given.operands) > 1 else "x"
    if "b" in given:
        match = re.fullmatch(r"(\d+)([kKmMb]?)", given.value("b"))
        if match is None or not whole(match[1]):
            return task.complain(f"invalid number of bytes: '{given.value('b')}'")
        size = whole(match[1]) * _SIZES[match[2]]
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
    else:
        count = max(1, given.number("l", 1000))
        lines = data.splitlines(keepends=True)
        pieces = [b"".join(lines[at : at + count]) for at in range(0, len(lines), count)]
    length = min(max(1, given.number("a", 2)), _MOST_LETTERS)
    letters = "0123456789" if "d" in given else "abcdefghijklmnopqrstuvwxyz"
    for piece, suffix in zip(pieces, itertools.product(letters, repeat=length), strict=False):
        task.machine.meter.step()
        task.files.write(prefix + "".join(suffix), piece)
    return status


def _shuf(task: Task) -> int:
    given = parse(task, "n:ei:r", {"head-count=": "n", "echo": "e", "input-range=": "i"})
    status = 0
    if "i" in given:
        match = re.fullmatch(r"(\d+)-(\d+)", given.value("i"))
        if match is None:
            return task.complain(f"invalid input range: '{given.value('i')}'")
        low, high = whole(match[1]), whole(match[2])
        task.machine.meter.step(max(0, high - low) // 4)
        lines = [str(number).encode() for number in range(low, high + 1)]
    elif "e" in given:
        lines = [encoded(word) for word in given.operands]
    else:
        data, status = all_bytes(task, given.operands)
        lines = lines_of(task, data)
    for at in range(len(lines) - 1, 0, -1):
        other = int.from_bytes(task.machine.noise(4), "big") % (at + 1)
        lines[at], lines[other] = lines[other], lines[at]
    wanted = lines[: given.number("n")] if "n" in given else lines
    task.out(b"".join(line + b"\n" for line in wanted))
    return status


COMMANDS: dict[str, Callable[[Task], int]] = {
    "paste": _paste,
    "comm": _comm,
    "join": _join,
    "fold": _fold,
    "expand": _expand,
    "unexpand": _unexpand,
    "split": _split,
    "shuf": _shuf,
}
