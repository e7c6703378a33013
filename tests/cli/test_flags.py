"""Options as docker's pflag reads them, and the errors in docker's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from course_lib.cli.flags import Command, Flag, Parsed, UsageError, nearest, parse

if TYPE_CHECKING:
    from course_lib.cli.session import Session


def nothing(session: Session, parsed: Parsed) -> None:
    """A command that does nothing."""


FLAGS = (
    Flag("detach", "bool", short="d"),
    Flag("interactive", "bool", short="i"),
    Flag("tty", "bool", short="t"),
    Flag("env", "list", short="e"),
    Flag("name", "string"),
    Flag("time", "int", short="T"),
    Flag("gpus", "string", simulated=False),
)
RUN = Command(
    "run", "docker run [OPTIONS] IMAGE", "Run it", nothing, FLAGS, least=1, interspersed=False
)
STOP = Command(
    "stop", "docker stop [OPTIONS] CONTAINER", "Stop it", nothing, FLAGS, least=1, most=1
)
LS = Command("volume ls", "docker volume ls", "List volumes", nothing, FLAGS, most=0)
TAG = Command("tag", "docker tag A B", "Tag it", nothing, FLAGS, least=2, most=2)
COMMIT = Command("commit", "docker commit C [R]", "Commit it", nothing, FLAGS, least=1, most=2)


@pytest.mark.parametrize("words", [["-itd", "x"], ["-i", "-t", "-d", "x"], ["-di", "--tty", "x"]])
def test_short_options_can_be_joined(words: list[str]) -> None:
    parsed = parse(RUN, words)
    assert all(parsed.on(name) for name in ("interactive", "tty", "detach"))
    assert parsed.args == ("x",)


@pytest.mark.parametrize(
    "words",
    [
        ["-e", "A=1", "x"],
        ["-eA=1", "x"],
        ["-e=A=1", "x"],
        ["--env", "A=1", "x"],
        ["--env=A=1", "x"],
    ],
    ids=" ".join,
)
def test_a_value_stands_in_the_word_or_after_it(words: list[str]) -> None:
    assert parse(RUN, words).all("env") == ("A=1",)


def test_options_of_run_end_at_the_image() -> None:
    assert parse(RUN, ["-d", "x", "ls", "-l", "--name"]).args == ("x", "ls", "-l", "--name")


def test_options_of_other_commands_may_come_last() -> None:
    parsed = parse(STOP, ["x", "-T", "3"])
    assert (parsed.args, parsed.number("time")) == (("x",), 3)


def test_two_hyphens_end_the_options() -> None:
    assert parse(STOP, ["--", "-x"]).args == ("-x",)


@pytest.mark.parametrize(
    ("value", "on"), [("true", True), ("1", True), ("false", False), ("F", False)]
)
def test_a_yes_or_no_option_may_have_a_value(value: str, on: bool) -> None:  # noqa: FBT001 - a table's column
    assert parse(RUN, [f"--tty={value}", "x"]).on("tty") is on


@pytest.mark.parametrize(
    ("command", "words", "message", "code"),
    [
        (
            RUN,
            ["--nmae", "x"],
            "unknown flag: --nmae\n\nUsage:  docker run [OPTIONS] IMAGE\n\nRun 'docker run --help' for more information",
            125,
        ),
        (
            STOP,
            ["-z"],
            "unknown shorthand flag: 'z' in -z\n\nUsage:  docker stop [OPTIONS] CONTAINER\n\nRun 'docker stop --help' for more information",
            125,
        ),
        (
            RUN,
            ["-ixt", "a"],
            "unknown shorthand flag: 'x' in -ixt\n\nUsage:  docker run [OPTIONS] IMAGE\n\nRun 'docker run --help' for more information",
            125,
        ),
        (
            RUN,
            ["--name"],
            "flag needs an argument: --name\n\nUsage:  docker run [OPTIONS] IMAGE\n\nRun 'docker run --help' for more information",
            125,
        ),
        (
            RUN,
            ["-e"],
            "flag needs an argument: 'e' in -e\n\nUsage:  docker run [OPTIONS] IMAGE\n\nRun 'docker run --help' for more information",
            125,
        ),
        (
            RUN,
            ["--tty=maybe", "x"],
            (
                'invalid argument "maybe" for "-t, --tty" flag: strconv.ParseBool: '
                "parsing \"maybe\": invalid syntax\n\nUsage:  docker run [OPTIONS] IMAGE\n\nRun 'docker run --help' for more information"
            ),
            125,
        ),
        (
            STOP,
            ["-T", "abc", "x"],
            (
                'invalid argument "abc" for "-T, --time" flag: strconv.ParseInt: '
                "parsing \"abc\": invalid syntax\n\nUsage:  docker stop [OPTIONS] CONTAINER\n\nRun 'docker stop --help' for more information"
            ),
            125,
        ),
        (
            RUN,
            [],
            (
                "docker: 'docker run' requires at least 1 argument\n\nUsage:  docker run [OPTIONS] IMAGE\n\n"
                "See 'docker run --help' for more information"
            ),
            1,
        ),
        (RUN, ["--gpus", "all", "x"], "docker run: --gpus is not simulated here", 125),
    ],
)
def test_a_line_that_docker_refuses(
    command: Command, words: list[str], message: str, code: int
) -> None:
    with pytest.raises(UsageError) as caught:
        parse(command, words)
    assert (caught.value.message, caught.value.exit_code) == (message, code)


@pytest.mark.parametrize(
    ("command", "words", "says"),
    [
        (LS, ["x"], "docker: 'docker volume ls' accepts no arguments"),
        (TAG, ["x"], "docker: 'docker tag' requires 2 arguments"),
        (STOP, ["x", "y"], "docker: 'docker stop' requires 1 argument"),
        (COMMIT, [], "docker: 'docker commit' requires at least 1 and at most 2 arguments"),
    ],
)
def test_a_wrong_number_of_arguments(command: Command, words: list[str], says: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(command, words)
    assert caught.value.message.splitlines()[0] == says


def test_a_misspelt_option_gets_a_suggestion_in_both_languages() -> None:
    with pytest.raises(UsageError) as caught:
        parse(RUN, ["--nmae=x", "y"])
    help_line = caught.value.help
    assert help_line is not None
    assert (help_line.en, help_line.zh) == ("Did you mean --name?", "是不是想写 --name？")


@pytest.mark.parametrize(
    ("word", "expected"), [("buidl", "build"), ("bulid", "build"), ("xyzzy", None)]
)
def test_the_nearest_word_is_at_most_two_edits_away(word: str, expected: str | None) -> None:
    assert nearest(word, ["build", "run", "images"]) == expected
