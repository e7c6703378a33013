"""Stages: which are built, what --from and FROM mean, what ONBUILD puts in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import pytest

from course_lib.build import BuildError

if TYPE_CHECKING:
    from tests.build.conftest import Kitchen, Options


def ran(kitchen: Kitchen, text: str, **options: Unpack[Options]) -> list[str]:
    """The texts of the RUN steps that were built."""
    steps = kitchen.cook(text, **options).steps
    return [step.text for step in steps if step.text.startswith("RUN")]


THREE = (
    "FROM base AS one\nRUN 1\n"
    "FROM base AS two\nRUN 2\n"
    "FROM one AS three\nRUN 3\n"
)  # fmt: skip


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("", ["RUN 1", "RUN 3"]),
        ("three", ["RUN 1", "RUN 3"]),
        ("TWO", ["RUN 2"]),
        ("one", ["RUN 1"]),
    ],
)
def test_only_what_the_target_reaches_is_built(
    target: str, expected: list[str], kitchen: Kitchen
) -> None:
    assert ran(kitchen, THREE, target=target) == expected


def test_copy_and_a_mount_reach_their_stages(kitchen: Kitchen) -> None:
    text = (
        f"{THREE}FROM scratch\nCOPY --from=two /file /\n"
        "RUN --mount=type=bind,from=one,target=/one 4\n"
    )
    assert ran(kitchen, text)[:2] == ["RUN 1", "RUN 2"]


def test_a_stage_hides_an_image_of_its_name_and_a_later_stage_hides_an_earlier(
    kitchen: Kitchen,
) -> None:
    text = "FROM base AS base\nENV A=1\nFROM base AS x\nENV B=1\nFROM base AS x\nENV C=1\nFROM x\n"
    env = kitchen.cook(text).image.config.environment()
    assert set(env) == {"PATH", "A", "C"}


def test_steps_are_counted_with_from_and_without_config_changes(kitchen: Kitchen) -> None:
    steps = kitchen.cook("FROM base AS b\nENV A=1\nRUN x\nWORKDIR /w\nFROM b\nRUN y\n").steps
    assert [step.label for step in steps] == [
        "[b 1/3] FROM docker.io/library/base:latest",
        "ENV A=1",
        "[b 2/3] RUN x",
        "[b 3/3] WORKDIR /w",
        "FROM b",
        "[stage-1 1/1] RUN y",
    ]


def test_a_single_stage_is_not_named_in_the_progress(kitchen: Kitchen) -> None:
    assert kitchen.cook("FROM base AS b\nRUN x\n").steps[1].label == "[2/2] RUN x"


def test_continued_lines_are_shown_as_one_without_comments(kitchen: Kitchen) -> None:
    steps = kitchen.cook("FROM base\nrun a && \\\n   # no\n\n   b\n").steps
    assert steps[1].text == "RUN a &&    b"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ('RUN echo "$A" $UNKNOWN', 'RUN echo "one" $UNKNOWN'),
        ("copy $A 'b' /x", "COPY one b /x"),
        ("WORKDIR /$A", "WORKDIR /one"),
        ("ENV B=$A", "ENV B=$A"),
        ("RUN echo ${A", "RUN echo ${A"),
    ],
)
def test_variables_are_filled_in_where_a_layer_is_made(
    line: str, text: str, kitchen: Kitchen
) -> None:
    steps = kitchen.cook(f"FROM base\nENV A=one\n{line}\n", {"one": "1", "b": "2"}).steps
    assert steps[-1].text == text


class TestOnbuild:
    def test_triggers_of_an_image_come_first_and_do_not_pass_on(self, kitchen: Kitchen) -> None:
        result = kitchen.cook("FROM onbuild AS a\nENV OWN=$TRIGGERED\nFROM a\nENV C=1\n")
        lines = [line.created_by for line in result.image.history[1:]]
        assert lines == ["ENV TRIGGERED=yes", "ENV OWN=yes", "ENV C=1"]
        assert result.image.config.on_build == ()

    def test_a_stage_fires_its_triggers_in_its_child_and_not_in_itself(
        self, kitchen: Kitchen
    ) -> None:
        text = "FROM base AS a\nONBUILD RUN t\nRUN a\nFROM a AS b\nRUN b\nFROM b\nRUN c\n"
        assert ran(kitchen, text) == ["RUN a", "RUN t", "RUN b", "RUN c"]

    def test_a_trigger_may_need_another_stage(self, kitchen: Kitchen) -> None:
        text = "FROM base AS files\nRUN f\nFROM base AS a\nONBUILD COPY --from=files /file /y\nFROM a\n"
        assert ran(kitchen, text) == ["RUN f"]

    def test_its_error_stands_at_the_childs_from(self, kitchen: Kitchen) -> None:
        text = "FROM base AS a\nONBUILD COPY nope /x\n\nFROM a\nRUN x\n"
        with pytest.raises(BuildError, match='"/nope": not found') as caught:
            kitchen.cook(text)
        assert str(caught.value.span) == "4"

    def test_text_that_is_no_instruction_fails_only_when_it_fires(self, kitchen: Kitchen) -> None:
        assert kitchen.cook("FROM base\nONBUILD FOO x\n").image.config.on_build == ("FOO x",)
        with pytest.raises(BuildError, match="unknown instruction: FOO") as caught:
            kitchen.cook("FROM base AS a\nONBUILD FOO x\nFROM a\n")
        assert str(caught.value.span) == "3"


@pytest.mark.parametrize(
    ("text", "options", "message", "line"),
    [
        (
            THREE,
            {"target": "thre"},
            'target stage "thre" could not be found (did you mean three?)',
            None,
        ),
        (THREE, {"target": "production"}, 'target stage "production" could not be found', None),
        ("FROM base\nCOPY --from=3 /x /y\n", {}, "invalid stage index 3", 2),
        (
            "FROM base AS a\nCOPY --from=a /x /y\n",
            {},
            "circular dependency detected on stage: a",
            2,
        ),
        (
            "FROM base\nRUN x\nCOPY --from=0 /x /y\n",
            {},
            "circular dependency detected on stage: stage-0",
            3,
        ),
        (
            "FROM base AS a\nCOPY --from=b /x /y\nFROM base AS b\nFROM a\n",
            {},
            'cannot copy from stage "b", it needs to be defined before current stage "a"',
            2,
        ),
        (
            "FROM base AS a\nCOPY --from=b /x /\nFROM base AS b\nCOPY --from=a /x /\n",
            {},
            "circular dependency detected on stage: a",
            4,
        ),
        (
            "ARG V=a\nFROM base AS a\nFROM base\nCOPY --from=$V /x /y\n",
            {},
            (
                "variable expansion is not supported for --from, define a new stage with FROM using "
                "ARG from global scope as a workaround"
            ),
            4,
        ),
        ("FROM $NOTHING\n", {}, "base name ($NOTHING) should not be blank", 1),
        (
            "FROM --platform=$BULIDPLATFORM base\n",
            {},
            "empty platform value from expression $BULIDPLATFORM (did you mean BUILDPLATFORM?)",
            1,
        ),
        (
            "FROM basse\n",
            {},
            (
                "basse: failed to resolve source metadata for docker.io/library/basse:latest: "
                "docker.io/library/basse:latest: not found"
            ),
            1,
        ),
        (
            "FROM --platform=linux/arm64 base\n",
            {},
            (
                "base: failed to resolve source metadata for docker.io/library/base:latest: "
                "no match for platform in manifest: not found"
            ),
            1,
        ),
        ("FROM base\nEXPOSE http\n", {}, "invalid containerPort: http", 2),
        ("FROM base\nSTOPSIGNAL SIGFOO\n", {}, "invalid signal: SIGFOO", 2),
        ("FROM base\nSTOPSIGNAL 0\n", {}, "invalid signal: 0", 2),
        ('FROM base\nVOLUME ""\n', {}, "VOLUME specified can not be an empty string", 2),
        ("FROM base\nRUN []\n", {}, "failed to marshal LLB definition: arguments are required", 2),
        ("FROM base\nRUN --security=insecure x\n", {}, "security.insecure is not allowed", 2),
        ("FROM base\nRUN --mount=type=tmpfs,target=/ x\n", {}, 'invalid mount target "/"', 2),
        (
            "FROM base\nRUN --mount=type=secret,id=key,required=true x\n",
            {},
            "secret key: not found",
            2,
        ),
    ],
)
def test_what_fails_says_why_and_where(
    text: str, options: Options, message: str, line: int | None, kitchen: Kitchen
) -> None:
    with pytest.raises(BuildError) as caught:
        kitchen.cook(text, **options)
    error = caught.value
    assert error.message == message
    assert (error.span.start if error.span else None) == line
    assert error.help is not None
    assert error.help.zh not in ("", error.help.en)
    assert bool(error.excerpt) == (line is not None)


def test_a_later_stage_may_be_wrong_when_nobody_needs_it(kitchen: Kitchen) -> None:
    text = "FROM base AS a\nRUN a\nFROM nowhere AS b\nRUN b\n"
    assert ran(kitchen, text, target="a") == ["RUN a"]


def test_another_builder_is_refused_by_name(kitchen: Kitchen) -> None:
    with pytest.raises(BuildError, match=r"^the quick builder is not simulated yet$"):
        kitchen.cook("FROM base\n", builder="quick")
