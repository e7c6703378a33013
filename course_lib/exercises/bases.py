"""Judges of what an image stands on: the base that FROM names, its digest, or nothing at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course_lib.engine import Engine
from course_lib.exercises.attempt import Attempt
from course_lib.exercises.looking import at_image, last_line_of
from course_lib.exercises.machine import Machine
from course_lib.exercises.values import Finding
from course_lib.image.config import History
from course_lib.image.entries import Content, File
from course_lib.image.layer import Layer
from course_lib.registry import Registry
from course_lib.text import Text, same

if TYPE_CHECKING:
    from course_lib.exercises.values import Judge
    from course_lib.image.image import Image


@dataclass(frozen=True, slots=True)
class StandsOn:
    """The layers of the image begin with those of `base`: one of the exercise's start, or the registry's."""

    image: str
    base: str
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Compare the beginnings of the two lists of layers."""
        image, base = attempt.image(self.image), _original(attempt, self.base)
        return Finding(
            1 if image.diff_ids[: len(base.layers)] == base.diff_ids else 0,
            Text(f"it begins with the layers of {self.base}", f"开头是 {self.base} 的各层"),
            Text("it begins with other layers", "开头是别的层")
            if image.layers
            else Text("it has no layers", "它一层也没有"),
            at_image(attempt, image, "FROM"),
            self.hint,
        )


@dataclass(frozen=True, slots=True)
class SameLayers:
    """The image has exactly the layers of `base`, and is another image all the same."""

    image: str
    base: str
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Compare the lists of layers, and the ids."""
        image, base = attempt.image(self.image), _original(attempt, self.base)
        if image.id == base.id:
            found = Text(
                f"{self.image} is only another name of {self.base}",
                f"{self.image} 只是 {self.base} 的另一个名字",
            )
        else:
            found = Text(
                f"{len(image.layers)} layers, {self.base} has {len(base.layers)}",
                f"{len(image.layers)} 层，{self.base} 有 {len(base.layers)} 层",
            )
        return Finding(
            1 if image.id != base.id and image.diff_ids == base.diff_ids else 0,
            Text(
                f"an image of its own, with the very layers of {self.base}",
                f"一个新的镜像，层和 {self.base} 完全相同",
            ),
            found,
            at_image(attempt, image, "FROM", "RUN", "COPY", "ADD", "WORKDIR"),
            self.hint,
        )


@dataclass(frozen=True, slots=True)
class Pinned:
    """The answer's Dockerfile gives the same base when every tag of the registry means a newer image."""

    image: str
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Build it once more against a registry whose tags have moved on."""
        image = attempt.image(self.image)
        based = attempt.machine.engine.made_from(image) is not None
        later = Attempt(attempt.exercise, attempt.answers, Machine(Engine(registry=_TagsMoved())))
        again = later.machine.engine.find_image(self.image)
        if not based:
            found = Text("it stands on no image", "它下面没有镜像")
        elif again is None:
            found = Text("then it can't be built: ", "那时构建不出来：")
            found += same(last_line_of(later.ran[-1].answer.stderr))
        else:
            found = Text("then it stands on another image", "那时它就站在另一个镜像上了")
        return Finding(
            1 if based and again is not None and _PUSHED not in again.layers else 0,
            Text(
                "the same base, even when somebody pushes a new image under the tag",
                "就算有人往这个 tag 推送了新镜像，基础镜像也不变",
            ),
            found,
            at_image(attempt, image, "FROM"),
            self.hint,
        )


@dataclass(frozen=True, slots=True)
class FromScratch:
    """The image has files, and stands on no other one."""

    image: str
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Ask where the image comes from."""
        image = attempt.image(self.image)
        origin = attempt.machine.engine.made_from(image)
        count = len(origin.parent.layers) if origin else 0
        return Finding(
            1 if image.layers and not origin else 0,
            Text("files, and no base image below them", "有文件，下面没有基础镜像"),
            Text(f"{count} of its layers come from a base", f"有 {count} 层来自基础镜像")
            if image.layers
            else Text("it is empty", "它是空的"),
            at_image(attempt, image, "FROM"),
            self.hint,
        )


@dataclass(frozen=True, slots=True)
class AtStage:
    """`docker build --target STAGE` of the answer `image` gives an image named IMAGE-STAGE: judge that."""

    image: str
    stage: str
    judge: Judge

    def __call__(self, attempt: Attempt) -> Finding:
        """Build up to the stage, and let the judge look at the result."""
        attempt.image(self.image)
        built = attempt.machine.build(
            attempt.texts[self.image], f"{self.image}-{self.stage}", [f"--target={self.stage}"]
        )
        asked = same(f"`docker build --target {self.stage} .`") + Text(": ", "：")
        if built.exit_code:
            return Finding(
                0,
                asked + Text("it builds that stage", "构建出这个阶段"),
                same(last_line_of(built.stderr)),
                way_on=Text(f"FROM image AS {self.stage}", f"FROM 镜像 AS {self.stage}"),
            )
        finding = self.judge(attempt)
        return replace(finding, expected=asked + finding.expected)


class _TagsMoved(Registry):
    """The registry after a push: each tag means an image with one layer more; digests mean what they did."""

    def find(self, reference: str) -> Image | None:
        """A digest finds its image; a tag finds the newer one."""
        image = super().find(reference)
        if image is None or "@" in reference:
            return image
        line = History(image.created, "pushed later")
        return replace(image, layers=(*image.layers, _PUSHED), history=(*image.history, line))


_PUSHED = Layer({"/etc/pushed-later": File(Content(b"a newer image\n", 14))})


def _original(attempt: Attempt, name: str) -> Image:
    """An image as the exercise began with it, whatever bears its name here by now."""
    start = attempt.exercise.start
    if name not in start.images:
        return attempt.machine.original(name)
    machine = Machine()
    machine.begin(start)
    return machine.engine.image(name)
