"""RUN and its flags, and the two forms of a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.dockerfile.devices import read_device
from course_lib.dockerfile.errors import DockerfileError
from course_lib.dockerfile.flags import Kind, read_flags
from course_lib.dockerfile.gotext import quoted
from course_lib.dockerfile.instructions import ExecForm, Run, ShellForm
from course_lib.dockerfile.mounts import read_mount
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.dockerfile.instructions import CommandForm
    from course_lib.dockerfile.nodes import Node

_FLAGS = {
    "mount": Kind.LIST,
    "network": Kind.TEXT,
    "security": Kind.TEXT,
    "device": Kind.LIST,
}
_NETWORKS = ("default", "none", "host")
_SECURITY = ("sandbox", "insecure")


def read_run(node: Node) -> Run:
    """`RUN [flags] command`; a RUN without a command is an empty script.

    Raises:
        DockerfileError: a wrong flag.

    """
    flags = read_flags(node.flags, _FLAGS)
    mounts = tuple(read_mount(text) for text in flags.texts("mount"))
    network = flags.text("network")
    if "network" in flags.given and network not in _NETWORKS:
        raise _not_one_of(
            message=f"invalid network mode {quoted(network)}", flag="network", known=_NETWORKS
        )
    security = flags.text("security")
    if "security" in flags.given and security not in _SECURITY:
        raise _not_one_of(
            message=f"security {quoted(security)} is not valid", flag="security", known=_SECURITY
        )
    devices = flags.texts("device")
    for device in devices:
        read_device(device)
    return Run(
        command=command_of(node),
        heredocs=node.heredocs,
        mounts=mounts,
        network=network,
        security=security,
        devices=devices,
        **node.place,
    )


def command_of(node: Node, arguments: Sequence[str] | None = None) -> CommandForm:
    """Exec form for a JSON array, else shell form."""
    words = node.arguments if arguments is None else arguments
    return ExecForm(tuple(words)) if node.json else ShellForm(" ".join(words))


def _not_one_of(message: str, flag: str, known: Sequence[str]) -> DockerfileError:
    choices = [f"--{flag}={word}" for word in known]
    return DockerfileError(
        message,
        help=Text(f"Possible values: {', '.join(choices)}.", f"可以写的值：{'、'.join(choices)}。"),
    )
