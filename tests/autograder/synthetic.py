"""Classes of any size whose work differs: right, half right, wrong, empty and broken, with words of their own."""

from __future__ import annotations

import json
import random
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.autograder.classroom import HALF, RIGHT, Classroom, notebook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WRONG = {
    "cmd-table": 'cmd_table = {"a": ["hello"]}',
    "cmd-greet": '%%dockerfile cmd-greet\nFROM alpine\nENTRYPOINT ["echo hello"]',
    "cmd-env": "%%dockerfile cmd-env\nFORM alpine",
    "cmd-stop": '%%dockerfile cmd-stop\nFROM alpine\nENTRYPOINT ["/server.sh"]\nCMD ["fast"]',
}
KINDS: tuple[Mapping[str, str], ...] = (RIGHT, RIGHT, HALF, WRONG, {})
BROKEN = 25
"""One in so many files is no notebook."""


def submit(room: Classroom, students: int, seed: int = 1) -> None:
    """Hand in the work of a class; the same seed gives the same class."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    drawn = {
        (index, lang): json.dumps(notebook(kind, lang))
        for index, kind in enumerate(KINDS)
        for lang in ("en", "zh")
    }
    for number in range(students):
        kind = chance.randrange(len(KINDS))
        made = json.loads(drawn[kind, chance.choice(("en", "zh"))])
        for cell in made["cells"]:
            mine = cell["metadata"].get("nbgrader", {}).get("solution") and KINDS[kind]
            if mine and cell["source"].startswith("%%dockerfile") and chance.random() < 0.5:
                cell["source"] += f"\nLABEL note={chance.randrange(1000)}"
        raw = json.dumps(made).encode()
        room.submit(f"student-{number:04}", raw[:1000] if number % BROKEN == 7 else raw)


@contextmanager
def class_of(students: int) -> Iterator[Classroom]:
    """Lay out a course with a released lesson and a class's work, for a `with` block."""
    with tempfile.TemporaryDirectory() as folder:
        room = Classroom.released(Path(folder) / "course")
        submit(room, students)
        yield room
