"""Rules about FROM: names of stages, base images, platforms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.dockerfile.rules.catalogue import (
    DUPLICATE_STAGE_NAME,
    FROM_PLATFORM_FLAG_CONST_DISALLOWED,
    INVALID_DEFAULT_ARG_IN_FROM,
    REDUNDANT_TARGET_PLATFORM,
    RESERVED_STAGE_NAME,
    UNDEFINED_ARG_IN_FROM,
)
from course_lib.dockerfile.rules.rule import Finding
from course_lib.dockerfile.scopes import PLATFORM
from course_lib.dockerfile.suggestions import with_suggestion
from course_lib.dockerfile.words import Expanded, ExpansionError, Style, analyse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from course_lib.dockerfile.instructions import Dockerfile, Stage
    from course_lib.dockerfile.rules.rule import Rule

_RESERVED = frozenset({"scratch", "context"})
_SYSTEMS = frozenset(
    {"linux", "windows", "darwin", "freebsd", "netbsd", "openbsd", "solaris", "aix"}
)
_OTHER_NAMES = {"x86_64": "amd64", "x86-64": "amd64", "aarch64": "arm64", "i386": "386"}


@dataclass(frozen=True, slots=True)
class GlobalScope:
    """The arguments that FROM lines see: as built, and as they would be without `--build-arg`.

    `defaults` is None where they can't be expanded without it.
    """

    values: Mapping[str, str]
    defaults: Mapping[str, str] | None
    declared: frozenset[str]
    escape: str

    def analysed(self, text: str, values: Mapping[str, str]) -> Expanded | None:
        """A word of FROM expanded; None if that can't be done, which the build itself reports."""
        try:
            return analyse(text, values, Style(self.escape))
        except ExpansionError:
            return None


def names(dockerfile: Dockerfile) -> Iterator[Finding]:
    """Names of stages that are reserved, or given twice."""
    seen: set[str] = set()
    for stage in dockerfile.stages:
        if stage.name in _RESERVED:
            yield _finding(stage, RESERVED_STAGE_NAME, stage.name)
        if stage.name in seen:
            yield _finding(stage, DUPLICATE_STAGE_NAME, stage.name)
        if stage.name:
            seen.add(stage.name)


def base_image(
    stage: Stage, scope: GlobalScope, is_image_name: Callable[[str], bool]
) -> Iterator[Finding]:
    """Base images whose names need arguments that may be missing."""
    default = None
    if scope.defaults is not None:
        default = scope.analysed(stage.base.image, scope.defaults)
    if default is not None and not is_image_name(default.text):
        yield _finding(stage, INVALID_DEFAULT_ARG_IN_FROM, stage.base.image)
    yield from _undeclared(stage, scope, scope.analysed(stage.base.image, scope.values))


def platform(stage: Stage, scope: GlobalScope) -> Iterator[Finding]:
    """What `--platform` of a FROM says."""
    written = stage.base.platform
    found = scope.analysed(written, scope.values) if written else None
    if found is None:
        return
    yield from _undeclared(stage, scope, found)
    if found.matched == {"TARGETPLATFORM"} and not found.unmatched:
        if found.text == scope.values["TARGETPLATFORM"]:
            yield _finding(stage, REDUNDANT_TARGET_PLATFORM, written)
    elif not found.matched and not found.unmatched:
        system, architecture = platform_parts(found.text)
        if system not in stage.name and architecture not in stage.name:
            yield _finding(stage, FROM_PLATFORM_FLAG_CONST_DISALLOWED, found.text)


def platform_parts(text: str) -> tuple[str, str]:
    """`linux/amd64` -> ("linux", "amd64"), with the build's own for what is missing."""
    own_system, own_architecture = PLATFORM.split("/")
    system, slash, rest = text.lower().partition("/")
    architecture = rest.partition("/")[0]
    if not slash:
        if system in _SYSTEMS:
            architecture = own_architecture
        else:
            system, architecture = own_system, system
    return system, _OTHER_NAMES.get(architecture, architecture)


def _undeclared(stage: Stage, scope: GlobalScope, found: Expanded | None) -> Iterator[Finding]:
    for name in sorted(found.unmatched - scope.declared) if found else ():
        message = UNDEFINED_ARG_IN_FROM.message(name)
        known = (*scope.values, *scope.declared)
        message = with_suggestion(message, name, known)
        yield Finding(UNDEFINED_ARG_IN_FROM, message, stage.base.span, stage.base.comments)


def _finding(stage: Stage, rule: Rule, *words: str) -> Finding:
    return Finding(rule, rule.message(*words), stage.base.span, stage.base.comments)
