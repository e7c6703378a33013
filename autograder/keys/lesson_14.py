"""The keys of 14_user: every check is public."""

from course_lib.exercises.values import Check

ANSWERS: dict[str, object] = {
    "user-whose": {
        "one": "root",
        "two": "app",
        "three": "app",
        "four": "root",
        "folder": "app",
        "older": "root",
        "run": "root",
        "child": "app",
    },
}
HIDDEN: dict[str, tuple[Check, ...]] = {}
