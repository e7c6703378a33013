"""sha256sum and its kind, md5sum, base64, cmp."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING

from course_lib.shell.options import missing_operand, parse
from course_lib.shell.programs.reading import inputs
from course_lib.shell.programs.text import all_bytes, lines_of
from course_lib.shell.sayings import words
from course_lib.shell.task import decoded

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.options import Given
    from course_lib.shell.task import Task


def _sum(task: Task) -> int:
    given = parse(
        task, "cbtsw", {"check": "c", "binary": "b", "text": "t", "status": "s", "quiet": "q",
                        "warn": "w", "strict": "S"},
    )  # fmt: skip
    if "c" in given:
        return _check(task, given)
    failed: list[str] = []
    for name, stream in inputs(task, given.operands, failed):
        mark = "*" if "b" in given else " "
        task.out(f"{_digest(task, stream.read())} {mark}{name}\n")
    return int(bool(failed))


def _digest(task: Task, data: bytes) -> str:
    algorithm = task.name.removesuffix("sum")
    return hashlib.new(algorithm, data, usedforsecurity=False).hexdigest()


def _check(task: Task, given: Given) -> int:
    data, status = all_bytes(task, given.operands)
    bad = missing = good = 0
    for line in lines_of(task, data):
        match = re.fullmatch(r"([0-9a-fA-F]{32,128}) [ *](.+)", decoded(line))
        if match is None:
            continue
        name = match[2]
        try:
            same = _digest(task, task.files.read(name)) == match[1].lower()
        except OSError as error:
            missing += 1
            task.complain_about(name, error)
            if "s" not in given:
                task.out(f"{name}: FAILED open or read\n")
            continue
        good += same
        bad += not same
        if "s" not in given and not (same and "q" in given):
            task.out(f"{name}: {'OK' if same else 'FAILED'}\n")
    if not good and not bad and not missing:
        source = given.operands[0] if given.operands else "'standard input'"
        return task.complain(f"{source}: no properly formatted checksum lines found")
    if missing:
        task.complain(f"WARNING: {missing} listed file{'s' * (missing > 1)} could not be read")
    if bad and "s" not in given:
        task.complain(f"WARNING: {bad} computed checksum{'s' * (bad > 1)} did NOT match")
    return int(bool(bad or missing or status))


_POLYNOMIAL = 0x04C11DB7
_TOP = 0x8000_0000
_WORD = 0xFFFF_FFFF
_BYTES_OF_A_STEP = 200


def _cksum(task: Task) -> int:
    """The checksum of POSIX: a CRC over the bytes and then over their number."""
    given = parse(task, "", real="az")
    failed: list[str] = []
    for name, stream in inputs(task, given.operands or ("-",), failed):
        data = stream.read()
        task.machine.meter.step(len(data) // _BYTES_OF_A_STEP)
        length = len(data).to_bytes((len(data).bit_length() + 7) // 8, "little")
        shown = f" {name}" if given.operands else ""
        task.out(f"{_crc(data + length)} {len(data)}{shown}\n")
    return int(bool(failed))


@cache
def _table() -> tuple[int, ...]:
    found = []
    for byte in range(256):
        crc = byte << 24
        for _ in range(8):
            crc = ((crc << 1) ^ _POLYNOMIAL if crc & _TOP else crc << 1) & _WORD
        found.append(crc)
    return tuple(found)


def _crc(data: bytes) -> int:
    table, crc = _table(), 0
    for byte in data:
        crc = (crc << 8 & _WORD) ^ table[crc >> 24 ^ byte]
    return crc ^ _WORD


def _base64(task: Task) -> int:
    given = parse(task, "diw:D", {"decode": "d", "ignore-garbage": "i", "wrap=": "w"})
    data, status = all_bytes(task, given.operands)
    if "d" in given or "D" in given:
        try:
            task.out(base64.b64decode(re.sub(rb"\s", b"", data), validate="i" not in given))
        except binascii.Error:
            return task.complain("invalid input")
        return status
    text = base64.b64encode(data).decode()
    width = given.number("w", 76)
    if not width:
        task.out(text)
        return status
    task.out("".join(text[at : at + width] + "\n" for at in range(0, len(text), width)))
    return status


def _cmp(task: Task) -> int:
    given = parse(task, "sl", {"quiet": "s", "silent": "s"})
    if "l" in given:
        msg = "-l"
        raise task.not_simulated(msg)
    if not given.operands:
        raise missing_operand(task)
    names = (*given.operands, "-")[:2]
    contents = []
    for name in names:
        try:
            contents.append(task.stdin.read() if name == "-" else task.files.read(name))
        except OSError as error:
            if "s" not in given:
                task.complain(f"{name}: {words(error)}")
            return 2
    one, two = contents
    if one == two:
        return 0
    if "s" in given:
        return 1
    at = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), None)
    if at is None:
        shorter = names[0] if len(one) < len(two) else names[1]
        size = min(len(one), len(two))
        lines = (one if len(one) < len(two) else two).count(b"\n")
        return task.complain(f"EOF on {shorter} after byte {size}, line {lines}")
    task.out(f"{names[0]} {names[1]} differ: char {at + 1}, line {one[:at].count(10) + 1}\n")
    return 1


COMMANDS: dict[str, Callable[[Task], int]] = {
    **dict.fromkeys(
        ("md5sum", "sha1sum", "sha224sum", "sha256sum", "sha384sum", "sha512sum"),
        _sum,
    ),
    "base64": _base64,
    "cksum": _cksum,
    "cmp": _cmp,
}
