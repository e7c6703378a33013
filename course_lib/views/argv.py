"""ENTRYPOINT, CMD and the words after the image name: every pair of forms, and the process it gives."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from course_lib.dockerfile.instructions import ExecForm, ShellForm
from course_lib.image.config import ImageConfig
from course_lib.run.argv import Argv, NoCommandError, json_words, resolve
from course_lib.text import Text, same
from course_lib.views import palette
from course_lib.views.columns import columns, width
from course_lib.views.markup import Html, cell, code, fold, join, row, table, tag
from course_lib.views.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from course_lib.dockerfile.instructions import CommandForm

NOTHING = Text("(none)", "（无）")


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to write ENTRYPOINT or CMD: as a Dockerfile writes it, and as the config keeps it."""

    written: str  # '' where the instruction is absent
    words: tuple[str, ...] | None

    @classmethod
    def of(cls, form: CommandForm | None) -> Choice:
        """`["echo"]` stays as it is; the shell form becomes `/bin/sh -c TEXT`."""
        match form:
            case None:
                return cls("", None)
            case ExecForm(args=args):
                return cls(json_words(args), args)
            case ShellForm(text=text):
                return cls(text, ("/bin/sh", "-c", text))

    @property
    def label(self) -> str:
        """What to call the choice."""
        return self.written or str(NOTHING)


@dataclass(frozen=True, slots=True)
class Case:
    """One choice of each kind; `override` is the value of `--entrypoint`, None without the option."""

    entrypoint: Choice
    cmd: Choice
    args: tuple[str, ...] = ()
    override: str | None = None

    def outcome(self) -> Argv | NoCommandError:
        """The arguments of process 1 and their reasons, or docker's error."""
        config = ImageConfig(entrypoint=self.entrypoint.words, cmd=self.cmd.words)
        try:
            return resolve(config, self.args, self.override)
        except NoCommandError as error:
            return error

    @property
    def command(self) -> str:
        """The `docker run` line that starts it."""
        option = [] if self.override is None else ["--entrypoint", self.override or '""']
        return " ".join(["docker run", *option, "IMAGE", *self.args])


@dataclass(frozen=True, slots=True)
class Explorer:
    """The choices that can be combined; every combination is a `Case`."""

    entrypoints: tuple[Choice, ...]
    cmds: tuple[Choice, ...]
    args: tuple[tuple[str, ...], ...] = ((), ("docker",))
    overrides: tuple[str | None, ...] = (None, "ls", "")

    def cases(self) -> Iterator[Case]:
        """Every combination, in the order of a table."""
        for override, entrypoint, cmd, args in product(
            self.overrides, self.entrypoints, self.cmds, self.args
        ):
            yield Case(entrypoint, cmd, args, override)


EVERY_FORM = Explorer(
    entrypoints=tuple(map(Choice.of, (None, ShellForm("echo hello"), ExecForm(("echo", "hello"))))),
    cmds=tuple(map(Choice.of, (None, ShellForm("echo world"), ExecForm(("world",))))),
)
"""No ENTRYPOINT, its shell form, its exec form; the same for CMD."""


def explorer_of(config: ImageConfig, args: Sequence[str] = ()) -> Explorer:
    """Explore one image: its ENTRYPOINT and CMD as they are; `args` are words after its name."""
    given = tuple(args) or ("docker",)
    return Explorer((_kept(config.entrypoint),), (_kept(config.cmd),), ((), given))


def _kept(words: tuple[str, ...] | None) -> Choice:
    return Choice(json_words(words) if words else "", words)


