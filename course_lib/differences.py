"""Where the simulator knowingly differs from Docker: the table `differences.toml`, as values."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from course_lib.text import Text


@dataclass(frozen=True, slots=True)
class Difference:
    """One table of the file: `what` a learner sees that Docker would not show, and `why`."""

    id: str
    where: str
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
            what=Text(table["what"]["en"], table["what"]["zh"]),
            why=Text(table["why"]["en"], table["why"]["zh"]),
        )
        for table in document["difference"]
    )
