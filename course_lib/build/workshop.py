"""What all stages of one build share: arguments, sources of files, the cache, and what runs commands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from course_lib.build.cache import BuildCache, why_reused
from course_lib.build.errors import InstructionError
from course_lib.build.stages import SCRATCH
from course_lib.clock import rfc3339
from course_lib.dockerfile.scopes import PLATFORM
from course_lib.dockerfile.suggestions import with_suggestion
from course_lib.image.tree import Tree
from course_lib.image.workspace import Workspace
from course_lib.registry import BASE_IMAGES
from course_lib.registry.reference import DEFAULT_DOMAIN, InvalidReferenceError, Reference
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from course_lib.build.cache import CachedStep, CacheKey
    from course_lib.build.ignore import Pattern
    from course_lib.build.operations import Operation
    from course_lib.build.running import Execute
    from course_lib.clock import Clock
    from course_lib.image.image import Image
    from course_lib.shell import Chunk

    NotFound = Callable[[str, str, tuple[str, ...]], str]


@dataclass(frozen=True, slots=True)
class Done:
    """An operation that was performed, or taken over from the cache."""

    step: CachedStep
    cached: bool
    because: Text
    output: tuple[Chunk, ...] = ()


def not_found(name: str, full: str, names: tuple[str, ...]) -> str:
    """BuildKit's words for an image that is not there; `names` are what may have been meant."""
    message = f"{name}: failed to resolve source metadata for {full}: {full}: not found"
    return with_suggestion(message, name, names)


@dataclass(slots=True)
class Workshop:
    """One build's shared things.

    `anew` is `--no-cache`; results of this very build still count, unless it `repeats`. `because_found`
    stands in place of the reason for a result of the cache, `not_found` words a missing image.
    """

    images: Callable[[str], Image | None]
    context: Tree
    clock: Clock
    execute: Execute
    cache: BuildCache
    build_args: Mapping[str, str]
    outer: Mapping[str, str]  # the global ARGs
    escape: str
    ignored: Callable[[str], Pattern | None]  # what keeps a path out of the context
    secrets: Mapping[str, bytes] = field(default_factory=dict)
    anew: bool = False
    repeats: bool = False
    because_found: Text | None = None
    not_found: NotFound = not_found
    _found: dict[str, Image] = field(default_factory=dict)
    _charged: int = 0
    _made_now: set[CacheKey] = field(default_factory=set)

    def charge(self, entries: int) -> None:
        """Count what the config's changes cost; each step keeps a config of its own.

        Raises:
            InstructionError: more than a million entries in one build.

        """
        self._charged += entries
        if self._charged > MOST_ENTRIES:
            raise InstructionError(
                message=f"a build that writes more than {MOST_ENTRIES} config entries is not simulated",
                help=Text(
                    "Set many variables, labels or ports in one instruction: each line copies all of them.",
                    "变量、标签或端口很多时，请写在一条指令里：每一行都要把它们全部复制一遍。",
                ),
            )

    def image(self, name: str, stages: tuple[str, ...] = (), platform: str = "") -> Image:
        """The image of a FROM or `--from`; `stages` are names that may have been meant.

        Raises:
            InstructionError: `invalid reference format`, `failed to resolve source metadata`.

        """
        if name not in self._found:
            self._found[name] = self._fetched(name, stages)
        if platform and not _PLATFORM.fullmatch(platform.lower()):
            full = _full(Reference.parse(name))
            raise InstructionError(
                message=f"{name}: failed to resolve source metadata for {full}: "
                "no match for platform in manifest: not found",
                help=Text(
                    f"The course's images are for {PLATFORM} only; leave out --platform.",
                    f"课程里的镜像只有 {PLATFORM} 平台；请去掉 --platform。",
                ),
            )
        return self._found[name]

    def full_name(self, name: str) -> str:
        """`docker.io/library/debian:12` of `debian:12`."""
        return _full(Reference.parse(name))

    def files_of(self, name: str) -> Tree:
        """The files of an image, none for `scratch`."""
        return Tree.EMPTY if name == SCRATCH else self.image(name).tree

    def done(self, operation: Operation, parent: str, files: Tree, text: str) -> Done:
        """Perform an operation on files, or take its result from the cache.

        Raises:
            InstructionError: when it fails.

        """
        key = operation.key(parent, text)
        known = self.cache.find(key)
        known = known.over(files) if known else None
        if known and key in self._made_now and not (self.anew and self.repeats):
            return Done(
                known,
                cached=True,
                because=Text(
                    "the same step was done in this build already: it is done once",
                    "这次构建里已经执行过同样的步骤：只执行一次",
                ),
            )
        if known and not self.anew:
            return Done(known, cached=True, because=self.because_found or why_reused(key))
        because = _NO_CACHE if self.anew else self.cache.why_not(key)
        workspace = Workspace(files, now=self.clock.now)
        output = operation.perform(workspace)
        layer = workspace.changes()
        step = self.cache.keep(key, layer, workspace.tree(), rfc3339(self.clock.now()))
        self._made_now.add(key)
        self.clock.tick()
        return Done(step, cached=False, because=because, output=output)

    def _fetched(self, name: str, stages: tuple[str, ...]) -> Image:
        try:
            reference = Reference.parse(name)
        except InvalidReferenceError as error:
            raise InstructionError(
                message=f'failed to parse stage name "{name}": {error}',
                help=Text(
                    "An image name is lower case: name:tag, with letters, digits and . _ - /.",
                    "镜像名要用小写：name:tag，可以包含字母、数字和 . _ - /。",
                ),
            ) from error
        found = self.images(name)
        if found is not None:
            return found
        full = _full(reference)
        raise InstructionError(
            message=self.not_found(name, full, (*stages, *_COMMON)),
            help=_elsewhere(reference.domain)
            if reference.domain != DEFAULT_DOMAIN
            else _missing(name, reference),
        )


MOST_ENTRIES = 1_000_000
_PLATFORM = re.compile(r"linux(/(amd64|x86_64|x86-64))?|amd64|x86_64|x86-64")
_COMMON = ("alpine", "busybox", "centos", "debian", "golang", "ubuntu", "fedora")
_NO_CACHE = Text("--no-cache: nothing is taken from the cache", "--no-cache：不使用缓存")


def _missing(name: str, reference: Reference) -> Text:
    tags = ", ".join(BASE_IMAGES.near(reference.repository.removeprefix("library/"), reference.tag))
    if tags and not reference.digest:
        return Text(
            f"There is no image {name} here; tags that are here: {tags}.",
            f"这里没有镜像 {name}；这里有的 tag 例如：{tags}。",
        )
    return Text(
        f"There is no image and no earlier stage named {name} here: check the spelling and the tag.",
        f"这里没有名为 {name} 的镜像，前面也没有这个名字的阶段：请检查拼写和 tag。",
    )


def _elsewhere(domain: str) -> Text:
    return Text(
        f"The registry {domain} is not simulated: only a selection of Docker Hub's official images "
        "is here.",
        f"没有模拟 {domain} 这个仓库：这里只有 Docker Hub 的一部分官方镜像。",
    )


def _full(reference: Reference) -> str:
    tag = reference.tag or ("" if reference.digest else "latest")
    end = (f":{tag}" if tag else "") + (f"@{reference.digest}" if reference.digest else "")
    return f"{reference.domain}/{reference.repository}{end}"
