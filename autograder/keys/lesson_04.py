"""The keys of 04_arg."""

from course_lib.exercises.values import Check

ANSWERS = {
    "arg-values": {"a": "one three one", "b": "one", "c": "one four one", "d": "five three five"},
}
HIDDEN: dict[str, tuple[Check, ...]] = {}
