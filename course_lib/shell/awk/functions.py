"""awk's own functions."""

from __future__ import annotations

import math
import re
import time
from typing import TYPE_CHECKING

from course_lib.shell.awk.errors import AwkError
from course_lib.shell.awk.formatting import formatted
from course_lib.shell.awk.grammar import Name, Pattern
from course_lib.shell.awk.patterns import regex
from course_lib.shell.awk.records import split
from course_lib.shell.awk.values import from_input

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.awk.evaluator import Evaluator
    from course_lib.shell.awk.grammar import Expression
    from course_lib.shell.awk.values import Scalar

    Arguments = tuple[Expression, ...]
    Function = Callable[[Evaluator, Arguments], Scalar]


def _need(given: Arguments, least: int, most: int, name: str) -> None:
    if not least <= len(given) <= most:
        msg = f"wrong number of arguments in call to {name}"
        raise AwkError(msg)


def length(awk: Evaluator, given: Arguments | None) -> Scalar:
    """`length(x)`; of an array, how many elements it has."""
    if not given:
        return float(len(awk.run.record.text()))
    _need(given, 1, 1, "length")
    first = given[0]
    if isinstance(first, Name):
        held = awk.run.home(first.name).get(first.name)
        if isinstance(held, dict):
            return float(len(held))
    return float(len(awk.text(first)))


def _substr(awk: Evaluator, given: Arguments) -> Scalar:
    _need(given, 2, 3, "substr")
    text = awk.text(given[0])
    start = awk.number(given[1])
    wanted = awk.number(given[2]) if len(given) > 2 else math.inf  # noqa: PLR2004 - a length
    if math.isnan(start) or math.isnan(wanted):
        return ""
    begin = max(_rounded(start), 1)  # mawk and busybox count the length from there
    end = min(begin + _rounded(wanted), len(text) + 1)
    return text[int(begin) - 1 : int(end) - 1] if end > begin else ""


def _rounded(value: float) -> float:
    return float(round(value)) if math.isfinite(value) else value


def _index(awk: Evaluator, given: Arguments) -> Scalar:
    _need(given, 2, 2, "index")
    text = awk.text(given[0])
    return float(text.find(awk.text(given[1])) + 1)


