"""Judges of the programs that an image ships."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.exercises.looking import at_image
from course_lib.exercises.values import Finding
from course_lib.image.entries import File
from course_lib.image.programs import program_name
from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.exercises.attempt import Attempt
    from course_lib.image.image import Image

_MOST = 5
_RUNS = 0o111


@dataclass(frozen=True, slots=True)
class Without:
    """No layer of the image holds one of these programs, under its own name or another."""

    image: str
    programs: tuple[str, ...]
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Search every layer: what a later one deletes is shipped all the same."""
        image = attempt.image(self.image)
        found = list(_found(image, self.programs))
        whole = same("")
        for place in found[:_MOST]:
            whole += same("\n") + place
        if len(found) > _MOST:
            left = len(found) - _MOST
            whole += Text(f"\nand {left} more", f"\n还有 {left} 个")
        return Finding(
            0 if found else 1,
            Text("no build tool is in any of its layers", "哪一层里都没有构建工具"),
            Text("there are", "里面有") + whole,
            at_image(attempt, image, "FROM", "RUN", "COPY"),
            self.hint,
        )


def _found(image: Image, programs: tuple[str, ...]) -> Iterator[Text]:
    for number, layer in enumerate(image.layers, 1):
        for path, entry in layer.entries.items():
            if not isinstance(entry, File) or not entry.mode & _RUNS:
                continue
            name = program_name(entry.content) or posixpath.basename(path)
            if name in programs:
                yield Text(f"layer {number}: {path} ({name})", f"第 {number} 层：{path}（{name}）")
