"""echo, printf, true, false, yes, seq, pwd."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.shell.meter import ExhaustedError
from course_lib.shell.numbers import whole
from course_lib.shell.options import missing_operand, parse
from course_lib.shell.task import encoded
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task

_ESCAPE = re.compile(r"\\(0[0-7]{0,3}|x[0-9a-fA-F]{1,2}|[1-7][0-7]{0,2}|.)", re.DOTALL)
_LONGEST_OCTAL = r"\012"  # in a format, `\0123` is `\012` and 3
_LETTERS = {
    "a": b"\a", "b": b"\b", "e": b"\x1b", "f": b"\f", "n": b"\n", "r": b"\r", "t": b"\t",
    "v": b"\v", "\\": b"\\",
}  # fmt: skip


def unescaped(text: str, *, leading_zero: bool) -> tuple[bytes, bool]:
    r"""Replace `\n`, `\0101` (or `\101`); `\c` ends the text and gives True beside it."""
    out: list[bytes] = []
    position = 0
    for match in _ESCAPE.finditer(text):
        out.append(encoded(text[position : match.start()]))
        position = match.end()
        body = match[1]
        if body == "c":
            return b"".join(out), True
        if body[0] == "0" or (not leading_zero and body[0] in "1234567"):
            digits = body[:3] if body[0] != "0" or not leading_zero else body
            position -= len(body) - len(digits)
            out.append(bytes([int(digits, 8) & 0xFF]))
        elif body[0] == "x" and len(body) > 1:
            out.append(bytes([int(body[1:], 16)]))
        elif body in _LETTERS:
            out.append(_LETTERS[body])
        else:
            out.append(encoded(match.group()))
    out.append(encoded(text[position:]))
    return b"".join(out), False


def _echo(task: Task) -> int:
    words = list(task.args)
    newline = True
    escapes = task.flavour == "dash"
    allowed = "n" if escapes else "neE"
    while words and re.fullmatch(f"-[{allowed}]+", words[0]):
        flags = words.pop(0)
        newline = newline and "n" not in flags
        for flag in flags:
            escapes = {"e": True, "E": False}.get(flag, escapes)
        if task.flavour == "dash":
            break
    text = " ".join(words)
    if escapes and "\\" in text:
        data, stop = unescaped(text, leading_zero=True)
        task.out(data if stop or not newline else data + b"\n")
    else:
        task.out(text + "\n" if newline else text)
    return 0


_DIRECTIVE = re.compile(r"%([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+)?)?([a-zA-Z%])|\\|[^%\\]+|%")


def _printf(task: Task) -> int:
    arguments = list(task.args)
    if arguments and arguments[0] == "--":
        arguments.pop(0)
    if not arguments:
        usage = {
            "dash": "usage: printf format [arg ...]",
            "bash": "usage: printf [-v var] format [arguments]",
            "busybox": "usage: printf FORMAT [ARGUMENT...]",
        }
        if task.flavour in usage:
            return task.complain(usage[task.flavour], 2)
        raise missing_operand(task)
    if arguments[0] == "-v" and task.flavour == "bash":
        msg = "-v"
        raise task.not_simulated(msg)
    form = arguments.pop(0)
    printer = _Printf(task, arguments)
    while True:
        before = len(arguments)
        task.machine.meter.step()
        stop = printer.once(form)
        if stop or not arguments or len(arguments) == before:
            break
    task.out(b"".join(printer.out))
    return printer.status


class _Printf:
    def __init__(self, task: Task, arguments: list[str]) -> None:
        self._task = task
        self._arguments = arguments
        arguments.reverse()  # the next one is the last
        self.out: list[bytes] = []
        self.status = 0

    def once(self, form: str) -> bool:
        r"""Print the format once; True when `\c` ends the output."""
        position = 0
        while position < len(form):
            if form[position] == "\\":
                match = _ESCAPE.match(form, position)
                piece = match.group() if match else "\\"
                data, stop = unescaped(piece, leading_zero=False)
                if piece[:2] == "\\x" and self._task.flavour == "dash":
                    data = piece.encode()
                if piece[:2] == "\\0" and len(piece) > len(_LONGEST_OCTAL):
                    data = unescaped(piece[:4], leading_zero=False)[0] + piece[4:].encode()
                self.out.append(data)
                position += len(piece)
                if stop:
                    return True
                continue
            directive = _DIRECTIVE.match(form, position)
            if directive is None or directive[4] is None:
                text = directive.group() if directive else form[position]
                if text == "%":
                    return self._bad(form[position:])
                self.out.append(encoded(text))
                position += len(text)
                continue
            position = directive.end()
            if self._directive(directive):
                return True
        return False

    def _bad(self, text: str) -> bool:
        if self._task.flavour == "busybox":
            self._task.complain("%: invalid format")
        elif self._task.flavour == "bash":
            self._task.complain(f"`{text[:2]}': missing format character")
        else:
            self._task.complain(f"{text[:2]}: invalid directive")
        self.status = 2 if self._task.flavour == "dash" else 1
        return True

    def _next(self) -> str:
        return self._arguments.pop() if self._arguments else ""

    def _directive(self, match: re.Match[str]) -> bool:
        flags, width, precision, kind = match.groups()
        if kind == "%":
            self.out.append(b"%")
            return False
        if kind not in "diouxXeEfFgGcsbq":
            return self._bad(match.group())
        if width == "*":
            width = str(self._number(self._next()))
            if width.startswith("-"):
                flags, width = flags + "-", width[1:]
        has_precision = "." in match.group()
        if precision == "*":
            precision = str(self._number(self._next()))
        limit = whole(precision or "0") if has_precision else None
        size = min(whole(width or "0"), 100_000)
        self._task.machine.meter.memory(size)
        if kind in "sbcq":
            return self._text(kind, flags, size, limit)
        if kind in "diouxX":
            self.out.append(_integer(self._number(self._next()), kind, flags, size, limit))
        else:
            value = self._float(self._next())
            dot = "" if limit is None else f".{min(limit, 500)}"
            self.out.append((f"%{flags}{size or ''}{dot}{kind}" % value).encode())
        return False

    def _text(self, kind: str, flags: str, size: int, limit: int | None) -> bool:
        value = self._next()
        stop = False
        data = encoded(value)
        if kind == "b":
            data, stop = unescaped(value, leading_zero=True)
        elif kind == "c":
            data = data[:1]
        elif kind == "q":
            if self._task.flavour == "dash":
                return self._bad("%q")
            data = encoded(_shell_quoted(value))
        if limit is not None:
            data = data[:limit]
        self.out.append(data.ljust(size) if "-" in flags else data.rjust(size))
        return stop

    def _number(self, text: str) -> int:
        if not text:
            return 0
        if text[0] in "'\"":
            return ord(text[1]) if len(text) > 1 else 0
        match = re.match(r"\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[0-9]+)", text)
        if match is None or match.end() != len(text):
            self._complain_number(text, partly=match is not None)
        if match is None:
            return 0
        digits = match[2]
        octal = len(digits) > 1 and digits[0] == "0" and digits[1] in "01234567"
        value = whole(digits, 16 if digits[:2] in {"0x", "0X"} else 8 if octal else 10)
        return -value if match[1] == "-" else value

    def _float(self, text: str) -> float:
        try:
            return float(text or "0")
        except ValueError:
            self._complain_number(text, partly=False)
            return 0.0

    def _complain_number(self, text: str, *, partly: bool) -> None:
        self.status = 1
        flavour = self._task.flavour
        if flavour == "dash":
            words = "not completely converted" if partly else "expected numeric value"
            self._task.complain(f"{text}: {words}")
        elif flavour == "busybox":
            self._task.err(f"{self._task.prefix}invalid number '{text}'")
        elif flavour == "bash":
            self._task.complain(f"{text}: invalid number")
        elif partly:
            self._task.complain(f"'{text}': value not completely converted")
        else:
            self._task.complain(f"'{text}': expected a numeric value")


def _shell_quoted(text: str) -> str:
    return re.sub(r"([^A-Za-z0-9_@%+=:,./-])", r"\\\1", text) if text else "''"


def _integer(value: int, kind: str, flags: str, size: int, limit: int | None) -> bytes:
    if kind in "ouxX":
        value %= 1 << 64
    digits = {"o": "o", "x": "x", "X": "X"}.get(kind, "d")
    text = format(abs(value), digits)
    if limit is not None:
        text = text.rjust(min(limit, 100_000), "0")
    if "#" in flags and value:
        text = {"o": "0", "x": "0x", "X": "0X"}.get(kind, "") + text
    sign = (
        "-"
        if value < 0
        else "+"
        if "+" in flags and kind in "di"
        else " "
        if " " in flags and kind in "di"
        else ""
    )
    if "-" in flags:
        return (sign + text).ljust(size).encode()
    if "0" in flags and limit is None:
        return (sign + text.rjust(size - len(sign), "0")).encode()
    return (sign + text).rjust(size).encode()


def _true(task: Task) -> int:
    del task
    return 0


def _false(task: Task) -> int:
    del task
    return 1


def _yes(task: Task) -> int:
    line = encoded(" ".join(task.args or ("y",)) + "\n")
    block = line * max(1, 4096 // len(line))
    while True:
        task.machine.meter.step(100)
        task.out(block)


_MOST_NUMBERS = 1_000_000
_FAR = 10**15


def _seq(task: Task) -> int:  # noqa: C901, PLR0912 - one argument after another
    separator, width = "\n", False
    words = list(task.args)
    while words and re.match(r"-[ws]", words[0]):
        word = words.pop(0)
        if word == "-w":
            width = True
        elif len(word) > len("-s"):
            separator = word[2:]
        elif words:
            separator = words.pop(0)
    if not words:
        raise missing_operand(task)
    for word in words:
        if not re.fullmatch(r"-?\d+", word):
            if re.fullmatch(r"-?\d*\.\d+", word):
                msg = "with fractions"
                raise task.not_simulated(msg)
            return task.complain(f"invalid floating point argument: '{word}'")
    numbers = [max(-_FAR, min(_FAR, whole(word))) for word in words]
    first, step, last = 1, 1, numbers[-1]
    if len(numbers) > 1:
        first = numbers[0]
    if numbers[2:]:
        step = numbers[1]
    if step == 0:
        return task.complain("invalid Zero increment value: '0'")
    found = range(first, last + (1 if step > 0 else -1), step)
    if len(found) > _MOST_NUMBERS:
        raise ExhaustedError(
            Text(f"stopped: seq with {len(found)} numbers", f"停止：seq 要产生 {len(found)} 个数"),
        )
    digits = max(len(str(first)), len(str(last))) if width else 0
    if found:
        task.out(separator.join(str(number).zfill(digits) for number in found) + "\n")
    return 0


def _pwd(task: Task) -> int:
    parse(task, "LP")
    task.out(task.files.real(".") + "\n")
    return 0


COMMANDS: dict[str, Callable[[Task], int]] = {
    "echo": _echo,
    "printf": _printf,
    "true": _true,
    "false": _false,
    "yes": _yes,
    "seq": _seq,
    "pwd": _pwd,
}
