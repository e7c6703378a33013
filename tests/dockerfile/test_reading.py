"""What is accepted, and the values that it gives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from course_lib.dockerfile import parse, parse_trigger
from course_lib.dockerfile.instructions import (
    Add,
    Arg,
    Cmd,
    Copy,
    Entrypoint,
    Env,
    ExecForm,
    Expose,
    From,
    Healthcheck,
    Heredoc,
    Label,
    Maintainer,
    Mount,
    Onbuild,
    Pair,
    Run,
    Shell,
    ShellForm,
    Span,
    Stopsignal,
    User,
    Volume,
    Workdir,
)

if TYPE_CHECKING:
    from course_lib.dockerfile.instructions import Instruction


def bare(instruction: Instruction) -> Instruction:
    """An instruction without its place."""
    return replace(instruction, span=Span(0, 0), source="", comments=())


def shell(text: str) -> Run:
    return Run(command=ShellForm(text))


def files(sources: str, dest: str) -> Copy:
    return Copy(sources=tuple(sources.split()), dest=dest)


SECOND = 1_000_000_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RUN make", shell("make")),
        ("run  make  all ", shell("make  all")),
        ("RUN", shell("")),
        ("RUN a # b", shell("a # b")),
        ("RUN a && \\\n    b", shell("a &&     b")),
        ("RUN a \\ \t\n\n # c\n b\\\n", shell("a  b")),
        ("RUN a\\\\\nENV A=1", shell("a\\\\")),
        ('RUN ["a", "b c"]', Run(command=ExecForm(("a", "b c")))),
        ("RUN []", Run(command=ExecForm(()))),
        ("RUN ['a']", shell("['a']")),
        ("RUN [“a”]", shell("[“a”]")),
        ('RUN ["a",]', shell('["a",]')),
        ('RUN ["a"] b', shell('["a"] b')),
        ('RUN ["a"', shell('["a"')),
        ("RUN [NaN]", shell("[NaN]")),
        ('RUN ["\\ud800"]', Run(command=ExecForm(("\ufffd",)))),
        ("RUN " + "[" * 5000, shell("[" * 5000)),
        ("RUN -- --x", shell("--x")),
        ("RUN a --x", shell("a --x")),
        (
            "RUN --network=none --security=insecure x",
            Run(command=ShellForm("x"), network="none", security="insecure"),
        ),
        (
            "RUN --mount=type=cache,Target=/c,readonly --mount='type=bind,\"source=a,b\"' x",
            Run(
                command=ShellForm("x"),
                mounts=(
                    Mount("cache", (("target", "/c"), ("readonly", "true"))),
                    Mount("bind", (("source", "a,b"),)),
                ),
            ),
        ),
        ("RUN --device=a/b=c,required x", Run(command=ShellForm("x"), devices=("a/b=c,required",))),
        ("CMD", Cmd(command=ShellForm(""))),
        ("CMD []", Cmd(command=ExecForm(()))),
        ('CMD\t[ "a" ]\t', Cmd(command=ExecForm(("a",)))),
        ("ENTRYPOINT a b", Entrypoint(command=ShellForm("a b"))),
        ("COPY a b /c/", files("a b", "/c/")),
        ('COPY ["a b", "/c d"]', Copy(sources=("a b",), dest="/c d")),
        ("COPY ['a', 'b']", files("['a',", "'b']")),
        ('COPY "a b" c', files('"a b"', "c")),
        (
            "COPY --from=x --chown=1:2 --chmod=755 --link --parents --exclude=a --exclude=b c d",
            Copy(
                sources=("c",), dest="d", from_="x", chown="1:2", chmod="755", link=True,
                parents=True, exclude=("a", "b"),
            ),
        ),
        ("COPY --link=false a b", files("a", "b")),
        ("COPY --from= a b", files("a", "b")),
        ('COPY --chown="a b" c d', Copy(sources=("c",), dest="d", chown="a b")),
        (
            "ADD --checksum=sha256:1 --keep-git-dir --unpack=false a b",
            Add(sources=("a",), dest="b", checksum="sha256:1", keep_git_dir=True, unpack=False),
        ),
        ("ADD a b", Add(sources=("a",), dest="b", unpack=None)),
        ('ENV A=1 B="x y" C=a\\ b D=', Env(pairs=(
            Pair("A", "1"), Pair("B", '"x y"'), Pair("C", "a\\ b"), Pair("D", "")))),
        ("ENV A x = y", Env(pairs=(Pair("A", "x = y"),), legacy_form=True)),
        ("ENV a = b", Env(pairs=(Pair("a", "= b"),), legacy_form=True)),
        ("ENV A='x\\' B=1", Env(pairs=(Pair("A", "'x\\'"), Pair("B", "1")))),
        ("LABEL a=1 a=2", Label(pairs=(Pair("a", "1"), Pair("a", "2")))),
        ("LABEL a b c", Label(pairs=(Pair("a", "b c"),), legacy_form=True)),
        ("ARG A B= C=x=y", Arg(pairs=(Pair("A", None), Pair("B", ""), Pair("C", "x=y")))),
        ("ARG A='x y'", Arg(pairs=(Pair("A", "'x y'"),))),
        ("EXPOSE 80 443/tcp $P", Expose(ports=("80", "443/tcp", "$P"))),
        ("VOLUME /a /b", Volume(paths=("/a", "/b"))),
        ('VOLUME [" /a ", "/b"]', Volume(paths=("/a", "/b"))),
        ("WORKDIR /a b", Workdir(path="/a b")),
        ("USER a:b c", User(user="a:b c")),
        ("STOPSIGNAL --x SIGTERM", Stopsignal(signal="SIGTERM")),
        ("MAINTAINER a <b>", Maintainer(author="a <b>")),
        ('SHELL ["a", "-c"]', Shell(args=("a", "-c"))),
        ("HEALTHCHECK NONE", Healthcheck(command=None)),
        ("HEALTHCHECK --interval=5s none", Healthcheck(command=None)),
        ("HEALTHCHECK cmd curl  x", Healthcheck(command=ShellForm("curl  x"))),
        ('HEALTHCHECK CMD ["a", "b"]', Healthcheck(command=ExecForm(("a", "b")))),
        (
            ("HEALTHCHECK --interval=1m30s --timeout=1.5s --start-period=0 --start-interval=2ms "
            "--retries=+3 CMD x"),
            Healthcheck(
                command=ShellForm("x"), interval=90 * SECOND, timeout=3 * SECOND // 2,
                start_interval=SECOND // 500, retries=3,
            ),
        ),
        ("ONBUILD  RUN a  b", Onbuild(trigger="RUN a  b")),
        ("onbuild FOO x", Onbuild(trigger="FOO x")),
        ("ONBUILD COPY <<E /x\na\nE", Onbuild(trigger="COPY <<E /x\na\nE")),
        ("ONBUILD RUN a \\\n b", Onbuild(trigger="RUN a  b")),
    ],
)  # fmt: skip
def test_an_instruction_is_read_as(text: str, expected: Instruction) -> None:
    assert bare(parse(f"FROM a\n{text}\n").stages[0].instructions[0]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FROM a", From(image="a")),
        ("from a:1@sha256:2 as Build-1.x_y", From(image="a:1@sha256:2", name="build-1.x_y")),
        ("FROM --platform=$P ${I}", From(image="${I}", platform="$P")),
        ("  FROM\ta\tAs\tb", From(image="a", name="b")),
    ],
)
def test_from_is_read_as(text: str, expected: Instruction) -> None:
    assert bare(parse(text).stages[0].base) == expected


@pytest.mark.parametrize(
    ("line", "heredocs"),
    [
        ("RUN <<E\nx $y\nE", (Heredoc("E", "x $y\n"),)),
        ("RUN <<E\nE", (Heredoc("E", ""),)),
        ("RUN cat <<-E > f\n\tx\n\tE", (Heredoc("E", "\tx\n", chomp=True),)),
        ("RUN 3<<'E'\nx\nE", (Heredoc("E", "x\n", expand=False, fd=3),)),
        ('RUN <<"a b"\nx\na b', (Heredoc("a b", "x\n", expand=False),)),
        ("RUN <<A <<B\n1\nA\n2\nB", (Heredoc("A", "1\n"), Heredoc("B", "2\n"))),
        ("RUN << E\n\n# c\n\\\nE", (Heredoc("E", "\n# c\n\\\n"),)),
        ("RUN <<E\r\nx\r\nE\r", (Heredoc("E", "x\r\n"),)),
        ('RUN ["<<E"]', ()),
        ("RUN '<<E'", ()),
        ("RUN <<<E", ()),
        ("RUN x <<", ()),
        ("RUN $((1<<2))", ()),
        ("COPY <<a.txt <<b.txt /d/\n1\na.txt\n2\nb.txt", (Heredoc("a.txt", "1\n"), Heredoc("b.txt", "2\n"))),
        ("ADD <<-E x /d/\n\t1\nE", (Heredoc("E", "\t1\n", chomp=True),)),
    ],
)  # fmt: skip
def test_heredocs_are_read_as(line: str, heredocs: tuple[Heredoc, ...]) -> None:
    instruction = parse(f"FROM a\n{line}\nUSER z\n").stages[0].instructions[0]
    assert isinstance(instruction, Run | Copy | Add)
    assert instruction.heredocs == heredocs


def test_a_heredoc_source_is_no_file_source() -> None:
    copy = parse("FROM a\nCOPY <<E x /d/\n1\nE\n").stages[0].instructions[0]
    assert isinstance(copy, Copy)
    assert (copy.sources, copy.dest, copy.heredocs[0].name) == (("x",), "/d/", "E")


@pytest.mark.parametrize(
    "line", ["ENV A=<<E", "CMD <<E", "LABEL a=<<E", "USER <<E", "ENTRYPOINT <<E"]
)
def test_only_run_copy_and_add_have_heredocs(line: str) -> None:
    assert len(parse(f"FROM a\n{line}\nUSER x\n").stages[0].instructions) == 2


def test_a_trigger_is_an_instruction_of_the_from_line() -> None:
    trigger = parse_trigger("COPY <<E /x\na\nE", Span(4, 4))
    assert trigger.onbuild
    assert trigger.span == Span(4, 4)
    assert bare(replace(trigger, onbuild=False)) == Copy(
        sources=(), dest="/x", heredocs=(Heredoc("E", "a\n"),)
    )


def test_stages_and_the_arguments_above_them() -> None:
    found = parse("ARG A=1\nARG B\nFROM a AS One\nRUN x\nARG C\nFROM one\n")
    assert [bare(arg) for arg in found.global_args] == [
        Arg(pairs=(Pair("A", "1"),)), Arg(pairs=(Pair("B", None),))
    ]  # fmt: skip
    assert [(stage.index, stage.name, len(stage.instructions)) for stage in found.stages] == [
        (0, "one", 2), (1, "", 0)
    ]  # fmt: skip
