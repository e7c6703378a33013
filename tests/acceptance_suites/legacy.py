"""The suite of the older builder: what its COPY and ADD refuse."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from course_lib.build import BuildError, Context, build
from course_lib.clock import Clock
from tests.acceptance_suites.outcome import Anything, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def copy_errors(data: Mapping[str, Any]) -> Iterator[Outcome]:
    for case in data["cases"]:
        words = json.dumps([*case["sources"], case["dest"]])
        try:
            build(
                f"FROM scratch\n{case['instruction']} {words}\n",
                Context.of(case["files"]),
                images=lambda _name: None,
                clock=Clock(),
                builder="legacy",
            )
        except BuildError as error:
            actual = error.message
        else:
            actual = ""
        yield Outcome(case["name"], Anything(case["error_contains"]), actual)
