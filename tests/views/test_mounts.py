"""Mounts over the stack: each number is what a process, diff and commit see."""

from __future__ import annotations

import pytest

from course_lib.cli import docker
from course_lib.engine import Engine
from course_lib.pictures import find
from course_lib.views.mounts import MountRow, Mounts


def _mounts(options: str, command: str) -> tuple[Engine, Mounts]:
    engine = Engine()
    answer = docker(f"docker run --name box {options} alpine sh -c '{command}'", engine)
    assert answer.exit_code == 0, answer.stderr
    found = find("mounts box", engine)
    assert isinstance(found, Mounts)
    return engine, found


def _only(mounts: Mounts) -> MountRow:
    [row] = mounts.mounts
    return row


@pytest.mark.parametrize(
    ("options", "kind", "source", "read_only"),
    [
        ("-v data:/d", "volume", "data", False),
        ("-v data:/d:ro", "volume", "data", True),
        ("-v /srv/x:/d", "bind", "/srv/x", False),
        ("--mount type=tmpfs,target=/d", "tmpfs", "", False),
    ],
)
def test_a_mount_has_its_kind_and_source(
    options: str, kind: str, source: str, *, read_only: bool
) -> None:
    row = _only(_mounts(options, "true")[1])

    assert (row.type, row.source, row.read_only, row.path) == (kind, source, read_only, "/d")


@pytest.mark.parametrize("options", ["-v data:/d", "-v /srv/x:/d", "--tmpfs /d"])
def test_what_is_written_into_a_mount_is_in_no_diff(options: str) -> None:
    engine, mounts = _mounts(options, "echo one > /d/one; echo two > /two")

    lines = [line.path for line in engine.diff("box")]

    assert "/two" in lines
    assert "/d/one" not in lines
    assert mounts.changes == len(lines)
    assert mounts.writable.files == 1


def test_a_volume_that_has_files_hides_those_of_the_image() -> None:
    engine = Engine()
    for line in (
        "-v data:/x alpine touch /x/mine",
        "--name box -v data:/etc/apk alpine ls /etc/apk",
    ):
        answer = docker(f"docker run {line}", engine)
    found = find("mounts box", engine)
    assert isinstance(found, Mounts)

    assert answer.stdout == "mine\n"
    assert _only(found).shows.files == 1
    hidden = docker("docker run --rm alpine sh -c 'find /etc/apk -type f | wc -l'", engine)
    assert _only(found).hides.files == int(hidden.stdout)


def test_an_empty_volume_begins_with_what_the_image_has() -> None:
    row = _only(_mounts("-v data:/etc/apk", "true")[1])

    assert row.shows == row.hides
    assert row.shows.files > 0


def test_an_anonymous_volume_is_called_so() -> None:
    assert _only(_mounts("-v /d", "true")[1]).anonymous
    assert not _only(_mounts("-v data:/d", "true")[1]).anonymous
