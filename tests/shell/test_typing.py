"""What is typed at a shell's terminal, and what the screen shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.cli import docker
from course_lib.engine import Engine
from course_lib.shell.dialect import DIALECTS
from course_lib.shell.typing import pieces


@pytest.fixture(scope="module")
def engine() -> Engine:
    engine = Engine()
    for image in ("alpine", "debian", "centos"):
        engine.pull(image)
    return engine


def screen(engine: Engine, line: str, typed: str) -> str:
    return docker(f"run --rm -h box {line}", engine, stdin=typed).stdout


@pytest.mark.parametrize(
    ("line", "typed", "shown"),
    [
        ("-it alpine", "pwd\n", "/ # pwd\n/\n"),
        ("-it -w /root alpine", "pwd\n", "~ # pwd\n/root\n"),
        ("-it -u nobody alpine", "id -un\n", "/ $ id -un\nnobody\n"),
        ("-it debian", "cd /tmp\npwd\n", "root@box:/# cd /tmp\nroot@box:/tmp# pwd\n/tmp\n"),
        ("-it centos", "cd /etc\n", "[root@box /]# cd /etc\n"),
        ("-it -e PS1='> ' alpine", "true\n", "> true\n"),
        ("-it alpine", "# a note\n\ntrue\n", "/ # # a note\n/ # \n/ # true\n"),
        (
            "-it alpine",
            "for i in 1 2\ndo echo $i\ndone\n",
            "/ # for i in 1 2\n> do echo $i\n> done\n1\n2\n",
        ),
        ("-it alpine", "cat <<X\na\nX\n", "/ # cat <<X\n> a\n> X\na\n"),
        ("-it alpine", "exit 3\necho never\n", "/ # exit 3\n"),
        ("-i alpine", "pwd\n", "/\n"),
        ("-it alpine cat", "typed\n", "typed\n"),
    ],
)
def test_the_screen_shows_prompts_lines_and_output(
    engine: Engine, line: str, typed: str, shown: str
) -> None:
    assert screen(engine, line, typed) == shown


@pytest.mark.parametrize("mistake", ["fi", "echo ${x?unset}", "no-such-program", "echo ("])
def test_a_mistake_is_said_and_the_shell_goes_on(engine: Engine, mistake: str) -> None:
    shown = screen(engine, "-it alpine", f"{mistake}\necho on\n")
    assert shown.endswith("/ # echo on\non\n")
    assert len(shown.splitlines()) > 3


def test_a_terminal_has_one_screen(engine: Engine) -> None:
    answer = docker("run --rm -t alpine ls /nope", engine)
    assert "No such file or directory" in answer.stdout
    assert answer.stderr == ""


@given(
    st.lists(
        st.sampled_from(
            ["ls\n", "if x\n", "then y; fi\n", "# c\n", "\n", "cat <<E\n", "E\n", "(\n", "a", "'"]
        )
    )
)
def test_the_pieces_of_a_script_are_the_script(lines: list[str]) -> None:
    source = "".join(lines)
    assert "".join(pieces(source, DIALECTS["busybox"])) == source
