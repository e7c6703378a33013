"""wc, sort, uniq, cut, tr, tee, rev, nl-like small filters of lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.shell.numbers import whole
from course_lib.shell.openfile import OpenFile, open_for_writing
from course_lib.shell.options import missing_operand, parse, try_help
from course_lib.shell.programs.reading import inputs
from course_lib.shell.sayings import words
from course_lib.shell.task import decoded, encoded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from course_lib.shell.options import Given
    from course_lib.shell.streams import Stream
    from course_lib.shell.task import Task

_LINES_IN_A_STEP = 4
_MOST_REPEATS = 256  # of a character in a set of tr: there are no more characters


def all_bytes(task: Task, operands: tuple[str, ...], refusal: str = "{}") -> tuple[bytes, int]:
    """Read all inputs; return their bytes and the status so far."""
    failed: list[str] = []
    data = b"".join(stream.read() for _, stream in inputs(task, operands, failed, refusal))
    return data, int(bool(failed))


def lines_of(task: Task, data: bytes) -> list[bytes]:
    """Cut at newlines; the last line may lack one."""
    lines = data.split(b"\n")
    task.machine.meter.step(len(lines) // _LINES_IN_A_STEP)
    if not lines[-1]:
        lines.pop()
    return lines


# -- wc ------------------------------------------------------------------------------------------


def _wc(task: Task) -> int:
    given = parse(
        task,
        "lwcmL",
        {"lines": "l", "words": "w", "bytes": "c", "chars": "m", "max-line-length": "L"},
    )
    wanted = [letter for letter in "lwmcL" if letter in given] or ["l", "w", "c"]
    failed: list[str] = []
    rows: list[tuple[list[int], str]] = []
    for name, stream in inputs(task, given.operands, failed):
        data = stream.read()
        task.machine.meter.step(len(data) // 4096)
        counts = {
            "l": data.count(b"\n"), "w": len(data.split()), "c": len(data), "m": len(data),
            "L": max((len(line) for line in data.split(b"\n")), default=0),
        }  # fmt: skip
        rows.append(([counts[letter] for letter in wanted], name if given.operands else ""))
    if len(given.operands) > 1:
        totals = [sum(column) for column in zip(*(row for row, _ in rows), strict=True)]
        rows.append((totals or [0] * len(wanted), "total"))
    width = _wc_width(task, rows, wanted, given)
    for counts_row, name in rows:
        cells = " ".join(str(count).rjust(width) for count in counts_row)
        task.out(cells + (f" {name}" if name else "") + "\n")
    return int(bool(failed))


def _wc_width(
    task: Task,
    rows: list[tuple[list[int], str]],
    wanted: list[str],
    given: Given,
) -> int:
    """GNU aligns to the size of the files, and by seven for a pipe."""
    if len(wanted) == 1 and len(rows) == 1:
        return 1
    if task.busybox:
        return 9 if len(wanted) > 1 else 1
    if not given.operands and isinstance(task.stdin, OpenFile):
        return len(str(task.stdin.content().size))
    if not given.operands or "-" in given.operands:
        return 7
    nodes = [task.files.find(name) for name in given.operands]
    total = sum(getattr(node, "size", 0) for node in nodes if node is not None)
    return len(str(total))


# -- sort, uniq ----------------------------------------------------------------------------------


def _sort(task: Task) -> int:
    given = parse(
        task, "nrufbk:t:o:scVhgdi",
        {"numeric-sort": "n", "reverse": "r", "unique": "u", "ignore-case": "f", "key=": "k",
         "field-separator=": "t", "output=": "o", "stable": "s", "check": "c",
         "version-sort": "V", "human-numeric-sort": "h", "ignore-leading-blanks": "b"},
        real="mMRzST", status=2,
    )  # fmt: skip
    for letter in "gdi":
        if letter in given:
            msg = f"-{letter}"
            raise task.not_simulated(msg)
    data, status = all_bytes(task, given.operands, "cannot read: {}")
    lines = [decoded(line) for line in lines_of(task, data)]
    task.machine.meter.step(len(lines) // 16)
    keys = [_key(task, spec, given) for spec in given.values("k")]
    whole = _Key(1, 0, 0, "".join(letter for letter in "nrfbVh" if letter in given))
    separator = given.value("t")
    compared = keys or [whole]
    ordered = lines if "s" in given or "u" in given else sorted(lines, reverse=whole.reverse)
    for key in reversed(compared):
        ordered = sorted(ordered, key=lambda line: key.of(line, separator), reverse=key.reverse)
    if "c" in given:
        return _check_order(task, given, lines, ordered)
    if "u" in given:
        ordered = _without_repeats(
            ordered, lambda line: [key.of(line, separator) for key in compared]
        )
    text = "".join(line + "\n" for line in ordered)
    if "o" in given:
        task.files.write(given.value("o"), encoded(text))
    else:
        task.out(text)
    return 2 if status else 0


def _check_order(task: Task, given: Given, lines: list[str], ordered: list[str]) -> int:
    name = given.operands[0] if given.operands else "-"
    for number, (line, right) in enumerate(zip(lines, ordered, strict=True), 1):
        if line != right:
            return task.complain(f"{name}:{number + 1}: disorder: {lines[number]}")
    return 0


def _without_repeats(ordered: list[str], mark_of: Callable[[str], object]) -> list[str]:
    unique: list[str] = []
    seen: object = None
    for line in ordered:
        mark = mark_of(line)
        if mark != seen:
            unique.append(line)
        seen = mark
    return unique


class _Key:
    """`-k 2,3n`: from one field to another, compared in one way."""

    def __init__(self, first: int, last: int, char: int, flags: str) -> None:
        self._first = first
        self._last = last
        self._char = char
        self._flags = flags
        self.reverse = "r" in flags

    def of(self, line: str, separator: str) -> tuple[object, ...]:
        text = self._field(line, separator)
        if "V" in self._flags:
            return tuple(
                (0, whole(p), "") if p.isdigit() else (1, 0, p) for p in re.split(r"(\d+)", text)
            )
        if "h" in self._flags:
            match = re.match(r"\s*(-?)(\d*\.?\d*)([KkMGTPE]?)", text)
            if match is None or not match[2].strip("."):
                return (0.0,)
            size = (" KMGTPE".index(match[3].upper() or " "), float(match[2]))
            return (-size[0], -size[1]) if match[1] else size
        if "n" in self._flags:
            match = re.match(r"\s*(-?\d*\.?\d*)", text)
            number = match[1] if match else ""
            return (float(number) if re.search(r"\d", number) else 0.0,)
        if "b" in self._flags:
            text = text.lstrip()
        if "f" in self._flags:
            text = text.upper()
        return (encoded(text),)

    def _field(self, line: str, separator: str) -> str:
        if self._first == 1 and not self._last and not self._char:
            return line
        fields = line.split(separator) if separator else re.findall(r"[ \t]*[^ \t]+|[ \t]+\Z", line)
        chosen = fields[self._first - 1 : self._last or None]
        text = (separator or "").join(chosen)
        return text[self._char - 1 :] if self._char > 1 else text


def _key(task: Task, spec: str, given: Given) -> _Key:
    match = re.fullmatch(r"(\d+)(?:\.(\d+))?([bnrfV]*)(?:,(\d+)([bnrfV]*))?", spec)
    if match is None or match[1] == "0":
        msg = f"-k {spec}"
        raise task.not_simulated(msg)
    flags = match[3] + (match[5] or "") or "".join(letter for letter in "nrfbVh" if letter in given)
    return _Key(whole(match[1]), whole(match[4] or "0"), whole(match[2] or "0"), flags)


def _uniq(task: Task) -> int:
    given = parse(
        task,
        "cdui",
        {"count": "c", "repeated": "d", "unique": "u", "ignore-case": "i"},
        real="Dfswz",
    )
    data, status = all_bytes(task, given.operands[:1])
    groups: list[tuple[int, bytes]] = []
    for line in lines_of(task, data):
        same = groups and (
            groups[-1][1].lower() == line.lower() if "i" in given else groups[-1][1] == line
        )
        if same:
            groups[-1] = (groups[-1][0] + 1, groups[-1][1])
        else:
            groups.append((1, line))
    for count, line in groups:
        if ("d" in given and count == 1) or ("u" in given and count > 1):
            continue
        task.out((f"{count:7} ".encode() if "c" in given else b"") + line + b"\n")
    return status


# -- cut, tr -------------------------------------------------------------------------------------


def _ranges(task: Task, text: str) -> list[tuple[int, int]]:
    found = []
    for piece in text.split(","):
        match = re.fullmatch(r"(\d*)(-?)(\d*)", piece)
        if match is None or not (match[1] or match[3]) or "0" in (match[1], match[3]):
            task.complain(
                "fields are numbered from 1" if match else f"invalid field value '{piece}'",
            )
            raise missing_operand(task, what="list")
        first = whole(match[1] or "1")
        last = whole(match[3]) if match[3] else (10**9 if match[2] else first)
        found.append((first, last))
    return found


def _cut(task: Task) -> int:
    given = parse(
        task, "b:c:f:d:sn",
        {"bytes=": "b", "characters=": "c", "fields=": "f", "delimiter=": "d", "only-delimited": "s",
         "complement": "C", "output-delimiter=": "O"},
    )  # fmt: skip
    kind = given.last_of("bcf")
    if not kind:
        task.complain("you must specify a list of bytes, characters, or fields")
        raise try_help(task)
    if "C" in given:
        msg = "--complement"
        raise task.not_simulated(msg)
    ranges = _ranges(task, given.value(kind))
    data, status = all_bytes(task, given.operands)
    delimiter = given.value("d", "\t").encode()
    joiner = given.value("O").encode() if "O" in given else delimiter
    for line in lines_of(task, data):
        if kind == "f":
            if delimiter not in line:
                if "s" not in given:
                    task.out(line + b"\n")
                continue
            fields = line.split(delimiter)
            task.out(joiner.join(_chosen(fields, ranges)) + b"\n")
        else:
            task.out(b"".join(_chosen([line[n : n + 1] for n in range(len(line))], ranges)) + b"\n")
    return status


def _chosen(items: Sequence[bytes], ranges: list[tuple[int, int]]) -> list[bytes]:
    return [
        item
        for number, item in enumerate(items, 1)
        if any(first <= number <= last for first, last in ranges)
    ]


_TR_CLASSES = {
    "alpha": "A-Za-z", "digit": "0-9", "alnum": "0-9A-Za-z", "upper": "A-Z", "lower": "a-z",
    "space": "\t-\r ", "blank": "\t ", "punct": "!-/:-@[-`{-~", "print": " -~", "graph": "!-~",
    "cntrl": "\0-\x1f\x7f", "xdigit": "0-9A-Fa-f",
}  # fmt: skip
_TR_PIECE = re.compile(rb"\[:([a-z]+):\]|\[(.)\*(\d*)\]|\\([0-7]{1,3}|.)|(.)", re.DOTALL)
_TR_ESCAPES = {b"n": 10, b"t": 9, b"r": 13, b"a": 7, b"b": 8, b"f": 12, b"v": 11}


def _tr_set(text: str) -> bytes:
    raw = encoded(text)
    codes: list[int] = []
    position = 0
    range_from: int | None = None
    while match := _TR_PIECE.match(raw, position):
        name, repeated, count, escape, char = match.groups()
        position = match.end()
        if name is not None:
            codes.extend(_tr_set(_TR_CLASSES.get(name.decode(), "")))
            continue
        if repeated is not None:
            codes.extend([repeated[0]] * min(whole((count or b"0").decode()), _MOST_REPEATS))
            continue
        code = _tr_escape(escape) if escape is not None else char[0]
        if range_from is not None:
            codes.extend(range(range_from + 1, code + 1))
            range_from = None
            continue
        codes.append(code)
        if raw[position : position + 1] == b"-" and position + 1 < len(raw):
            range_from = code
            position += 1
    return bytes(codes)


def _tr_escape(escape: bytes) -> int:
    if escape.isdigit():
        return int(escape, 8) & 0xFF
    return _TR_ESCAPES.get(escape, escape[0])


def _tr(task: Task) -> int:  # noqa: C901 - translate, delete and squeeze share their sets
    given = parse(
        task, "dscCt", {"delete": "d", "squeeze-repeats": "s", "complement": "c", "truncate-set1": "t"},
        in_order=True,
    )  # fmt: skip
    if not given.operands:
        raise missing_operand(task)
    first = _tr_set(given.operands[0])
    if "c" in given or "C" in given:
        first = bytes(code for code in range(256) if code not in first)
    second = _tr_set(given.operands[1]) if len(given.operands) > 1 else b""
    if len(given.operands) == 1 and "d" not in given and "s" not in given:
        task.complain(f"missing operand after '{given.operands[0]}'")
        task.err(
            "Two strings must be given when translating.\nTry 'tr --help' for more information.",
        )
        return 1
    data = task.stdin.read()
    squeezed = first
    if "d" in given:
        data = data.translate(None, first)
        squeezed = second
    elif second:
        full = second + second[-1:] * (len(first) - len(second))
        table = bytearray(range(256))
        for old, new in zip(first, full, strict=False):
            if first.index(old) == first.index(bytes([old])):
                table[old] = new
        data = data.translate(bytes(table))
        squeezed = second
    if "s" in given:
        out = bytearray()
        for code in data:
            if not (out and out[-1] == code and code in squeezed):
                out.append(code)
        data = bytes(out)
    task.out(data)
    return 0


def _tee(task: Task) -> int:
    given = parse(task, "ai", {"append": "a"}, real="p")
    data = task.stdin.read()
    status = 0
    streams: list[Stream] = []
    for name in given.operands:
        try:
            streams.append(open_for_writing(task.files, name, append="a" in given))
        except OSError as error:
            status = task.complain(f"{name}: {words(error)}")
    task.out(data)
    for stream in streams:
        stream.write(data)
    return status


def _rev(task: Task) -> int:
    given = parse(task, "")
    data, status = all_bytes(task, given.operands)
    for line in lines_of(task, data):
        task.out(decoded(line)[::-1] + "\n")
    return status


def _nl(task: Task) -> int:
    given = parse(task, "b:", real="dfhilnpsvw")
    data, status = all_bytes(task, given.operands)
    number = 0
    for line in lines_of(task, data):
        if line or given.value("b") == "a":
            number += 1
            task.out(f"{number:6}\t".encode() + line + b"\n")
        else:
            task.out("       \n")
    return status


COMMANDS: dict[str, Callable[[Task], int]] = {
    "wc": _wc,
    "sort": _sort,
    "uniq": _uniq,
    "cut": _cut,
    "tr": _tr,
    "tee": _tee,
    "rev": _rev,
    "nl": _nl,
}
