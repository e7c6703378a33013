"""The keys of 19_health_stop_shell."""

from course_lib.exercises.values import Check

ANSWERS = {
    "health-times": {
        "a": "starting",
        "b": "starting",
        "c": "healthy",
        "d": "healthy",
        "e": "unhealthy",
        "f": 137,
    },
}
HIDDEN: dict[str, tuple[Check, ...]] = {}
