"""Run the acceptance cases: `python tests/acceptance.py DIR`.

DIR holds JSON suites that are no part of this project. Each suite's line says how many of its
cases pass; each difference follows. The exit status is 1 if there is one that is not known.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))  # as a script, this file's folder alone is there

from tests.acceptance_suites import ignore, images, instructions, legacy, lint, parser, shell
from tests.acceptance_suites.outcome import narrowed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.acceptance_suites.outcome import Outcome, Suite

SUITES: Mapping[str, Suite] = {
    "bflags": instructions.flags,
    "classic_copy_errors": legacy.copy_errors,
    "dockerignore": ignore.dockerignore,
    "expose_ports": instructions.ports,
    "fs_diff": images.diffs,
    "instructions": instructions.accepted_and_refused,
    "lint_check": lint.checks,
    "lint_rules": lint.rules,
    "oci_chainid": images.chains,
    "oci_layers": images.layers,
    "oci_schema": images.schema,
    "parser_directives": parser.directives,
    "parser_heredoc": parser.heredocs,
    "parser_json": parser.json_arrays,
    "parser_lines": parser.lines,
    "parser_negative": parser.negative,
    "parser_testfiles": parser.testfiles,
    "parser_words": parser.words,
    "run_device": instructions.devices,
    "shell_envvar": shell.single_words,
    "shell_modifiers": shell.modifiers,
    "shell_words": shell.several_words,
}

# (suite, case) -> why the difference is right.
KNOWN: Mapping[tuple[str, str], str] = {
    ("bflags", "['bool1'] ['--bool2']"): "the suite's text is the one before (did you mean bool1?)",
}


@dataclass(frozen=True, slots=True)
class Result:
    """A suite that was run."""

    suite: str
    outcomes: tuple[Outcome, ...]

    @property
    def different(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if not outcome.passed)

    @property
    def unexpected(self) -> tuple[Outcome, ...]:
        return tuple(o for o in self.different if (self.suite, o.case) not in KNOWN)


def run(suite: str, folder: Path) -> Result:
    """Run one suite of a folder."""
    data = json.loads((folder / f"{suite}.json").read_text(encoding="utf-8"))
    return Result(suite, tuple(SUITES[suite](data)))


def report(result: Result) -> str:
    """Say how many cases pass, and what differs."""
    passed = len(result.outcomes) - len(result.different)
    lines = [f"{result.suite} {passed}/{len(result.outcomes)}"]
    for outcome in result.different:
        reason = KNOWN.get((result.suite, outcome.case))
        lines.append(f"  {outcome.case}" + (f" (known: {reason})" if reason else ""))
        expected, actual = narrowed(outcome.expected, outcome.actual)
        lines.append(f"    expected {expected!r}")
        lines.append(f"    actual   {actual!r}")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Run every suite of the folder that has a runner."""
    folder = Path(arguments[0])
    unexpected = 0
    for path in sorted(folder.glob("*.json")):
        if path.stem not in SUITES:
            sys.stdout.write(f"{path.stem} has no runner\n")
            continue
        result = run(path.stem, folder)
        unexpected += len(result.unexpected)
        sys.stdout.write(f"{report(result)}\n")
    return 1 if unexpected else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
