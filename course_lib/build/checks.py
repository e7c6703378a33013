"""The warnings of a build: what `rules.check` says, told what only the build knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.dockerfile.rules import BaseImage, check
from course_lib.registry.reference import InvalidReferenceError, Reference

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from course_lib.build.ignore import IgnoreRules
    from course_lib.build.workshop import Workshop
    from course_lib.dockerfile.instructions import CheckWarning, Dockerfile


def build_warnings(  # noqa: PLR0913 - a build's options and what it shares
    dockerfile: Dockerfile,
    workshop: Workshop,
    rules: IgnoreRules,
    *,
    build_args: Mapping[str, str],
    target: str,
    stages: Collection[int] | None,
) -> tuple[CheckWarning, ...]:
    """Check the bodies of the stages that a build needs, of all for None.

    Raises:
        DockerfileError: a wrong `# check=` line.
        InstructionError: a base image that is not there.

    """

    def base_image(name: str) -> BaseImage:
        image = workshop.image(name)
        return BaseImage(
            image.config.environment(),
            bool(image.config.shell),
            image.config.on_build,
            f"{image.os}/{image.architecture}",
        )

    return check(
        dockerfile,
        build_args=build_args,
        target=target,
        stages=stages,
        base_image=base_image,
        is_image_name=_is_image_name,
        ignored=None if any(pattern.exception for pattern in rules.patterns) else rules.excludes,
    )


def _is_image_name(text: str) -> bool:
    try:
        Reference.parse(text)
    except InvalidReferenceError:
        return False
    return True
