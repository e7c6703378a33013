"""Containers in the engine: their life, their files, their volumes."""

from __future__ import annotations

import pytest

from course_lib.engine import Engine, EngineError
from course_lib.run.container import Created, Exited, Running
from course_lib.run.options import MountSpec, RunOptions


@pytest.fixture
def engine() -> Engine:
    return Engine()


def named(name: str, **more: object) -> RunOptions:
    return RunOptions(name=name, **more)  # type: ignore[arg-type]  # a table's fields


def output(engine: Engine, *argv: str, options: RunOptions | None = None) -> str:
    ran = engine.run("alpine", argv, options or RunOptions())
    return b"".join(chunk.data for chunk in ran.output).decode()


def test_a_container_is_created_then_runs_then_has_exited(engine: Engine) -> None:
    container = engine.create("alpine", ["sh", "-c", "exit 4"], named("box"))
    assert container.state == Created()
    engine.start("box")
    state = engine.container("box").state
    assert isinstance(state, Exited)
    assert (state.code, state.since) == (4, engine.clock.now())


def test_starting_again_keeps_the_files_and_adds_to_the_log(engine: Engine) -> None:
    engine.create("alpine", ["sh", "-c", "echo x >> /f; wc -l < /f"], named("box"))
    engine.start("box")
    engine.start("box")
    assert b"".join(chunk.data for chunk in engine.logs("box")).split() == [b"1", b"2"]


def test_two_containers_of_one_image_do_not_see_each_others_files(engine: Engine) -> None:
    engine.run("alpine", ["sh", "-c", "echo a > /mine"], named("box"))
    engine.run("alpine", ["sh", "-c", "ls /mine"], named("other"))
    assert engine.container("box").exit_code == 0
    assert engine.container("other").exit_code != 0


def test_the_image_is_the_same_after_its_containers_have_changed_files(engine: Engine) -> None:
    before = engine.pull("alpine").image
    engine.run("alpine", ["sh", "-c", "rm /bin/ls; echo x > /etc/passwd"])
    assert engine.image("alpine") == before
    assert output(engine, "ls", "/bin/ls") == "/bin/ls\n"


def test_exec_runs_beside_pid_1_in_the_same_files(engine: Engine) -> None:
    engine.run("alpine", ["sleep", "infinity"], named("box", env=("A=1",), detach=True))
    engine.exec("box", ["sh", "-c", "echo $A $B > /f"], env=["B=2"])
    done = engine.exec("box", ["cat", "/f"])
    assert [chunk.data for chunk in done.output] == [b"1 2\n"]


def test_exec_needs_a_running_container(engine: Engine) -> None:
    container = engine.run("alpine", ["true"], named("box")).container
    with pytest.raises(EngineError, match=f"^container {container.id} is not running$"):
        engine.exec("box", ["true"])


def test_rm_needs_force_for_a_running_container(engine: Engine) -> None:
    engine.run("alpine", ["sleep", "infinity"], named("box", detach=True))
    with pytest.raises(EngineError, match="container is running: stop the container before"):
        engine.rm("box")
    engine.rm("box", force=True)
    assert engine.ps(all=True) == ()


def test_a_container_with_rm_goes_when_it_ends(engine: Engine) -> None:
    engine.run("alpine", ["true"], named("box", remove=True))
    engine.run("alpine", ["sleep", "infinity"], named("other", remove=True, detach=True))
    assert [c.name for c in engine.ps(all=True)] == ["other"]
    engine.stop("other")
    assert engine.ps(all=True) == ()


def test_a_program_that_cannot_start_leaves_a_created_container_with_the_reason(
    engine: Engine,
) -> None:
    with pytest.raises(EngineError) as caught:
        engine.run("alpine", ["nope"], named("box"))
    assert caught.value.exit_code == 127
    assert engine.container("box").state == Created(127, caught.value.message)


