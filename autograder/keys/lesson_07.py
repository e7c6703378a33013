"""The keys of 07_label: no literals, no hidden checks."""

from course_lib.exercises.answers import LiteralValue
from course_lib.exercises.values import Check

ANSWERS: dict[str, LiteralValue] = {}
HIDDEN: dict[str, tuple[Check, ...]] = {}
