"""Judges that build another image FROM the answer's, as those who use it as a base do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course_lib.exercises.caching import refused, reuse
from course_lib.exercises.looking import at_image
from course_lib.exercises.machine import Machine
from course_lib.exercises.values import Finding
from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.exercises.attempt import Attempt
    from course_lib.exercises.values import Judge

_FOLDER = "/home/child"
_GOES_WELL = "RUN true"


@dataclass(frozen=True, slots=True)
class InChild:
    """What `judge` asks holds of an image TAG that `FROM image` gives, built in a folder with `files`.

    The Dockerfile of the child is that one line and `more`. `look` names the instructions of the base
    that decide it; without it these are its triggers.
    """

    image: str
    files: Mapping[str, str]
    tag: str
    judge: Judge
    more: str = ""
    look: tuple[str, ...] = ()
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Build the child beside the answer's context, and let the judge look at it."""
        attempt.image(self.image)
        machine = Machine(attempt.machine.engine, f"{_FOLDER}/{self.tag}")
        machine.files.update(self.files)
        answer = machine.build(f"FROM {self.image}\n{self.more}", self.tag)
        asked = _asked(self.image, self.more)
        where = _where(attempt, self.image, self.look)
        if answer.exit_code:
            built = Text("it is built", "能构建出来")
            return Finding(0, asked + built, refused(answer), where, self.hint)
        finding = self.judge(attempt)
        return replace(
            finding,
            expected=asked + finding.expected,
            where=where,
            way_on=self.hint or finding.way_on,
        )


@dataclass(frozen=True, slots=True)
class ChildFails:
    """`FROM image` with `more` is not built: a step of it fails, as the base wants it.

    A child with `RUN true` must be built: a base on which nothing runs proves nothing.
    """

    image: str
    more: str
    look: tuple[str, ...] = ()
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Build both children in an empty folder."""
        attempt.image(self.image)
        machine = Machine(attempt.machine.engine, f"{_FOLDER}/failing")
        tag = f"{self.image}-failing"
        where = _where(attempt, self.image, self.look)
        plain = machine.build(f"FROM {self.image}\n{_GOES_WELL}\n", tag)
        if plain.exit_code:
            built = _asked(self.image, _GOES_WELL) + Text("it is built", "能构建出来")
            return Finding(0, built, refused(plain), where, self.hint)
        failed = machine.build(f"FROM {self.image}\n{self.more}", tag).exit_code != 0
        return Finding(
            1 if failed else 0,
            _asked(self.image, self.more) + Text("the build fails", "构建失败"),
            Text("it is built as if all were well", "照样构建了出来，好像什么也没发生"),
            where,
            self.hint,
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
            expected=_asked(self.image, "") + finding.expected,
            where=_triggers(attempt, self.image),
        )


def _asked(image: str, more: str) -> Text:
    if more:
        block = f"\nFROM {image}\n{more.rstrip()}\n"
        return Text(f"in a child,{block}", f"在子镜像里：{block}")
    return Text(f"in a child, `FROM {image}`: ", f"在子镜像里（`FROM {image}`）：")


def _where(attempt: Attempt, image: str, look: tuple[str, ...]) -> Text | None:
    if look:
        return at_image(attempt, attempt.image(image), *look)
    return _triggers(attempt, image)


def _triggers(attempt: Attempt, image: str) -> Text:
    kept = attempt.image(image).config.on_build
    if not kept:
        return Text(f"{image} has no trigger", f"{image} 没有触发器")
    whole = Text(f"the triggers of {image}:", f"{image} 的触发器：")
    for trigger in kept:
        first = trigger.strip().split("\n")[0]
        whole += same(f"\n{first}")
    return whole