def test_a_container_is_found_by_name_by_id_and_by_the_beginning_of_its_id(engine: Engine) -> None:
    container = engine.create("alpine", (), named("box"))
    for name in ("box", container.id, container.id[:4]):
        assert engine.container(name) == container
    with pytest.raises(EngineError, match=r"^No such container: zz$"):
        engine.container("zz")


def test_a_name_is_used_once(engine: Engine) -> None:
    first = engine.create("alpine", (), named("same"))
    with pytest.raises(EngineError, match=f'"/same" is already in use by container "{first.id}"'):
        engine.create("alpine", (), named("same"))


def test_the_same_commands_give_the_same_ids_and_names(engine: Engine) -> None:
    first = engine.run("alpine", ["true"]).container
    second = Engine().run("alpine", ["true"]).container
    assert (first.id, first.name, first.created) == (second.id, second.name, second.created)


def test_env_user_and_directory_reach_the_process(engine: Engine) -> None:
    options = RunOptions(env=("A=1",), workdir="/made/here", hostname="box")
    assert output(engine, "sh", "-c", "pwd; hostname; echo $A", options=options) == (
        "/made/here\nbox\n1\n"
    )


# Volumes


def volume(target: str, source: str = "", **more: object) -> RunOptions:
    return RunOptions(mounts=(MountSpec(target, source, **more),))  # type: ignore[arg-type]  # as above


def test_a_new_volume_is_filled_with_what_the_image_has_there(engine: Engine) -> None:
    assert "passwd\n" in output(engine, "ls", "/etc", options=volume("/etc", "data"))
    assert engine.volume_files("data").get("/passwd") == engine.image("alpine").tree.get(
        "/etc/passwd"
    )


def test_a_volume_with_files_is_not_filled(engine: Engine) -> None:
    output(engine, "touch", "/x/f", options=volume("/x", "data"))
    assert output(engine, "ls", "/etc", options=volume("/etc", "data")) == "f\n"


def test_nocopy_leaves_a_new_volume_empty(engine: Engine) -> None:
    assert output(engine, "ls", "/etc", options=volume("/etc", "data", copy=False)) == ""


def test_diff_and_commit_do_not_see_what_is_in_a_volume(engine: Engine) -> None:
    options = RunOptions(name="box", mounts=(MountSpec("/x", "data"),))
    output(engine, "touch", "/x/f", options=options)
    assert [(c.kind, c.path) for c in engine.diff("box")] == [("A", "/x")]
    committed = engine.commit("box")
    assert committed.image.tree.get("/x/f") is None


def test_anonymous_volumes_go_with_rm_v_and_named_ones_stay(engine: Engine) -> None:
    options = RunOptions(name="box", mounts=(MountSpec("/x"), MountSpec("/y", "data")))
    engine.run("alpine", ["true"], options)
    assert len(engine.volumes()) == 2
    engine.rm("box", volumes=True)
    assert [v.name for v in engine.volumes()] == ["data"]


def test_anonymous_volumes_outlive_a_plain_rm(engine: Engine) -> None:
    engine.run("alpine", ["true"], RunOptions(name="box", mounts=(MountSpec("/x"),)))
    engine.rm("box")
    assert [v.anonymous for v in engine.volumes()] == [True]


# Stop


def test_stop_takes_as_long_as_pid_1_makes_it_take(engine: Engine) -> None:
    engine.run("alpine", ["sleep", "infinity"], named("box", detach=True))
    stopped = engine.stop("box", timeout=3)
    assert stopped.ending is not None
    assert (stopped.ending.seconds, stopped.container.exit_code) == (3, 137)


def test_stopping_twice_changes_nothing(engine: Engine) -> None:
    engine.run("alpine", ["sleep", "infinity"], named("box", detach=True))
    first = engine.stop("box").container
    assert engine.stop("box").container == first


def test_a_signal_that_pid_1_ignores_leaves_it_running(engine: Engine) -> None:
    engine.run("alpine", ["sleep", "infinity"], named("box", detach=True))
    engine.kill("box", "INT")
    assert isinstance(engine.container("box").state, Running)
    engine.kill("box")
    assert engine.container("box").exit_code == 137
