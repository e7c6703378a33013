"""Each build check: files in which it fires, and files in which it does not."""

from __future__ import annotations

import pytest

from course_lib.dockerfile import DockerfileError, parse
from course_lib.dockerfile.instructions import CheckWarning, Span
from course_lib.dockerfile.rules import RULES, BaseImage, check, violation

IMAGES = {
    "base": BaseImage({"PATH": "/bin", "HOME": "/root"}),
    "shelled": BaseImage({}, has_shell=True),
    "triggers": BaseImage({}, on_build=("ENV FROM_TRIGGER=1", "WORKDIR sub", "COPY $LOST /")),
    "arm": BaseImage({}, platform="linux/arm64"),
}


def found(text: str, **options: object) -> list[tuple[str, int, str]]:
    warnings = check(
        parse(text),
        base_image=IMAGES.get,
        is_image_name=lambda name: bool(name) and not name.endswith(":"),
        **options,  # type: ignore[arg-type]
    )
    return [(warning.rule, warning.span.start, warning.message) for warning in warnings]


FIRES = [
    ("FROM a AS Base", "StageNameCasing", 1, "Stage name 'Base' should be lowercase"),
    ("FROM a as b", "FromAsCasing", 1, "'as' and 'FROM' keywords' casing do not match"),
    ("from a AS b", "FromAsCasing", 1, "'AS' and 'from' keywords' casing do not match"),
    ("FROM a\nRUN b \\\n\n c", "NoEmptyContinuation", 4, "Empty continuation line"),
    (
        "FROM a\nrun b\nRUN c",
        "ConsistentInstructionCasing",
        2,
        "Command 'run' should match the case of the command majority (uppercase)",
    ),
    (
        "from a\nrun b\nCopy c d",
        "ConsistentInstructionCasing",
        3,
        "Command 'Copy' should match the case of the command majority (lowercase)",
    ),
    (
        "FROM a AS b\nFROM c AS b",
        "DuplicateStageName",
        2,
        'Duplicate stage name "b", stage names should be unique',
    ),
    (
        "FROM a AS context",
        "ReservedStageName",
        1,
        'Stage name should not use the same name as reserved stage "context"',
    ),
    (
        "FROM a\nCMD x",
        "JSONArgsRecommended",
        2,
        "JSON arguments recommended for CMD to prevent unintended behavior related to OS signals",
    ),
    (
        'FROM a\nENTRYPOINT x\nSHELL ["b"]',
        "JSONArgsRecommended",
        2,
        ("JSON arguments recommended for ENTRYPOINT to prevent unintended behavior related to OS "
        "signals"),
    ),
    (
        "FROM a\nMAINTAINER x",
        "MaintainerDeprecated",
        2,
        "Maintainer instruction is deprecated in favor of using label",
    ),
    (
        "ARG VERSION=1\nFROM a:$VERSON-x",
        "UndefinedArgInFrom",
        2,
        "FROM argument 'VERSON' is not declared (did you mean VERSION?)",
    ),
    (
        "FROM --platform=$BUILDPLATFROM a",
        "UndefinedArgInFrom",
        1,
        "FROM argument 'BUILDPLATFROM' is not declared (did you mean BUILDPLATFORM?)",
    ),
    (
        "FROM a\nWORKDIR x",
        "WorkdirRelativePath",
        2,
        'Relative workdir "x" can have unexpected results if the base image changes',
    ),
    ("FROM a\nCOPY $x /", "UndefinedVar", 2, "Usage of undefined variable '$x'"),
    (
        "FROM base\nENV A=${HOMME:-/}",
        "UndefinedVar",
        2,
        "Usage of undefined variable '$HOMME' (did you mean $HOME?)",
    ),
    ("ARG x=1\nFROM a\nUSER $x", "UndefinedVar", 3, "Usage of undefined variable '$x'"),
    ("FROM a\nCOPY <<E /x\n$x\nE", "UndefinedVar", 2, "Usage of undefined variable '$x'"),
    (
        "FROM a\nRUN --mount=type=cache,target=$x b",
        "UndefinedVar",
        2,
        "Usage of undefined variable '$x'",
    ),
    ("FROM a\nARG B=$x", "UndefinedVar", 2, "Usage of undefined variable '$x'"),
    (
        'FROM a\nCMD ["b"]\nRUN c\nCMD ["d"]',
        "MultipleInstructionsDisallowed",
        2,
        ("Multiple CMD instructions should not be used in the same stage because only the last one "
        "will be used"),
    ),
    (
        "FROM a\nENV b c",
        "LegacyKeyValueFormat",
        2,
        '"ENV key=value" should be used instead of legacy "ENV key value" format',
    ),
    (
        "FROM arm",
        "InvalidBaseImagePlatform",
        1,
        ('Base image arm was pulled with platform "linux/arm64", expected "linux/amd64" for current '
        "build"),
    ),
    (
        "FROM --platform=${TARGETPLATFORM} a",
        "RedundantTargetPlatform",
        1,
        ("Setting platform to predefined ${TARGETPLATFORM} in FROM is redundant as this is the default "
        "behavior"),
    ),
    (
        "FROM a\nENV DB_Password=x",
        "SecretsUsedInArgOrEnv",
        2,
        'Do not use ARG or ENV instructions for sensitive data (ENV "DB_Password")',
    ),
    (
        "FROM a\nARG TOKEN",
        "SecretsUsedInArgOrEnv",
        2,
        'Do not use ARG or ENV instructions for sensitive data (ARG "TOKEN")',
    ),
    (
        "ARG V\nFROM a:$V",
        "InvalidDefaultArgInFrom",
        2,
        "Default value for ARG a:$V results in empty or invalid base image name",
    ),
    (
        "FROM --platform=linux/arm64 a",
        "FromPlatformFlagConstDisallowed",
        1,
        'FROM --platform flag should not use constant value "linux/arm64"',
    ),
    (
        "FROM a\nADD ./out x\nCOPY ok y",
        "CopyIgnoredFile",
        2,
        'Attempting to Add file "out" that is excluded by .dockerignore',
    ),
    (
        "# check=experimental=InvalidDefinitionDescription\nFROM a\n# the version\nARG V W",
        "InvalidDefinitionDescription",
        4,
        "Comment for ARG should follow the format: `# <arg_key> <description>`",
    ),
    (
        "FROM a\nEXPOSE 80/TCP",
        "ExposeProtoCasing",
        2,
        "Defined protocol '80/TCP' in EXPOSE instruction should be lowercase",
    ),
    (
        "FROM a\nENV P=8080:80\nEXPOSE $P",
        "ExposeInvalidFormat",
        3,
        "EXPOSE instruction should not define an IP address or host-port mapping, found '8080:80'",
    ),
]  # fmt: skip

