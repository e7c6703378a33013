"""Instructions that change only the config: what each does to it.

`changed(instruction, config)` takes the instruction with its words already expanded. The rules are
BuildKit's `dispatch*` functions.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from functools import singledispatch
from types import MappingProxyType
from typing import TYPE_CHECKING

from course_lib.build.errors import InstructionError
from course_lib.build.ports import exposed_ports
from course_lib.dockerfile.instructions import (
    Cmd,
    Entrypoint,
    Env,
    ExecForm,
    Expose,
    Healthcheck,
    Instruction,
    Label,
    Onbuild,
    Shell,
    Stopsignal,
    User,
    Volume,
    Workdir,
)
from course_lib.image.config import HealthConfig, ImageConfig
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.dockerfile.instructions import CommandForm, Pair

DEFAULT_SHELL = ("/bin/sh", "-c")
_SIGNALS = (
    "ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT "
    "STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ"
)
_REAL_TIME = re.compile(r"RTMIN(\+([1-9]|1[0-5]))?|RTMAX(-([1-9]|1[0-4]))?")


def command_line(config: ImageConfig, command: CommandForm) -> tuple[str, ...]:
    """The argv of a command: exec form as it is, shell form behind the SHELL in force."""
    if isinstance(command, ExecForm):
        return command.args
    return (*(config.shell or DEFAULT_SHELL), command.text)


def with_env(env: tuple[str, ...], pairs: Sequence[Pair]) -> tuple[str, ...]:
    """Env after more pairs: a known name keeps its place, a new one goes to the end."""
    if len(pairs) == 1:  # the common form, without taking all of Env apart
        name, text = f"{pairs[0].name}=", f"{pairs[0].name}={pairs[0].value or ''}"
        at = next((n for n, known in enumerate(env) if known.startswith(name)), len(env))
        return (*env[:at], text, *env[at + 1 :])
    values = dict(pair.partition("=")[::2] for pair in env)
    values |= {pair.name: pair.value or "" for pair in pairs}
    return tuple(f"{name}={value}" for name, value in values.items())


def working_dir(current: str, path: str) -> str:
    """Where WORKDIR leads: an absolute path as written, a relative one from the current."""
    if not path:
        return current or "/"
    if path.startswith("/"):
        return path
    return posixpath.normpath(posixpath.join("/", current, path))


def new_entries(config: ImageConfig, before: ImageConfig) -> int:
    """How many variables, labels, ports, volumes and triggers were written anew: what a change costs."""
    return sum(
        len(new)
        for name in ("env", "labels", "exposed_ports", "volumes", "on_build")
        if (new := getattr(config, name)) is not getattr(before, name)
    )


@singledispatch
def changed(instruction: Instruction, config: ImageConfig) -> ImageConfig:
    """The config after an instruction; the same one for an instruction that leaves it alone.

    Raises:
        InstructionError: a port, a signal or a volume that Docker refuses.

    """
    del instruction
    return config


@changed.register
def _(instruction: Env, config: ImageConfig) -> ImageConfig:
    return replace(config, env=with_env(config.env, instruction.pairs))


@changed.register
def _(instruction: Label, config: ImageConfig) -> ImageConfig:
    labels = {pair.name: pair.value or "" for pair in instruction.pairs}
    return replace(config, labels=MappingProxyType({**config.labels, **labels}))


@changed.register
def _(instruction: Expose, config: ImageConfig) -> ImageConfig:
    ports = {port for word in instruction.ports for port in exposed_ports(word)}
    return replace(config, exposed_ports=tuple(sorted({*config.exposed_ports, *ports})))


@changed.register
def _(instruction: User, config: ImageConfig) -> ImageConfig:
    return replace(config, user=instruction.user)


@changed.register
def _(instruction: Workdir, config: ImageConfig) -> ImageConfig:
    return replace(config, working_dir=working_dir(config.working_dir, instruction.path))


@changed.register
def _(instruction: Volume, config: ImageConfig) -> ImageConfig:
    if "" in instruction.paths:
        raise InstructionError(
            message="VOLUME specified can not be an empty string",
            help=Text(
                "A VOLUME needs a path in the image; a variable in it may be empty.",
                "VOLUME 需要镜像里的一个路径；也许其中的变量是空的。",
            ),
        )
    return replace(config, volumes=tuple(sorted({*config.volumes, *instruction.paths})))


@changed.register
def _(instruction: Stopsignal, config: ImageConfig) -> ImageConfig:
    if not _is_signal(instruction.signal):
        raise InstructionError(
            message=f"invalid signal: {instruction.signal}",
            help=Text(
                "STOPSIGNAL takes a signal of Linux: SIGTERM, SIGINT, QUIT, 9.",
                "STOPSIGNAL 后面写 Linux 的信号：SIGTERM、SIGINT、QUIT 或 9。",
            ),
        )
    return replace(config, stop_signal=instruction.signal)


@changed.register
def _(instruction: Healthcheck, config: ImageConfig) -> ImageConfig:
    return replace(
        config,
        healthcheck=HealthConfig(
            _health_test(instruction.command),
            interval=instruction.interval,
            timeout=instruction.timeout,
            start_period=instruction.start_period,
            start_interval=instruction.start_interval,
            retries=instruction.retries,
        ),
    )


@changed.register
def _(instruction: Shell, config: ImageConfig) -> ImageConfig:
    return replace(config, shell=instruction.args)


@changed.register
def _(instruction: Onbuild, config: ImageConfig) -> ImageConfig:
    return replace(config, on_build=(*config.on_build, instruction.trigger))


@changed.register
def _(instruction: Cmd, config: ImageConfig) -> ImageConfig:
    return replace(config, cmd=command_line(config, instruction.command) or None)


@changed.register
def _(instruction: Entrypoint, config: ImageConfig) -> ImageConfig:
    return replace(config, entrypoint=command_line(config, instruction.command) or None)


def _health_test(command: CommandForm | None) -> tuple[str, ...]:
    if command is None:
        return ("NONE",)
    if isinstance(command, ExecForm):
        return ("CMD", *command.args)
    return ("CMD-SHELL", command.text)


def _is_signal(text: str) -> bool:
    if re.fullmatch(r"[+-]?\d{1,18}", text, re.ASCII):
        return int(text) > 0
    name = text.upper().removeprefix("SIG")
    return name in _SIGNALS.split() or _REAL_TIME.fullmatch(name) is not None
