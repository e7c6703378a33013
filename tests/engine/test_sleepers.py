"""Programs in the background that sleep, and go on when their time has come."""

from __future__ import annotations

import pytest

from course_lib.engine import Engine
from course_lib.run.container import Exited, Running
from course_lib.run.options import MountSpec, RunOptions

PROGRAM = ("sh", "-c", "echo one; sleep 5; echo two > /two; sleep 5; exit 4")


def started(*argv: str, **more: object) -> Engine:
    engine = Engine()
    options = RunOptions(name="box", detach=True, **more)  # type: ignore[arg-type]  # a table's fields
    engine.run("alpine", argv or PROGRAM, options)
    return engine


@pytest.mark.parametrize(
    ("after", "state", "files"), [(0, Running, False), (5, Running, True), (10, Exited, True)]
)
def test_it_is_as_far_as_its_time_lets_it(after: int, state: type, files: bool) -> None:  # noqa: FBT001 - a table's column
    engine = started()
    engine.clock.tick(after)
    engine.settle()
    assert isinstance(engine.container("box").state, state)
    assert (engine.files("box").get("/two") is not None) is files
    assert b"".join(chunk.data for chunk in engine.logs("box")) == b"one\n"


def test_it_ends_when_it_would_have_and_not_when_somebody_looks() -> None:
    engine = started()
    since = engine.clock.now()
    engine.clock.tick(60)
    engine.settle()
    assert engine.container("box").state == Exited(4, since, since + 10)


def test_waiting_lets_the_time_pass_that_is_left() -> None:
    engine = started()
    before = engine.clock.now()
    assert engine.wait("box").exit_code == 4
    assert engine.clock.now() == before + 10


def test_what_removes_itself_is_gone_after_its_time() -> None:
    engine = started("sleep", "3", remove=True)
    assert engine.wait("box").exit_code == 0
    assert engine.ps(all=True) == ()


@pytest.mark.parametrize(
    ("argv", "more"),
    [
        pytest.param(("sleep", "infinity"), {}, id="for ever"),
        pytest.param(("sh", "-c", "while :; do sleep 1; done"), {}, id="a loop without an end"),
        pytest.param(
            ("sh", "-c", "echo x >> /d/f; sleep 1"),
            {"mounts": (MountSpec("/d", "data"),)},
            id="what wrote to a volume would do it twice",
        ),
    ],
)
def test_some_never_wake(argv: tuple[str, ...], more: dict[str, object]) -> None:
    engine = started(*argv, **more)
    before = engine.clock.now()
    assert isinstance(engine.wait("box").state, Running)
    assert engine.clock.now() == before


def test_files_that_exec_has_changed_are_not_taken_back() -> None:
    engine = started()
    engine.exec("box", ["touch", "/mine"])
    engine.clock.tick(60)
    engine.settle()
    assert engine.files("box").get("/mine") is not None
    assert isinstance(engine.container("box").state, Running)


def test_a_paused_container_does_not_go_on() -> None:
    engine = started()
    engine.pause("box")
    engine.clock.tick(60)
    engine.settle()
    assert isinstance(engine.container("box").state, Running)


def test_a_start_in_the_foreground_waits_itself() -> None:
    engine = Engine()
    before = engine.clock.now()
    assert engine.run("alpine", ["sleep", "7"]).exit_code == 0
    assert engine.clock.now() - before >= 7
