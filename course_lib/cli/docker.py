"""`docker LINE`: find the command, let it work, turn what goes wrong into docker's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.cli.about import VERSION
from course_lib.cli.commands import ALL, COMMANDS, ELSEWHERE, GROUPS
from course_lib.cli.flags import Command, UsageError, nearest, parse, refused, run_help
from course_lib.cli.gotemplate import TemplateError
from course_lib.cli.help import group_usage, overview, usage
from course_lib.cli.session import Answer, Session
from course_lib.cli.words import CommandLine, LineError, commands
from course_lib.clock import START
from course_lib.engine import EngineError
from course_lib.image.entries import Content, File
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from course_lib.build import Context
    from course_lib.engine import Engine
    from course_lib.image.entries import Entry

_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=", re.ASCII)
_RUN_LIKE = frozenset({"run"})
_CANNOT_START = 125  # docker's exit code when docker itself fails


def docker(  # noqa: PLR0913 - a terminal, with what stands around it
    line: str | Sequence[str],
    engine: Engine,
    *,
    stdin: str = "",
    context: Context | None = None,
    files: Mapping[str, str] | None = None,
    piped: bool = False,
    environment: Mapping[str, str] | None = None,
) -> Answer:
    r"""Do what one docker command, or a script of them, would do; never raises for a learner's mistake.

    `line` is the text after the word docker (which may be there as well), or its words. A text of
    several lines is a script: one command per line, `#` comments, `\\` at the end of a line to go
    on. As at a prompt, a command that fails does not stop the next; the exit code is the last
    one's. `context` is the folder that `docker build .` reads; its files stand in the current folder of
    the host as well, and so do `files`. Without a context that folder is built. `piped` says that
    stdout is no terminal; `environment` is that of docker itself (DOCKER_BUILDKIT=0).
    """
    session = Session(engine, context, stdin, piped=piped)
    engine.host.hold({**(context.files if context else {}), **_texts(files or {})})
    try:
        for command in _lines(line):
            session.exit_code = 0
            assigned, words = _assigned(command.words)
            session.environment = {**(environment or {}), **assigned}
            _one(session, words)
    except LineError as error:
        session.complain(error.message, error.help)
        session.exit_code = 2
    return session.answer()


def _texts(files: Mapping[str, str]) -> Mapping[str, Entry]:
    return {name: File(Content.of(text), mtime=START) for name, text in files.items()}


def _lines(line: str | Sequence[str]) -> Iterable[CommandLine]:
    if isinstance(line, str):
        return commands(line)
    words = tuple(line)
    return (CommandLine(words, 1, " ".join(words)),)


def _one(session: Session, words: tuple[str, ...]) -> None:
    words = words[1:] if words[:1] == ("docker",) else words
    session.engine.settle()
    try:
        command, rest = _find(session, words)
        if command is not None:
            _do(session, command, rest)
    except UsageError as error:
        session.complain(error.message, error.help)
        session.exit_code = error.exit_code
    except TemplateError as error:
        session.complain(f"template parsing error: {error}")
        session.exit_code = 1


def _assigned(words: tuple[str, ...]) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """`DOCKER_BUILDKIT=0 docker build .`: the variables in front of a command, and the command."""
    count = next((n for n, word in enumerate(words) if not _ASSIGNMENT.match(word)), len(words))
    pairs = (word.partition("=") for word in words[:count])
    return {name: value for name, _, value in pairs}, words[count:]


def _find(session: Session, words: tuple[str, ...]) -> tuple[Command | None, tuple[str, ...]]:
    if words[:1] in (("-v",), ("--version",)):
        session.line(f"Docker version {VERSION}, build simulated")
        return None, ()
    if not words or words[0] in ("--help", "-h", "help"):
        session.out(overview(ALL))
        return None, ()
    name = words[0]
    if name in GROUPS:
        full = " ".join(words[:2])
        if full in COMMANDS:
            return COMMANDS[full], words[2:]
        if len(words) > 1 and not words[1].startswith("-"):
            raise _unknown_member(name, words[1])
        session.out(group_usage(name, ALL))
        return None, ()
    if name in COMMANDS:
        return COMMANDS[name], words[1:]
    raise _unknown(name)


def _unknown(name: str) -> UsageError:
    if name in ELSEWHERE:
        return UsageError(
            f"docker {name} is not simulated here",
            1,
            Text(
                "Real docker has this command; docker --help lists those that work here.",
                "真实的 docker 有这个命令；docker --help 会列出这里能用的命令。",
            ),
        )
    if name.startswith("-"):
        return UsageError(
            f"unknown flag: {name}\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n\n{run_help('')}",
            125,
        )
    near = nearest(name, [*COMMANDS, *GROUPS])
    did_you_mean = Text(f"Did you mean docker {near}?", f"是不是想写 docker {near}？")
    return UsageError(
        f"docker: unknown command: docker {name}\n\n{run_help('')}",
        1,
        did_you_mean if near else None,
    )


def _unknown_member(group: str, name: str) -> UsageError:
    near = nearest(
        name, [c.removeprefix(f"{group} ") for c in COMMANDS if c.startswith(f"{group} ")]
    )
    did_you_mean = Text(
        f"Did you mean docker {group} {near}?", f"是不是想写 docker {group} {near}？"
    )
    return UsageError(
        f"docker: unknown command: docker {group} {name}\n\n"
        f"Usage:  docker {group}\n\n{run_help(group)}",
        1,
        did_you_mean if near else None,
    )


def _do(session: Session, command: Command, words: tuple[str, ...]) -> None:
    parsed = parse(command, words)
    if parsed.help:
        session.out(usage(command))
        return
    try:
        command.do(session, parsed)
    except EngineError as error:
        _report(session, command, error)


def _report(session: Session, command: Command, error: EngineError) -> None:
    if command.name in _RUN_LIKE:
        session.complain(refused(error.shown.rstrip("."), command.name), error.help)
        session.exit_code = error.exit_code or _CANNOT_START
        return
    session.complain(error.shown, error.help)
    session.exit_code = error.exit_code or 1
