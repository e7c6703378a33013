"""`docker commit --change`: Dockerfile instructions applied to a container's config.

Only instructions that change a config are allowed. They are read and applied as the daemon's builder
does (moby `builder/dockerfile`, BuildFromConfig); the merge with the container's own config comes
after that, in `commit.py`.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.dockerfile import DockerfileError, expand, parse
from course_lib.dockerfile.instructions import (
    Cmd,
    CommandForm,
    Entrypoint,
    Env,
    ExecForm,
    Expose,
    Healthcheck,
    Instruction,
    Label,
    Onbuild,
    Pair,
    Stopsignal,
    User,
    Volume,
    Workdir,
)
from course_lib.engine.errors import EngineError
from course_lib.image.config import HealthConfig
from course_lib.run.signals import InvalidSignalError, signal_name
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from course_lib.image.config import ImageConfig

_ALLOWED = (
    "CMD", "ENTRYPOINT", "ENV", "EXPOSE", "HEALTHCHECK", "LABEL", "ONBUILD", "STOPSIGNAL", "USER",
    "VOLUME", "WORKDIR",
)  # fmt: skip
_PLACE = re.compile(r"^dockerfile parse error on line \d+: ")  # of lines that are no file
_DEFAULT_SHELL = ("/bin/sh", "-c")


def changed_config(config: ImageConfig, changes: Sequence[str]) -> ImageConfig:
    """A config after `--change` instructions, each text one or more lines of a Dockerfile.

    Raises:
        EngineError: an instruction that is not allowed, or that can't be read.

    """
    cmd_was_set = False
    for instruction in _read(changes):
        config = _apply(config, instruction, cmd_was_set=cmd_was_set)
        cmd_was_set = cmd_was_set or isinstance(instruction, Cmd)
    return config


def _read(changes: Sequence[str]) -> Iterable[Instruction]:
    if not changes:
        return ()
    for change in changes:
        word = next(iter(change.split()), "").upper()
        if word and word not in _ALLOWED and not word.startswith("#"):
            raise _not_allowed(word)
    try:
        dockerfile = parse("FROM scratch\n" + "\n".join(changes))
    except DockerfileError as error:
        raise EngineError(_PLACE.sub("", error.message), help=error.help) from error
    instructions = dockerfile.stages[0].instructions
    if not instructions:
        msg = "file with no instructions"
        raise EngineError(msg)
    for instruction in instructions:
        word = type(instruction).__name__.upper()
        if word not in _ALLOWED:
            raise _not_allowed(word)
    return instructions


def _not_allowed(word: str) -> EngineError:
    return EngineError(
        f"{word} is not a valid change command",
        help=Text(
            f"--change can only edit the config: {', '.join(_ALLOWED)}.",
            f"--change 只能修改配置：{', '.join(_ALLOWED)}。",
        ),
    )


def _apply(  # noqa: C901, PLR0911, PLR0912 - one case per instruction
    config: ImageConfig, written: Instruction, *, cmd_was_set: bool
) -> ImageConfig:
    match expand(written, config.environment(), "\\"):
        case Cmd(command=command):
            return replace(config, cmd=_words(config, command))
        case Entrypoint(command=command):
            return replace(
                config,
                entrypoint=_words(config, command)
                or None,  # [] is nothing given: the merge puts it back
                cmd=config.cmd if cmd_was_set else None,
            )
        case Env(pairs=pairs):
            return replace(config, env=_with_env(config, pairs))
        case Label(pairs=pairs):
            labels = {pair.name: pair.value or "" for pair in pairs}
            return replace(config, labels={**config.labels, **labels})
        case Expose(ports=ports):
            exposed = {*config.exposed_ports, *(_port(port) for port in ports)}
            return replace(config, exposed_ports=tuple(sorted(exposed)))
        case Volume(paths=paths):
            if "" in paths:
                msg = "VOLUME specified can not be an empty string"
                raise EngineError(msg)
            return replace(config, volumes=tuple(sorted({*config.volumes, *paths})))
        case User(user=user):
            return replace(config, user=user)
        case Workdir(path=path):
            if not path.startswith("/"):
                path = posixpath.normpath(posixpath.join(config.working_dir or "/", path))
            return replace(config, working_dir=path)
        case Stopsignal(signal=signal):
            _check_signal(signal)
            return replace(config, stop_signal=signal)
        case Onbuild(trigger=trigger):
            return replace(config, on_build=(*config.on_build, trigger))
        case Healthcheck() as check:
            return replace(config, healthcheck=_health(check))
        case other:
            raise _not_allowed(type(other).__name__.upper())


def _check_signal(signal: str) -> None:
    try:
        signal_name(signal)
    except InvalidSignalError as error:
        raise EngineError(str(error)) from error


def _words(config: ImageConfig, command: CommandForm) -> tuple[str, ...]:
    if isinstance(command, ExecForm):
        return command.args
    return (*(config.shell or _DEFAULT_SHELL), command.text)


def _with_env(config: ImageConfig, pairs: Sequence[Pair]) -> tuple[str, ...]:
    values = config.environment() | {pair.name: pair.value or "" for pair in pairs}
    return tuple(f"{name}={value}" for name, value in values.items())


def _port(text: str) -> str:
    number, _, protocol = text.partition("/")
    if not number.isdigit():
        msg = f"invalid containerPort: {text}"
        raise EngineError(msg)
    return f"{number}/{protocol.lower() or 'tcp'}"


def _health(check: Healthcheck) -> HealthConfig:
    if check.command is None:
        test: tuple[str, ...] = ("NONE",)
    elif isinstance(check.command, ExecForm):
        test = ("CMD", *check.command.args)
    else:
        test = ("CMD-SHELL", check.command.text)
    return HealthConfig(
        test,
        interval=check.interval,
        timeout=check.timeout,
        start_period=check.start_period,
        start_interval=check.start_interval,
        retries=check.retries,
    )
