"""The keys of 09_expose."""

from course_lib.exercises.values import Check

ANSWERS = {
    "expose-sees": {"a": 0, "b": 2, "c": 8080, "d": 3, "e": "no", "f": 3},
}
HIDDEN: dict[str, tuple[Check, ...]] = {}
