"""The build: a Dockerfile and a context become an image, as BuildKit does it."""

from course_lib.build.builder import Builder, build
from course_lib.build.cache import BuildCache
from course_lib.build.context import Context
from course_lib.build.errors import BuildError
from course_lib.build.result import BuildResult, Step

__all__ = [
    "BuildCache",
    "BuildError",
    "BuildResult",
    "Builder",
    "Context",
    "Step",
    "build",
]
