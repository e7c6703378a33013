"""The keys of 05_from."""

from course_lib.exercises.values import Check

ANSWERS = {
    "from-inherit": {
        "MODE in one": "slow",
        "folder of one": "/app",
        "user of one": "nobody",
        "file in one": "yes",
        "MODE in two": "none",
        "folder of two": "/",
        "user of two": "root",
        "file in two": "yes",
    },
}
HIDDEN: dict[str, tuple[Check, ...]] = {}
