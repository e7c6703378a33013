"""Literal answers and their salted hashes.

The hash tells a learner right or wrong at once without the answer standing in the open. It keeps
from peeking, not from attack: the answers themselves stand in the instructor's keys.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from course_lib.exercises.values import Check, Finding
from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from course_lib.exercises.answers import LiteralValue
    from course_lib.exercises.attempt import Attempt

ONLY = ""
"""The element key of an answer that is one value."""


def canonical(value: LiteralValue, *, fold: bool = False) -> str:
    """Write a value in one way: blanks collapsed, `3`, `3.0` and `"3"` alike, a list as JSON.

    With `fold`, upper and lower case count alike. Everything else is kept as written.
    """
    match value:
        case list():
            return json.dumps([canonical(item, fold=fold) for item in value], ensure_ascii=False)
        case dict():
            rows = {key: canonical(item, fold=fold) for key, item in value.items()}
            return json.dumps(rows, ensure_ascii=False, sort_keys=True)
        case bool() | None:
            return json.dumps(value)
        case float() if value.is_integer():
            return str(int(value))
        case _:
            text = " ".join(str(value).split())
            return text.casefold() if fold else text


def digest(answer_id: str, key: str, value: LiteralValue, *, fold: bool = False) -> str:
    """Hash one element of an answer, salted with the answer's id and the element's key."""
    text = "\0".join(("course", answer_id, key, canonical(value, fold=fold)))
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def seal(answer_id: str, value: LiteralValue, *, fold: bool = False) -> dict[str, str]:
    """Hash every element of a right answer, for `Sealed.digests`: the tool for authors.

    A list has the keys "0", "1", ...; a table its own keys; any other value the key ''.
    """
    elements = _elements(value)
    return {key: digest(answer_id, key, item, fold=fold) for key, item in elements.items()}


def _elements(value: LiteralValue) -> dict[str, LiteralValue]:
    match value:
        case list():
            return {str(number): item for number, item in enumerate(value)}
        case dict():
            return {" ".join(key.split()): item for key, item in value.items()}
        case _:
            return {ONLY: value}


@dataclass(frozen=True, slots=True)
class Sealed:
    """Judges a literal answer element by element: each right one earns the same share.

    The digests come from `seal`. A missing element earns nothing, an element too many takes
    one right one away. `hints` say for an element what to think of; the first two that
    are wanted are given.
    """

    answer_id: str
    digests: Mapping[str, str]
    fold: bool = False
    hints: Mapping[str, Text] = field(default_factory=dict)

    def __call__(self, attempt: Attempt) -> Finding:
        """Judge the literal of an attempt."""
        return self.compare(attempt.literal(self.answer_id))

    def compare(self, value: LiteralValue) -> Finding:
        """Compare a value with the digests, element by element."""
        given = _elements(value)
        right = [
            key
            for key, expected in self.digests.items()
            if key in given and digest(self.answer_id, key, given[key], fold=self.fold) == expected
        ]
        extra = [key for key in given if key not in self.digests]
        wrong = [key for key in self.digests if key not in right]
        count = max(0, len(right) - len(extra))
        share = count / len(self.digests)
        return Finding(
            share,
            expected=_shape(self.digests),
            found=_found(given, right, wrong, extra),
            way_on=None if share == 1 else self._way_on(wrong, extra),
        )

    def _way_on(self, wrong: list[str], extra: list[str]) -> Text:
        if extra:
            count = len(self.digests)
            return Text(
                f"the answer has {count} elements; leave out what does not belong",
                f"答案有 {count} 个元素；去掉不该有的",
            )
        hints = [same(f"{_place(key)}: ") + self.hints[key] for key in wrong if key in self.hints]
        if hints:
            return _lines(hints[:_HINTS_AT_ONCE])
        if wrong == [ONLY]:
            return Text("think again, then try it with %docker", "再想想，并用 %docker 试一试")
        return Text(
            "look again at the elements that are not right; try them with %docker",
            "再看看不对的那几个，用 %docker 试一试",
        )


def sealed(name: Text, points: float, judge: Sealed) -> Check:
    """Make the row of an exercise that asks for a literal."""
    return Check(name, points, judge, needs=(judge.answer_id,))


def _shape(digests: Mapping[str, str]) -> Text:
    if set(digests) == {ONLY}:
        return Text("the right value", "正确的值")
    count = len(digests)
    if all(key.isdecimal() for key in digests):
        return Text(f"{count} values in the right order", f"{count} 个值，顺序正确")
    return Text(f"the right value for each of {count} rows", f"{count} 行各有正确的值")


def _found(
    given: Mapping[str, LiteralValue],
    right: Iterable[str],
    wrong: Iterable[str],
    extra: Iterable[str],
) -> Text:
    if set(given) == {ONLY}:
        shown = same(_show(given[ONLY]))
        return shown if ONLY in right else shown + Text(", which is not it", "，不对")
    parts = [
        (Text("right: ", "对："), right),
        (Text("not right: ", "不对："), [key for key in wrong if key in given]),
        (Text("missing: ", "缺："), [key for key in wrong if key not in given]),
        (Text("too many: ", "多余："), extra),
    ]
    said = [label + same(", ".join(map(_place, keys))) for label, keys in parts if keys]
    whole = said[0] if said else Text("an empty answer", "空的答案")
    for part in said[1:]:
        whole = whole + Text("; ", "；") + part
    return whole


def _place(key: str) -> str:
    return f"#{int(key) + 1}" if key.isdecimal() else key


def _show(value: LiteralValue) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "..."


_SHOWN = 80
_HINTS_AT_ONCE = 2


def _lines(texts: Iterable[Text]) -> Text:
    first, *more = texts
    for text in more:
        first = first + same("\n") + text
    return first
