"""Judges that build the answers a second time, with other files in the build context."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from course_lib.exercises.attempt import Attempt, Unmet
from course_lib.exercises.looking import at_instructions, last_line_of
from course_lib.exercises.values import DockerfileAnswer, Finding, Start
from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.exercises.values import Judge


@dataclass(frozen=True, slots=True)
class Again:
    """What `judge` asks also holds when `files` stand in the build context instead, or other `images`.

    `change` says in words what is different. It tells an answer that does the work from one that has
    the result written down.
    """

    files: Mapping[str, str]
    change: Text
    judge: Judge
    images: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, attempt: Attempt) -> Finding:
        """Apply the answers to a machine with the other files and images, and judge that."""
        again = _again(attempt, self.files, self.images)
        try:
            finding = self.judge(again)
        except Unmet as unmet:
            finding = replace(unmet.finding, found=unmet.finding.found + _said(again), way_on=None)
        return replace(finding, expected=self.change + Text(": ", "：") + finding.expected)


@dataclass(frozen=True, slots=True)
class WithArguments:
    """What `judge` asks also holds of what `docker build --build-arg NAME=VALUE ...` gives."""

    arguments: Mapping[str, str]
    judge: Judge

    def __call__(self, attempt: Attempt) -> Finding:
        """Build every Dockerfile of the answers with these arguments, and judge that."""
        pairs = tuple(self.arguments.items())
        cells = tuple(
            replace(cell, build_args=pairs) if isinstance(cell, DockerfileAnswer) else cell
            for cell in attempt.exercise.answers
        )
        finding = self.judge(Attempt(replace(attempt.exercise, answers=cells), attempt.answers))
        flags = " ".join(f"--build-arg {name}={value}" for name, value in pairs)
        built = Text(f"built with `{flags}`: ", f"用 `{flags}` 构建：")
        return replace(finding, expected=built + finding.expected)


@dataclass(frozen=True, slots=True)
class ByOlderBuilder:
    """What `judge` asks also holds of what the older builder makes of the answers (`DOCKER_BUILDKIT=0`)."""

    judge: Judge

    def __call__(self, attempt: Attempt) -> Finding:
        """Build every Dockerfile of the answers once more, on a machine of its own, and judge that."""
        other = Attempt(attempt.exercise, attempt.answers)
        built = Text("with DOCKER_BUILDKIT=0: ", "用 DOCKER_BUILDKIT=0 构建：")
        for cell in attempt.exercise.answers:
            if not isinstance(cell, DockerfileAnswer) or cell.id not in other.texts:
                continue
            answer = other.machine.build(other.texts[cell.id], cell.image, older=True)
            if answer.exit_code:
                said = answer.stderr.strip().split("\n")[-1]
                return Finding(
                    0,
                    built + Text("there is an image", "能构建出镜像"),
                    Text("it says ", "它说 ") + same(f"`{said}`"),
                )
        finding = self.judge(other)
        return replace(finding, expected=built + finding.expected)


@dataclass(frozen=True, slots=True)
class Building:
    """What `judge` asks holds of the image that a given Dockerfile makes from the answers' context."""

    dockerfile: str
    tag: str
    judge: Judge

    def __call__(self, attempt: Attempt) -> Finding:
        """Build the Dockerfile with the files of the answers, and judge that."""
        built = attempt.machine.build(self.dockerfile, self.tag)
        if not built.exit_code:
            return self.judge(attempt)
        said = built.stderr.strip().split("\n")[-2:]
        return Finding(
            0,
            Text("`docker build .` gives an image", "`docker build .` 能构建出镜像"),
            Text("it says", "它说") + same("".join(f"\n{line}" for line in said)),
        )


@dataclass(frozen=True, slots=True)
class FailsToBuild:
    """With `files` in the build context instead, the build of `image` fails, and in a RUN.

    The image must be there with the files as given: what never builds proves nothing.
    """

    image: str
    files: Mapping[str, str]
    change: Text
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Build with the other files; there must be no image."""
        attempt.image(self.image)
        other = _again(attempt, self.files, {})
        built = other.machine.engine.find_image(self.image) is not None
        return Finding(
            0 if built else 1,
            self.change + Text(": the build fails", "：构建失败"),
            Text("it builds an image as if all were well", "照样构建出了镜像，好像什么也没发生"),
            at_instructions(attempt, "RUN"),
            self.hint,
        )


def _said(attempt: Attempt) -> Text:
    """What docker said about the first answer that went wrong: here, not above, is where it is read."""
    if not attempt.problems:
        return same("")
    return same(f"\n{last_line_of(attempt.problems[0].what.en)}")


def _again(attempt: Attempt, files: Mapping[str, str], images: Mapping[str, str]) -> Attempt:
    start = attempt.exercise.start
    other = Start({**start.files, **files}, {**start.images, **images}, start.commands)
    return Attempt(replace(attempt.exercise, start=other), attempt.answers)
