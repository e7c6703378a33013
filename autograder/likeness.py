"""Answers that are nearly the same in different submissions: a hint to look, never a verdict.

What the template, the exercise and most of the class have in common is removed first: short answers and right answers
are alike without anyone having copied.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from course_lib.exercises.answers import AnswerError, is_blank, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

ALIKE = 92
"""From this likeness (0 to 100) on a pair is named."""
OWN_LINES = 3
"""So many lines of its own an answer must have, or nothing can be told from its likeness."""
COMMON = 0.2
"""A line that more than this share of the class has (and more than two students) is nobody's own."""
_FEW = 2
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Alike:
    """Two students whose answers share nearly all lines that few others have."""

    answer_id: str
    students: tuple[str, str]
    likeness: int
    shared: tuple[str, ...]


def alike(answers: Mapping[str, Mapping[str, str]]) -> tuple[Alike, ...]:
    """Compare the answers, by student and then by answer id; return the pairs, most alike first."""
    by_answer: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for student, given in answers.items():
        for answer_id, source in given.items():
            lines = _lines(source)
            if lines:
                by_answer[answer_id][student] = lines
    found = [pair for name, given in by_answer.items() for pair in _pairs(name, given)]
    return tuple(sorted(found, key=lambda one: (-one.likeness, one.answer_id, one.students)))


def _lines(source: str) -> list[str]:
    """Return the answer's lines, without blanks that say nothing; comments stay, for they are one's own."""
    try:
        if is_blank(source):
            return []
        text = text_of(source)
    except AnswerError:
        return []
    lines = (_BLANKS.sub(" ", line).strip() for line in text.splitlines())
    return [line for line in lines if line]


def _pairs(answer_id: str, given: Mapping[str, list[str]]) -> list[Alike]:
    having = Counter(line for lines in given.values() for line in set(lines))
    most = max(_FEW, COMMON * len(given))
    own = {
        student: kept
        for student, lines in given.items()
        if len(kept := [line for line in lines if having[line] <= most]) >= OWN_LINES
    }
    sharing: dict[str, list[str]] = defaultdict(list)  # only who shares a line is compared
    for student, lines in own.items():
        for line in set(lines):
            sharing[line].append(student)
    candidates = {
        pair for students in sharing.values() for pair in combinations(sorted(students), 2)
    }
    return [
        Alike(answer_id, (one, other), round(likeness), tuple(_shared(own[one], own[other])))
        for one, other in sorted(candidates)
        if (likeness := fuzz.ratio("\n".join(own[one]), "\n".join(own[other]))) >= ALIKE
    ]


def _shared(lines: list[str], others: list[str]) -> list[str]:
    there = set(others)
    return [line for line in lines if line in there]
