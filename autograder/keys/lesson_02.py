"""The keys of 02_commit."""

from course_lib.exercises.values import Check

ANSWERS = {
    "commit-misses": {
        "ancestors": ["second", "debian"],
        "/log/one": "no",
        "/etc/two": "no",
        "/srv/three": "yes",
        "/log/four": "yes",
    },
}
HIDDEN: dict[str, tuple[Check, ...]] = {}
