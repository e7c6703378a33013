"""The course notes' story: centos, Tomcat by yum, commit, a container of the new image."""

from __future__ import annotations

import pytest

from course_lib.cli import docker
from course_lib.engine import Engine
from course_lib.run.container import Running

INSTALL = "run --name shop centos:7 yum install -y tomcat"
COMMIT = 'commit -m "centos with tomcat" shop mytomcat'


@pytest.fixture(scope="module")
def engine() -> Engine:
    engine = Engine()
    for line in (INSTALL, COMMIT):
        assert docker(line, engine).exit_code == 0
    return engine


def test_the_parent_is_unchanged_and_its_layers_are_shared(engine: Engine) -> None:
    parent, child = engine.image("centos:7"), engine.image("mytomcat")
    assert child.layers[:-1] == parent.layers
    assert all(new is old for new, old in zip(child.layers, parent.layers, strict=False))
    assert docker("run --rm centos:7 rpm -q tomcat", engine).exit_code == 1
    assert docker("run --rm mytomcat rpm -q tomcat", engine).stdout.startswith("tomcat-7")


def test_the_history_tells_it(engine: Engine) -> None:
    shown = docker("history --format '{{.CreatedBy}}|{{.Comment}}' mytomcat", engine).stdout
    lines = shown.splitlines()
    assert lines[0] == "yum install -y tomcat|centos with tomcat"
    assert (
        lines[1:]
        == docker(
            "history --format '{{.CreatedBy}}|{{.Comment}}' centos:7", engine
        ).stdout.splitlines()
    )


def test_the_new_layer_weighs_what_was_installed_and_nothing_of_the_parent(engine: Engine) -> None:
    parent, child = engine.image("centos:7"), engine.image("mytomcat")
    assert child.size - parent.size == child.layers[-1].size > 10_000_000


def test_the_family_tree_goes_from_the_child_to_its_parent(engine: Engine) -> None:
    origin = engine.made_from(engine.image("mytomcat"))
    assert origin is not None
    assert (origin.parent, origin.by) == (engine.image("centos:7"), "commit")
    assert docker("inspect -f {{.Parent}} mytomcat", engine).stdout == f"{origin.parent.id}\n"


def test_tomcat_runs_in_a_container_of_the_new_image(engine: Engine) -> None:
    docker("run -d --name web mytomcat /usr/libexec/tomcat/server start", engine)
    assert isinstance(engine.container("web").state, Running)
    assert docker("diff web", engine).exit_code == 0


def test_the_parent_stays_as_long_as_its_child(engine: Engine) -> None:
    parent = engine.image("centos:7").id
    answer = docker(f"rmi -f {parent}", engine)
    assert answer.exit_code == 1
    assert "image has dependent child images" in answer.stderr
