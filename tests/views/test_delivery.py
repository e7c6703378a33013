"""COPY and ADD as arrows: they end where the build put the files, with the same owners and modes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from course_lib.build.errors import BuildError
from course_lib.image.entries import Directory, File, Symlink
from course_lib.views.delivery import deliveries_of, only
from tests.views.world import BASES, COPIED, FOLDER, build

if TYPE_CHECKING:
    from course_lib.views.delivery import Delivery

FILES = {
    "a.txt": "a\n",
    "b.txt": "b\n",
    "docs/one.md": "1\n",
    "docs/two.md": "2\n",
    "docs/deep/three.md": "3\n",
}


def _arrows(source: str) -> list[str]:
    found = deliveries_of(build(f"FROM alpine\n{source}\n", "x", FILES), BASES)
    return [f"{arrow.source} -> {arrow.dest}" for step in found.steps for arrow in step.arrows]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("COPY a.txt /", ["a.txt -> /a.txt"]),
        ("COPY a.txt /new", ["a.txt -> /new"]),
        ("COPY a.txt /etc", ["a.txt -> /etc/a.txt"]),
        ("COPY a.txt b.txt /x/", ["a.txt -> /x/a.txt", "b.txt -> /x/b.txt"]),
        ("COPY *.txt /x/", ["a.txt -> /x/a.txt", "b.txt -> /x/b.txt"]),
        ("WORKDIR /w\nCOPY a.txt .", ["a.txt -> /w/a.txt"]),
        ("ENV D=/d\nCOPY a.txt $D/", ["a.txt -> /d/a.txt"]),
        ("ARG D=/d\nCOPY a.txt ${D}/", ["a.txt -> /d/a.txt"]),
        (
            "COPY docs /x",
            [
                "docs/deep/three.md -> /x/deep/three.md",
                "docs/one.md -> /x/one.md",
                "docs/two.md -> /x/two.md",
            ],
        ),
        ("COPY --exclude=*.md --exclude=deep docs a.txt /x/", ["a.txt -> /x/a.txt"]),
        ("COPY --parents docs/deep/three.md /x/", ["docs/deep/three.md -> /x/docs/deep/three.md"]),
        ("COPY --link a.txt /l/", ["a.txt -> /l/a.txt"]),
        ("COPY --from=alpine /etc/alpine-release /r", ["/etc/alpine-release -> /r"]),
    ],
)
def test_an_arrow_goes_from_the_source_to_its_place(source: str, expected: list[str]) -> None:
    assert _arrows(source) == expected


def test_arrows_end_at_the_files_of_the_layer_with_their_owners_and_modes() -> None:
    built = build(COPIED, "copied", FOLDER)
    layers = {
        step.instruction.span.start: step.layer.entries
        for step in built.outcome.steps
        if step.layer is not None
    }

    steps = deliveries_of(built, BASES).steps

    assert [step.line for step in steps] == [3, 7, 8, 9, 12]
    for step in steps:
        files = {
            path: (f"{entry.uid}:{entry.gid}", getattr(entry, "mode", 0o777))
            for path, entry in layers[step.line].items()
            if isinstance(entry, File | Symlink)
        }
        assert {arrow.dest: (arrow.owner, arrow.mode) for arrow in step.arrows} == files


def test_an_empty_folder_has_an_arrow_of_its_own() -> None:
    source = "FROM alpine AS one\nRUN mkdir -p /out/empty\nFROM alpine\nCOPY --from=one /out /x\n"

    [step] = deliveries_of(build(source, "x"), BASES).steps

    assert [(arrow.source, arrow.dest) for arrow in step.arrows] == [("/out/empty", "/x/empty")]
    assert isinstance(build(source, "x").outcome.steps[-1].layer.entries["/x/empty"], Directory)  # type: ignore[union-attr]


def test_what_is_kept_out_and_what_nobody_takes_is_told_apart() -> None:
    found = deliveries_of(build("FROM alpine\nCOPY src /s\n", "x", FOLDER), BASES)

    assert {kept.pattern: len(kept.paths) for kept in found.kept_out} == {
        "node_modules": 2,
        "**/*.log": 1,
    }
    assert found.idle == ("README.md", "data.tar.gz", "start.sh")


def test_a_copy_that_fails_is_the_last_one_with_its_reason() -> None:
    built = build("FROM alpine\nCOPY src /s\nCOPY nix /\nCOPY src /t\n", "x", FOLDER)
    assert isinstance(built.outcome, BuildError)

    steps = deliveries_of(built, BASES).steps

    assert [(step.line, bool(step.arrows)) for step in steps] == [(2, True), (3, False)]
    assert '"/nix": not found' in steps[-1].error


def _lines(steps: tuple[Delivery, ...]) -> list[int]:
    return [step.line for step in steps]


def test_one_instruction_can_be_looked_at_alone() -> None:
    found = deliveries_of(build(COPIED, "copied", FOLDER), BASES)

    assert _lines(only(found, 7).steps) == [7]
    with pytest.raises(LookupError):
        only(found, 1)
