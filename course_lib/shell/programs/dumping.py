"""od, hexdump, xxd, strings: bytes made readable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.shell.options import parse
from course_lib.shell.programs.text import all_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from course_lib.shell.task import Task

_ROW = 16
_BYTES_IN_A_STEP = 64
_NAMED = {0: r"\0", 7: r"\a", 8: r"\b", 9: r"\t", 10: r"\n", 11: r"\v", 12: r"\f", 13: r"\r"}
_PRINTABLE = range(32, 127)


def _rows(task: Task, data: bytes) -> list[tuple[int, bytes]]:
    task.machine.meter.step(len(data) // _BYTES_IN_A_STEP)
    return [(at, data[at : at + _ROW]) for at in range(0, len(data), _ROW)]


def _od(task: Task) -> int:
    given = parse(
        task, "A:t:N:j:vcxobd",
        {"address-radix=": "A", "format=": "t", "read-bytes=": "N", "skip-bytes=": "j",
         "output-duplicates": "v"},
        real="aDefFhHiIlLOsSwX",
    )  # fmt: skip
    data, status = all_bytes(task, given.operands)
    skip = given.number("j", 0)
    data = data[skip : skip + given.number("N")] if "N" in given else data[skip:]
    forms = [value for name, value in given.options if name == "t"]
    forms += [
        {"c": "c", "x": "x2", "o": "o2", "b": "o1", "d": "u2"}[n]
        for n, _ in given.options
        if n in "cxobd"
    ]
    for form in forms:
        if not re.fullmatch(r"c|[xou][1248]?|[d][1248]?", form):
            msg = f"-t {form}"
            raise task.not_simulated(msg)
    base = given.value("A", "o")
    before: bytes | None = None
    starred = False
    for at, row in _rows(task, data):
        if row == before and "v" not in given and len(row) == _ROW:
            if not starred:
                task.out("*\n")
            starred = True
            continue
        before, starred = row, False
        for number, form in enumerate(forms or ["o2"]):
            start = _address(base, skip + at) if not number else " " * len(_address(base, 0))
            task.out(start + _od_row(row, form) + "\n")
    if base != "n":
        task.out(_address(base, skip + len(data)) + "\n")
    return status


def _address(base: str, at: int) -> str:
    return {"o": f"{at:07o}", "d": f"{at:07d}", "x": f"{at:06x}", "n": ""}.get(base, f"{at:07o}")


def _od_row(row: bytes, form: str) -> str:
    if form == "c":
        return "".join(f"{_character(code):>4}" for code in row)
    kind, size = form[0], int(form[1:] or "4")
    width = {"x": 2 * size, "o": -(-8 * size // 3), "u": (3, 5, 0, 10)[min(size, 4) - 1], "d": 0}[
        kind
    ]
    if kind == "d":
        width = {1: 4, 2: 6, 4: 11, 8: 20}[size]
    if kind == "u" and size == 8:  # noqa: PLR2004 - eight bytes
        width = 20
    pieces = []
    for at in range(0, len(row), size):
        value = int.from_bytes(row[at : at + size].ljust(size, b"\0"), "little", signed=kind == "d")
        text = format(value, {"x": "x", "o": "o"}.get(kind, "d"))
        pieces.append(" " + (text.zfill(width) if kind in "xo" else text.rjust(width)))
    return "".join(pieces)


def _character(code: int) -> str:
    if code in _NAMED:
        return _NAMED[code]
    return chr(code) if code in _PRINTABLE else f"{code:03o}"


def _hexdump(task: Task) -> int:
    given = parse(task, "Cn:s:v", real="bcdeofx")
    data, status = all_bytes(task, given.operands)
    skip = given.number("s", 0)
    data = data[skip : skip + given.number("n")] if "n" in given else data[skip:]
    plain = "C" not in given and task.name != "hd"
    before: bytes | None = None
    starred = False
    digits = 7 if plain else 8
    for at, row in _rows(task, data):
        if row == before and "v" not in given and len(row) == _ROW:
            if not starred:
                task.out("*\n")
            starred = True
            continue
        before, starred = row, False
        shown = _words(row).ljust(39) if plain else _canonical(row)
        task.out(f"{skip + at:0{digits}x} {shown}\n")
    if data:
        task.out(f"{skip + len(data):0{digits}x}\n")
    return status


def _words(row: bytes) -> str:
    pairs = (row[at : at + 2].ljust(2, b"\0") for at in range(0, len(row), 2))
    return " ".join(f"{int.from_bytes(pair, 'little'):04x}" for pair in pairs)


def _canonical(row: bytes) -> str:
    halves = (" ".join(f"{code:02x}" for code in row[at : at + 8]).ljust(23) for at in (0, 8))
    return f" {'  '.join(halves)}  |{_text(row)}|"


def _text(row: Sequence[int]) -> str:
    return "".join(chr(code) if code in _PRINTABLE else "." for code in row)


def _xxd(task: Task) -> int:
    given = parse(task, "pl:s:", {}, real="abcegioru")
    data, status = all_bytes(task, given.operands[:1])
    skip = given.number("s", 0)
    data = data[skip : skip + given.number("l")] if "l" in given else data[skip:]
    if "p" in given:
        task.out("".join(data[at : at + 30].hex() + "\n" for at in range(0, len(data), 30)))
        return status
    for at, row in _rows(task, data):
        pairs = " ".join(row[pair : pair + 2].hex() for pair in range(0, len(row), 2))
        task.out(f"{skip + at:08x}: {pairs.ljust(39)}  {_text(row)}\n")
    return status


def _strings(task: Task) -> int:
    given = parse(task, "an:", {"all": "a", "bytes=": "n"}, real="efot")
    data, status = all_bytes(task, given.operands)
    least = min(max(1, given.number("n", 4)), _ROW**4)
    for match in re.finditer(rb"[\t -~]{%d,}" % least, data):
        task.out(match.group() + b"\n")
    return status


COMMANDS: dict[str, Callable[[Task], int]] = {
    "od": _od,
    "hexdump": _hexdump,
    "hd": _hexdump,
    "xxd": _xxd,
    "strings": _strings,
}
