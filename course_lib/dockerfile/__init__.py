"""The Dockerfile language: text in, frozen values out."""

from course_lib.dockerfile.errors import DockerfileError
from course_lib.dockerfile.expansion import expand
from course_lib.dockerfile.parsing import parse, parse_trigger

__all__ = ["DockerfileError", "expand", "parse", "parse_trigger"]
