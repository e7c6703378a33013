"""A stage while it is built: what the next instruction starts from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from course_lib.build.history import with_times
from course_lib.image.config import History, ImageConfig
from course_lib.image.image import Image
from course_lib.image.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.build.cache import CachedStep
    from course_lib.dockerfile.instructions import Pair
    from course_lib.image.layer import Layer

DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(frozen=True, slots=True)
class StageState:
    """The image so far, and what only the build knows.

    `environment` is Env with the ARGs in force: of ENV and ARG with one name, the later one counts.
    `args` are the ARGs declared so far. `result` names the cached result that `tree` is. `base` is the image
    at the bottom of it, also through other stages; None for scratch.
    """

    config: ImageConfig
    history: tuple[History, ...]
    layers: tuple[Layer, ...]
    tree: Tree
    result: str
    environment: Mapping[str, str]
    author: str = ""
    args: tuple[Pair, ...] = ()
    base: Image | None = None
    cmd_is_set: bool = field(default=False)

    @classmethod
    def scratch(cls) -> StageState:
        """`FROM scratch`: no files, no history."""
        config = ImageConfig(working_dir="/")
        return cls._with_path(config, (), (), Tree.EMPTY, "scratch")

    @classmethod
    def of_image(cls, image: Image) -> StageState:
        """`FROM image`: its config without the ONBUILD triggers, its layers and its history."""
        config = replace(image.config, on_build=())
        return replace(
            cls._with_path(config, image.history, image.layers, image.tree, image.id),
            author=image.author,
            base=image,
        )

    @classmethod
    def _with_path(
        cls,
        config: ImageConfig,
        history: tuple[History, ...],
        layers: tuple[Layer, ...],
        tree: Tree,
        result: str,
    ) -> StageState:
        if "PATH" not in config.environment():
            config = replace(config, env=(*config.env, f"PATH={DEFAULT_PATH}"))
        environment = MappingProxyType(config.environment())
        return cls(config, history, layers, tree, result, environment)

    def image(self) -> Image:
        """The image that this stage is."""
        lines = with_times(self.history)
        created = next((line.created for line in reversed(lines) if line.created), "")
        return Image(
            config=self.config,
            layers=self.layers,
            history=lines,
            created=created,
            author=self.author,
        )

    def inherited(self) -> StageState:
        """`FROM stage`: all but the triggers, which have fired, and the memory of a CMD."""
        return replace(self, config=replace(self.config, on_build=()), cmd_is_set=False)

    def with_values(self, pairs: tuple[Pair, ...]) -> StageState:
        """The build environment after ENV or ARG."""
        values = {pair.name: pair.value for pair in pairs if pair.value is not None}
        return replace(self, environment=MappingProxyType({**self.environment, **values}))

    def with_line(self, created_by: str, comment: str) -> StageState:
        """One more line of history, without a layer."""
        line = History("", created_by, comment, empty_layer=True)
        return replace(self, history=(*self.history, line))

    def with_commit(self, step: CachedStep, created_by: str, *, changes: bool) -> StageState:
        """The files and the history line of an image that the older builder committed."""
        line = History(step.created, created_by, author=self.author, empty_layer=not changes)
        return replace(
            self,
            layers=(*self.layers, step.layer) if changes else self.layers,
            tree=step.files,
            result=step.name,
            history=(*self.history, line),
        )

    def with_result(self, step: CachedStep, created_by: str, comment: str) -> StageState:
        """The files and the history line of a step that made a layer."""
        return replace(
            self,
            layers=(*self.layers, step.layer),
            tree=step.files,
            result=step.name,
            history=(*self.history, History(step.created, created_by, comment)),
        )
