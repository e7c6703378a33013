"""docker's commands about images: build, pull, tag, rmi, commit ..."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.engine.commit import commit
from course_lib.engine.errors import EngineError
from course_lib.engine.images import Provenance, parse_reference
from course_lib.engine.parts import Remembered
from course_lib.engine.removal import Removed, remove_image
from course_lib.engine.results import Committed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from course_lib.build import BuildResult, Context, Step
    from course_lib.dockerfile.instructions import CheckWarning
    from course_lib.engine.images import Listed
    from course_lib.engine.results import Pulled
    from course_lib.image.config import History
    from course_lib.image.image import Image


class ImageCommands(Remembered):
    """The image side of an engine."""

    def build(  # noqa: PLR0913 - the options of docker build
        self,
        source: str,
        context: Context,
        *,
        tags: Sequence[str] = (),
        target: str = "",
        build_args: Mapping[str, str] | None = None,
        secrets: Mapping[str, bytes] | None = None,
        no_cache: bool = False,
        dockerfile_name: str = "Dockerfile",
        builder: str = "buildkit",
        on_step: Callable[[Step], None] | None = None,
        on_pull: Callable[[Pulled], None] | None = None,
    ) -> BuildResult:
        """`docker build -t TAG .`: the last image that was built with a tag loses it.

        `on_pull` hears of each base image that the older builder brings in.
        """
        return self._supply.build(
            source,
            context,
            tags,
            target=target,
            build_args=build_args or {},
            secrets=secrets or {},
            no_cache=no_cache,
            dockerfile_name=dockerfile_name,
            builder=builder,
            on_step=on_step,
            on_pull=on_pull,
        )

    def check(
        self,
        source: str,
        context: Context,
        *,
        target: str = "",
        build_args: Mapping[str, str] | None = None,
        dockerfile_name: str = "Dockerfile",
    ) -> tuple[CheckWarning, ...]:
        """`docker build --check`: what the build checks say; nothing is built."""
        return self._supply.check(
            source,
            context,
            target=target,
            build_args=build_args or {},
            dockerfile_name=dockerfile_name,
        )

    def pull(self, name: str) -> Pulled:
        """`docker pull NAME`."""
        return self._supply.pull(name)

    def add_image(self, image: Image, *names: str) -> None:
        """Keep an image that was made elsewhere, under these names."""
        self._images.add(image)
        for name in names:
            self._images.tag(name, image)

    def images(self, *, intermediate: bool = False) -> tuple[Listed, ...]:
        """`docker images`, newest first; `docker images -a` with the `intermediate` ones."""
        return self._images.listed(intermediate=intermediate)

    def image(self, name: str) -> Image:
        """The image that a reference or an id means."""
        return self._images.get(name)

    def find_image(self, name: str) -> Image | None:
        """`image`, or None."""
        return self._images.find(name)

    def reference(self, name: str) -> str:
        """The familiar reference that a name means: `centos:latest` for `centos`."""
        return parse_reference(name).familiar

    def references(self, image: Image) -> tuple[str, ...]:
        """The names that an image has here."""
        return self._images.references(image)

    def digests(self, image: Image) -> tuple[str, ...]:
        """`alpine@sha256:...` for each repository that the image was pulled from; `RepoDigests`."""
        return self._supply.digests(image)

    def made_from(self, image: Image) -> Provenance | None:
        """The image that this one was built from or committed on: an edge of the family tree."""
        return self._images.made_from(image)

    def history(self, name: str) -> tuple[History, ...]:
        """`docker history`, but oldest first, as the image config has it."""
        return self._images.get(name).history

    def tag(self, source: str, target: str) -> str:
        """`docker tag SOURCE TARGET`; the target's full reference."""
        try:
            parse_reference(target)
        except EngineError as error:
            msg = f'error parsing reference: "{target}" is not a valid repository/tag: {error.message}'
            raise EngineError(msg, help=error.help, from_daemon=False) from error
        return self._images.tag(target, self._images.get(source))

    def rmi(self, name: str, *, force: bool = False) -> Removed:
        """`docker rmi`."""
        return remove_image(name, self._images, self._containers, force=force)

    def commit(
        self,
        name: str,
        reference: str = "",
        *,
        author: str = "",
        message: str = "",
        changes: Sequence[str] = (),
    ) -> Committed:
        """`docker commit [-a AUTHOR] [-m MESSAGE] [-c CHANGE] CONTAINER [REFERENCE]`."""
        container = self._containers.get(name)
        if reference:
            parse_reference(reference)
        self.clock.tick()
        image = commit(
            container,
            self._containers.files(container),
            now=self.clock.now(),
            author=author,
            message=message,
            changes=changes,
        )
        self._images.add(image, Provenance(container.image, "commit"))
        key = self._images.tag(reference, image) if reference else ""
        return Committed(container, container.image, image, key)

    def base_image(self, name: str) -> Image | None:
        """An image of the registry, without pulling it."""
        return self._supply.registry_image(name)

    def images_here(self) -> tuple[Image, ...]:
        """Every image, oldest arrival first."""
        return self._images.all()
