"""RUN: which process is started, and what its end means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from course_lib.build import BuildError
from course_lib.image.entries import Content, File
from course_lib.shell import Chunk, ExecFailure, Outcome
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.image.workspace import Workspace
    from course_lib.shell import Process
    from tests.build.conftest import Kitchen


@pytest.mark.parametrize(
    ("lines", "argv"),
    [
        ("RUN make all", ("/bin/sh", "-c", "make all")),
        ('RUN ["make", "$all"]', ("make", "$all")),
        ('SHELL ["bash", "-ec"]\nRUN make', ("bash", "-ec", "make")),
        ("RUN a \\\n  && b", ("/bin/sh", "-c", "a   && b")),
        ("RUN", ("/bin/sh", "-c", "")),
        ("RUN <<EOF\none\ntwo\nEOF", ("/bin/sh", "-c", "one\ntwo\n")),
        ("RUN <<-EOF\n\tone\n\tEOF", ("/bin/sh", "-c", "one\n")),
        ("RUN cat <<A <<B\na\nA\nb\nB", ("/bin/sh", "-c", "cat <<A <<B\na\nA\nb\nB")),
        ("RUN <<script\n#!/bin/cat\nx\nscript", ("/dev/pipes/script",)),
    ],
)
def test_argv(lines: str, argv: tuple[str, ...], kitchen: Kitchen) -> None:
    kitchen.cook(f"FROM base\n{lines}\n")
    assert kitchen.stove.processes[-1].argv == argv


def test_a_process_runs_as_user_in_workdir_with_a_home(kitchen: Kitchen) -> None:
    kitchen.cook("FROM base\nWORKDIR /w\nUSER ada\nRUN x\n")
    process = kitchen.stove.processes[-1]
    assert (process.user, process.cwd, process.env["HOME"]) == ("ada", "/w", "/home/ada")


def test_entrypoint_and_cmd_play_no_part(kitchen: Kitchen) -> None:
    kitchen.cook('FROM base\nENTRYPOINT ["e"]\nCMD ["c"]\nRUN x\n')
    assert kitchen.stove.processes[-1].argv == ("/bin/sh", "-c", "x")


def test_what_a_process_writes_is_the_layer_and_the_next_one_sees_it(kitchen: Kitchen) -> None:
    seen: list[bool] = []

    def touch(_process: Process, files: Workspace) -> None:
        seen.append(files.get("/new") is not None)
        files.put("/new", File(Content.of("n")))

    kitchen.stove.does = touch
    result = kitchen.cook("FROM base\nRUN one\nRUN two\n")
    assert seen == [False, True]
    assert "/new" in result.steps[1].layer.entries if result.steps[1].layer else False
    assert result.steps[1].output == (Chunk(1, b"done\n"),)


def test_a_run_that_changes_nothing_still_makes_a_layer(kitchen: Kitchen) -> None:
    image = kitchen.cook("FROM base\nRUN true\n").image
    assert dict(image.layers[-1].entries) == {}


@pytest.mark.parametrize(
    ("outcome", "message", "word"),
    [
        (
            Outcome(3, (Chunk(2, b"oh\n"),)),
            'process "/bin/sh -c x \\"y\\"" did not complete successfully: exit code: 3',
            "3",
        ),
        (
            Outcome(127),
            'process "/bin/sh -c x \\"y\\"" did not complete successfully: exit code: 127',
            "127",
        ),
        (
            Outcome(126),
            'process "/bin/sh -c x \\"y\\"" did not complete successfully: exit code: 126',
            "126",
        ),
        (
            Outcome(1, unsupported=Text("gcc is not simulated", "没有模拟 gcc")),
            'process "/bin/sh -c x \\"y\\"" did not complete successfully: exit code: 1',
            "gcc is not simulated",
        ),
        (Outcome(None), "Canceled: context canceled", "CMD"),
    ],
    ids=["failed", "not found", "not executable", "not simulated", "goes on"],
)
def test_a_run_that_fails(outcome: Outcome, message: str, word: str, kitchen: Kitchen) -> None:
    kitchen.stove.does = lambda _process, _files: outcome
    with pytest.raises(BuildError) as caught:
        kitchen.cook('FROM base\nENV A=1\nRUN x "y"\n')
    error = caught.value
    assert error.message == message
    assert str(error.span) == "3"
    assert error.help is not None
    assert word in error.help.en
    assert error.failed is not None
    assert error.failed.output == outcome.output
    assert [step.text for step in error.steps] == [
        "FROM docker.io/library/base:latest",
        "ENV A=1",
    ]


def test_a_process_that_cannot_start_says_why(kitchen: Kitchen) -> None:
    def refuse(_process: Process, _files: Workspace) -> None:
        reason = 'exec: "/bin/sh": stat /bin/sh: no such file or directory'
        raise ExecFailure(reason, 127)

    kitchen.stove.does = refuse
    with pytest.raises(BuildError, match=r"did not complete successfully: exit code: 1$") as caught:
        kitchen.cook("FROM scratch\nRUN x\n")
    assert caught.value.help is not None
    assert "stat /bin/sh: no such file or directory" in caught.value.help.en


def test_a_user_that_is_not_there_fails_at_the_first_run(kitchen: Kitchen) -> None:
    def refuse(process: Process, _files: Workspace) -> None:
        reason = f"unable to find user {process.user}: no matching entries in passwd file"
        raise ExecFailure(reason, 125)

    kitchen.stove.does = refuse
    with pytest.raises(BuildError) as caught:
        kitchen.cook("FROM base\nUSER eve\nRUN x\n")
    assert caught.value.message == (
        'process "/bin/sh -c x" did not complete successfully: '
        "unable to find user eve: no matching entries in passwd file"
    )


def test_a_failed_step_is_not_kept(kitchen: Kitchen) -> None:
    kitchen.stove.does = lambda _process, _files: Outcome(1)
    with pytest.raises(BuildError):
        kitchen.cook("FROM base\nRUN x\n")
    kitchen.stove.does = lambda _process, _files: None
    assert not kitchen.cook("FROM base\nRUN x\n").steps[1].cached


class TestMounts:
    def test_a_bind_mount_shows_the_context_and_leaves_nothing(self, kitchen: Kitchen) -> None:
        found: list[object] = []
        kitchen.stove.does = lambda _process, files: found.append(files.get("/m/src/f"))
        image = kitchen.cook("FROM base\nRUN --mount=type=bind,target=/m x\n", {"src/f": "1"}).image
        assert isinstance(found[0], File)
        assert found[0].content.data == b"1"
        assert not [path for path in image.layers[-1].entries if path.startswith("/m")]

    def test_a_bind_mount_may_come_from_a_stage(self, kitchen: Kitchen) -> None:
        found: list[object] = []
        kitchen.stove.does = lambda _process, files: found.append(files.get("/m/f"))
        kitchen.cook(
            "FROM base AS a\nCOPY f /out/f\nFROM base\n"
            "RUN --mount=type=bind,from=a,source=/out,target=/m x\n",
            {"f": "1"},
        )
        assert isinstance(found[0], File)

    def test_a_bind_mount_may_show_one_file_and_leaves_nothing(self, kitchen: Kitchen) -> None:
        found: list[object] = []
        kitchen.stove.does = lambda _process, files: found.append(files.get("/m/list"))
        text = "FROM base\nRUN --mount=type=bind,source=src/f,target=/m/list x\n"
        image = kitchen.cook(text, {"src/f": "1"}).image
        assert isinstance(found[0], File)
        assert found[0].content.data == b"1"
        assert not [path for path in image.layers[-1].entries if path.startswith("/m")]
        step = kitchen.cook(text, {"src/f": "2"}).steps[-1]
        assert step.because.en == "not in the cache: the file /m/list has other content"

    def test_one_file_is_not_mounted_over_a_folder(self, kitchen: Kitchen) -> None:
        text = "FROM base\nWORKDIR /m\nRUN --mount=type=bind,source=f,target=/m x\n"
        with pytest.raises(BuildError, match=r"failed to mount /f: not a directory"):
            kitchen.cook(text, {"f": "1"})

    def test_a_changed_file_in_a_bind_mount_runs_the_command_again(self, kitchen: Kitchen) -> None:
        text = "FROM base\nRUN --mount=target=/m x\n"
        kitchen.cook(text, {"f": "1"})
        step = kitchen.cook(text, {"f": "2"}).steps[-1]
        assert step.because.en == "not in the cache: the file /m/f has other content"

    def test_a_cache_mount_keeps_its_files_for_the_next_build(self, kitchen: Kitchen) -> None:
        seen: list[bool] = []

        def use(_process: Process, files: Workspace) -> None:
            seen.append(files.get("/cache/f") is not None)
            files.put("/cache/f", File(Content.of("1")))

        kitchen.stove.does = use
        text = "FROM base\nRUN --mount=type=cache,target=/cache {}\n"
        kitchen.cook(text.format("one"))
        image = kitchen.cook(text.format("two")).image
        assert seen == [False, True]
        assert "/cache/f" not in image.layers[-1].entries

    def test_a_tmpfs_is_empty_and_forgotten(self, kitchen: Kitchen) -> None:
        kitchen.stove.does = lambda _process, files: files.put(
            "/tmp/x",  # noqa: S108 - in the image
            File(Content.of("1")),
        )
        image = kitchen.cook("FROM base\nRUN --mount=type=tmpfs,target=/tmp x\n").image
        assert "/tmp/x" not in image.layers[-1].entries  # noqa: S108 - in the image

    def test_a_secret_that_nobody_gave_is_left_out(self, kitchen: Kitchen) -> None:
        kitchen.cook("FROM base\nRUN --mount=type=secret,id=s x\n")
        assert len(kitchen.stove.processes) == 1
