"""Judges from outside the project: a Docker engine, dash, a browser, node.

`make test` passes on a machine that lacks them: a test that asks for a missing judge is skipped
with the reason. COURSE_REQUIRE=docker,browser,node turns each of those skips into a failure.
"""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def absent(judge: str, why: str) -> NoReturn:
    """Skip the test that asks for this judge, or fail it where COURSE_REQUIRE names the judge."""
    if judge in os.environ.get("COURSE_REQUIRE", "").split(","):
        pytest.fail(f"COURSE_REQUIRE asks for {judge}: {why}", pytrace=False)
    pytest.skip(f"no {judge}: {why}")
