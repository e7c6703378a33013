"""The working directory of each line is the one that its process would print."""

from __future__ import annotations

import pytest

from course_lib.cli import docker
from course_lib.engine import Engine
from course_lib.views.workdir import Stand, walk_of
from tests.views.world import WALKED, build


@pytest.mark.parametrize(
    ("lines", "directory"),
    [
        ("", "/"),
        ("WORKDIR /a", "/a"),
        ("WORKDIR /a\nWORKDIR b", "/a/b"),
        ("WORKDIR /a\nWORKDIR /b", "/b"),
        ("WORKDIR /a/b\nWORKDIR ..", "/a"),
        ("WORKDIR a", "/a"),
        ("ENV D=/d\nWORKDIR $D", "/d"),
    ],
)
def test_a_run_line_stands_where_pwd_says(lines: str, directory: str) -> None:
    built = build(f"FROM alpine\n{lines}\nRUN pwd\n", "x")

    last = walk_of(built).places[-1]

    assert (last.stand, last.directory) == (Stand.USES, directory)
    assert built.outcome.steps[-1].output[0].data.decode() == f"{directory}\n"


def test_a_command_starts_where_the_stage_ends() -> None:
    engine = Engine()
    assert (
        docker(
            "docker build -t walked -f - .",
            engine,
            stdin=WALKED.replace("COPY a", "COPY Dockerfile"),
            files={"Dockerfile": ""},
        ).exit_code
        == 0
    )
    [place] = [one for one in walk_of(build(WALKED, "x", {"a": ""})).places if one.line == 8]

    assert docker("docker run --rm walked", engine).stdout == "/end\n"
    assert "/end" in place.because.en


def test_a_relative_destination_is_spelt_out_and_an_absolute_one_is_not() -> None:
    built = build("FROM alpine\nWORKDIR /w\nCOPY a b/\nCOPY a /c\n", "x", {"a": ""})

    found = {one.line: one.because.en for one in walk_of(built).places}

    assert found[3] == "b/ means /w/b/"
    assert 4 not in found
