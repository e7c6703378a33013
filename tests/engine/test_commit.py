"""docker commit: layers, config, history."""

from __future__ import annotations

import pytest

from course_lib.build import Context
from course_lib.engine import Engine, EngineError
from course_lib.run.options import RunOptions


@pytest.fixture
def engine() -> Engine:
    """An engine with a container `box` of an image that has a config worth keeping."""
    engine = Engine()
    engine.build(
        'FROM alpine\nENV A=1\nWORKDIR /srv\nLABEL from=image\nENTRYPOINT ["sh", "-c"]\nCMD ["true"]\n',
        Context.of({}),
        tags=["base"],
    )
    engine.run("base", ["echo hi > /srv/new"], RunOptions(name="box"))
    return engine


def test_a_commit_adds_one_layer_and_leaves_the_parent_as_it_is(engine: Engine) -> None:
    before = engine.image("base")
    committed = engine.commit("box", "made:1", author="me", message="why")
    assert committed.image.layers[:-1] == before.layers
    assert set(committed.image.layers[-1].entries) >= {"/srv/new"}
    assert engine.image("base") == before
    assert engine.image("made:1") == committed.image


def test_the_history_says_who_and_why_and_what_was_started_but_not_how(engine: Engine) -> None:
    image = engine.commit("box", author="me", message="why").image
    entry = image.history[-1]
    assert (entry.created_by, entry.author, entry.comment) == ("echo hi > /srv/new", "me", "why")
    assert not entry.empty_layer


def test_a_container_without_changes_commits_no_layer(engine: Engine) -> None:
    engine.create("base", (), RunOptions(name="untouched"))
    image = engine.commit("untouched").image
    assert image.layers == engine.image("base").layers
    assert image.history[-1].empty_layer


def test_without_changes_the_config_is_the_containers(engine: Engine) -> None:
    config = engine.commit("box").image.config
    assert config.cmd == ("echo hi > /srv/new",)
    assert config.entrypoint == ("sh", "-c")
    assert config.working_dir == "/srv"
    assert config.environment()["A"] == "1"


@pytest.mark.parametrize(
    ("changes", "field", "expected"),
    [
        pytest.param(['CMD ["ls"]'], "cmd", ("ls",), id="exec form"),
        pytest.param(["CMD echo $A"], "cmd", ("/bin/sh", "-c", "echo $A"), id="shell form"),
        pytest.param(['ENTRYPOINT ["e"]'], "entrypoint", ("e",), id="entrypoint"),
        pytest.param(['ENTRYPOINT ["e"]'], "cmd", None, id="entrypoint drops cmd"),
        pytest.param(
            ['CMD ["c"]', 'ENTRYPOINT ["e"]'], "cmd", ("c",), id="cmd before entrypoint stays"
        ),
        pytest.param(
            ["ENTRYPOINT []"], "entrypoint", ("sh", "-c"), id="entrypoint can't be cleared"
        ),
        pytest.param(['USER ""'], "user", "", id="user stays"),
        pytest.param(["USER bob"], "user", "bob", id="user"),
        pytest.param(["WORKDIR sub"], "working_dir", "/srv/sub", id="relative workdir joins"),
        pytest.param(["EXPOSE 80 53/UDP"], "exposed_ports", ("53/udp", "80/tcp"), id="expose"),
        pytest.param(["VOLUME /v"], "volumes", ("/v",), id="volume"),
        pytest.param(["STOPSIGNAL SIGQUIT"], "stop_signal", "SIGQUIT", id="stopsignal"),
        pytest.param(["ONBUILD RUN ls"], "on_build", ("RUN ls",), id="onbuild"),
        pytest.param(["LABEL b=2"], "labels", {"from": "image", "b": "2"}, id="labels are joined"),
    ],
)
def test_changes_edit_the_config(
    engine: Engine, changes: list[str], field: str, expected: object
) -> None:
    assert getattr(engine.commit("box", changes=changes).image.config, field) == expected


def test_env_changes_expand_with_the_containers_environment(engine: Engine) -> None:
    changes = ["ENV B=$A-$PATH C=$B", "ENV D=$B"]
    environment = engine.commit("box", changes=changes).image.config.environment()
    path = environment["PATH"]
    assert (environment["B"], environment["C"], environment["D"]) == (f"1-{path}", "", f"1-{path}")


def test_one_change_may_hold_several_lines(engine: Engine) -> None:
    image = engine.commit("box", changes=["ENV X=1\nENV Y=2"]).image
    assert {"X=1", "Y=2"} <= set(image.config.env)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("RUN ls", "RUN is not a valid change command"),
        ("copy a b", "COPY is not a valid change command"),
        ("FOO x", "FOO is not a valid change command"),
        ("ENV X=1\nRUN ls", "RUN is not a valid change command"),
        ("ENV", "ENV requires at least one argument"),
        ("ENV a", "ENV must have two arguments"),
        ("", "file with no instructions"),
        ("EXPOSE http", "invalid containerPort: http"),
    ],
)
def test_changes_that_docker_refuses(engine: Engine, change: str, message: str) -> None:
    before = engine.images()
    with pytest.raises(EngineError) as caught:
        engine.commit("box", changes=[change])
    assert caught.value.message.endswith(message)
    assert engine.images() == before


def test_the_family_tree_goes_from_the_commit_to_its_image_to_that_images_base(
    engine: Engine,
) -> None:
    committed = engine.commit("box").image
    parent = engine.made_from(committed)
    assert parent is not None
    assert (parent.parent, parent.by) == (engine.image("base"), "commit")
    grandparent = engine.made_from(parent.parent)
    assert grandparent is not None
    assert (grandparent.parent, grandparent.by) == (engine.pull("alpine").image, "build")
