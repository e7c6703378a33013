"""The keys of 15_workdir: every check is public."""

from course_lib.exercises.values import Check

ANSWERS: dict[str, object] = {
    "workdir-pwd": {
        "a": "/srv/www/log",
        "b": "/log",
        "c": "/srv/log",
        "d": "/srv",
        "e": "/opt/app",
        "f": "/srv/log",
        "g": "/tmp",  # noqa: S108 - a path in a container that nobody writes to
        "h": "/srv/www/log/old",
    },
}
HIDDEN: dict[str, tuple[Check, ...]] = {}