_HEAD = (
    same("ENTRYPOINT"),
    same("CMD"),
    Text("after the image name", "镜像名之后"),
    Text("process 1", "1 号进程"),
)
_ANY = Text("(any)", "（任意）")
_SHORT = 10
"""Columns of a text that is not broken."""
_CAPTION = Text(
    "Which process runs: ENTRYPOINT, CMD and docker run",
    "运行哪个进程：ENTRYPOINT、CMD 与 docker run",
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the table: the words in its cells, and a case that it stands for."""

    words: tuple[str, str, str]
    case: Case


def draw_explorer(explorer: Explorer) -> Picture:
    """Draw a table of all cases. With `--entrypoint` the image's own two don't matter: one row for all."""
    lines = list(_lines(explorer))
    rows = [(*line.words, ran(line.case)) for line in lines]
    text = columns([str(word) for word in _HEAD], rows)
    html = table(
        [row(*(cell(word, head=True) for word in _HEAD)), *map(_html_row, lines)],
        caption=_CAPTION,
    )
    return Picture(f"{_CAPTION}\n{text}\n", html)


def _lines(explorer: Explorer) -> Iterator[_Line]:
    seen: set[tuple[object, ...]] = set()
    for case in explorer.cases():
        after = " ".join(case.args) or str(NOTHING)
        if case.override is None:
            yield _Line((case.entrypoint.label, case.cmd.label, after), case)
        elif (key := (case.override, case.args)) not in seen:
            seen.add(key)
            override = f"--entrypoint {case.override}" if case.override else '--entrypoint ""'
            yield _Line((override, str(_ANY), after), case)


def ran(case: Case) -> str:
    """`["echo", "hello"]`, the arguments of process 1, or docker's error."""
    outcome = case.outcome()
    if isinstance(outcome, NoCommandError):
        return f"{palette.WRONG.sign} {outcome}"
    return json_words(outcome.argv)


def _html_row(line: _Line) -> Html:
    outcome = line.case.outcome()
    wrong = isinstance(outcome, NoCommandError)
    tone = palette.WRONG if wrong else None
    why = Html() if isinstance(outcome, NoCommandError) else fold(_WHY, _reasons(outcome))
    return row(
        *(cell(code(word, wraps=width(word) > _SHORT)) for word in line.words),
        cell(code(ran(line.case)), why, tone=tone),
    )


_WHY = Text("why", "为什么")
_NONE_LEFT = Text(
    "Neither the image nor the command line names a program.",
    "镜像和命令行都没有指定要运行的程序。",
)


def _reasons(argv: Argv) -> Html:
    return tag("ul", *(tag("li", said) for said in argv.because), style="margin:0.2em 0")


def draw_case(case: Case) -> Picture:
    """Draw one case: the command line, each argument of process 1 with its source, and why."""
    outcome = case.outcome()
    if isinstance(outcome, NoCommandError):
        text = f"{case.command}\n  {ran(case)}\n  {_NONE_LEFT}\n"
        html = join(
            [
                tag("p", code(case.command)),
                table([row(cell(ran(case), tone=palette.WRONG))]),
                tag("p", _NONE_LEFT),
            ]
        )
        return Picture(text, html)
    rows = [
        (str(number), word, str(_source(case, outcome, number)))
        for number, word in enumerate(outcome.argv)
    ]
    head = [str(word) for word in (same("argv"), Text("word", "词"), Text("from", "来自"))]
    why = "".join(f"  - {said}\n" for said in outcome.because)
    text = f"{case.command}\n  {ran(case)}\n{columns(head, rows)}\n{why}"
    html = join(
        [
            tag("p", code(case.command), " → ", tag("b", code(ran(case)))),
            table(
                [
                    row(*(cell(word, head=True) for word in head)),
                    *(row(*(cell(code(word)) for word in line)) for line in rows),
                ]
            ),
            _reasons(outcome),
        ]
    )
    return Picture(text, html)


def _source(case: Case, argv: Argv, number: int) -> Text:
    if number < len(argv.from_entrypoint):
        return same("ENTRYPOINT" if case.override is None else "--entrypoint")
    number -= len(argv.from_entrypoint)
    return same("CMD") if number < len(argv.from_cmd) else Text("docker run", "docker run")
