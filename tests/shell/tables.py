"""The scripts of scripts/: where they stand and how they are read.

A script begins after a line `=== name`; `=== name (stderr differs)` leaves stderr out of the
comparison, `=== name (differs: id)` shows a difference of course_lib/differences.toml.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

SCRIPTS = Path(__file__).parent / "scripts"
_TITLE = re.compile(r"^=== (.*)\n", re.MULTILINE)


class Script(NamedTuple):
    name: str
    text: str
    compares_stderr: bool
    differs: str = ""  # the difference of course_lib/differences.toml that it shows


def scripts(folder: str = ".") -> list[Script]:
    """Read all tables of a folder."""
    found = []
    for path in sorted((SCRIPTS / folder).glob("*.txt")):
        _, *pieces = _TITLE.split(path.read_text(encoding="utf-8"))
        for title, text in zip(pieces[::2], pieces[1::2], strict=True):
            name, _, mark = title.partition(" (")
            mark = mark.removesuffix(")")
            differs = mark.removeprefix("differs: ") if mark.startswith("differs: ") else ""
            stderr = mark != "stderr differs"
            found.append(Script(f"{path.stem}: {name}", text, stderr, differs))
    return found
