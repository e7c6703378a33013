"""`course build` and `course check`: the builder on folders of the host, from a terminal."""

from course_lib.terminal.command import main

__all__ = ["main"]
