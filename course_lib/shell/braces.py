"""bash's `{a,b}` and `{1..3}`, expanded before anything else."""

from __future__ import annotations

import re

from course_lib.shell.grammar import Literal, Part, Word
from course_lib.shell.meter import ExhaustedError
from course_lib.shell.numbers import whole
from course_lib.text import Text

_RANGE = re.compile(r"(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?\Z|([A-Za-z])\.\.([A-Za-z])\Z")
_MOST = 10_000

_Mark = Literal | Part


def expand_braces(word: Word) -> list[Word]:
    """Return the words that a word with braces stands for; a word without, alone."""
    if not any(isinstance(p, Literal) and not p.quoted and "{" in p.text for p in word.parts):
        return [word]
    return [Word(_merged(parts)) for parts in _expand(_characters(word))]


def _characters(word: Word) -> list[Part]:
    found: list[Part] = []
    for part in word.parts:
        if isinstance(part, Literal) and not part.quoted:
            found.extend(Literal(char) for char in part.text)
        else:
            found.append(part)
    return found


def _merged(parts: list[Part]) -> tuple[Part, ...]:
    merged: list[Part] = []
    for part in parts:
        last = merged[-1] if merged else None
        if (
            isinstance(part, Literal)
            and isinstance(last, Literal)
            and not part.quoted
            and not last.quoted
        ):
            merged[-1] = Literal(last.text + part.text)
        else:
            merged.append(part)
    return tuple(merged)


def _char(part: Part) -> str:
    return part.text if isinstance(part, Literal) and not part.quoted else ""


def _expand(parts: list[Part]) -> list[list[Part]]:
    start = 0
    while start < len(parts):
        if _char(parts[start]) == "{" and (found := _group(parts, start)) is not None:
            alternatives, end = found
            tails = _expand(parts[end:])
            heads = [one for alternative in alternatives for one in alternative]
            if len(heads) * len(tails) > _MOST:
                raise ExhaustedError(
                    Text(
                        f"stopped: a brace expansion makes more than {_MOST} words",
                        f"停止：花括号展开产生超过 {_MOST} 个词",
                    ),
                )
            return [parts[:start] + head + tail for head in heads for tail in tails]
        start += 1
    return [parts]


def _group(parts: list[Part], start: int) -> tuple[list[list[list[Part]]], int] | None:
    if start and _char(parts[start - 1]) == "$":
        return None
    depth = 0
    pieces: list[list[Part]] = [[]]
    for position in range(start, len(parts)):
        char = _char(parts[position])
        if char == "{":
            depth += 1
            if depth == 1:
                continue
        elif char == "}":
            depth -= 1
            if depth == 0:
                alternatives = _alternatives(pieces)
                return None if alternatives is None else (alternatives, position + 1)
        elif char == "," and depth == 1:
            pieces.append([])
            continue
        pieces[-1].append(parts[position])
    return None


def _alternatives(pieces: list[list[Part]]) -> list[list[list[Part]]] | None:
    if len(pieces) > 1:
        return [_expand(piece) for piece in pieces]
    text = "".join(map(_char, pieces[0]))
    match = _RANGE.match(text)
    if match is None or len(text) != len(pieces[0]):
        return None
    return [[[Literal(item)]] for item in _range(match)]


def _range(match: re.Match[str]) -> list[str]:
    if match[4]:
        first, last = ord(match[4]), ord(match[5])
        step = 1 if first <= last else -1
        return [chr(code) for code in range(first, last + step, step)]
    first, last = whole(match[1]), whole(match[2])
    step = abs(whole(match[3] or "1")) or 1
    if abs(last - first) // step > _MOST:
        raise ExhaustedError(
            Text(
                f"stopped: a brace expansion makes more than {_MOST} words",
                f"停止：花括号展开产生超过 {_MOST} 个词",
            ),
        )
    width = (
        max(len(match[1]), len(match[2])) if re.match(r"-?0\d", match[1] + " " + match[2]) else 0
    )
    numbers = range(first, last + 1, step) if first <= last else range(first, last - 1, -step)
    return [str(number).zfill(width) for number in numbers]
