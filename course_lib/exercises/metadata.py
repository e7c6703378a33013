"""Judges of what an image says about itself: labels, the author, and what the linter says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.build import BuildResult
from course_lib.exercises.looking import at_container, at_image
from course_lib.exercises.values import Finding
from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.exercises.attempt import Attempt
    from course_lib.image.image import Image

_LOOK = ("LABEL", "MAINTAINER")
_NONE = Text("no label at all", "一个 label 也没有")


@dataclass(frozen=True, slots=True)
class Labelled:
    """The image has the label `key`, with any value that is not blank."""

    image: str
    key: str
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Read the labels of the config."""
        image = attempt.image(self.image)
        return Finding(
            1 if image.config.labels.get(self.key, "").strip() else 0,
            Text(f"a label {self.key}", f"要有 label {self.key}"),
            _labels(image) + _author(image),
            at_image(attempt, image, *_LOOK),
            self.hint or Text(f'LABEL {self.key}="..."', f'LABEL {self.key}="……"'),
        )


@dataclass(frozen=True, slots=True)
class HasLabels:
    """The image has these labels with these values; each earns an equal share."""

    image: str
    labels: Mapping[str, str]
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Compare key by key; others may be there, too."""
        image = attempt.image(self.image)
        there = image.config.labels
        wrong = [key for key, value in self.labels.items() if there.get(key) != value]
        return Finding(
            1 - len(wrong) / len(self.labels),
            Text("the labels", "label 为") + _rows({key: self.labels[key] for key in wrong}),
            _labels(image),
            at_image(attempt, image, *_LOOK),
            self.hint,
        )


@dataclass(frozen=True, slots=True)
class NoOtherLabels:
    """The image has at least one label, and none but these keys."""

    image: str
    keys: tuple[str, ...]
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Look for keys that nobody asked for: mostly the pieces of a value that fell apart."""
        image = attempt.image(self.image)
        there = image.config.labels
        others = {key: value for key, value in there.items() if key not in self.keys}
        return Finding(
            1 if there and not others else 0,
            Text("no other labels", "没有别的 label"),
            Text("too many:", "多出来的：") + _rows(others) if others else _NONE,
            at_image(attempt, image, *_LOOK),
            self.hint,
        )


@dataclass(frozen=True, slots=True)
class Author:
    """The image's field Author holds exactly `author`; '' asks for an empty field."""

    image: str
    author: str
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Read what `docker inspect -f {{.Author}}` prints."""
        image = attempt.image(self.image)
        wanted = same(f"`{self.author}`") if self.author else Text("empty", "空")
        found = same(f"`{image.author}`") if image.author else Text("empty", "空")
        asked = Text("`docker inspect -f {{.Author}}`: ", "`docker inspect -f {{.Author}}` 显示：")
        return Finding(
            1 if image.author == self.author else 0,
            asked + wanted,
            asked + found,
            at_image(attempt, image, "MAINTAINER"),
            self.hint,
        )


@dataclass(frozen=True, slots=True)
class NoWarnings:
    """The build of the image brought no warning, or none of the rule `rule`."""

    image: str
    rule: str = ""
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Read the warnings of every build among the answers that gave this image."""
        image = attempt.image(self.image)
        said = [
            f"{warning.rule}: {warning.message} (line {warning.span.start})"
            for ran in attempt.ran
            for shown in ran.answer.shown
            if isinstance(shown, BuildResult) and shown.image.id == image.id
            for warning in shown.warnings
            if self.rule in ("", warning.rule)
        ]
        return Finding(
            0 if said else 1,
            Text(f"no warning {self.rule}".rstrip(), f"没有警告 {self.rule}".rstrip()),
            same("\n".join(said)),
            way_on=self.hint,
        )


@dataclass(frozen=True, slots=True)
class Removed:
    """These images, which the exercise began with, are gone; each earns an equal share."""

    images: tuple[str, ...]
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Ask for each name; the names of those that are right to go are not given away."""
        left = [name for name in self.images if attempt.machine.engine.find_image(name)]
        count = len(self.images)
        return Finding(
            1 - len(left) / count,
            Text(f"{count} images are removed", f"删掉 {count} 个镜像"),
            Text(f"{count - len(left)} of them are", f"其中删掉了 {count - len(left)} 个"),
            way_on=self.hint,
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """These images, which the exercise began with, are still there."""

    images: tuple[str, ...]
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Ask for each name."""
        gone = [name for name in self.images if not attempt.machine.engine.find_image(name)]
        return Finding(
            0 if gone else 1,
            Text("all other images are still there", "其余的镜像都还在"),
            Text("gone: ", "不见了：") + same(", ".join(gone)),
            way_on=self.hint,
        )


@dataclass(frozen=True, slots=True)
class ContainerLabelled:
    """A container of this name, made from `image`, has the label with this value."""

    container: str
    image: str
    key: str
    value: str
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Read what `docker inspect` shows of the container."""
        container = attempt.container(self.container)
        labels = container.config.labels
        right = (
            labels.get(self.key) == self.value
            and container.image_name.removesuffix(":latest") == self.image
        )
        return Finding(
            1 if right else 0,
            Text(
                f"a container {self.container} of {self.image} with the label {self.key}={self.value}",
                f"用 {self.image} 启动的容器 {self.container}，带 label {self.key}={self.value}",
            ),
            Text(
                f"it was made from {container.image_name}; its labels:",
                f"它是用 {container.image_name} 创建的，label：",
            )
            + (_rows(labels) if labels else Text(" none", "没有")),
            at_container(attempt, container),
            self.hint,
        )


def _labels(image: Image) -> Text:
    labels = image.config.labels
    return Text("it has", "实际是") + _rows(labels) if labels else _NONE


def _rows(labels: Mapping[str, str]) -> Text:
    return same("".join(f"\n{key}={value}" for key, value in sorted(labels.items())))


def _author(image: Image) -> Text:
    if not image.author:
        return same("")
    return Text(
        f"; the author is {image.author}, which is another field",
        f"；author 是 {image.author}，那是另一个字段",
    )
