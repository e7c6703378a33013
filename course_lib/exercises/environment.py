"""Judges of the environment that an image gives to its containers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.exercises.looking import at_image
from course_lib.exercises.values import Finding
from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from course_lib.exercises.attempt import Attempt

_LOOK = ("FROM", "ENV")


@dataclass(frozen=True, slots=True)
class HasEnvironment:
    """The config of the image sets these variables to these values; each earns an equal share."""

    image: str
    values: Mapping[str, str]
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Compare name by name; other variables may be there, too."""
        image = attempt.image(self.image)
        there = image.config.environment()
        wrong = [name for name, value in self.values.items() if there.get(name) != value]
        return Finding(
            1 - len(wrong) / len(self.values),
            Text("a container of it gets", "容器里的环境变量有")
            + same("".join(f"\n{name}={self.values[name]}" for name in wrong)),
            Text("it gets", "拿到的是") + same("".join(_found(there, wrong))),
            at_image(attempt, image, *_LOOK),
            self.hint,
        )


def _found(there: Mapping[str, str], names: Iterable[str]) -> Iterable[str]:
    """A line for each name: its value, or the name alone with a dash."""
    return (f"\n{name}={there[name]}" if name in there else f"\n{name}: -" for name in names)
