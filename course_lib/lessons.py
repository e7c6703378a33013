"""The lessons of the course as values, from `lessons.toml`: titles, minutes, and what each builds on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from course_lib.text import Text, same


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson: `name` as in `01_layers`, minutes to read it and to do its exercises.

    `builds_on` are the names of earlier lessons, without those that these build on themselves.
    """

    name: str
    title: Text
    reading: int
    exercises: int
    builds_on: tuple[str, ...]

    @property
    def number(self) -> str:
        """`01` of `01_layers`."""
        return self.name.partition("_")[0]

    @property
    def label(self) -> Text:
        """The title with the number in front: `00 Welcome`, `01 Layers`."""
        named = self.title.en.startswith(self.number)
        return self.title if named else same(f"{self.number} ") + self.title

    @property
    def minutes(self) -> int:
        """Reading and exercises together."""
        return self.reading + self.exercises


@cache
def lessons() -> tuple[Lesson, ...]:
    """All lessons in the order of the course, without the pages that are only looked up."""
    document = tomllib.loads(files("course_lib").joinpath("lessons.toml").read_text("utf-8"))
    return tuple(
        Lesson(
            name=table["name"],
            title=Text(table["title"]["en"], table["title"]["zh"]),
            reading=table["reading"],
            exercises=table["exercises"],
            builds_on=tuple(table["builds_on"]),
        )
        for table in document["lesson"]
    )
