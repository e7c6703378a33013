"""Judges of the build cache: after an edit, which steps are taken over and which are done again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.build import BuildResult
from course_lib.dockerfile.instructions import Run
from course_lib.exercises.machine import Machine
from course_lib.exercises.values import DockerfileAnswer, Finding
from course_lib.image.entries import File
from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from course_lib.build import Step
    from course_lib.cli import Answer
    from course_lib.exercises.attempt import Attempt

_LINE = 60


@dataclass(frozen=True, slots=True)
class Reused:
    """After an edit of the context, each RUN that writes the file ENDING is taken from the cache.

    `edit` holds the changed files, `arguments` other values of `--build-arg`; `change` says both in words.
    `ending` is how the path of the file ends, so that it does not matter where something is installed.
    `what` names it for the learner. With `dockerfile` that file is built with the answers' context, instead of
    an answer.
    """

    image: str
    edit: Mapping[str, str]
    ending: str
    change: Text
    what: Text
    hint: Text | None = None
    arguments: Sequence[tuple[str, str]] = ()
    dockerfile: str = ""

    def __call__(self, attempt: Attempt) -> Finding:
        """Build on a fresh machine, edit, and build again."""
        if not self.dockerfile:
            attempt.image(self.image)
        text = self.dockerfile or attempt.texts[self.image]
        machine = Machine()
        machine.begin(attempt.exercise.start)
        machine.files.update(attempt.machine.files)
        given = _given(attempt, self.image)
        machine.build(text, self.image, given)
        machine.files.update(self.edit)
        other = [f"--build-arg={name}={value}" for name, value in self.arguments]
        again = machine.build(text, self.image, [*given, *other])
        return reuse(again, self.ending, self.change, self.what, self.hint)


def reuse(
    answer: Answer, ending: str, change: Text, what: Text, hint: Text | None = None
) -> Finding:
    """Judge the second of two builds: the RUN that writes the file is CACHED, or the base has the file."""
    expected = change + Text(": the step that makes ", "：生成") + what
    expected += Text(" is CACHED", "的那一步是 CACHED")
    built = next((one for one in answer.shown if isinstance(one, BuildResult)), None)
    if built is None:
        return Finding(0, expected, refused(answer), way_on=hint)
    done = [step for step in built.steps if _makes(step, ending) and not step.cached]
    there = any(_makes(step, ending) for step in built.steps) or any(
        path.endswith(ending) for path, _ in built.image.tree.walk()
    )
    if not there:
        return Finding(0, expected, Text("there is no ", "没有") + what, way_on=hint)
    return Finding(
        0 if done else 1,
        expected,
        Text("it is done again", "它又执行了一遍"),
        _why(done[0], built.steps) if done else None,
        hint,
    )


def refused(answer: Answer) -> Text:
    """What docker said when it built nothing."""
    lines = answer.stderr.strip().split("\n")
    said = next((line for line in lines if line.startswith("ERROR:")), lines[-1])
    return Text("it can't be built: ", "构建不出来：") + same(said)


def _given(attempt: Attempt, image: str) -> list[str]:
    """The words that the exercise itself gives to the build of an answer."""
    cells = (one for one in attempt.exercise.answers if isinstance(one, DockerfileAnswer))
    return next((one.options for one in cells if one.image == image), [])


def _makes(step: Step, ending: str) -> bool:
    if step.layer is None or not isinstance(step.instruction, Run):
        return False
    return any(
        isinstance(entry, File) and path.endswith(ending)
        for path, entry in step.layer.entries.items()
    )


def _why(step: Step, steps: Sequence[Step]) -> Text:
    """The step with its reason, and below it the step of its stage where it all began."""
    stage = [one for one in steps if one.stage is step.stage and one.layer is not None]
    first = next(one for one in stage if not one.cached)
    said = _line(step)
    return said if first is step else said + same("\n") + _line(first)


def _line(step: Step) -> Text:
    text = step.text if len(step.text) <= _LINE else step.text[: _LINE - 3] + "..."
    at = Text(f"line {step.instruction.span}: ", f"第 {step.instruction.span} 行：") + same(text)
    return at + same("\n") + step.because
