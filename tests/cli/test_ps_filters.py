"""docker ps --filter: several filters with one key are alternatives, labels and other keys all hold."""

from __future__ import annotations

import pytest

from course_lib.cli import docker
from course_lib.engine import Engine

BOXES = (
    "run -d --name red --label colour=red --label size=small alpine sleep infinity",
    "run -d --name blue --label colour=blue --label size=small debian sleep infinity",
    "run -d --name done --label colour=red alpine true",
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    engine = Engine()
    for line in BOXES:
        docker(line, engine)
    return engine


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ("name=red", "red"),
        ("name=red name=blue", "blue red"),
        ("ancestor=alpine ancestor=debian", "blue red"),
        ("ancestor=alpine name=blue", ""),
        ("label=colour=red label=size=small", "red"),
        ("label=colour=red label=colour=blue", ""),
        ("status=exited status=running", "done blue red"),
        ("status=exited label=size=small", ""),
        ("health=none name=blue name=done", "blue"),
        ("health=healthy", ""),
    ],
)
def test_filters_with_one_key_are_alternatives_and_labels_are_not(
    engine: Engine, filters: str, names: str
) -> None:
    words = " ".join(f"--filter {one}" for one in filters.split())
    assert docker(f"ps {words} --format {{{{.Names}}}}", engine).stdout.split() == names.split()
