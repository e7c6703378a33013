"""The keys of 01_layers."""

from course_lib.exercises.values import Check

ANSWERS = {
    "layers-serve": {
        "/etc/hosts.allow": 2,
        "/opt/tool": "none",
        "/srv/app": 2,
        "containers": 30,
        "together": 170,
    },
}
HIDDEN: dict[str, tuple[Check, ...]] = {}
