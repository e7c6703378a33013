"""The images that exist: by id, by reference, and which image each was made from."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from course_lib.engine.errors import EngineError, no_such_image
from course_lib.registry.reference import InvalidReferenceError, Reference
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.image.image import Image

_HEX = frozenset("0123456789abcdef")
SHORT_ID = 12


@dataclass(frozen=True, slots=True)
class Provenance:
    """The image that another was made from: FROM in a build, the container's in a commit.

    Docker keeps it for `commit` only (`Parent` of `docker inspect`); we keep both. The older builder
    commits after each instruction, so its images are of the second kind.
    """

    parent: Image
    by: Literal["build", "commit"]


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of `docker images`; repository and tag are `<none>` for a dangling image."""

    repository: str
    tag: str
    image: Image


def short_id(image_id: str) -> str:
    """`0701c0364256` of `sha256:0701c0364256...`."""
    return image_id.removeprefix("sha256:")[:SHORT_ID]


def parse_reference(name: str) -> Reference:
    """`centos` -> docker.io/library/centos:latest.

    Raises:
        EngineError: `invalid reference format`.

    """
    try:
        return Reference.parse(name)
    except InvalidReferenceError as error:
        raise EngineError(
            str(error),
            help=Text(
                "An image name is lower case letters, digits and . _ - / with an optional :tag.",
                "镜像名由小写字母、数字和 . _ - / 组成，后面可以加 :tag。",
            ),
            from_daemon=False,
        ) from error


class ImageStore:
    """Images by id; references (`centos:7`) point to ids."""

    def __init__(self) -> None:
        self._images: dict[str, Image] = {}
        self._references: dict[str, str] = {}  # familiar name with tag -> id
        self._made_from: dict[str, Provenance] = {}

    def all(self) -> tuple[Image, ...]:
        """Every image, oldest arrival first."""
        return tuple(self._images.values())

    def add(self, image: Image, made_from: Provenance | None = None) -> None:
        """Keep an image, and where it comes from."""
        self._images[image.id] = image
        if made_from is not None and made_from.parent.id != image.id:
            self._made_from.setdefault(image.id, made_from)

    def tag(self, name: str, image: Image) -> str:
        """Let a reference point to an image; return the reference with its tag."""
        key = parse_reference(name).familiar
        self._references.pop(key, None)
        self._references[key] = image.id
        return key

    def untag(self, key: str) -> None:
        """Forget a reference."""
        del self._references[key]

    def remove(self, image: Image) -> None:
        """Forget an image that no reference points to."""
        del self._images[image.id]

    def references(self, image: Image) -> tuple[str, ...]:
        """The references that point to an image, oldest first."""
        return tuple(key for key, value in self._references.items() if value == image.id)

    def reference(self, name: str) -> str | None:
        """The reference that `name` means, if there is one of that name: `centos:latest`."""
        try:
            key = Reference.parse(name).familiar
        except InvalidReferenceError:
            return None
        return key if key in self._references else None

    def find(self, name: str) -> Image | None:
        """Find by reference, full id, or the beginning of an id."""
        key = self.reference(name)
        if key is not None:
            return self._images[self._references[key]]
        digits = name.removeprefix("sha256:")
        if not digits or not set(digits) <= _HEX:
            return None
        found = [i for i in self.all() if i.id.removeprefix("sha256:").startswith(digits)]
        return found[0] if len(found) == 1 else None

    def get(self, name: str) -> Image:
        """`find`, for a command that needs the image.

        Raises:
            EngineError: `No such image: x:latest`, `invalid reference format`.

        """
        found = self.find(name)
        if found is None:
            raise no_such_image(parse_reference(name).familiar, tuple(self._references))
        return found

    def all_references(self) -> Mapping[str, str]:
        """Every reference and the id that it points to, oldest first."""
        return MappingProxyType(self._references)

    def provenances(self) -> Mapping[str, Provenance]:
        """By the id of an image, where it comes from."""
        return MappingProxyType(self._made_from)

    def made_from(self, image: Image) -> Provenance | None:
        """Where an image comes from; None for a pulled one and for FROM scratch."""
        return self._made_from.get(image.id)

    def committed_children(self, image: Image) -> tuple[Image, ...]:
        """Images that a commit made on top of this one: docker refuses to remove their parent."""
        return tuple(
            child
            for child in self.all()
            if (origin := self._made_from.get(child.id)) is not None
            and origin.by == "commit"
            and origin.parent.id == image.id
        )

    def listed(self, *, intermediate: bool = False) -> tuple[Listed, ...]:
        """`docker images`: newest first, one line per reference, `<none>` without one.

        A nameless image that others were committed on is intermediate: `docker images -a` lists it.
        """
        arrival = {image_id: number for number, image_id in enumerate(self._images)}
        shown = [
            image
            for image in self.all()
            if intermediate or self.references(image) or not self.committed_children(image)
        ]
        newest = sorted(shown, key=lambda i: (i.created, arrival[i.id]), reverse=True)
        return tuple(line for image in newest for line in self._lines(image))

    def _lines(self, image: Image) -> tuple[Listed, ...]:
        keys = self.references(image)
        if not keys:
            return (Listed("<none>", "<none>", image),)
        parts = (key.rpartition(":") for key in sorted(keys))
        return tuple(Listed(repository, tag, image) for repository, _, tag in parts)
