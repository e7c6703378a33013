"""Rules about the instructions of a stage, which need to know its variables and its base."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from course_lib.dockerfile.errors import DockerfileError
from course_lib.dockerfile.expansion import HEREDOC, Expander, expand_with
from course_lib.dockerfile.instructions import (
    Add,
    Arg,
    Cmd,
    Copy,
    Entrypoint,
    Env,
    Expose,
    Healthcheck,
    Label,
    Shell,
    ShellForm,
    Workdir,
)
from course_lib.dockerfile.rules.catalogue import (
    COPY_IGNORED_FILE,
    EXPOSE_INVALID_FORMAT,
    EXPOSE_PROTO_CASING,
    JSON_ARGS_RECOMMENDED,
    LEGACY_KEY_VALUE_FORMAT,
    MULTIPLE_INSTRUCTIONS_DISALLOWED,
    SECRETS_USED_IN_ARG_OR_ENV,
    UNDEFINED_VAR,
    WORKDIR_RELATIVE_PATH,
)
from course_lib.dockerfile.rules.rule import Finding
from course_lib.dockerfile.scopes import stage_arg
from course_lib.dockerfile.suggestions import nearest
from course_lib.dockerfile.words import ExpansionError, Style, analyse, expand_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from course_lib.dockerfile.instructions import Instruction, Span
    from course_lib.dockerfile.rules.rule import Rule

DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_SECRET = re.compile(
    "(?:_|^)(?:apikey|auth|credential|credentials|key|password|pword|passwd|secret|token)(?:_|$)",
    re.IGNORECASE,
)
_NO_SECRET = re.compile("(?:_|^)(?:public|file|version)(?:_|$)", re.IGNORECASE)
_NEVER_VARIABLES = frozenset({"BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE"})
_A_FILE = "some-file"  # stands for whatever lies in the root of the context
_REMOTE = re.compile(r"https?://|git://|git@|\S+\.git(#|$)")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is the same for all stages of a file.

    `outer` are the global arguments; `ignored` tells whether .dockerignore keeps a path out.
    """

    outer: Mapping[str, str]
    build_args: Mapping[str, str]
    escape: str
    ignored: Callable[[str], bool] | None


@dataclass(slots=True)
class StageScope:
    """What is known at one line of a stage; a stage built from it goes on from a copy."""

    environment: dict[str, str] = field(default_factory=dict)
    args: frozenset[str] = frozenset()
    has_shell: bool = False
    workdir_set: bool = False

    def inherited(self) -> StageScope:
        """The scope with which a stage begins that is built FROM this one."""
        return replace(self, environment=dict(self.environment))


