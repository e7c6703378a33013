"""Where the simulator knowingly differs from Docker: the table `differences.toml`, as values."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from course_lib.text import Text


@dataclass(frozen=True, slots=True)
class Difference:
    """One table of the file: `what` a learner sees that Docker would not show, and `why`.

    `title` is its heading on the page for learners, `where` the room of course_lib.
    """

    id: str
    where: str
    title: Text
    what: Text
    why: Text


@cache
def differences() -> tuple[Difference, ...]:
    """All known differences, in the order of the file."""
    document = tomllib.loads(files("course_lib").joinpath("differences.toml").read_text("utf-8"))
    return tuple(
        Difference(
            id=table["id"],
            where=table["where"],
            title=Text(table["title"]["en"], table["title"]["zh"]),
            what=Text(table["what"]["en"], table["what"]["zh"]),
            why=Text(table["why"]["en"], table["why"]["zh"]),
        )
        for table in document["difference"]
    )
