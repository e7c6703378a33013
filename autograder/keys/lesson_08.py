"""The keys of 08_run."""

from course_lib.exercises.values import Check

ANSWERS = {
    "run-stays": {"a": 110, "b": 80, "c": 140, "d": "/", "e": "mode:"},
}
HIDDEN: dict[str, tuple[Check, ...]] = {}