SILENT = [
    ("StageNameCasing", "FROM a AS base"),
    ("FromAsCasing", "From a as b\nFROM c AS d"),
    ("NoEmptyContinuation", "FROM a\nRUN b \\\n # c\n d"),
    ("ConsistentInstructionCasing", "arg V=1\nFROM a\nRUN c"),
    ("ConsistentInstructionCasing", "from a\nrun b"),
    ("DuplicateStageName", "FROM a AS b\nFROM a AS c\nFROM a\nFROM a"),
    ("ReservedStageName", "FROM scratch AS base"),
    ("JSONArgsRecommended", 'FROM a\nCMD ["x"]\nENTRYPOINT ["y"]'),
    ("JSONArgsRecommended", 'FROM a\nSHELL ["b"]\nCMD x'),
    ("JSONArgsRecommended", "FROM shelled\nCMD x"),
    ("JSONArgsRecommended", 'FROM a AS b\nSHELL ["c"]\nFROM b\nCMD x'),
    ("JSONArgsRecommended", "FROM a\nRUN x\nHEALTHCHECK CMD y"),
    ("MaintainerDeprecated", "FROM a\nLABEL maintainer=x"),
    ("UndefinedArgInFrom", "ARG V\nFROM --platform=$TARGETPLATFORM a$V"),
    ("WorkdirRelativePath", "FROM a\nWORKDIR /x\nWORKDIR y"),
    ("WorkdirRelativePath", "FROM a AS b\nWORKDIR /x\nFROM b\nWORKDIR y"),
    ("WorkdirRelativePath", "FROM a\nENV D=/x\nWORKDIR $D"),
    ("WorkdirRelativePath", "FROM a\n# check=skip=WorkdirRelativePath\nWORKDIR y\nWORKDIR z"),
    ("UndefinedVar", "FROM base\nENV A=$HOME B=$PATH"),
    ("UndefinedVar", 'FROM a\nRUN echo $x\nCMD ["$x"]\nEXPOSE $x'),
    ("UndefinedVar", "FROM a\nARG x\nCOPY $x /"),
    ("UndefinedVar", "FROM a AS b\nARG x=1\nFROM b\nCOPY $x /"),
    ("UndefinedVar", "FROM a\nCOPY <<'E' /x\n$x\nE"),
    ("UndefinedVar", "FROM a\nUSER '$x'"),
    ("MultipleInstructionsDisallowed", 'FROM a AS b\nCMD ["c"]\nFROM b\nCMD ["d"]'),
    ("LegacyKeyValueFormat", "FROM a\nENV b=c\nLABEL d=e"),
    ("InvalidBaseImagePlatform", "FROM base\nFROM nowhere"),
    ("RedundantTargetPlatform", "FROM --platform=$BUILDPLATFORM a"),
    ("SecretsUsedInArgOrEnv", "FROM a\nENV KEYBOARD=1 PUBLIC_KEY=2 TOKEN_FILE=3 AUTHOR=4"),
    ("SecretsUsedInArgOrEnv", "FROM a\nLABEL password=x"),
    ("InvalidDefaultArgInFrom", "ARG V=1\nFROM a:$V"),
    ("UndefinedVar", "FROM a\nADD <<E x\n\\$y\nE"),
    ("FromPlatformFlagConstDisallowed", "FROM --platform=linux/arm64 a AS arm64-stage"),
    ("FromPlatformFlagConstDisallowed", "FROM --platform=$BUILDPLATFORM a"),
    ("CopyIgnoredFile", "FROM a AS b\nCOPY in x\nCOPY --from=c out x\nADD https://x/out /"),
    ("CopyIgnoredFile", "FROM a\nCOPY . ."),
    (
        "InvalidDefinitionDescription",
        "# check=experimental=all\nFROM a\n# V is it\nARG V\n# b is it\nFROM c AS b\n# x\nRUN d",
    ),
    ("InvalidDefinitionDescription", "FROM a\n# the version\nARG V"),
    ("ExposeProtoCasing", "FROM a\nEXPOSE 80/tcp"),
    ("ExposeInvalidFormat", "FROM a\nEXPOSE 80-81/udp"),
]  # fmt: skip


