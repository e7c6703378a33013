"""The keys of 03_dockerfile."""

from course_lib.exercises.values import Check

ANSWERS = {
    "dockerfile-layers": {
        "line 2": "config",
        "line 3": "layer",
        "line 4": "layer",
        "line 5": "nothing",
        "line 6": "layer",
        "line 7": "config",
    },
}
HIDDEN: dict[str, tuple[Check, ...]] = {}
