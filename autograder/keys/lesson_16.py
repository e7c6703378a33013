"""The keys of 16_onbuild."""

from course_lib.exercises.values import Check

ANSWERS = {
    "onbuild-steps": {
        "base": "B",
        "child": "A C D",
        "grandchild": "E F",
        "layers": 3,
        "left": 0,
    },
}
HIDDEN: dict[str, tuple[Check, ...]] = {}
