"""ARG and ENV over a file: what the picture says of a line is what the build does there."""

from __future__ import annotations

import pytest

from course_lib.build import Context
from course_lib.build.errors import InstructionError
from course_lib.dockerfile import DockerfileError
from course_lib.engine import Engine
from course_lib.views.scope import Fate, Named
from course_lib.views.scope_reader import Given, names_in, scope_of
from tests.views.world import SCOPED

REGISTRY = Engine()


def _names(source: str, line: int, **build_args: str) -> list[tuple[str, str | None, Fate]]:
    scope = scope_of("x", source, Given(REGISTRY.base_image, build_args))
    [found] = [one for one in scope.lines if one.line == line]
    return [(one.name, one.value, one.fate) for one in found.names if one.name != "PATH"]


CASES = {
    "a global ARG is not in a stage": (
        "ARG A=1\nFROM alpine\nRUN echo $A\n",
        3,
        [("A", None, Fate.EMPTY)],
    ),
    "ARG takes a global value in": (
        "ARG A=1\nFROM alpine\nARG A\n",
        3,
        [("A", "1", Fate.NEW)],
    ),
    "a stage's default beats the global one": (
        "ARG A=1\nFROM alpine\nARG A=2\n",
        3,
        [("A", "2", Fate.NEW)],
    ),
    "ENV counts, not the ARG before it": (
        "FROM alpine\nARG A=1\nENV A=2\nRUN echo $A\n",
        4,
        [("A", "2", Fate.READ)],
    ),
    "one ENV sees the values before it": (
        "FROM alpine\nENV A=1\nENV A=2 B=$A\n",
        3,
        [("A", "1", Fate.READ), ("A", "2", Fate.CHANGED), ("B", "1", Fate.NEW)],
    ),
    "a stage ends its names": (
        "FROM alpine AS one\nENV A=1\nFROM alpine\nRUN echo $A\n",
        3,
        [("A", None, Fate.ENDS)],
    ),
    "a stage on a stage has its names": (
        "FROM alpine AS one\nARG A=1\nFROM one\nRUN echo $A\n",
        4,
        [("A", "1", Fate.READ)],
    ),
    "a single quote keeps the shell away": ("FROM alpine\nENV A=1\nRUN echo '$A'\n", 3, []),
    "a script's own variable is not ours": (
        "FROM alpine\nRUN for f in a; do echo $f; done\n",
        2,
        [],
    ),
    "an ARG is gone when a container starts": (
        "FROM alpine\nARG A=1\nCMD echo $A\n",
        3,
        [("A", None, Fate.EMPTY)],
    ),
    "a later ENV counts when a container starts": (
        "FROM alpine\nCMD echo $A\nENV A=2\n",
        2,
        [("A", "2", Fate.READ)],
    ),
    "the exec form has no shell": (
        'FROM alpine\nENV A=1\nCMD ["echo", "$A"]\n',
        3,
        [("$A", None, Fate.EMPTY)],
    ),
}


@pytest.mark.parametrize(("source", "line", "expected"), CASES.values(), ids=CASES)
def test_a_line_has_these_names(
    source: str, line: int, expected: list[tuple[str, str | None, Fate]]
) -> None:
    assert _names(source, line) == expected


def test_a_build_argument_beats_both_defaults() -> None:
    source = "ARG A=1\nFROM alpine\nARG A=2\n"

    assert _names(source, 1, A="3") == [("A", "3", Fate.NEW)]
    assert _names(source, 3, A="3") == [("A", "3", Fate.NEW)]


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("echo $A ${B} ${C:-c}", ("A", "B", "C")),
        ('echo "$A it\'s $B"', ("A", "B")),
        ("echo it's $A", ("A",)),
        ("echo '$A' $B", ("B",)),
        (r"echo \$A \\$B", ("B",)),
        (r'echo "\$A"', ()),
        ("echo $1 $? $$", ()),
    ],
)
def test_a_shell_fills_in_these_names(command: str, names: tuple[str, ...]) -> None:
    assert names_in(command) == names


def _read_by_run(source: str, target: str, **build_args: str) -> dict[int, list[Named]]:
    given = Given(REGISTRY.base_image, build_args, target)
    return {
        line.line: [one for one in line.names if one.fate is Fate.READ or one.value is None]
        for line in scope_of("x", source, given).lines
        if line.instruction.startswith("RUN echo")
    }


@pytest.mark.parametrize("build_args", [{}, {"TAG": "3.19"}, {"WORDS": "given", "FLAVOR": "x"}])
def test_what_a_run_line_reads_is_what_the_build_writes_there(build_args: dict[str, str]) -> None:
    source = SCOPED.replace("RUN echo $WORDS '$MOOD'", "RUN echo $TAG $WORDS $MOOD")
    result = Engine().build(source, Context.of({}), target="maker", build_args=build_args)
    written = {
        step.instruction.span.start: step.output[0].data.decode().splitlines()[0]
        for step in result.steps
        if step.text.startswith("RUN echo")
    }

    read = _read_by_run(source, "maker", **build_args)

    assert set(read) == set(written) == {4, 7}
    for line, names in read.items():
        assert " ".join(one.value or "" for one in names) == written[line]


def test_the_names_that_stay_are_those_of_the_image() -> None:
    scope = scope_of("x", SCOPED, Given(REGISTRY.base_image, {}, "maker"))
    image = Engine().build(SCOPED, Context.of({}), target="maker").image

    assert scope.kept == tuple(image.config.environment())
    assert scope.gone == ("TAG",)


@pytest.mark.parametrize("source", ["FRUM alpine\n", "", "ARG A\n"])
def test_a_file_that_cannot_be_read_has_no_scope(source: str) -> None:
    with pytest.raises(DockerfileError):
        scope_of("x", source, Given(REGISTRY.base_image, {}))


@pytest.mark.parametrize(("source", "target"), [("FROM $NIX\n", ""), ("FROM alpine\n", "nix")])
def test_a_base_or_target_that_is_not_there_has_no_scope(source: str, target: str) -> None:
    with pytest.raises(InstructionError):
        scope_of("x", source, Given(REGISTRY.base_image, {}, target))
