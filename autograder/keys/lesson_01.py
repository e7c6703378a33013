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
    "layers-letters": {
        "cat /etc/motd": "none",
        "echo hi > /etc/motd": "C",
        "echo hi > /etc/note": "A",
        "rm /etc/motd": "D",
        "chmod 600 /etc/motd": "C",
        "touch /etc/note; rm /etc/note": "none",
    },
}
HIDDEN: dict[str, tuple[Check, ...]] = {}
