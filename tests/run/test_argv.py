"""ENTRYPOINT x CMD x arguments x --entrypoint: which process starts, and why."""

from __future__ import annotations

import pytest

from course_lib.image.config import ImageConfig
from course_lib.run.argv import NoCommandError, json_words, resolve
from course_lib.text import speaking

SH = ("/bin/sh", "-c")
ENTRY_SHELL = (*SH, "exec_entry p1_entry")
ENTRY_EXEC = ("exec_entry", "p1_entry")
CMD_EXEC = ("exec_cmd", "p1_cmd")
CMD_PARAMS = ("p1_cmd", "p2_cmd")
CMD_SHELL = (*SH, "exec_cmd p1_cmd")


@pytest.mark.parametrize(
    ("entrypoint", "cmd", "expected"),
    [
        pytest.param(None, CMD_EXEC, "exec_cmd p1_cmd", id="no entrypoint, exec cmd"),
        pytest.param(None, CMD_PARAMS, "p1_cmd p2_cmd", id="no entrypoint, parameters"),
        pytest.param(None, CMD_SHELL, "/bin/sh -c exec_cmd p1_cmd", id="no entrypoint, shell cmd"),
        pytest.param(ENTRY_EXEC, None, "exec_entry p1_entry", id="exec entrypoint, no cmd"),
        pytest.param(
            ENTRY_EXEC, CMD_EXEC, "exec_entry p1_entry exec_cmd p1_cmd", id="exec, exec cmd"
        ),
        pytest.param(
            ENTRY_EXEC, CMD_PARAMS, "exec_entry p1_entry p1_cmd p2_cmd", id="exec, parameters"
        ),
        pytest.param(
            ENTRY_EXEC,
            CMD_SHELL,
            "exec_entry p1_entry /bin/sh -c exec_cmd p1_cmd",
            id="exec, shell",
        ),
        pytest.param(ENTRY_SHELL, None, "/bin/sh -c exec_entry p1_entry", id="shell, no cmd"),
        pytest.param(
            ENTRY_SHELL,
            CMD_EXEC,
            "/bin/sh -c exec_entry p1_entry exec_cmd p1_cmd",
            id="shell, exec",
        ),
        pytest.param(
            ENTRY_SHELL,
            CMD_PARAMS,
            "/bin/sh -c exec_entry p1_entry p1_cmd p2_cmd",
            id="shell, params",
        ),
        pytest.param(
            ENTRY_SHELL,
            CMD_SHELL,
            "/bin/sh -c exec_entry p1_entry /bin/sh -c exec_cmd p1_cmd",
            id="shell, shell",
        ),
    ],
)
def test_the_argument_list_is_entrypoint_then_cmd(
    entrypoint: tuple[str, ...] | None, cmd: tuple[str, ...] | None, expected: str
) -> None:
    argv = resolve(ImageConfig(entrypoint=entrypoint, cmd=cmd))
    assert " ".join(argv.argv) == expected


@pytest.mark.parametrize("cmd", [CMD_EXEC, CMD_PARAMS, CMD_SHELL])
def test_a_shell_form_entrypoint_runs_its_script_and_ignores_the_words_of_cmd(
    cmd: tuple[str, ...],
) -> None:
    argv = resolve(ImageConfig(entrypoint=ENTRY_SHELL, cmd=cmd))
    assert argv.dropped == cmd
    assert argv.argv[:3] == ENTRY_SHELL


def test_a_script_that_uses_its_arguments_drops_nothing() -> None:
    argv = resolve(ImageConfig(entrypoint=(*SH, 'echo "$0" "$@"')), ["a", "b"])
    assert argv.dropped == ()
    assert "$0=a, $1=b" in argv.because[-1].en


@pytest.mark.parametrize(
    ("args", "entrypoint", "expected"),
    [
        pytest.param((), None, ("echo", "hello", "world"), id="nothing given"),
        pytest.param(("docker",), None, ("echo", "hello", "docker"), id="arguments replace cmd"),
        pytest.param((), "ls", ("ls",), id="--entrypoint drops cmd"),
        pytest.param(("-l",), "ls", ("ls", "-l"), id="--entrypoint with arguments"),
        pytest.param(("ls",), "", ("ls",), id="an empty --entrypoint leaves the arguments"),
    ],
)
def test_what_docker_run_gives_goes_before_what_the_image_says(
    args: tuple[str, ...], entrypoint: str | None, expected: tuple[str, ...]
) -> None:
    config = ImageConfig(entrypoint=("echo", "hello"), cmd=("world",))
    argv = resolve(config, args, entrypoint)
    assert argv.argv == expected
    assert argv.from_entrypoint + argv.from_cmd + argv.from_args == expected


@pytest.mark.parametrize(
    ("config", "entrypoint"),
    [
        pytest.param(ImageConfig(), None, id="neither entrypoint nor cmd"),
        pytest.param(ImageConfig(entrypoint=(), cmd=()), None, id="both empty"),
        pytest.param(ImageConfig(entrypoint=("a",), cmd=("b",)), "", id="entrypoint cleared"),
    ],
)
def test_no_program_is_an_error(config: ImageConfig, entrypoint: str | None) -> None:
    with pytest.raises(NoCommandError, match=r"^no command specified$"):
        resolve(config, (), entrypoint)


def test_every_reason_is_there_in_both_languages() -> None:
    argv = resolve(ImageConfig(entrypoint=ENTRY_EXEC, cmd=CMD_PARAMS), ["x"])
    with speaking("zh"):
        chinese = [str(reason) for reason in argv.because]
    assert [reason.zh for reason in argv.because] == chinese
    assert 'CMD ["p1_cmd", "p2_cmd"]' in argv.because[1].en
    assert 'CMD ["p1_cmd", "p2_cmd"]' in argv.because[1].zh


def test_words_are_shown_as_a_dockerfile_writes_them() -> None:
    assert json_words(("sh", "-c", 'echo "a\\b"')) == '["sh", "-c", "echo \\"a\\\\b\\""]'
