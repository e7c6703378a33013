"""Judges of docker's build checks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.dockerfile.instructions import CheckWarning
from course_lib.exercises.values import Finding
from course_lib.text import Text, same

if TYPE_CHECKING:
    from course_lib.exercises.attempt import Attempt

_SKIPS = re.compile(r"^([ \t]*#[ \t]*)check([ \t]*=.*)$", re.MULTILINE | re.IGNORECASE)
_MOST = 6


@dataclass(frozen=True, slots=True)
class NothingToSay:
    """`docker build --check` of an answer finds nothing, also when no `# check=skip` silences it."""

    image: str
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Check the Dockerfile, its `# check=` comments made plain ones."""
        attempt.image(self.image)
        text = _SKIPS.sub(r"\1unchecked\2", attempt.texts[self.image])
        answer = attempt.docker_reads(["build", "--check", "-f", "-", "."], text)
        warnings = [
            warning
            for shown in answer.shown
            if isinstance(shown, tuple)
            for warning in shown
            if isinstance(warning, CheckWarning)
        ]
        rows = "".join(
            f"\n{one.rule}: {one.message} (line {one.span.start})" for one in warnings[:_MOST]
        )
        return Finding(
            0 if warnings or answer.exit_code else 1,
            Text("`docker build --check .` finds nothing", "`docker build --check .` 没有警告"),
            Text("it says", "它说") + same(rows or f"\n{answer.stderr.strip()}"),
            way_on=self.hint,
        )