class BodyCheck:
    """Goes through the instructions of one stage, and keeps its scope up to date."""

    def __init__(self, scope: StageScope, knowledge: Knowledge) -> None:
        self.scope = scope
        self._knowledge = knowledge
        self._used: dict[str, Span] = {}

    def findings(self, instruction: Instruction) -> Iterator[Finding]:
        """What is to be said of the next instruction."""
        match instruction:
            case Arg():
                yield from self._arg(instruction)
                return
            case Cmd() | Entrypoint() | Healthcheck():
                yield from self._used_before(instruction)
        undefined: list[str] = []
        try:
            expanded = expand_with(instruction, self._expander(undefined))
        except (ExpansionError, DockerfileError):
            return  # the build itself reports what can't be expanded
        for name in undefined:
            yield self._undefined(instruction, name)
        yield from self._of_expanded(expanded)

    def _of_expanded(  # noqa: C901 - one case per instruction
        self, instruction: Instruction
    ) -> Iterator[Finding]:
        match instruction:
            case Env(pairs=pairs):
                yield from _legacy(instruction)
                for pair in pairs:
                    yield from _secret(instruction, "ENV", pair.name)
                    self.scope.environment[pair.name] = pair.value or ""
            case Label():
                yield from _legacy(instruction)
            case Cmd(command=ShellForm()) | Entrypoint(command=ShellForm()):
                if not self.scope.has_shell:
                    yield _finding(instruction, JSON_ARGS_RECOMMENDED, _word(instruction))
            case Shell():
                self.scope.has_shell = True
            case Workdir(path=path):
                if not self.scope.workdir_set and not path.startswith("/"):
                    yield _finding(instruction, WORKDIR_RELATIVE_PATH, path)
                self.scope.workdir_set = True
            case Expose(ports=ports):
                for port in ports:
                    yield from _port(instruction, port)
            case Copy(from_=""):
                yield from self._ignored(instruction, "Copy")
            case Add():
                yield from self._ignored(instruction, "Add")

    def _arg(self, instruction: Arg) -> Iterator[Finding]:
        for pair in instruction.pairs:
            yield from _secret(instruction, "ARG", pair.name)
            undefined: list[str] = []
            word = self._expander(undefined).word
            try:
                arg = stage_arg(pair, self._knowledge.outer, self._knowledge.build_args, word)
            except ExpansionError:
                continue  # the build itself reports it
            for name in undefined:
                yield self._undefined(instruction, name)
            self.scope.args |= {arg.name}
            if arg.value is not None:
                self.scope.environment[arg.name] = arg.value

    def _used_before(self, instruction: Instruction) -> Iterator[Finding]:
        kind = type(instruction).__name__
        if kind in self._used:
            message = MULTIPLE_INSTRUCTIONS_DISALLOWED.message(_word(instruction))
            yield Finding(
                MULTIPLE_INSTRUCTIONS_DISALLOWED, message, self._used[kind], instruction.comments
            )
        self._used[kind] = instruction.span

    def _expander(self, undefined: list[str]) -> Expander:
        """Expand and note the variables that nobody defined, once for each word they stand in."""

        def expanded(text: str, style: Style) -> str:
            if "$" not in text and style is HEREDOC:
                return text
            found = analyse(text, self.scope.environment, style)
            undefined.extend(sorted(found.unmatched - self.scope.args - _NEVER_VARIABLES))
            return found.text

        escape = self._knowledge.escape
        style = Style(escape)
        return Expander(
            lambda text: expanded(text, style),
            lambda text: expand_words(text, self.scope.environment, escape),
            lambda text: expanded(text, HEREDOC),
        )

    def _undefined(self, instruction: Instruction, name: str) -> Finding:
        message = UNDEFINED_VAR.message(name)
        near = nearest(name, self.scope.environment)
        if near is not None:
            message = f"{message} (did you mean ${near}?)"
        return Finding(UNDEFINED_VAR, message, instruction.span, instruction.comments)

    def _ignored(self, instruction: Copy | Add, word: str) -> Iterator[Finding]:
        if self._knowledge.ignored is None:
            return
        for source in instruction.sources:
            if _REMOTE.match(source):
                continue
            path = posixpath.normpath(source)
            if self._knowledge.ignored(path.lstrip("/") if path not in (".", "/") else _A_FILE):
                yield _finding(instruction, COPY_IGNORED_FILE, word, path)


def _legacy(instruction: Env | Label) -> Iterator[Finding]:
    if instruction.legacy_form:
        word = _word(instruction)
        yield _finding(instruction, LEGACY_KEY_VALUE_FORMAT, word, word)


def _secret(instruction: Arg | Env, word: str, name: str) -> Iterator[Finding]:
    if _SECRET.search(name) and not _NO_SECRET.search(name):
        yield _finding(instruction, SECRETS_USED_IN_ARG_OR_ENV, word, name)


def _port(instruction: Expose, port: str) -> Iterator[Finding]:
    protocol = port.partition("/")[2]
    if protocol != protocol.lower():
        yield _finding(instruction, EXPOSE_PROTO_CASING, port)
    if ":" in port:
        yield _finding(instruction, EXPOSE_INVALID_FORMAT, port)


def _word(instruction: Instruction) -> str:
    """The instruction word as typed."""
    return instruction.source.split(maxsplit=1)[0]


def _finding(instruction: Instruction, rule: Rule, *words: str) -> Finding:
    return Finding(rule, rule.message(*words), instruction.span, instruction.comments)
