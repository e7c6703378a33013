"""docker build in a terminal: BuildKit's progress, the older builder's, and what a failing step printed."""

from __future__ import annotations

import pytest

from course_lib.cli import docker
from course_lib.cli.hostscript import host
from course_lib.engine import Engine

TWO_STEPS = "FROM alpine\nRUN echo one > /one; echo made\nCMD sh\n"
FAILING = "FROM alpine\nRUN echo before; apt-get update\n"


@pytest.fixture
def engine() -> Engine:
    return Engine()


def test_the_older_builder_counts_every_instruction_and_names_an_image_for_each(
    engine: Engine,
) -> None:
    answer = docker("DOCKER_BUILDKIT=0 docker build -t old -", engine, stdin=TWO_STEPS)
    image = engine.image("old")

    lines = answer.stdout.splitlines()
    assert [line for line in lines if line.startswith("Step ")] == [
        "Step 1/3 : FROM alpine",
        "Step 2/3 : RUN echo one > /one; echo made",
        "Step 3/3 : CMD sh",
    ]
    assert "made" in lines
    assert lines[-2:] == [f"Successfully built {image.id[7:19]}", "Successfully tagged old:latest"]
    assert answer.stderr.startswith("DEPRECATED: The legacy builder")
    assert image.history[-2].created_by == "/bin/sh -c echo one > /one; echo made"


@pytest.mark.parametrize("value", ["1", "true", ""])
def test_any_other_value_of_the_variable_leaves_buildkit_at_work(
    engine: Engine, value: str
) -> None:
    answer = docker(f"DOCKER_BUILDKIT={value} docker build -t new -", engine, stdin=TWO_STEPS)

    assert "#3 [2/2] RUN echo one > /one; echo made" in answer.stderr
    assert "Step 1" not in answer.stdout + answer.stderr


def test_a_variable_counts_for_its_own_command_alone(engine: Engine) -> None:
    script = "DOCKER_BUILDKIT=0 docker build -q -t old -\ndocker build -t new -\n"

    assert "[2/2] RUN" in docker(script, engine, stdin=TWO_STEPS).stderr


def test_a_script_on_the_host_can_choose_the_builder(engine: Engine) -> None:
    script = "export DOCKER_BUILDKIT=0; printf 'FROM alpine\\n' | docker build -t old -"

    assert "\nStep 1/1 : FROM alpine\n" in host(script, engine).stdout


def test_a_failing_step_shows_what_it_printed_twice_as_buildkit_does(engine: Engine) -> None:
    said = docker("build -", engine, stdin=FAILING).stderr

    assert (
        "#3 [2/2] RUN echo before; apt-get update\n"
        "#3 before\n"
        "#3 /bin/sh: apt-get: not found\n"
        '#3 ERROR: process "/bin/sh -c echo before; apt-get update" '
        "did not complete successfully: exit code: 127\n"
        "------\n"
        " > [2/2] RUN echo before; apt-get update:\n"
        "before\n"
        "/bin/sh: apt-get: not found\n"
        "------\n"
        "Dockerfile:2\n"
    ) in said


def test_a_quiet_build_that_fails_still_shows_what_the_step_printed(engine: Engine) -> None:
    said = docker("build -q -", engine, stdin=FAILING).stderr

    assert said.startswith("------\n > [2/2] RUN echo before")
    assert said.count("/bin/sh: apt-get: not found") == 1


@pytest.mark.parametrize(
    ("dockerfile", "words"),
    [
        (
            FAILING,
            "The command '/bin/sh -c echo before; apt-get update' returned a non-zero code: 127",
        ),
        ("FROM alpine\nRUM x\n", "Error response from daemon: dockerfile parse error on line 2: "),
        ("FROM nix\n", "pull access denied for nix"),
    ],
)
def test_the_older_builder_fails_in_its_own_words(
    engine: Engine, dockerfile: str, words: str
) -> None:
    answer = docker("DOCKER_BUILDKIT=0 docker build -", engine, stdin=dockerfile)

    assert answer.exit_code == 1
    assert words in answer.stderr
    assert ">>>" not in answer.stderr


def test_an_assignment_without_a_command_is_no_command(engine: Engine) -> None:
    assert docker("DOCKER_BUILDKIT=0", engine).stdout.lstrip().startswith("Usage:")


def test_check_says_what_the_build_checks_say_and_builds_nothing(engine: Engine) -> None:
    answer = docker("build --check -", engine, stdin="FROM alpine\nCMD echo hi\n")
    assert answer.exit_code == 1
    assert answer.stdout == (
        "Check complete, 1 warning has been found!\n\n"
        "WARNING: JSONArgsRecommended - "
        "https://docs.docker.com/go/dockerfile/rule/json-args-recommended/\n"
        "JSON arguments recommended for CMD to prevent unintended behavior related to OS signals\n"
        "Dockerfile:2\n--------------------\n   1 |     FROM alpine\n   2 | >>> CMD echo hi\n   3 |     \n"
        "--------------------\n"
    )
    assert engine.images() == ()


def test_check_of_a_file_without_a_fault(engine: Engine) -> None:
    answer = docker("build --check -", engine, stdin='FROM alpine\nCMD ["ls"]\n')
    assert (answer.exit_code, answer.stdout) == (0, "Check complete, no warnings found.\n")


def test_check_of_a_file_that_cannot_be_read_is_the_builds_own_error(engine: Engine) -> None:
    answer = docker("build --check -", engine, stdin="FROM alpine\nRUM ls\n")
    assert answer.exit_code == 1
    assert "unknown instruction: RUM" in answer.stderr
