"""The command `course`: build and check folders of the host, and a docker that works in a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(words: Sequence[str] | None = None) -> int:
    """Run `course WORDS`; those of the process for None. Return the exit status."""
    given = list(sys.argv[1:] if words is None else words)
    if given[:1] == ["docker"]:  # options and all go to docker; and no other command need be loaded
        from course_lib.terminal import docker  # noqa: PLC0415 - as said

        return docker.run(given[1:])
    from course_lib.terminal import command  # noqa: PLC0415 - as said

    return command.main(given)
