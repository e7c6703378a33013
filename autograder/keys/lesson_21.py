"""The keys of 21_capstone: every property is judged in the open."""

from course_lib.exercises.values import Check

ANSWERS: dict[str, object] = {}
HIDDEN: dict[str, tuple[Check, ...]] = {}
