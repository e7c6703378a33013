"""The patch versions that learners write: `python:3.11.4-slim`, `node:18.17-alpine`, `nginx:1.25.1`.

A recipe stands for one patch version of its family. The others that are listed here were released
too, on the same Debian; they get their own name, number and history over the layers of the recipe (estimated, and marked so).
A tag that names an Alpine release (`3.11.4-alpine3.18`) is not among them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from course_lib.registry.layers import Files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from course_lib.registry.recipe import Recipe

# repository -> versions; `3.11.4-13` is 3.11.4 to 3.11.13.
# Estimated: written from memory of the projects' releases up to June 2025; a range may miss or add one.
_RELEASED = {
    "golang": "1.20.5-14 1.21.0-13 1.22.0-12 1.23.0-10 1.24.0-4",
    "mysql": "8.0.34-37 8.0.39-42 8.4.0-5",
    "nginx": "1.25.1-5 1.26.0-3 1.27.0-5",
    "node": (
        "18.17.0-1 18.18.0-2 18.19.0-1 18.20.0-8 "
        "20.5.0-1 20.6.0-1 20.7.0 20.8.0-1 20.9.0 20.10.0 20.11.0-1 20.12.0-2 20.13.0-1 20.14.0 "
        "20.15.0-1 20.16.0 20.17.0 20.18.0-3 20.19.0-3 "
        "21.0.0 21.1.0 21.2.0 21.3.0 21.4.0 21.5.0 21.6.0-2 21.7.0-3 "
        "22.0.0 22.1.0 22.2.0 22.3.0 22.4.0-1 22.5.0-1 22.6.0 22.7.0 22.8.0 22.9.0 22.10.0 22.11.0 "
        "22.12.0 22.13.0-1 22.14.0 22.15.0-1 22.16.0 24.0.0-2 24.1.0"
    ),
    "php": "8.1.20-32 8.2.8-28 8.3.0-20",
    "postgres": "13.11-21 14.8-18 15.3-13 16.0-6 16.8-9 17.0-2 17.4-5",
    "python": "3.8.17-20 3.9.17-23 3.10.12-18 3.11.4-13 3.12.0-11 3.13.0-5 3.14.0",
    "redis": "7.2.0-9",
    "ruby": "3.2.2-8 3.3.0-8",
}
_TAG = re.compile(r"(\d+(?:\.\d+)+)(-[a-z][a-z-]*)?")
_NEAR = 8


def patched(repository: str, tag: str, recipes: Mapping[str, Recipe]) -> Recipe | None:
    """The recipe for a patch version that has none of its own; None for what was never released.

    `18.17` is the newest 18.17 where the recipe of 18 is another minor version.
    """
    match = _TAG.fullmatch(tag)
    if match is None or repository not in _RELEASED:
        return None
    written, suffix = match.group(1), match.group(2) or ""
    version = _newest(repository, written)
    known = next(
        (
            recipes[name]
            for family in _families(version or "")
            if (name := family + suffix) in recipes
        ),
        None,
    )
    if known is None or version is None:
        return None
    if version == known.version:
        return known
    return _renumbered(known, version, tag)


def near(repository: str, tag: str, tags: Iterable[str]) -> tuple[str, ...]:
    """A few tags that exist, the likeliest to be meant first: the same family, the same variant."""
    match = re.match(r"(\d+)(\.\d+)?[\d.]*(.*)", tag)
    if match is None:
        return tuple(tags)[:_NEAR]
    major, minor, suffix = match.group(1), match.group(2) or "", match.group(3)
    families = (f"{major}{minor}.", major + ".") if minor else (f"{major}.",)
    found: dict[str, None] = {}
    for family in families:
        stem = family[:-1]
        variants = [one for one in tags if one == stem or one.startswith((family, f"{stem}-"))]
        released = [f"{one}{suffix}" for one in _versions(repository) if one.startswith(family)]
        known = [one for one in variants if one.lstrip("0123456789.") == suffix]
        found |= dict.fromkeys([*known, *reversed(released)] if known else variants)
        if found:
            break
    return tuple(found or tags)[:_NEAR]


def _families(version: str) -> Iterator[str]:
    """`18.17.1` -> itself, `18.17`, `18`; the recipe of nginx's mainline stands for all of 1."""
    parts = version.split(".")
    for count in range(len(parts), 0, -1):
        yield ".".join(parts[:count])


def _newest(repository: str, written: str) -> str | None:
    """The version itself, or the newest that begins with it."""
    found = [
        one for one in _versions(repository) if one == written or one.startswith(f"{written}.")
    ]
    return found[-1] if found else None


@cache
def _versions(repository: str) -> tuple[str, ...]:
    """All versions of a repository, the oldest first."""
    return tuple(one for word in _RELEASED.get(repository, "").split() for one in _range(word))


def _range(word: str) -> Iterator[str]:
    first, _, last = word.partition("-")
    family, _, patch = first.rpartition(".")
    for number in range(int(patch), int(last or patch) + 1):
        yield f"{family}.{number}"


def _renumbered(known: Recipe, version: str, tag: str) -> Recipe:
    old = known.version

    def new(text: str) -> str:
        return text.replace(old, version)

    return replace(
        known,
        tags=(tag,),
        version=version,
        size=0,
        source=f"estimated: this version's name over the layers of {old}",
        config=replace(known.config, env=tuple(new(pair) for pair in known.config.env)),
        steps=tuple(
            replace(
                step,
                created_by=new(step.created_by),
                files=replace(step.files, manifest=new(step.files.manifest))
                if isinstance(step.files, Files)
                else step.files,
            )
            for step in known.steps
        ),
    )
