"""Where images come from: the registry, and builds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.engine.errors import EngineError
from course_lib.engine.gathering import Gathering
from course_lib.engine.images import Provenance, parse_reference
from course_lib.engine.results import Pulled
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from course_lib.build import BuildCache, BuildResult, Context, Step
    from course_lib.clock import Clock
    from course_lib.dockerfile.instructions import CheckWarning
    from course_lib.engine.images import ImageStore
    from course_lib.image.image import Image
    from course_lib.registry import Registry


class Supply:
    """Brings images into a store."""

    def __init__(self, images: ImageStore, registry: Registry, clock: Clock) -> None:
        self._images = images
        self._registry = registry
        self._clock = clock
        self._cache: BuildCache | None = None
        self._load_cache: Callable[[], BuildCache] | None = None

    @property
    def cache(self) -> BuildCache | None:
        """The results of builds; None before the first one."""
        return self._cache

    def use_cache(self, load: Callable[[], BuildCache]) -> None:
        """Take the cache from elsewhere, once a build asks for it."""
        self._load_cache = load

    def forget_cache(self) -> None:
        """`docker system prune -a`: builds begin anew."""
        from course_lib.build import BuildCache  # noqa: PLC0415 - loaded with the first build

        self._cache = BuildCache()

    def pull(self, name: str) -> Pulled:
        """`docker pull NAME`.

        Raises:
            EngineError: `pull access denied for x, ...`.

        """
        reference = parse_reference(name).familiar
        image = self._registry.find(reference)
        if image is None:
            raise _denied(reference, self._registry)
        fresh = self._images.find(reference) != image
        self._images.add(image)
        self._images.tag(reference, image)
        return Pulled(reference, image, fresh)

    def registry_image(self, name: str) -> Image | None:
        """An image of the registry, whether it is here or not."""
        return self._registry.find(name)

    def digests(self, image: Image) -> tuple[str, ...]:
        """`repository@digest` for each name here under which the registry has the image."""
        names = [
            parse_reference(name)
            for name in self._images.references(image)
            if self._registry.find(name) == image
        ]
        return tuple(dict.fromkeys(replace(name, digest=image.id).familiar for name in names))

    def fetch_missing(self, name: str) -> Pulled | None:
        """Pull an image that is not here; None when it is."""
        return None if self._images.find(name) else self.pull(name)

    def build(  # noqa: PLR0913 - the options of docker build
        self,
        source: str,
        context: Context,
        tags: Sequence[str],
        *,
        target: str,
        build_args: Mapping[str, str],
        secrets: Mapping[str, bytes],
        no_cache: bool,
        dockerfile_name: str,
        builder: str,
        on_step: Callable[[Step], None] | None,
        on_pull: Callable[[Pulled], None] | None,
    ) -> BuildResult:
        """`docker build`: BuildKit fetches base images for itself; they are not listed then.

        The older builder pulls them, and commits an image after each step; those of a failed build stay.

        Raises:
            EngineError: for a tag that is no reference.
            BuildError: when the build fails.

        """
        from course_lib.build import BuildCache, build  # noqa: PLC0415 - loaded with the first build

        if self._cache is None:
            self._cache = (self._load_cache or BuildCache)()
        for tag in tags:
            parse_reference(tag)
        cache, pull = self._cache, None
        if builder == "legacy":
            cache.apart(builder).keep_committed({image.id for image in self._images.all()})
            pull = self._announcing(on_pull)
        gathering = Gathering(self._images, self._registry, pull)

        def stepped(step: Step) -> None:
            gathering.stepped(step)
            if on_step is not None:
                on_step(step)

        result = build(
            source,
            context,
            images=gathering.find,
            cache=cache,
            clock=self._clock,
            builder=builder,
            target=target,
            build_args=build_args,
            secrets=secrets,
            no_cache=no_cache,
            dockerfile_name=dockerfile_name,
            on_step=stepped,
        )
        base = gathering.base_of(result.image)
        self._images.add(result.image, Provenance(base, "build") if base else None)
        for tag in tags:
            self._images.tag(tag, result.image)
        return result

    def _announcing(self, on_pull: Callable[[Pulled], None] | None) -> Callable[[str], Pulled]:
        def pull(name: str) -> Pulled:
            pulled = self.pull(name)
            if on_pull is not None:
                on_pull(pulled)
            return pulled

        return pull

    def check(
        self,
        source: str,
        context: Context,
        *,
        target: str,
        build_args: Mapping[str, str],
        dockerfile_name: str,
    ) -> tuple[CheckWarning, ...]:
        """`docker build --check`: what the build checks say; nothing is built.

        Raises:
            BuildError: a file that can't be built, or `# check=error=true` with warnings.

        """
        from course_lib.build import Builder  # noqa: PLC0415 - loaded with the first build

        return Builder(
            source,
            context,
            images=lambda name: self._images.find(name) or self._registry.find(name),
            clock=self._clock,
            target=target,
            build_args=build_args,
            dockerfile_name=dockerfile_name,
        ).check()


def _denied(reference: str, registry: Registry) -> EngineError:
    wanted = parse_reference(reference)
    tags = ", ".join(registry.near(wanted.repository.removeprefix("library/"), wanted.tag))
    if tags:
        return EngineError(
            f"manifest for {reference} not found: manifest unknown: manifest unknown",
            help=Text(
                f"There is no such tag or digest here; tags that are here: {tags}.",
                f"这里没有这个 tag 或 digest；这里有的 tag 例如：{tags}。",
            ),
        )
    names = ", ".join(registry.names())
    repository = reference.rpartition(":")[0]
    return EngineError(
        f"pull access denied for {repository}, repository does not exist or may require "
        "'docker login': denied: requested access to the resource is denied",
        help=Text(
            f"The course's registry has these images: {names}.",
            f"课程的镜像仓库里有这些镜像：{names}。",
        ),
    )
