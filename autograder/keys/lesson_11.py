"""The keys of 11_add_copy: every check is public."""

from course_lib.exercises.values import Check

ANSWERS: dict[str, object] = {}
HIDDEN: dict[str, tuple[Check, ...]] = {}
