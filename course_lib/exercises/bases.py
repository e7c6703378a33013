"""Judges of what an image stands on: the base that FROM names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.exercises.looking import at_image
from course_lib.exercises.values import Finding
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.exercises.attempt import Attempt


@dataclass(frozen=True, slots=True)
class StandsOn:
    """The layers of the image begin with those of `base`, as the registry has it."""

    image: str
    base: str
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Compare the beginnings of the two lists of layers."""
        image, base = attempt.image(self.image), attempt.machine.original(self.base)
        return Finding(
            1 if image.diff_ids[: len(base.layers)] == base.diff_ids else 0,
            Text(f"it begins with the layers of {self.base}", f"开头是 {self.base} 的各层"),
            Text("it begins with other layers", "开头是别的层")
            if image.layers
            else Text("it has no layers", "它一层也没有"),
            at_image(attempt, image, "FROM"),
            self.hint,
        )
