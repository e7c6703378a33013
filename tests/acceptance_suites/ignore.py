"""The suite of .dockerignore."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course_lib.build.ignore import (
    BadPatternError,
    IgnoreRules,
    IllegalExclusionError,
    read_ignore_file,
)
from tests.acceptance_suites.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def dockerignore(data: Mapping[str, Any]) -> Iterator[Outcome]:
    for case in data["cases"]:
        patterns = tuple(case["patterns"])
        try:
            actual: object = IgnoreRules.of(patterns).excludes(case["path"])
        except (BadPatternError, IllegalExclusionError) as error:
            actual = str(error)
        name = f"{case['patterns']} {case['path']}"
        yield Outcome(name, case.get("error") or case["excluded"], actual)
    for case in data["ignore_files"]:
        patterns = read_ignore_file(case["text"])
        actual = {"patterns": list(patterns)}
        if "excluded" in case:
            rules = IgnoreRules.of(patterns)
            actual["excluded"] = sorted(path for path in data["tree"] if rules.excludes(path))
        keys = [key for key in ("patterns", "excluded") if key in case]
        expected = {key: case[key] for key in keys}
        yield Outcome(repr(case["text"]), expected, {key: actual[key] for key in keys})
