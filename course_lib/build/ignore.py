"""`.dockerignore`: which paths of the folder stay out of the build context.

The rules are those of moby/patternmatcher. Patterns hold from the root of the context; the last one
that matches a path, or a folder above it, decides; `!` takes a path back in; `**` crosses folders.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import cached_property

from course_lib.build.glob import BadPatternError, character_class, matches
from course_lib.build.glob import has_wildcards as _has_wildcards


class IllegalExclusionError(ValueError):
    """`illegal exclusion pattern: "!"`: an exclamation mark with nothing behind it."""

    def __init__(self) -> None:
        super().__init__('illegal exclusion pattern: "!"')


@dataclass(frozen=True)
class Pattern:
    """One line of the file, cleaned; `exception` for `!path`, without the mark."""

    text: str
    exception: bool = False

    def covers(self, path: str) -> bool:
        """Whether the pattern matches a path or a folder above it."""
        return any(self._expression.fullmatch(part) for part in _upwards(path))

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        return re.compile(_translated(self.text), re.DOTALL)

    def __str__(self) -> str:
        return f"!{self.text}" if self.exception else self.text


def read_ignore_file(text: str) -> tuple[str, ...]:
    """The patterns of a .dockerignore: without comments and blank lines, paths cleaned."""
    patterns: list[str] = []
    for line in text.removeprefix("\ufeff").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        pattern = line.strip()
        mark = "!" if pattern.startswith("!") else ""
        pattern = pattern.removeprefix("!").strip()
        if pattern:
            pattern = _clean(pattern)
            pattern = pattern.removeprefix("/") if len(pattern) > 1 else pattern
        patterns.append(mark + pattern)
    return tuple(patterns)


@dataclass(frozen=True, slots=True)
class IgnoreRules:
    """The patterns of a .dockerignore, in their order."""

    patterns: tuple[Pattern, ...] = ()

    @classmethod
    def of(cls, patterns: tuple[str, ...]) -> IgnoreRules:
        """Check and keep patterns.

        Raises:
            IllegalExclusionError: a single `!`.
            BadPatternError: a bracket that does not close, and the like.

        """
        return cls(tuple(_checked(text.strip()) for text in patterns if text.strip()))

    def excluding(self, path: str) -> Pattern | None:
        """The pattern that keeps a path out of the context; None for a path that is in."""
        last: Pattern | None = None
        for pattern in self.patterns:
            if pattern.exception == (last is not None) and pattern.covers(path):
                last = None if pattern.exception else pattern
        return last

    def excludes(self, path: str) -> bool:
        """Whether a path stays out of the context. The root itself never does."""
        return _clean(path) != "." and self.excluding(_clean(path)) is not None


def _checked(text: str) -> Pattern:
    cleaned = _clean(text)
    exception = cleaned.startswith("!")
    cleaned = cleaned.removeprefix("!")
    if not cleaned:
        raise IllegalExclusionError
    matches(cleaned, ".")  # raises BadPatternError for what Go refuses
    return Pattern(cleaned, exception)


def _upwards(path: str) -> tuple[str, ...]:
    parts = path.split("/")
    return tuple("/".join(parts[:length]) for length in range(len(parts), 0, -1))


def _clean(path: str) -> str:
    cleaned = posixpath.normpath(path)
    return cleaned[1:] if cleaned.startswith("//") else cleaned


def _translated(pattern: str) -> str:
    """The regular expression of a pattern with `**`."""
    if pattern.startswith("**") and not _has_wildcards(rest := pattern[2:].removeprefix("/")):
        literal = re.escape(_unescaped(rest))
        return f"(.*/)?{literal}" if pattern.startswith("**/") else f".*{literal}"
    parts: list[str] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if pattern.startswith("**", at):
            at += 2 + pattern.startswith("/", at + 2)
            parts.append("(.*/)?" if at < len(pattern) else ".*")
            continue
        if char == "[":
            piece, at = character_class(pattern, at)
            parts.append(piece)
            continue
        if char == "\\" and at + 1 < len(pattern):
            at += 1
            parts.append(re.escape(pattern[at]))
        else:
            parts.append({"*": "[^/]*", "?": "[^/]"}.get(char, re.escape(char)))
        at += 1
    return "".join(parts)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


__all__ = ["BadPatternError", "IgnoreRules", "IllegalExclusionError", "Pattern", "read_ignore_file"]