def ignored(path: str) -> bool:
    return path in ("out", "Dockerfile")


@pytest.mark.parametrize(("text", "rule", "line", "message"), FIRES)
def test_a_rule_fires(text: str, rule: str, line: int, message: str) -> None:
    assert (rule, line, message) in found(text, ignored=ignored)


@pytest.mark.parametrize(("rule", "text"), SILENT)
def test_a_rule_does_not_fire(rule: str, text: str) -> None:
    assert rule not in [name for name, *_ in found(text, ignored=ignored)]


def test_every_rule_has_cases_of_both_kinds() -> None:
    names = {rule.name for rule in RULES}
    assert names == {rule for _, rule, *_ in FIRES} == {rule for rule, _ in SILENT}


BAD = "FROM a as b\nMAINTAINER c\nENV d e\n"


@pytest.mark.parametrize(
    ("head", "rules"),
    [
        ("", ["FromAsCasing", "MaintainerDeprecated", "LegacyKeyValueFormat"]),
        ("# check=skip=all\n", []),
        ("# check=skip=FromAsCasing,MaintainerDeprecated\n", ["LegacyKeyValueFormat"]),
        ("# check=skip=FromAsCasing // why\n", ["MaintainerDeprecated", "LegacyKeyValueFormat"]),
        ("# syntax=x\n#check = skip=all\n", []),
        ("#!/x\n# check=skip=all\n", []),
        ("\n# check=skip=all\n", ["MaintainerDeprecated", "LegacyKeyValueFormat"]),
    ],
)  # fmt: skip
def test_the_file_chooses_its_rules(head: str, rules: list[str]) -> None:
    assert [rule for rule, *_ in found(head + BAD)] == rules


