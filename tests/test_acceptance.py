"""The acceptance cases, where their folder stands beside the project's."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance import KNOWN, SUITES, report, run

CASES = Path(__file__).parents[2] / "shared" / "cases"


@pytest.mark.parametrize("suite", sorted(SUITES))
def test_every_case_of_a_suite_passes_or_is_known_to_differ(suite: str) -> None:
    if not CASES.is_dir():
        pytest.skip("the acceptance cases are not beside the project")
    result = run(suite, CASES)
    assert result.outcomes
    assert not result.unexpected, report(result)


def test_a_known_difference_still_differs() -> None:
    if not CASES.is_dir():
        pytest.skip("the acceptance cases are not beside the project")
    suites = {suite for suite, _ in KNOWN}
    different = {(suite, o.case) for suite in suites for o in run(suite, CASES).different}
    assert set(KNOWN) <= different
