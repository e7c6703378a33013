"""Where a learner should look: the line of a Dockerfile, or the command, that made things so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.dockerfile import DockerfileError, parse
from course_lib.engine import Committed
from course_lib.run.container import Container
from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from course_lib.dockerfile.instructions import Instruction
    from course_lib.exercises.attempt import Attempt
    from course_lib.image.image import Image


def at_instructions(attempt: Attempt, *names: str) -> Text | None:
    """Return the last instruction of each name in the last stage, with its line number."""
    last = {_name(one): one for one in _last_stage(attempt) if _name(one) in names}
    found = sorted(last.values(), key=lambda one: one.span)
    return _joined([_line(one) for one in found])


def at_container(attempt: Attempt, container: Container) -> Text | None:
    """Return the command that made a container."""
    for ran in attempt.ran:
        for shown in ran.answer.shown:
            if isinstance(shown, Container) and shown.id == container.id:
                return same(f"$ {ran.line}")
    return None


def at_image(attempt: Attempt, image: Image, *names: str) -> Text | None:
    """Return the instructions of these names, or else the commit that made an image."""
    for ran in attempt.ran:
        for shown in ran.answer.shown:
            if isinstance(shown, Committed) and shown.image.id == image.id:
                return same(f"$ {ran.line}")
    return at_instructions(attempt, *names)


def at_layers(attempt: Attempt, image: Image, layers: Iterable[int], *names: str) -> Text | None:
    """Return the instructions that made these layers (0 is the lowest), or else as `at_image`."""
    made = _makers(attempt, image)
    found = sorted({made[layer] for layer in layers if layer in made}, key=lambda one: one.span)
    return _joined([_line(one) for one in found]) or at_image(attempt, image, *names)


def at_paths(attempt: Attempt, image: Image, paths: Iterable[str], *names: str) -> Text | None:
    """Return the instructions that wrote these paths last, or else as `at_image`."""
    tops = [
        max((at for at, layer in enumerate(image.layers) if path in layer.entries), default=-1)
        for path in paths
    ]
    return at_layers(attempt, image, tops, *names)


def last_line_of(stderr: str) -> str:
    """Docker's own line of what a failed build printed: the one that begins with `ERROR:`."""
    lines = stderr.strip().split("\n")
    return next((line for line in lines if line.startswith("ERROR:")), lines[-1])


def _makers(attempt: Attempt, image: Image) -> dict[int, Instruction]:
    """The instruction of the last stage behind each layer, where each of them left one line of history."""
    instructions = [*_last_stage(attempt)][1:]  # the first one is FROM
    before = len(image.history) - len(instructions)
    own = image.history[max(before, 0) :]
    pairs = zip(own, instructions, strict=False)
    if before < 0 or any(line.created_by.split()[:1] != [_name(one)] for line, one in pairs):
        return {}  # ONBUILD of the base, the older builder, a commit
    layer = sum(not line.empty_layer for line in image.history[:before])
    made = {}
    for line, one in zip(own, instructions, strict=True):
        if not line.empty_layer:
            made[layer] = one
            layer += 1
    return made


def _last_stage(attempt: Attempt) -> Iterator[Instruction]:
    for text in attempt.texts.values():
        try:
            stage = parse(text).stages[-1]
        except DockerfileError:
            return  # docker's own message is among the problems
        yield stage.base
        yield from stage.instructions


def _name(instruction: Instruction) -> str:
    return type(instruction).__name__.upper()


def _line(instruction: Instruction) -> Text:
    first = instruction.source.strip().split("\n")[0]
    number = instruction.span
    return Text(f"line {number}: {first}", f"第 {number} 行：{first}")


def _joined(lines: list[Text]) -> Text | None:
    if not lines:
        return None
    whole = lines[0]
    for line in lines[1:]:
        whole = whole + same("\n") + line
    return whole