def test_a_comment_chooses_for_one_instruction() -> None:
    text = "FROM a\n# check=skip=MaintainerDeprecated\nMAINTAINER b\nMAINTAINER c\n"
    assert [line for _, line, _ in found(text)] == [4]


def test_a_build_argument_takes_the_place_of_the_directive() -> None:
    given = {"BUILDKIT_DOCKERFILE_CHECK": "skip=all"}
    assert found(BAD, build_args=given) == []
    assert found("# check=skip=all\n" + BAD, build_args={"BUILDKIT_DOCKERFILE_CHECK": ""}) != []


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("skp=all", 'invalid check option "skp"'),
        ("all", 'invalid check option "all"'),
        ("skip = all", 'invalid check option "skip"'),
        (
            "error=maybe",
            (
                'failed to parse check option "error=maybe": strconv.ParseBool: parsing "maybe": invalid '
                "syntax"
            ),
        ),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(option: str, message: str) -> None:
    with pytest.raises(DockerfileError) as caught:
        found(f"# check={option}\nFROM a\n")
    assert (caught.value.message, caught.value.span) == (message, Span(1, 1))
    assert caught.value.help


def test_warnings_become_an_error_where_the_file_asks_for_it() -> None:
    strict = parse("# check=error=true\n" + BAD)
    error = violation(strict, check(strict))
    assert error is not None
    assert error.message == (
        "lint violation found for rules: FromAsCasing, MaintainerDeprecated, LegacyKeyValueFormat"
    )
    assert error.span == Span(2, 2)
    lenient = parse(BAD)
    assert violation(lenient, check(lenient)) is None
    clean = parse("# check=error=true\nFROM a\n")
    assert violation(clean, check(clean)) is None


def test_the_bodies_of_stages_that_are_not_needed_stay_silent() -> None:
    text = "FROM a AS b\nENV c d\nFROM e as f\nENV g h\n"
    rules = [(rule, line) for rule, line, _ in found(text, stages=(0,))]
    assert rules == [("LegacyKeyValueFormat", 2), ("FromAsCasing", 3)]


def test_the_triggers_of_a_base_image_count_at_the_from_line() -> None:
    text = "FROM a\nFROM triggers\nENV A=$FROM_TRIGGER\n"
    assert found(text) == [
        (
            "WorkdirRelativePath",
            2,
            'Relative workdir "sub" can have unexpected results if the base image changes',
        ),
        ("UndefinedVar", 2, "Usage of undefined variable '$LOST'"),
    ]


def test_the_triggers_of_a_stage_fire_in_the_stage_from_it() -> None:
    text = "FROM a AS b\nONBUILD ENV X=$lost\nFROM b\nENV Y=$X\n"
    assert found(text) == [("UndefinedVar", 3, "Usage of undefined variable '$lost'")]


def test_what_reading_the_file_found_is_among_the_warnings() -> None:
    dockerfile = parse("FROM a\nRUN b \\\n\n c\n")
    assert check(dockerfile) == dockerfile.warnings == (
        CheckWarning("NoEmptyContinuation", "Empty continuation line", Span(4, 4)),
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "FROM a\nENV A=${B\nWORKDIR x\n",
        "FROM a${B\nWORKDIR x\n",
        "FROM a\nRUN --mount=type=x b\nWORKDIR x\n",
        "FROM a\nARG B=${C\nWORKDIR x\n",
    ],
)
def test_what_cannot_be_expanded_is_left_to_the_build(text: str) -> None:
    assert [rule for rule, *_ in found(text)] == ["WorkdirRelativePath"]


def test_a_global_argument_that_must_be_given_can_be_given() -> None:
    text = "ARG A\nARG B=${A:?missing}\nFROM $B\n"
    assert found(text, build_args={"A": "base"}) == []
    with pytest.raises(DockerfileError, match="A: missing"):
        found(text)


def test_suggestions_are_variables_that_are_set() -> None:
    text = "ARG NAME=1\nFROM a\nARG NAME2=1\nUSER $NAME3\nUSER $NAM\n"
    assert [message for *_, message in found(text)] == [
        "Usage of undefined variable '$NAME3' (did you mean $NAME2?)",
        "Usage of undefined variable '$NAM' (did you mean $NAME2?)",
    ]
