"""The keys of 12_cmd_entrypoint."""

from course_lib.exercises.behaviour import Prints
from course_lib.exercises.values import Check
from course_lib.text import Text

ANSWERS = {
    "cmd-table": {
        "a": ["echo", "hello", "world"],
        "b": ["echo", "hello", "docker"],
        "c": ["/bin/sh", "-c", "echo hi"],
        "d": ["top", "/bin/sh", "-c", "run -b"],
        "e": ["uptime"],
        "f": ["ls"],
    },
}
HIDDEN = {
    "cmd-greet": (
        Check(
            Text("any other words, as many as you like", "换成任意多个别的词"),
            0.5,
            Prints("cmd-greet", "hello x y z 4", ("x", "y", "z", "4")),
        ),
    ),
}
