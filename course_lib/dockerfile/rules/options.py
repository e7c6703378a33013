"""`# check=skip=A,B;error=true;experimental=C`: which rules run, and whether they fail the build."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.dockerfile.directives import find_directive
from course_lib.dockerfile.errors import DockerfileError
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from course_lib.dockerfile.instructions import Dockerfile, Span
    from course_lib.dockerfile.rules.rule import Finding

BUILD_ARG = "BUILDKIT_DOCKERFILE_CHECK"
_ALL = "all"
_TRUE = frozenset({"1", "t", "T", "TRUE", "true", "True"})
_FALSE = frozenset({"0", "f", "F", "FALSE", "false", "False"})


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """The names of rules to skip and of experimental ones to run; `all` stands for every name."""

    skip: frozenset[str] = frozenset()
    experimental: frozenset[str] = frozenset()
    error: bool = False

    def allow(self, finding: Finding) -> bool:
        """Whether a finding is reported, also by the comments above its instruction."""
        rule = finding.rule
        here = self.with_comments(finding.comments)
        if rule.experimental:
            return not here.experimental.isdisjoint({rule.name, _ALL})
        return here.skip.isdisjoint({rule.name, _ALL})

    def with_comments(self, comments: Sequence[str]) -> CheckOptions:
        """These options and those of `check=` comments; a comment that makes no sense is none."""
        options = self
        for comment in comments:
            if "check" not in comment.lower():
                continue
            directive = find_directive("check", f"# {comment}")
            if directive is None:
                continue
            try:
                more = read_options(directive.value)
            except DockerfileError:
                continue
            options = CheckOptions(
                options.skip | more.skip, options.experimental | more.experimental, options.error
            )
        return options


def options_of(dockerfile: Dockerfile, build_args: Mapping[str, str]) -> CheckOptions:
    """The options of a file; the build argument BUILDKIT_DOCKERFILE_CHECK takes their place.

    Raises:
        DockerfileError: `invalid check option`.

    """
    if BUILD_ARG in build_args:
        return read_options(build_args[BUILD_ARG])
    found = next((d for d in dockerfile.directives if d.name == "check"), None)
    return read_options(found.value, found.span) if found else CheckOptions()


def read_options(text: str, span: Span | None = None) -> CheckOptions:
    """`skip=A,B;error=true // why` as options; what stands behind a blank is no part of them.

    Raises:
        DockerfileError: `invalid check option`.

    """
    options = CheckOptions()
    written = text.strip().split(" ")[0]
    for part in written.split(";") if written else ():
        key, equals, value = part.partition("=")
        names = frozenset(name.strip() for name in value.split(","))
        match key.strip() if equals else "":
            case "skip":
                options = CheckOptions(names, options.experimental, options.error)
            case "experimental":
                options = CheckOptions(options.skip, names, options.error)
            case "error" if value in _TRUE | _FALSE:
                options = CheckOptions(options.skip, options.experimental, value in _TRUE)
            case "error":
                why = f'strconv.ParseBool: parsing "{value}": invalid syntax'
                raise _wrong(message=f'failed to parse check option "{part}": {why}', span=span)
            case _:
                raise _wrong(message=f'invalid check option "{key if equals else part}"', span=span)
    return options


def _wrong(message: str, span: Span | None) -> DockerfileError:
    return DockerfileError(
        message,
        span,
        Text(
            "Write # check=skip=Rule,Rule or # check=error=true, joined with ; and without blanks.",
            "请写 # check=skip=规则,规则 或 # check=error=true，用 ; 连接，中间没有空格。",
        ),
    )
