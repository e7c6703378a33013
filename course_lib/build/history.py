"""The lines of `docker history`: BuildKit's words for each instruction, and their times."""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch
from typing import TYPE_CHECKING

from course_lib.build.gotext import duration, plain_list, quoted_list
from course_lib.build.ports import exposed_ports
from course_lib.dockerfile.instructions import (
    Add,
    Arg,
    Cmd,
    Copy,
    Entrypoint,
    Env,
    Expose,
    Healthcheck,
    Instruction,
    Label,
    Maintainer,
    Shell,
    Stopsignal,
    User,
    Volume,
    Workdir,
)
from course_lib.image.config import ImageConfig

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from course_lib.dockerfile.instructions import Pair
    from course_lib.image.config import History

_MARK = " # buildkit"


@singledispatch
def created_by(instruction: Instruction, config: ImageConfig) -> str:
    """The text for an instruction with its words expanded; `config` is the one after it.

    RUN needs more than that: see `run_created_by`. ONBUILD leaves no line in BuildKit's history.
    """
    raise NotImplementedError(type(instruction), config)


@created_by.register
def _(instruction: Env, config: ImageConfig) -> str:
    del config
    return _pairs("ENV", instruction.pairs)


@created_by.register
def _(instruction: Arg, config: ImageConfig) -> str:
    del config
    return _pairs("ARG", instruction.pairs)


@created_by.register
def _(instruction: Label, config: ImageConfig) -> str:
    del config
    return _pairs("LABEL", instruction.pairs)


@created_by.register
def _(instruction: Maintainer, config: ImageConfig) -> str:
    del config
    return f"MAINTAINER {instruction.author}"


@created_by.register
def _(instruction: Expose, config: ImageConfig) -> str:
    del config
    ports = [port for word in sorted(instruction.ports) for port in exposed_ports(word)]
    return f"EXPOSE {plain_list(ports)}"


@created_by.register
def _(instruction: User, config: ImageConfig) -> str:
    return f"USER {config.user or instruction.user}"


@created_by.register
def _(instruction: Workdir, config: ImageConfig) -> str:
    return f"WORKDIR {config.working_dir or instruction.path}"


@created_by.register
def _(instruction: Volume, config: ImageConfig) -> str:
    del config
    return f"VOLUME {plain_list(instruction.paths)}"


@created_by.register
def _(instruction: Stopsignal, config: ImageConfig) -> str:
    del config
    return f"STOPSIGNAL {instruction.signal}"


@created_by.register
def _(instruction: Shell, config: ImageConfig) -> str:
    del config
    return f"SHELL {plain_list(instruction.args)}"


@created_by.register
def _(instruction: Cmd, config: ImageConfig) -> str:
    del instruction
    return f"CMD {quoted_list(config.cmd or ())}"


@created_by.register
def _(instruction: Entrypoint, config: ImageConfig) -> str:
    del instruction
    return f"ENTRYPOINT {quoted_list(config.entrypoint or ())}"


@created_by.register
def _(instruction: Healthcheck, config: ImageConfig) -> str:
    test = config.healthcheck.test if config.healthcheck else ()
    times = (
        ("Interval", instruction.interval),
        ("Timeout", instruction.timeout),
        ("StartPeriod", instruction.start_period),
        ("StartInterval", instruction.start_interval),
    )
    printed = " ".join(f"{name}:{duration(value)}" for name, value in times)
    return f"HEALTHCHECK {{Test:{plain_list(test)} {printed} Retries:{instruction.retries}}}"


@created_by.register
def _(instruction: Copy, config: ImageConfig) -> str:
    del config
    return _copied("COPY", instruction, parents=instruction.parents)


@created_by.register
def _(instruction: Add, config: ImageConfig) -> str:
    del config
    return _copied("ADD", instruction, parents=False)


def run_created_by(
    argv: Iterable[str], args: Sequence[Pair], environment: Mapping[str, str]
) -> str:
    """`RUN |1 V=2 /bin/sh -c make # buildkit`: the ARGs in force with their values, then argv."""
    values = {pair.name: environment.get(pair.name, pair.value or "") for pair in args}
    count = [f"|{len(values)}"] if values else []
    shown = [f"{name}={value}" for name, value in values.items()]
    return " ".join(["RUN", *count, *shown, *argv]) + _MARK


def with_times(history: Sequence[History]) -> tuple[History, ...]:
    """Fill in times: lines without a layer take that of the layer before them.

    Before the first new layer they take the time of that layer; where there is none, of the base.
    """
    missing = next((i for i, line in enumerate(history) if not line.created), len(history))
    known = [line.created for line in history[:missing]]
    later = [line.created for line in history[missing:] if line.created]
    time = later[0] if later else known[-1] if known else ""
    filled: list[History] = []
    for line in history:
        if line.created:
            time = line.created if len(filled) > missing else time
            filled.append(line)
        else:
            filled.append(replace(line, created=time))
    return tuple(filled)


def _pairs(word: str, pairs: Sequence[Pair]) -> str:
    shown = (pair.name if pair.value is None else f"{pair.name}={pair.value}" for pair in pairs)
    return " ".join([word, *shown])


def _copied(word: str, instruction: Copy | Add, *, parents: bool) -> str:
    flags = ["--parents"] if parents else []
    flags += [f"--chown={instruction.chown}"] if instruction.chown else []
    flags += [f"--chmod={instruction.chmod}"] if instruction.chmod else []
    documents = [f"<<{heredoc.name}" for heredoc in instruction.heredocs]
    words = [word, *flags, *instruction.sources, *documents, instruction.dest]
    return " ".join(words) + _MARK
