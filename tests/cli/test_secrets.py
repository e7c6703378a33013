"""docker build --secret, and what RUN --mount=type=secret shows of it."""

from __future__ import annotations

import pytest

from course_lib.exercises.machine import Machine

KEY = "tea-91f3c7\n"


def built(dockerfile: str, *options: str) -> tuple[Machine, str, int]:
    machine = Machine()
    machine.files["sign.key"] = KEY
    answer = machine.build(f"FROM alpine\n{dockerfile}\n", "x", options)
    return machine, answer.stderr, answer.exit_code


@pytest.mark.parametrize(
    ("mount", "script", "line"),
    [
        ("id=key", "cat /run/secrets/key", "tea-91f3c7"),
        ("id=key,target=/k", "cat /k", "tea-91f3c7"),
        ("target=key", "cat /key", "tea-91f3c7"),
        ("source=key", "cat /run/secrets/key", "tea-91f3c7"),
        ("id=key,mode=0440,uid=7,gid=8", "stat -c %a:%u:%g /run/secrets/key", "440:7:8"),
        ("id=key", "stat -c %a:%u:%g /run/secrets/key", "400:0:0"),
        ("id=key,env=KEY", "echo $KEY", "tea-91f3c7"),
        ("id=key,env=KEY", "ls /run", "#3 DONE"),
        ("id=other", "ls /run", "#3 DONE"),
        ("id=key,required", "cat /run/secrets/key", "tea-91f3c7"),
    ],
)
def test_a_run_sees_the_secret_where_its_mount_says(mount: str, script: str, line: str) -> None:
    _, said, code = built(
        f"RUN --mount=type=secret,{mount} {script}", "--secret=id=key,src=sign.key"
    )

    assert code == 0, said
    assert line in said


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("id=key,src=no.key", "failed to stat no.key: stat no.key: no such file or directory"),
        ("src=sign.key", "secret missing ID"),
        ("key", "invalid field 'key' must be a key=value pair"),
        ("id=key,file=sign.key", "unexpected key 'file' in 'file=sign.key'"),
        ("type=vault,id=key", "unsupported secret type 'vault'"),
        ("id=key", "failed to stat key: stat key: no such file or directory"),
    ],
)
def test_a_secret_that_cannot_be_read_stops_the_build_before_it_begins(
    option: str, message: str
) -> None:
    _, said, code = built("RUN true", f"--secret={option}")

    assert code == 1
    assert said.startswith(f"ERROR: {message}")


def test_a_required_secret_that_nobody_gave_fails() -> None:
    _, said, code = built("RUN --mount=type=secret,id=key,required true")

    assert code == 1
    assert "secret key: not found" in said
    assert "docker build --secret id=key,src=FILE" in said


def test_a_secret_is_in_no_layer_and_not_in_the_history() -> None:
    machine, _, _ = built(
        "RUN --mount=type=secret,id=key wc -c < /run/secrets/key > /length",
        "--secret=id=key,src=sign.key",
    )

    image = machine.engine.image("x")
    assert set(image.layers[-1].entries) == {"/length"}
    assert all(KEY.strip() not in line.created_by for line in image.history)


def test_another_secret_does_not_undo_the_cache() -> None:
    machine, _, _ = built(
        "RUN --mount=type=secret,id=key wc -c < /run/secrets/key", "--secret=id=key,src=sign.key"
    )
    machine.files["sign.key"] = "another one\n"
    text = "FROM alpine\nRUN --mount=type=secret,id=key wc -c < /run/secrets/key\n"

    again = machine.build(text, "x", ["--secret=id=key,src=sign.key"])
    without = machine.build(text, "x")

    assert "CACHED" in again.stderr
    assert "CACHED" in without.stderr


def test_a_secret_comes_from_a_variable_of_the_command() -> None:
    answer = Machine().docker(
        "TOKEN=abc docker build --secret id=token,env=TOKEN -",
        stdin='FROM alpine\nRUN --mount=type=secret,id=token,env=T echo "[$T]"\n',
    )

    assert "[abc]" in answer.stderr
