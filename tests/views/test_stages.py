"""The stage graph: what is needed, built on and copied from, with the sizes of what was built."""

from __future__ import annotations

import pytest

from course_lib.build.errors import BuildError
from course_lib.build.result import BuildResult
from course_lib.views.stages import Part, Stages, stages_of
from tests.views.world import BASES, STAGED, build


def _parts(stages: Stages) -> dict[str, Part]:
    return {row.name: row.part for row in stages.rows}


@pytest.mark.parametrize(
    ("source", "skipped"),
    [
        ("FROM alpine\n", set()),
        ("FROM alpine AS a\nFROM alpine AS b\n", {"a"}),
        ("FROM alpine AS a\nFROM a AS b\n", set()),
        ("FROM alpine AS a\nFROM alpine AS b\nCOPY --from=a /etc/motd /\n", set()),
        ("FROM alpine AS a\nFROM alpine AS b\nCOPY --from=0 /etc/motd /\n", set()),
        ("FROM alpine AS a\nFROM alpine AS b\nRUN --mount=from=a,target=/a true\n", set()),
        ("FROM alpine AS a\nFROM a AS b\nFROM alpine AS c\n", {"a", "b"}),
    ],
)
def test_a_stage_that_nothing_needs_is_not_built(source: str, skipped: set[str]) -> None:
    stages = stages_of(build(source, "x"), BASES)

    assert {name for name, part in _parts(stages).items() if part is Part.SKIPPED} == skipped
    assert all((row.size is None) is (row.name in skipped) for row in stages.rows)
    assert stages.rows[-1].part is Part.TARGET


def test_the_target_is_as_large_as_the_image() -> None:
    built = build(STAGED, "staged")
    assert isinstance(built.outcome, BuildResult)
    image = built.outcome.image

    row = stages_of(built, BASES).rows[-1]

    assert (row.size, row.layers) == (image.size, len(image.layers))


def test_a_stage_on_a_stage_begins_with_its_layers() -> None:
    base, maker = stages_of(build(STAGED, "staged"), BASES).rows[:2]
    assert base.size is not None

    assert (maker.base, maker.base_is_stage) == ("base", True)
    assert maker.size == base.size + 3_000_000


def test_files_are_taken_from_stages_by_name_or_number_and_from_images() -> None:
    taken = stages_of(build(STAGED, "staged"), BASES).rows[-1].taken

    assert [(one.source, one.is_stage, one.line) for one in taken] == [
        ("maker", True, 9),
        ("alpine", False, 10),
        ("base", True, 11),
    ]


def test_of_a_build_that_failed_there_is_no_image() -> None:
    built = build(STAGED.replace("/out\n", "/nix\n", 1), "staged")
    assert isinstance(built.outcome, BuildError)

    assert not stages_of(built, BASES).is_done
    assert stages_of(build(STAGED, "staged"), BASES).is_done
