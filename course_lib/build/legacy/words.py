"""The older builder's words: its lines of history, and what it prints.

`/bin/sh -c #(nop)  CMD ["x"]`: it makes a container with a comment as its command and commits that.
The texts are those of moby's `daemon/builder/dockerfile`, version 29.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.build import history
from course_lib.build.gotext import duration, quoted_list
from course_lib.build.metadata import DEFAULT_SHELL
from course_lib.build.ports import exposed_ports
from course_lib.build.scope import PROXIES
from course_lib.dockerfile.gotext import quoted
from course_lib.dockerfile.instructions import (
    Add,
    Arg,
    Copy,
    Expose,
    Healthcheck,
    Onbuild,
    Workdir,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from course_lib.build.state import StageState
    from course_lib.dockerfile.instructions import Dockerfile, Instruction
    from course_lib.image.config import HealthConfig, ImageConfig

_SHORT = 12
_PRINTABLE = range(0x20, 0x7F)


def created_by(instruction: Instruction, config: ImageConfig) -> str:
    """The line of an instruction with its words expanded; `config` is the one after it."""
    shell = " ".join(config.shell or DEFAULT_SHELL)
    if isinstance(instruction, Workdir):
        return f"{shell} #(nop) WORKDIR {config.working_dir}"
    return f"{shell} #(nop)  {_comment(instruction, config)}"


def copied(instruction: Copy | Add, digest: str, config: ImageConfig) -> str:
    """The line of COPY and ADD, with the digest of the sources."""
    shell = " ".join(config.shell or DEFAULT_SHELL)
    word = "ADD" if isinstance(instruction, Add) else "COPY"
    chown = f"--chown={instruction.chown} " if instruction.chown else ""
    return f"{shell} #(nop) {word} {chown}{digest} in {instruction.dest} "


def run_created_by(argv: Sequence[str], state: StageState) -> str:
    """`|2 A=1 B=2 /bin/sh -c make`: the ARGs that no ENV hides, sorted, then argv."""
    env = state.config.environment()
    declared = {pair.name for pair in state.args if pair.name not in env}
    shown = sorted(
        f"{name}={state.environment[name]}" for name in declared & set(state.environment)
    )
    return " ".join([*([f"|{len(shown)}"] if shown else []), *shown, *argv])


def _comment(instruction: Instruction, config: ImageConfig) -> str:
    match instruction:
        case Onbuild(trigger=trigger):
            return f"ONBUILD {trigger}"
        case Expose(ports=ports):
            for port in ports:
                exposed_ports(port)
            return f"EXPOSE {' '.join(ports)}"
        case Healthcheck() if config.healthcheck is not None:
            return f"HEALTHCHECK {_health(config.healthcheck)}"
        case Arg(pairs=pairs):
            words = (p.name if p.value is None else f"{p.name}={p.value}" for p in pairs)
            return f"ARG {' '.join(words)}"
        case _:
            return history.created_by(instruction, config)


def _health(check: HealthConfig) -> str:
    """Go's `%q` of a pointer to the struct; a count is shown as the character of that number."""
    times = (check.interval, check.timeout, check.start_period, check.start_interval)
    printed = " ".join(quoted(duration(time)) for time in times)
    return f"&{{{quoted_list(check.test)} {printed} {_character(check.retries)}}}"


def _character(number: int) -> str:
    if number in _PRINTABLE:
        char = chr(number)
        return f"'\\{char}'" if char in "'\\" else f"'{char}'"
    named = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r"}
    return f"'\\{named[number]}'" if number in named else f"'\\x{number:02x}'"


def not_found(name: str, full: str, names: tuple[str, ...]) -> str:
    """The daemon's words for an image that is neither here nor in the registry."""
    del full, names
    repository = name.partition("@")[0]
    first, colon, tag = repository.rpartition(":")
    repository = first if colon and "/" not in tag else repository
    return (
        f"pull access denied for {repository}, repository does not exist or may require "
        "'docker login': denied: requested access to the resource is denied"
    )


def short(identity: str) -> str:
    """`5862ddcef4db` of `sha256:5862ddcef4db...`."""
    return identity.removeprefix("sha256:")[:_SHORT]


def unused(dockerfile: Dockerfile, build_args: Mapping[str, str]) -> str:
    """The warning about --build-arg that no ARG takes up; '' without any."""
    declared = {pair.name for arg in dockerfile.global_args for pair in arg.pairs}
    for stage in dockerfile.stages:
        declared |= {p.name for i in stage.instructions if isinstance(i, Arg) for p in i.pairs}
    left = sorted(set(build_args) - declared - PROXIES)
    return (
        f"[Warning] One or more build-args [{' '.join(left)}] were not consumed\n" if left else ""
    )
