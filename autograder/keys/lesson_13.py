"""The keys of 13_volume: every check is public."""

from course_lib.exercises.values import Check

ANSWERS: dict[str, object] = {
    "volume-fate": {
        "a": "yes",
        "b": "yes",
        "c": "yes",
        "d": "no",
        "e": "no",
        "f": "yes",
        "g": "no",
        "h": "no",
    },
}
HIDDEN: dict[str, tuple[Check, ...]] = {}
