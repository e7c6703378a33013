"""Judges of secrets: whether a text can be read out of an image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.exercises.looking import at_image
from course_lib.exercises.values import Finding
from course_lib.image.entries import File
from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.exercises.attempt import Attempt
    from course_lib.image.image import Image

_MOST = 4
_LINE = 72


@dataclass(frozen=True, slots=True)
class NowhereIn:
    """Neither the history nor the config nor a file of any layer holds `secret`, hidden files included."""

    image: str
    secret: str
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Search all that is shipped with the image."""
        image = attempt.image(self.image)
        places = list(_places(image, self.secret))
        whole = same("")
        for place in places[:_MOST]:
            whole += same("\n") + place
        return Finding(
            0 if places else 1,
            Text(f"`{self.secret}` stands nowhere in it", f"镜像里任何地方都没有 `{self.secret}`"),
            Text("it can be read in", "在这些地方能读到") + whole,
            at_image(attempt, image, "ARG", "ENV", "RUN", "COPY", "ADD"),
            self.hint,
        )


def _places(image: Image, secret: str) -> Iterator[Text]:
    for line in image.history:
        if secret in line.created_by or secret in line.comment:
            words = " ".join(line.created_by.split())
            shown = words if len(words) <= _LINE else words[: _LINE - 3] + "..."
            yield Text(f"docker history: {shown}", f"docker history：{shown}")
    config = image.config
    lists = [*config.env, *(config.cmd or ()), *(config.entrypoint or ())]
    labels = [f"{name}={value}" for name, value in config.labels.items()]
    for word in (*lists, *labels):
        if secret in word:
            yield Text(f"docker inspect: {word}", f"docker inspect：{word}")
    for number, layer in enumerate(image.layers, 1):
        for path, entry in layer.entries.items():
            if secret in path or (
                isinstance(entry, File) and secret.encode() in entry.content.head
            ):
                yield Text(f"layer {number}: {path}", f"第 {number} 层：{path}")
