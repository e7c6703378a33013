"""Images by name and id; what docker rmi removes and what it refuses."""

from __future__ import annotations

import pytest

from course_lib.build import Context
from course_lib.engine import Engine, EngineError
from course_lib.run.options import RunOptions


@pytest.fixture
def engine() -> Engine:
    engine = Engine()
    engine.pull("alpine")
    return engine


def build(engine: Engine, text: str, *tags: str) -> str:
    return engine.build(text, Context.of({}), tags=tags).image.id


def test_a_second_pull_finds_the_image_up_to_date(engine: Engine) -> None:
    assert not engine.pull("alpine:latest").fresh


def test_an_unknown_image_is_denied_with_the_names_that_there_are(engine: Engine) -> None:
    with pytest.raises(EngineError, match=r"^pull access denied for no/such, ") as caught:
        engine.pull("no/such")
    assert caught.value.help is not None
    assert "alpine" in caught.value.help.en


def test_a_build_takes_the_tag_from_the_image_that_had_it(engine: Engine) -> None:
    first = build(engine, "FROM alpine\nENV A=1\n", "x")
    second = build(engine, "FROM alpine\nENV A=2\n", "x")
    listed = {line.image.id: (line.repository, line.tag) for line in engine.images()}
    assert listed[second] == ("x", "latest")
    assert listed[first] == ("<none>", "<none>")


def test_an_image_is_found_by_id_and_its_beginning(engine: Engine) -> None:
    image_id = build(engine, "FROM alpine\nENV A=1\n", "x")
    for name in (image_id, image_id[7:], image_id[7:19], "x", "x:latest"):
        assert engine.image(name).id == image_id


def test_a_name_that_is_not_the_last_is_only_untagged(engine: Engine) -> None:
    engine.tag("alpine", "other:1")
    assert engine.rmi("other:1").untagged == ("other:1",)
    assert engine.rmi("alpine").deleted != ()
    assert engine.images() == ()


def test_deleting_an_image_lists_the_layers_that_nobody_uses_any_more(engine: Engine) -> None:
    image_id = build(engine, "FROM alpine\nRUN echo x > /x\n", "x")
    top = engine.image("x").chain_ids[-1]
    removed = engine.rmi("x")
    assert (removed.untagged, removed.deleted) == (("x:latest",), (image_id, top))


def test_an_image_in_use_is_kept(engine: Engine) -> None:
    container = engine.create("alpine", (), RunOptions(name="box"))
    with pytest.raises(EngineError) as caught:
        engine.rmi("alpine")
    assert caught.value.message == (
        'conflict: unable to remove repository reference "alpine" (must force) - container '
        f"{container.short_id} is using its referenced image {engine.image('alpine').id[7:19]}"
    )
    engine.rm("box")
    engine.rmi("alpine")


@pytest.mark.parametrize(
    ("running", "force", "says"),
    [
        (True, False, "(cannot be forced) - image is being used by running container"),
        (True, True, "(cannot be forced) - image is being used by running container"),
        (False, False, "(must be forced) - image is being used by stopped container"),
    ],
)
def test_conflicts_by_id(engine: Engine, running: bool, force: bool, says: str) -> None:  # noqa: FBT001 - a table's columns
    argv = ["sleep", "infinity"] if running else ["true"]
    engine.run("alpine", argv, RunOptions(detach=True))
    with pytest.raises(EngineError) as caught:
        engine.rmi(engine.image("alpine").id[7:19], force=force)
    assert says in caught.value.message


def test_force_takes_the_name_of_an_image_that_a_running_container_uses(engine: Engine) -> None:
    container = engine.run("alpine", ["sleep", "infinity"], RunOptions(detach=True)).container
    removed = engine.rmi("alpine", force=True)
    assert (removed.untagged, removed.deleted) == (("alpine:latest",), ())
    assert [line.repository for line in engine.images()] == ["<none>"]
    assert engine.container(container.id).image.tree.get("/bin") is not None


def test_an_image_with_two_names_is_not_deleted_by_id(engine: Engine) -> None:
    engine.tag("alpine", "other:1")
    with pytest.raises(EngineError, match="image is referenced in multiple repositories"):
        engine.rmi(engine.image("alpine").id)
    engine.rmi(engine.image("alpine").id, force=True)
    assert engine.images() == ()


def test_the_parent_of_a_commit_is_not_deleted_by_id(engine: Engine) -> None:
    engine.create("alpine", (), RunOptions(name="box"))
    engine.commit("box", "child")
    engine.rm("box")
    with pytest.raises(EngineError, match="image has dependent child images"):
        engine.rmi(engine.image("alpine").id, force=True)


@pytest.mark.parametrize("name", ["UPPER", "a b", "a:b:c", ":x", ""])
def test_a_name_that_is_no_reference_is_refused_before_anything_is_done(
    engine: Engine, name: str
) -> None:
    with pytest.raises(EngineError, match="invalid reference format"):
        engine.tag("alpine", name)


def test_a_pulled_image_has_a_digest_that_pulls_the_same_image(engine: Engine) -> None:
    image = engine.pull("alpine:3.18").image

    (digest,) = engine.digests(image)

    assert digest.startswith("alpine@sha256:")
    assert Engine().pull(digest).image == image


def test_a_name_of_one_s_own_has_no_digest(engine: Engine) -> None:
    engine.tag("alpine", "mine")
    engine.rmi("alpine")

    assert engine.digests(engine.image("mine")) == ()


def test_a_tag_that_a_repository_lacks_is_told_from_a_repository_that_is_not_there(
    engine: Engine,
) -> None:
    with pytest.raises(EngineError, match=r"^manifest for alpine:9 not found: ") as caught:
        engine.pull("alpine:9")
    assert caught.value.help is not None
    assert "3.19" in caught.value.help.en
