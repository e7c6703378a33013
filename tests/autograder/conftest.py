"""One released course for all tests of the grader; each test gets a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.autograder.classroom import Classroom

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Classroom:
    """A course with one released lesson, for copying."""
    return Classroom.released(tmp_path_factory.mktemp("released") / "course")


@pytest.fixture
def room(released: Classroom, tmp_path: Path) -> Classroom:
    """A course with one released lesson and no submissions."""
    return released.copy(tmp_path / "course")
