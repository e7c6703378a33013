"""date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.dates import moment, parse_date, parse_relative
from course_lib.shell.options import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from course_lib.shell.task import Task

_SHORT = {"F": "%Y-%m-%d", "T": "%H:%M:%S", "D": "%m/%d/%y", "R": "%H:%M", "c": "%a %b %e %H:%M:%S %Y",
          "x": "%m/%d/%y", "X": "%H:%M:%S", "r": "%I:%M:%S %p", "h": "%b"}  # fmt: skip
_DIRECT = frozenset("aAbBdHIjmMpSUwWyYu")


def formatted(text: str, seconds: int) -> str:
    """`%Y-%m-%d` and the like, in English and UTC on every machine."""
    when = moment(seconds)
    out: list[str] = []
    position = 0
    while position < len(text):
        char = text[position]
        position += 1
        if char != "%" or position == len(text):
            out.append(char)
            continue
        letter = text[position]
        position += 1
        strip = letter == "-" and position < len(text)
        if strip:
            letter = text[position]
            position += 1
        piece = _piece(letter, when, seconds)
        out.append(piece.lstrip("0") or "0" if strip else piece)
    return "".join(out)


def _piece(letter: str, when: datetime, seconds: int) -> str:
    if letter in _SHORT:
        return formatted(_SHORT[letter], seconds)
    if letter in _DIRECT:
        return when.strftime(f"%{letter}")
    special = {
        "%": "%", "n": "\n", "t": "\t", "s": str(seconds), "N": "000000000", "Z": "UTC",
        "z": "+0000", "e": f"{when.day:2}", "k": f"{when.hour:2}", "C": f"{when.year // 100:02}",
        "P": when.strftime("%p").lower(), "G": when.strftime("%G"), "V": when.strftime("%V"),
        "l": f"{(when.hour - 1) % 12 + 1:2}",
    }  # fmt: skip
    return special.get(letter, "%" + letter)


def _named(task: Task, text: str, now: int) -> int | None:
    """The time that `-d` names; busybox knows no words, and says so (None)."""
    found = parse_date(text, now)
    if found is None and task.busybox and text[:1].isalpha():
        return None
    if found is None and not task.busybox:
        found = parse_relative(text, now)
    if found is None:
        msg = f"-d '{text}'"
        raise task.not_simulated(msg)
    return found


def _date(task: Task) -> int:
    given = parse(
        task, "ud:r:RIs:",
        {"utc": "u", "universal": "u", "date=": "d", "reference=": "r", "rfc-email": "R",
         "iso-8601": "I", "iso-8601=": "J", "set=": "s"},
    )  # fmt: skip
    now = task.machine.clock.now()
    if "s" in given:
        return task.complain("cannot set date: Operation not permitted")
    if "J" in given:
        msg = "--iso-8601="
        raise task.not_simulated(msg)
    if "r" in given:
        now = task.files.stat(given.value("r")).mtime
    if "d" in given:
        named = _named(task, given.value("d"), now)
        if named is None:
            return task.complain(f"invalid date '{given.value('d')}'")
        now = named
    form = "%a %b %e %H:%M:%S UTC %Y"
    if "R" in given:
        form = "%a, %d %b %Y %H:%M:%S +0000"
    elif "I" in given:
        form = "%F"
    for operand in given.operands:
        if not operand.startswith("+"):
            return task.complain(f"invalid date '{operand}'")
        form = operand[1:]
    task.out(formatted(form, now) + "\n")
    return 0


COMMANDS: dict[str, Callable[[Task], int]] = {"date": _date}
