"""The keys of 06_maintainer."""

from course_lib.exercises.values import Check

ANSWERS = {
    "maintainer-where": {
        "a": "author",
        "b": "labels",
        "c": "nowhere",
        "d": "author",
        "e": "layer",
        "f": "labels",
    },
}
HIDDEN: dict[str, tuple[Check, ...]] = {}
