"""Where a picture's value is looked for: the engine, and the builds of the notebook."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from course_lib.engine import Engine
    from course_lib.views.build import Build


class PictureError(Exception):
    """A picture that can't be drawn; `reason` says what to write instead."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class Builds:
    """What `%%dockerfile` cells built, by each name that they gave it: the last two of each name."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Build, ...]] = {}

    def keep(self, build: Build, names: Iterable[str]) -> None:
        """Remember a build, also one that failed."""
        for name in map(_short, names):
            self._kept[name] = (*self._kept.get(name, ())[-1:], build)

    def last(self, name: str) -> Build:
        """The last build of a name.

        Raises:
            PictureError: no cell built anything of that name.

        """
        found = self._kept.get(_short(name))
        if found:
            return found[-1]
        near = get_close_matches(_short(name), self._kept, n=1)
        meant = Text(f" Did you mean {near[0]}?", f"是不是想写 {near[0]}？") if near else None
        said = Text(
            f"No cell %%dockerfile {name} was run in this notebook: its Dockerfile is not known here.",
            f"这个笔记本里没有运行过 %%dockerfile {name}：这里不知道它的 Dockerfile。",
        )
        raise PictureError(said + meant if meant else said)

    def before_last(self, name: str) -> Build | None:
        """The build before the last one of a name, if there was one."""
        found = self._kept.get(_short(name), ())
        return found[0] if len(found) > 1 else None


def _short(name: str) -> str:
    return name.removesuffix(":latest")


@dataclass(frozen=True, slots=True)
class Place:
    """The engine of a notebook, and what its cells built."""

    engine: Engine
    builds: Builds
