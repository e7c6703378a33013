"""The key of the literal exercise of 17 is what docker does."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from autograder.keys import answers as keys
from course_lib.build import BuildResult
from course_lib.dockerfile.instructions import From
from course_lib.exercises.machine import Machine

FILE = """\
FROM alpine
ARG VERSION=1
RUN apk add --no-cache curl
COPY conf/ /etc/shop/
LABEL team=shop
RUN cat /etc/shop/* > /all.conf
COPY app.sh /srv/
CMD ["sh", "/srv/app.sh"]
"""
CONTEXT = {"conf/shop.conf": "port = 80\n", "app.sh": "echo shop\n"}


@dataclass(frozen=True)
class Edit:
    """What is different in the second build."""

    text: str = FILE
    files: tuple[tuple[str, str], ...] = ()
    option: str = ""
    builder: str = ""


def _begins_again(edit: Edit) -> int:
    """Build, edit, build again; return the line of the first step that was done again, or 0."""
    machine = Machine()
    machine.files.update(CONTEXT)
    machine.files["Dockerfile"] = FILE
    assert machine.docker(f"{edit.builder} docker build -t it .").exit_code == 0
    machine.files.update(edit.files)
    machine.files["Dockerfile"] = edit.text

    shown = machine.docker(f"{edit.builder} docker build -t it {edit.option} .").shown

    built = next(one for one in shown if isinstance(one, BuildResult))
    again = [
        step.instruction.span.start
        for step in built.steps
        if step.layer is not None and not step.cached and not isinstance(step.instruction, From)
    ]
    return again[0] if again else 0


@pytest.mark.parametrize(
    ("row", "edit"),
    [
        ("a", Edit(files=(("app.sh", "echo shop 2\n"),))),
        ("b", Edit(files=(("conf/shop.conf", "port = 8080\n"),))),
        ("d", Edit(FILE.replace("team=shop", "team=sales"))),
        ("e", Edit(FILE.replace("team=shop", "team=sales"), builder="DOCKER_BUILDKIT=0")),
        ("f", Edit(option="--build-arg VERSION=2")),
        ("g", Edit(FILE.replace("LABEL", "# who is it for?\nLABEL"))),
        ("h", Edit()),
    ],
)
def test_where_the_build_of_cache_hits_begins_again(row: str, edit: Edit) -> None:
    key = keys()["cache-hits"]
    assert isinstance(key, dict)

    assert _begins_again(edit) == key[row]


def test_a_touched_file_of_cache_hits_changes_nothing() -> None:
    machine = Machine()
    machine.host("mkdir conf && echo 'port = 80' > conf/shop.conf && echo 'echo shop' > app.sh")
    machine.files["Dockerfile"] = FILE
    machine.docker("build -t it .")
    machine.host("sleep 5; touch conf/shop.conf")

    again = machine.docker("build -t it .")

    built = next(one for one in again.shown if isinstance(one, BuildResult))
    assert all(step.cached for step in built.steps if step.number > 1)
