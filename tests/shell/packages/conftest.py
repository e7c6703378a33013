"""Makes a fresh container for a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.shell.packages.rooms import Room

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def room() -> Callable[[str], Room]:
    """`room("debian")`: a container's files, and ways to run scripts in it."""
    return Room
