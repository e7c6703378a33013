"""What one build finds and leaves in the store of images: its bases, and what the older builder commits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from course_lib.engine.images import Provenance

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.build import Step
    from course_lib.engine.images import ImageStore
    from course_lib.engine.results import Pulled
    from course_lib.image.image import Image
    from course_lib.registry import Registry


@dataclass(slots=True)
class Gathering:
    """The images of one build; the older builder (`pull` is given) brings its bases into the store."""

    images: ImageStore
    registry: Registry
    pull: Callable[[str], Pulled] | None
    used: list[Image] = field(default_factory=list)
    _below: Image | None = None

    def find(self, name: str) -> Image | None:
        """A base image: one that is here, or the registry's."""
        image = self.images.find(name) or self.registry.find(name)
        if image is None:
            return None
        if self.pull is not None and self.images.find(name) is None:
            self.pull(name)
        self.used.append(image)
        return image

    def stepped(self, step: Step) -> None:
        """Keep what the older builder committed, on the image before it."""
        if step.image is not None and self.images.find(step.image.id) is None:
            origin = Provenance(self._below, "commit") if self._below else None
            self.images.add(step.image, origin)
        self._below = step.image

    def base_of(self, image: Image) -> Image | None:
        """The image whose layers are the beginning of this one's: the longest such."""
        below = [base for base in self.used if image.layers[: len(base.layers)] == base.layers]
        return max(below, key=lambda base: len(base.layers), default=None)