def _split(awk: Evaluator, given: Arguments) -> Scalar:
    _need(given, 2, 3, "split")
    text = awk.text(given[0])
    name = given[1]
    if not isinstance(name, Name):
        msg = "split: the second argument is no array"
        raise AwkError(msg)
    if len(given) > 2:  # noqa: PLR2004 - a separator
        last = given[2]
        separator = last.regex if isinstance(last, Pattern) else awk.text(last)
        if isinstance(last, Pattern) and len(separator) == 1:
            separator = f"({separator})"
    else:
        separator = awk.run.record.separator
    pieces = split(text, separator)
    awk.run.meter.step(len(pieces) // 8)
    array = awk.run.array(name.name)
    array.clear()
    array.update({str(at): from_input(piece) for at, piece in enumerate(pieces, 1)})
    return float(len(pieces))


def _substitute(awk: Evaluator, given: Arguments, *, everywhere: bool) -> Scalar:
    _need(given, 2, 3, "sub")
    pattern = regex(awk.pattern(given[0]))
    replacement = awk.text(given[1])
    target = awk.target(given[2]) if len(given) > 2 else None  # noqa: PLR2004 - a target
    text = awk.text(target) if target is not None else awk.run.record.text()
    pieces: list[str] = []
    position = count = 0
    for match in pattern.all(text):
        pieces += (text[position : match.start()], _filled(replacement, match.group() or ""))
        position = match.end()
        count += 1
        if not everywhere:
            break
    if count:
        changed = awk.run.made("".join([*pieces, text[position:]]))
        if target is None:
            awk.run.record.set(changed)
        else:
            awk.assign(target, changed)
    return float(count)


def _filled(replacement: str, matched: str) -> str:
    r"""`&` is what matched, `\&` an ampersand."""
    return re.sub(
        r"\\\\|\\&|&",
        lambda part: {"\\\\": "\\", "\\&": "&"}.get(part.group(), matched),
        replacement,
    )


def _sub(awk: Evaluator, given: Arguments) -> Scalar:
    return _substitute(awk, given, everywhere=False)


def _gsub(awk: Evaluator, given: Arguments) -> Scalar:
    return _substitute(awk, given, everywhere=True)


def _match(awk: Evaluator, given: Arguments) -> Scalar:
    _need(given, 2, 2, "match")
    text = awk.text(given[0])
    found = regex(awk.pattern(given[1])).search(text)
    start = float(found.start() + 1) if found else 0.0
    awk.run.variables["RSTART"] = start
    awk.run.variables["RLENGTH"] = float(found.end() - found.start()) if found else -1.0
    return start


def _sprintf(awk: Evaluator, given: Arguments) -> Scalar:
    _need(given, 1, 1000, "sprintf")
    form, *values = (awk.value(one) for one in given)
    return awk.run.made(formatted(awk.run.string(form), values, awk.run.string))


def _mathematics(name: str, function: Callable[[float], float]) -> Function:
    def call(awk: Evaluator, given: Arguments) -> Scalar:
        _need(given, 1, 1, name)
        try:
            return float(function(awk.number(given[0])))
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf

    return call


def _atan2(awk: Evaluator, given: Arguments) -> Scalar:
    _need(given, 2, 2, "atan2")
    return math.atan2(awk.number(given[0]), awk.number(given[1]))


def _logarithm(value: float) -> float:
    return -math.inf if value == 0 else math.log(value)


def _whole(value: float) -> float:
    return float(math.trunc(value)) if math.isfinite(value) else value


def _rand(awk: Evaluator, given: Arguments) -> Scalar:
    _need(given, 0, 0, "rand")
    return int.from_bytes(awk.run.task.machine.noise(6), "big") / float(1 << 48)


def _srand(awk: Evaluator, given: Arguments) -> Scalar:
    before = awk.run.seed
    awk.run.seed = awk.number(given[0]) if given else float(awk.run.task.machine.clock.now())
    return before


def _tolower(awk: Evaluator, given: Arguments) -> Scalar:
    _need(given, 1, 1, "tolower")
    return awk.text(given[0]).lower()


def _toupper(awk: Evaluator, given: Arguments) -> Scalar:
    _need(given, 1, 1, "toupper")
    return awk.text(given[0]).upper()


def _system(awk: Evaluator, given: Arguments) -> Scalar:
    _need(given, 1, 1, "system")
    return float(awk.run.channels.system(awk.text(given[0])))


def _close(awk: Evaluator, given: Arguments) -> Scalar:
    _need(given, 1, 1, "close")
    return float(awk.run.channels.close(awk.text(given[0])))


def _fflush(awk: Evaluator, given: Arguments) -> Scalar:
    for one in given:
        awk.value(one)
    return 0.0


def _systime(awk: Evaluator, given: Arguments) -> Scalar:
    _need(given, 0, 0, "systime")
    return float(awk.run.task.machine.clock.now())


def _strftime(awk: Evaluator, given: Arguments) -> Scalar:
    _need(given, 0, 3, "strftime")
    form = awk.text(given[0]) if given else "%c"
    when = awk.number(given[1]) if len(given) > 1 else float(awk.run.task.machine.clock.now())
    try:
        return time.strftime(form, time.gmtime(when))
    except (ValueError, OverflowError, OSError) as error:
        msg = "strftime: no such time"
        raise AwkError(msg) from error


FUNCTIONS: dict[str, Function] = {
    "substr": _substr, "index": _index, "split": _split, "sub": _sub, "gsub": _gsub,
    "match": _match, "sprintf": _sprintf, "atan2": _atan2, "rand": _rand, "srand": _srand,
    "tolower": _tolower, "toupper": _toupper, "system": _system, "close": _close,
    "fflush": _fflush, "systime": _systime, "strftime": _strftime,
    "sin": _mathematics("sin", math.sin), "cos": _mathematics("cos", math.cos),
    "exp": _mathematics("exp", math.exp), "log": _mathematics("log", _logarithm),
    "sqrt": _mathematics("sqrt", math.sqrt), "int": _mathematics("int", _whole),
}  # fmt: skip
