"""Judges that build another image FROM the answer's, as those who use it as a base do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course_lib.exercises.caching import refused, reuse
from course_lib.exercises.machine import Machine
from course_lib.exercises.values import Finding
from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.exercises.attempt import Attempt
    from course_lib.exercises.values import Judge

_FOLDER = "/home/child"


@dataclass(frozen=True, slots=True)
class InChild:
    """What `judge` asks holds of an image TAG that `FROM image` gives, built in a folder with `files`.

    The Dockerfile of the child is that one line and `more`.
    """

    image: str
    files: Mapping[str, str]
    tag: str
    judge: Judge
    more: str = ""
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Build the child beside the answer's context, and let the judge look at it."""
        attempt.image(self.image)
        machine = Machine(attempt.machine.engine, f"{_FOLDER}/{self.tag}")
        machine.files.update(self.files)
        answer = machine.build(f"FROM {self.image}\n{self.more}", self.tag)
        asked = _asked(self.image)
        if answer.exit_code:
            return Finding(
                0,
                asked + Text("it is built", "能构建出来"),
                refused(answer),
                _triggers(attempt, self.image),
                self.hint,
            )
        finding = self.judge(attempt)
        return replace(
            finding,
            expected=asked + finding.expected,
            where=_triggers(attempt, self.image),
            way_on=self.hint or finding.way_on,
        )


@dataclass(frozen=True, slots=True)
class ReusedInChild:
    """A child is built twice, its file `edited` changed in between: the RUN that writes ENDING is CACHED."""

    image: str
    files: Mapping[str, str]
    edited: str
    ending: str
    what: Text
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Build `FROM image`, edit the file, build again."""
        attempt.image(self.image)
        machine = Machine(attempt.machine.engine, f"{_FOLDER}/edited")
        machine.files.update(self.files)
        text, tag = f"FROM {self.image}\n", f"{self.image}-edited"
        machine.build(text, tag)
        machine.files[self.edited] += "# edited\n"
        change = Text(f"after an edit of {self.edited}", f"改了 {self.edited} 之后")
        finding = reuse(machine.build(text, tag), self.ending, change, self.what, self.hint)
        return replace(
            finding,
            expected=_asked(self.image) + finding.expected,
            where=_triggers(attempt, self.image),
        )


def _asked(image: str) -> Text:
    return Text(f"in a child, `FROM {image}`: ", f"在子镜像里（`FROM {image}`）：")


def _triggers(attempt: Attempt, image: str) -> Text:
    kept = attempt.image(image).config.on_build
    if not kept:
        return Text(f"{image} has no trigger", f"{image} 没有触发器")
    whole = Text(f"the triggers of {image}:", f"{image} 的触发器：")
    for trigger in kept:
        first = trigger.strip().split("\n")[0]
        whole += same(f"\n{first}")
    return whole
