"""The keys of 18_multistage."""

from course_lib.exercises.values import Check

ANSWERS = {
    "stages-which": {
        "a": ["base", "tools", "build"],
        "b": ["base", "dev"],
        "c": ["base", "tools", "test", "build"],
        "d": 5,
        "e": 31,
        "f": 1,
    },
}
HIDDEN: dict[str, tuple[Check, ...]] = {}
