"""`${x#pattern}` and its kind: what an operator makes of a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.grammar import Parameter, Word
from course_lib.shell.patterns import Pieces, compiled, has_magic

if TYPE_CHECKING:
    from course_lib.shell.expansion import Expander

_EMPTY = Word(())


def modified(value: str, operator: str, part: Parameter, expander: Expander) -> str:
    """Apply `# ## % %%`, bash's and ash's `: / //`, bash's `^ ^^ , ,,`."""
    if operator[0] in "#%":
        return _trimmed(value, operator, expander.pattern(part.word or _EMPTY), expander)
    if operator == ":":
        return _substring(value, part, expander)
    if operator[0] == "/":
        replacement = expander.text(part.extra) if part.extra is not None else ""
        pattern = expander.pattern(part.word or _EMPTY)
        if operator == "//" and pattern and not has_magic(pattern):
            return _all_replaced(value, pattern, replacement, expander)
        expander.charge(len(value) ** 2 * (len(value) if operator[1:] == "/" else 1))
        return _replaced(value, operator, pattern, replacement)
    change = str.upper if operator[0] == "^" else str.lower
    return change(value) if len(operator) > 1 else change(value[:1]) + value[1:]


def _trimmed(value: str, operator: str, pattern: Pieces, expander: Expander) -> str:
    longest = len(operator) > 1
    if not has_magic(pattern):
        text = "".join(piece for piece, _ in pattern)
        return value.removeprefix(text) if operator[0] == "#" else value.removesuffix(text)
    match = compiled(pattern).fullmatch
    size = len(value)
    expander.charge(size * size)
    if operator[0] == "#":
        for end in range(size, -1, -1) if longest else range(size + 1):
            if match(value, 0, end):
                return value[end:]
        return value
    for start in range(size + 1) if longest else range(size, -1, -1):
        if match(value, start):
            return value[:start]
    return value


def _substring(value: str, part: Parameter, expander: Expander) -> str:
    start = expander.number(part.word)
    if start < 0:
        start += len(value)
        if start < 0:
            return ""
    if part.extra is None:
        return value[start:]
    length = expander.number(part.extra)
    return value[start : start + length] if length >= 0 else value[start:length]


def _all_replaced(value: str, pattern: Pieces, replacement: str, expander: Expander) -> str:
    text = "".join(piece for piece, _ in pattern)
    if not text:
        return value
    expander.claim(len(value) + value.count(text) * len(replacement))
    return value.replace(text, replacement)


def _replaced(value: str, operator: str, pattern: Pieces, replacement: str) -> str:
    if not any(text for text, _ in pattern):
        return value
    if operator == "/#":
        end = _longest(value, pattern, 0, least=0)
        return value if end is None else replacement + value[end:]
    if operator == "/%":
        match = compiled(pattern).fullmatch
        start = next((at for at in range(len(value) + 1) if match(value, at)), None)
        return value if start is None else value[:start] + replacement
    result: list[str] = []
    position = 0
    while position < len(value):
        end = _longest(value, pattern, position, least=position + 1)
        if end is None:
            result.append(value[position])
            position += 1
            continue
        result.append(replacement)
        position = end
        if operator == "/":
            break
    return "".join(result) + value[position:]


def _longest(value: str, pattern: Pieces, start: int, *, least: int) -> int | None:
    """Where the longest match from `start` ends; None when none ends at `least` or later."""
    match = compiled(pattern).fullmatch
    return next((end for end in range(len(value), least - 1, -1) if match(value, start, end)), None)
