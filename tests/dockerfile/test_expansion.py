"""Which words of an instruction are expanded, and which are not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from course_lib.dockerfile import DockerfileError, expand, parse
from course_lib.dockerfile.instructions import (
    Add,
    Arg,
    Copy,
    Env,
    Expose,
    Heredoc,
    Label,
    Mount,
    Pair,
    Run,
    ShellForm,
    Span,
    Stopsignal,
    User,
    Volume,
    Workdir,
)
from course_lib.dockerfile.words import ExpansionError

if TYPE_CHECKING:
    from course_lib.dockerfile.instructions import Instruction

ENVIRONMENT = {"X": "1", "TWO": "a b", "EMPTY": ""}


def read(line: str, head: str = "") -> Instruction:
    """The instruction of a line, without its place."""
    found = parse(f"{head}FROM a\n{line}\n").stages[0].instructions[0]
    return replace(found, span=Span(2, 2), source="")


def expanded(line: str) -> Instruction:
    return expand(read(line), ENVIRONMENT, "\\")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ENV A=$X B=$A C='$X' D=\"$TWO\"", Env(pairs=(
            Pair("A", "1"), Pair("B", ""), Pair("C", "$X"), Pair("D", "a b")))),
        ("ENV $X=2 A$X=\\$X", Env(pairs=(Pair("1", "2"), Pair("A1", "$X")))),
        ("ENV A $X y", Env(pairs=(Pair("A", "1 y"),), legacy_form=True)),
        ("LABEL l$X=${X}0 m=${Y:-z}", Label(pairs=(Pair("l1", "10"), Pair("m", "z")))),
        ("ARG A=$X B", Arg(pairs=(Pair("A", "1"), Pair("B", None)))),
        (
            "COPY --chown=$X --chmod=${X}00 $X.txt /$X/",
            Copy(sources=("1.txt",), dest="/1/", chown="1", chmod="100"),
        ),
        ("ADD --checksum=$X a$X $X/", Add(sources=("a1",), dest="1/", checksum="1")),
        ("EXPOSE $X $EMPTY 8$X $TWO", Expose(ports=("1", "81", "a", "b"))),
        ("USER u$X", User(user="u1")),
        ("WORKDIR /$X/$TWO", Workdir(path="/1/a b")),
        ("VOLUME /$X $TWO", Volume(paths=("/1", "a b"))),
        ("STOPSIGNAL $X", Stopsignal(signal="1")),
        (
            "COPY <<E /x\n$X '$X' \\$X\nE",
            Copy(sources=(), dest="/x", heredocs=(Heredoc("E", "1 '1' $X\n"),)),
        ),
        (
            "RUN --mount=type=tmpfs,target=/$X a",
            Run(command=ShellForm("a"), mounts=(Mount("tmpfs", (("target", "/1"),)),)),
        ),
    ],
)  # fmt: skip
def test_words_are_expanded(line: str, expected: Instruction) -> None:
    assert expanded(line) == replace(expected, span=Span(2, 2))


@pytest.mark.parametrize(
    "line",
    [
        "RUN echo $X",
        'RUN ["echo", "$X"]',
        "RUN <<E\n$X\nE",
        "CMD $X",
        'CMD ["$X"]',
        "ENTRYPOINT $X",
        "HEALTHCHECK CMD $X",
        'SHELL ["$X"]',
        "MAINTAINER $X",
        "ONBUILD RUN $X",
        "COPY --from=$X --exclude=$X a b",
        "COPY <<'E' /x\n$X\nE",
        "RUN --mount=type=bind,target=/x,from=a b",
    ],
)
def test_words_are_left_alone(line: str) -> None:
    assert expanded(line) == read(line)


def test_the_escape_character_is_that_of_the_file() -> None:
    line = read("WORKDIR `$X", head="# escape=`\n")
    assert expand(line, ENVIRONMENT, "`") == Workdir(path="$X", span=Span(2, 2))


def test_from_is_expanded_in_image_and_platform() -> None:
    base = parse("FROM --platform=p$X i$X AS n").stages[0].base
    found = expand(base, ENVIRONMENT, "\\")
    assert (found.platform, found.image, found.name) == ("p1", "i1", "n")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("ENV A=${X", 'failed to process "${X": unsupported modifier (\ufffd) in substitution'),
        ("WORKDIR ${X:-", "failed to process \"${X:-\": syntax error: missing '}'"),
        ("USER ${Y?}", 'failed to process "${Y?}": Y: is not allowed to be unset'),
        ("USER ${EMPTY:?no}", 'failed to process "${EMPTY:?no}": EMPTY: no'),
        ("EXPOSE ${}", 'failed to process "${}": syntax error: bad substitution'),
        (
            'LABEL a="b',
            (
                'failed to process "\\"b": unexpected end of statement while looking for matching '
                "double-quote"
            ),
        ),
    ],
)
def test_what_cannot_be_expanded_says_why(line: str, message: str) -> None:
    with pytest.raises(ExpansionError) as caught:
        expanded(line)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("mount", "message"),
    [
        ("type=cash,target=/c", 'unsupported mount type "cash" (did you mean cache?)'),
        ("type=$X", 'unsupported mount type "1"'),
        (
            "type=cache,tarcet=/x",
            "unexpected key 'tarcet' in 'tarcet=/x' (did you mean target?)",
        ),
        ("type=cache,target=/x,ro=maybe", "invalid value for ro: maybe"),
        ("required,target=/x", "unexpected key 'required' for mount type 'bind'"),
        ("type=cache,target=/x,size=1", "unexpected key 'size' for mount type 'cache'"),
        ("type=tmpfs,target=/x,size=big", "invalid value for size: big"),
        (
            "type=cache,target=/x,sharing=lockd",
            'unsupported sharing value "lockd" (did you mean locked?)',
        ),
        ("type=bind,target=/x,sharing=shared", "invalid cache sharing set for bind mount"),
        ("type=cache,target=/x,mode=9", "invalid value 9 for mode"),
        ("type=cache,target=/x,uid=a", "invalid value a for uid"),
        ("type=bind,target=/x,gid=1", 'gid not allowed for "bind" type mounts'),
        ("type=secret", "invalid secret mount. one of source, target required"),
        ("type=secret,id=a,source=b", "both source and id can't be set"),
        ("type=secret,id=a,from=b", "secret mount should not have a from"),
    ],
)
def test_a_wrong_mount_is_refused_when_its_values_are_known(mount: str, message: str) -> None:
    with pytest.raises(DockerfileError) as caught:
        expanded(f"RUN --mount={mount} x")
    assert caught.value.message == message
    assert str(caught.value.span) == "2"
    assert caught.value.help


@pytest.mark.parametrize(
    "mount",
    [
        "type=cache,target=/x,sharing=Locked,id=a,mode=0755,uid=1,gid=2,from=b,source=/c",
        "type=tmpfs,dst=/x,size=64m",
        "type=secret,id=a,required=true,mode=0400",
        "type=ssh,required",
        "target=/x,rw",
        "type=BIND,source=a,destination=/x,readonly=false",
    ],
)
def test_a_right_mount_is_accepted(mount: str) -> None:
    run = expanded(f"RUN --mount={mount} x")
    assert isinstance(run, Run)
    assert run.mounts[0].type in ("bind", "cache", "tmpfs", "secret", "ssh")
