"""The keys of 10_env."""

from course_lib.exercises.values import Check

ANSWERS = {
    "env-values": {"a": "hello", "b": "bye", "c": "hello", "d": "$abc", "e": 1},
}
HIDDEN: dict[str, tuple[Check, ...]] = {}
