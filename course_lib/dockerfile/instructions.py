"""The eighteen instructions of a Dockerfile, as values.

Each class shows in its docstring the line that it stands for. Values hold the
text before `$` expansion; `expansion.expand` gives the same instruction with its
words expanded. The shapes follow BuildKit's `instructions/commands.go`.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where something stands in the Dockerfile: 1-based lines, both ends included."""

    start: int
    end: int

    def __str__(self) -> str:
        """`3`, or `3-5` for a range."""
        return str(self.start) if self.start == self.end else f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class ShellForm:
    """`RUN echo hello`: one text, given to the shell (`/bin/sh -c` by default)."""

    text: str


@dataclass(frozen=True, slots=True)
class ExecForm:
    """`RUN ["echo", "hello"]`: the arguments of one process; no shell takes part."""

    args: tuple[str, ...]


CommandForm = ShellForm | ExecForm


@dataclass(frozen=True, slots=True)
class Pair:
    """`name=value` of ENV, LABEL or ARG; `value` is None for `ARG name`."""

    name: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Heredoc:
    """`<<-"name"` with its body: text between the line and the terminator.

    `expand` is False when a part of the name was quoted; `chomp` is True for `<<-`.
    `content` holds the body as written, before leading tabs are taken away.
    """

    name: str
    content: str
    expand: bool = True
    chomp: bool = False
    fd: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """What every instruction knows of its place in the file.

    `source` is the text of the instruction as written, with its continuation and
    heredoc lines and its line ending. An instruction that an ONBUILD trigger of the
    base image inserted has `onbuild=True` and the span of the FROM line.
    `comments` are the comment lines since the instruction before, without `#`.
    """

    span: Span = Span(0, 0)
    source: str = field(default="", repr=False)
    comments: tuple[str, ...] = field(default=(), repr=False)
    onbuild: bool = False


@dataclass(frozen=True, slots=True)
class From(Instruction):
    """`FROM [--platform=P] IMAGE [AS NAME]`; `name` is lower case, '' if absent."""

    image: str
    name: str = ""
    platform: str = ""


@dataclass(frozen=True, slots=True)
class Arg(Instruction):
    """`ARG name[=default] ...`; a `Pair` without value has no default."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Env(Instruction):
    """`ENV name=value ...`, or the older `ENV name value`."""

    pairs: tuple[Pair, ...]
    legacy_form: bool = False


@dataclass(frozen=True, slots=True)
class Label(Instruction):
    """`LABEL name=value ...`, or the older `LABEL name value`."""

    pairs: tuple[Pair, ...]
    legacy_form: bool = False


@dataclass(frozen=True, slots=True)
class Maintainer(Instruction):
    """`MAINTAINER text`: deprecated; sets the author of the image."""

    author: str


@dataclass(frozen=True, slots=True)
class Mount:
    """`RUN --mount=type=T,key=value,...`, keys in lower case and in the order written.

    A key without value (`readonly`, `rw`, `required`) has the value `true`.
    """

    type: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Run(Instruction):
    """`RUN [--mount=..] [--network=..] [--security=..] [--device=..] command`.

    With heredocs, `command` is the first line and `heredocs` hold the bodies in order.
    """

    command: CommandForm
    heredocs: tuple[Heredoc, ...] = ()
    mounts: tuple[Mount, ...] = ()
    network: str = ""
    security: str = ""
    devices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy(Instruction):
    """`COPY [flags] SRC ... DEST`.

    A heredoc source is in `heredocs` (its name is the file name) and not in
    `sources`. Flags that were not given are '' or False or ().
    """

    sources: tuple[str, ...]
    dest: str
    heredocs: tuple[Heredoc, ...] = ()
    from_: str = ""
    chown: str = ""
    chmod: str = ""
    link: bool = False
    parents: bool = False
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Add(Instruction):
    """`ADD [flags] SRC ... DEST`; `unpack` is None when the flag was not given."""

    sources: tuple[str, ...]
    dest: str
    heredocs: tuple[Heredoc, ...] = ()
    chown: str = ""
    chmod: str = ""
    link: bool = False
    checksum: str = ""
    keep_git_dir: bool = False
    unpack: bool | None = None
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workdir(Instruction):
    """`WORKDIR path`."""

    path: str


@dataclass(frozen=True, slots=True)
class User(Instruction):
    """`USER user[:group]`."""

    user: str


@dataclass(frozen=True, slots=True)
class Expose(Instruction):
    """`EXPOSE port[/protocol] ...`, each word as written."""

    ports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Volume(Instruction):
    """`VOLUME path ...` or `VOLUME ["path", ...]`."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stopsignal(Instruction):
    """`STOPSIGNAL signal`."""

    signal: str


@dataclass(frozen=True, slots=True)
class Healthcheck(Instruction):
    """`HEALTHCHECK [options] CMD command`, or `HEALTHCHECK NONE` (`command` is None).

    Durations are in nanoseconds; 0 means the daemon's default.
    """

    command: CommandForm | None
    interval: int = 0
    timeout: int = 0
    start_period: int = 0
    start_interval: int = 0
    retries: int = 0


@dataclass(frozen=True, slots=True)
class Shell(Instruction):
    """`SHELL ["executable", "parameter", ...]`."""

    args: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Onbuild(Instruction):
    """`ONBUILD INSTRUCTION arguments`: the trigger's text, read when it fires."""

    trigger: str


@dataclass(frozen=True, slots=True)
class Cmd(Instruction):
    """`CMD command` in shell or exec form."""

    command: CommandForm


@dataclass(frozen=True, slots=True)
class Entrypoint(Instruction):
    """`ENTRYPOINT command` in shell or exec form."""

    command: CommandForm


@dataclass(frozen=True, slots=True)
class Stage:
    """A FROM and the instructions up to the next one; `index` counts from 0."""

    index: int
    base: From
    instructions: tuple[Instruction, ...]

    @property
    def name(self) -> str:
        """The name given with AS, or ''."""
        return self.base.name


@dataclass(frozen=True, slots=True)
class Directive:
    """`# name=value` at the top of the file: `syntax`, `escape` or `check`."""

    name: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class CheckWarning:
    """`Rule: message (line N)`: what BuildKit says of a file that it accepts."""

    rule: str
    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Dockerfile:
    """A whole file, read; `name` is what messages call it.

    `"".join(pieces)` is the text of the file: comments, blank lines and the sources
    of the instructions in their order.
    """

    global_args: tuple[Arg, ...]
    stages: tuple[Stage, ...]
    directives: tuple[Directive, ...] = ()
    pieces: tuple[str, ...] = field(default=(), repr=False)
    escape: str = "\\"
    warnings: tuple[CheckWarning, ...] = ()
    name: str = "Dockerfile"

    @property
    def source(self) -> str:
        """The text of the file, as it was given."""
        return "".join(self.pieces)
