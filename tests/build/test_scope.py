"""ARG and ENV: who sees which value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.build.conftest import Kitchen


def seen(kitchen: Kitchen, text: str, **build_args: str) -> dict[str, str]:
    """The environment of the last RUN."""
    kitchen.cook(text, build_args=build_args)
    return dict(kitchen.stove.processes[-1].env)


@pytest.mark.parametrize(
    ("text", "build_args", "value"),
    [
        ("FROM base\nARG V=stage\nRUN x\n", {}, "stage"),
        ("FROM base\nARG V=stage\nRUN x\n", {"V": "given"}, "given"),
        ("FROM base\nARG V\nRUN x\n", {"V": "given"}, "given"),
        ("FROM base\nARG V\nRUN x\n", {}, None),
        ("FROM base\nRUN x\n", {"V": "given"}, None),
        ("FROM base\nRUN x\nARG V=late\n", {}, None),
        ("ARG V=global\nFROM base\nRUN x\n", {}, None),
        ("ARG V=global\nFROM base\nARG V\nRUN x\n", {}, "global"),
        ("ARG V=global\nFROM base\nARG V=stage\nRUN x\n", {}, "stage"),
        ("ARG V=global\nFROM base\nARG V=stage\nRUN x\n", {"V": "given"}, "given"),
        ("ARG W=1\nARG V=$W-2\nFROM base\nARG V\nRUN x\n", {"W": "9"}, "9-2"),
        ("FROM base\nARG W=1 V=$W-2\nRUN x\n", {}, "1-2"),
        ("FROM base\nENV V=env\nARG V=arg\nRUN x\n", {}, "arg"),
        ("FROM base\nARG V=arg\nENV V=env\nRUN x\n", {}, "env"),
        ("FROM base\nENV V=env\nARG V\nRUN x\n", {}, "env"),
        ("FROM base\nARG V=arg\nENV V=$V-env\nRUN x\n", {}, "arg-env"),
        ("FROM base AS a\nARG V=one\nFROM a\nRUN x\n", {}, "one"),
        ("FROM base AS a\nARG V=one\nFROM base\nRUN x\n", {}, None),
        ("FROM base\nARG V=''\nRUN x\n", {}, ""),
    ],
)
def test_the_value_that_run_sees(
    text: str, build_args: dict[str, str], value: str | None, kitchen: Kitchen
) -> None:
    assert seen(kitchen, text, **build_args).get("V") == value


def test_an_arg_does_not_stay_in_the_image_and_env_does(kitchen: Kitchen) -> None:
    image = kitchen.cook("FROM base\nENV V=env\nARG V=arg W=1\n").image
    assert image.config.environment() == {
        "PATH": image.config.environment()["PATH"],
        "V": "env",
    }


def test_from_takes_global_arguments_and_their_given_values(kitchen: Kitchen) -> None:
    text = "ARG NAME=nowhere\nFROM ${NAME} AS a\nENV A=1\n"
    env = kitchen.cook(text, build_args={"NAME": "base"}).image.config.environment()
    assert env["A"] == "1"


def test_platform_arguments_are_there_once_declared(kitchen: Kitchen) -> None:
    text = "FROM --platform=$BUILDPLATFORM base AS last\nARG TARGETARCH TARGETSTAGE\nRUN x\n"
    env = seen(kitchen, text)
    assert (env["TARGETARCH"], env["TARGETSTAGE"]) == ("amd64", "last")
    assert "TARGETOS" not in env


def test_proxies_reach_run_without_an_arg_and_leave_no_trace(kitchen: Kitchen) -> None:
    text = "FROM base\nRUN x\n"
    env = seen(kitchen, text, HTTP_PROXY="p:1")
    assert (env["HTTP_PROXY"], env["http_proxy"]) == ("p:1", "p:1")
    result = kitchen.cook(text, build_args={"HTTP_PROXY": "other"})
    assert result.steps[1].cached
    assert "PROXY" not in result.image.history[-1].created_by


@pytest.mark.parametrize(
    ("text", "created_by"),
    [
        ("ARG A=1 B", "RUN |2 A=1 B= /bin/sh -c x # buildkit"),
        ("ARG A=1\nENV A=2", "RUN |1 A=2 /bin/sh -c x # buildkit"),
        ("ARG A=1\nARG B=2\nARG A=3", "RUN |2 A=3 B=2 /bin/sh -c x # buildkit"),
        ("ENV A=1", "RUN /bin/sh -c x # buildkit"),
    ],
)
def test_the_history_of_run_lists_the_arguments_in_force(
    text: str, created_by: str, kitchen: Kitchen
) -> None:
    image = kitchen.cook(f"FROM base\n{text}\nRUN x\n").image
    assert image.history[-1].created_by == created_by


def test_an_instruction_sees_the_environment_before_it(kitchen: Kitchen) -> None:
    config = kitchen.cook("FROM base\nENV abc=hello\nENV abc=bye def=$abc\n").image.config
    assert config.environment()["def"] == "hello"


def test_arguments_are_expanded_in_copy_workdir_and_user(kitchen: Kitchen) -> None:
    text = "FROM base\nARG D=/d F=f.txt U=ada\nWORKDIR $D\nUSER $U\nCOPY $F ${D}/x\n"
    result = kitchen.cook(text, {"f.txt": "1"})
    assert (result.image.config.working_dir, result.image.config.user) == ("/d", "ada")
    assert "/d/x" in result.image.layers[-1].entries
