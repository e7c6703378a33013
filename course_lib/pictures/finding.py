"""The words after `%picture`, and the value that they ask for."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from course_lib.pictures import builds, containers, course, images
from course_lib.pictures.places import Builds, PictureError, Place
from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from course_lib.engine import Engine
    from course_lib.pictures.drawing import View


def find(line: str, engine: Engine, kept: Builds | None = None) -> View:
    """Read the words after `%picture` and look up what they name; `kept` are the notebook's builds.

    Raises:
        PictureError: a kind that does not exist, or too few or too many words.
        EngineError: an image or a container that does not exist.
        ProgressError: the map, when what was kept of the progress can't be read.

    """
    try:
        words = shlex.split(line)
    except ValueError as wrong:
        raise PictureError(
            Text(f"A quote is not closed: {line}", f"引号没有闭合：{line}")
        ) from wrong
    kind, *rest = words or [""]
    if kind not in _KINDS:
        raise PictureError(_no_such_kind(kind))
    usage = _KINDS[kind]
    if not usage.least <= len(rest) <= usage.most:
        raise PictureError(
            Text(f"Write: %picture {usage.shape}", f"请这样写：%picture {usage.shape}")
        )
    return usage.find(Place(engine, kept or Builds()), rest)


def _no_such_kind(kind: str) -> Text:
    shapes = "\n".join(f"  %picture {usage.shape}" for usage in _KINDS.values())
    near = get_close_matches(kind, _KINDS, n=1)
    said = (
        Text(f"There is no picture {kind!r}.", f"没有 {kind!r} 这种图。")
        if kind
        else Text("Which picture?", "要画哪种图？")
    )
    if near:
        said += Text(f" Did you mean {near[0]}?", f"是不是想写 {near[0]}？")
    return said + Text(" There are:\n", "可以画：\n") + same(shapes)


@dataclass(frozen=True, slots=True)
class _Usage:
    """What a kind takes: its line as shown to a learner, and the number of words after it."""

    shape: str
    least: int
    most: int
    find: Callable[[Place, Sequence[str]], View]


_ANY = 100
_KINDS: Mapping[str, _Usage] = {
    "stack": _Usage("stack IMAGE|CONTAINER", 1, 1, images.stack),
    "read": _Usage("read IMAGE|CONTAINER PATH", 2, 2, images.reading),
    "stepper": _Usage("stepper CONTAINER", 1, 1, images.story),
    "containers": _Usage("containers IMAGE", 1, 1, images.siblings),
    "family": _Usage("family IMAGE", 1, 1, images.family),
    "compare": _Usage("compare IMAGE IMAGE", 2, 2, images.comparison),
    "ports": _Usage("ports CONTAINER", 1, 1, containers.ports),
    "context": _Usage("context NAME [LINE]", 1, 2, builds.context),
    "scope": _Usage("scope NAME", 1, 1, builds.scope),
    "waste": _Usage("waste IMAGE", 1, 1, images.waste),
    "mounts": _Usage("mounts CONTAINER", 1, 1, containers.mounts),
    "stages": _Usage("stages NAME", 1, 1, builds.stages),
    "rebuild": _Usage("rebuild NAME", 1, 1, builds.rebuild),
    "oci": _Usage("oci IMAGE", 1, 1, images.archive),
    "health": _Usage("health IMAGE|CONTAINER", 1, 1, containers.health),
    "workdir": _Usage("workdir NAME", 1, 1, builds.walk),
    "map": _Usage("map", 0, 0, course.show_map),
    "argv": _Usage("argv [IMAGE [WORD...]]", 0, _ANY, images.explorer),
}
