"""Judges of stages: what `docker build --target STAGE` does with other files in the context."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course_lib.exercises.attempt import Attempt
from course_lib.exercises.looking import last_line_of
from course_lib.exercises.values import Finding, Start
from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.cli import Answer


@dataclass(frozen=True, slots=True)
class TargetFails:
    """With `files` in the build context instead, `docker build --target STAGE` of the answer fails.

    With the files as given it must succeed: a stage that never builds tests nothing.
    """

    image: str
    stage: str
    files: Mapping[str, str]
    change: Text
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Build the stage twice: as given, and with the other files."""
        command = f"`docker build --target {self.stage} .`"
        expected = same(command) + self.change + Text(": it fails", "：构建失败")
        attempt.image(self.image)
        given = self._build(attempt)
        if given.exit_code:
            return Finding(
                0,
                expected,
                Text("it fails with the files as given, too: ", "用原来的文件也失败：")
                + same(last_line_of(given.stderr)),
                way_on=self.hint,
            )
        start = attempt.exercise.start
        other = Start({**start.files, **self.files}, start.images, start.commands)
        again = self._build(Attempt(replace(attempt.exercise, start=other), attempt.answers))
        return Finding(
            1 if again.exit_code else 0,
            expected,
            Text("it goes well as if nothing were wrong", "照样顺利结束，好像什么问题也没有"),
            way_on=self.hint,
        )

    def _build(self, attempt: Attempt) -> Answer:
        return attempt.machine.build(
            attempt.texts[self.image], f"{self.image}-{self.stage}", [f"--target={self.stage}"]
        )
