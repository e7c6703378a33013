"""Which process a container starts: ENTRYPOINT, CMD, arguments and `--entrypoint` in one list.

The rule is the daemon's (`merge` of the container's config with the image's): the argument
list is Entrypoint + Cmd; arguments of `docker run` replace Cmd only; `--entrypoint` replaces
Entrypoint and drops the image's Cmd.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.image.config import ImageConfig

_SHELLS = frozenset({"sh", "ash", "bash", "dash", "zsh", "ksh"})
_POSITIONAL = re.compile(r"\$\{?[0-9@*#]")
_SHELL_FORM_LENGTH = 3  # ["/bin/sh", "-c", text]


class NoCommandError(Exception):
    """Neither the image nor the command line names a program: `no command specified`."""

    def __init__(self) -> None:
        super().__init__("no command specified")


@dataclass(frozen=True, slots=True)
class Argv:
    """The arguments of PID 1, and where each part comes from.

    `argv == from_entrypoint + from_cmd + from_args`; `from_cmd` is the image's CMD where it
    is used, `from_args` what `docker run` gave. `dropped` holds the words that reach a
    shell-form entrypoint as $0, $1 ... and that its script never looks at.
    """

    argv: tuple[str, ...]
    from_entrypoint: tuple[str, ...]
    from_cmd: tuple[str, ...]
    from_args: tuple[str, ...]
    because: tuple[Text, ...]
    dropped: tuple[str, ...] = ()

    @property
    def command(self) -> str:
        """`CMD`, `args` or '': which one follows the entrypoint."""
        return "args" if self.from_args else "CMD" if self.from_cmd else ""


def resolve(config: ImageConfig, args: Sequence[str] = (), entrypoint: str | None = None) -> Argv:
    """`docker run [--entrypoint E] IMAGE [ARG...]` -> the argument list of PID 1.

    `entrypoint` is None when the option is absent; "" clears the image's entrypoint.

    Raises:
        NoCommandError: when nothing is left to start.

    """
    given = tuple(args)
    image_cmd = config.cmd or ()
    if entrypoint is None:
        head = config.entrypoint or ()
        cmd = () if given else image_cmd
    else:
        head = (entrypoint,) if entrypoint else ()
        cmd = ()
    if not head + cmd + given:
        raise NoCommandError
    dropped = _swallowed(head, cmd + given)
    return Argv(
        argv=head + cmd + given,
        from_entrypoint=head,
        from_cmd=cmd,
        from_args=given,
        because=(
            _why_head(config, entrypoint),
            *_why_cmd(config, given, entrypoint),
            *_why_swallowed(head, cmd + given, dropped),
        ),
        dropped=dropped,
    )


def is_shell(program: str) -> bool:
    """Whether a program is one of the shells: `/bin/sh`, `bash`."""
    return posixpath.basename(program) in _SHELLS


def runs_a_script(argv: tuple[str, ...]) -> bool:
    """Whether these words are the shell form: `["/bin/sh", "-c", text]` and nothing more."""
    return (
        len(argv) == _SHELL_FORM_LENGTH
        and is_shell(argv[0])
        and argv[1].startswith("-")
        and "c" in argv[1]
    )


def json_words(words: tuple[str, ...]) -> str:
    """`["echo", "hello"]`, as a Dockerfile writes the exec form."""
    return (
        "["
        + ", ".join('"' + w.replace("\\", "\\\\").replace('"', '\\"') + '"' for w in words)
        + "]"
    )


def _swallowed(head: tuple[str, ...], rest: tuple[str, ...]) -> tuple[str, ...]:
    if rest and runs_a_script(head) and not _POSITIONAL.search(head[-1]):
        return rest
    return ()


def _why_head(config: ImageConfig, entrypoint: str | None) -> Text:
    if entrypoint:
        return Text(
            f"--entrypoint {entrypoint} takes the place of the image's ENTRYPOINT.",
            f"--entrypoint {entrypoint} 取代了镜像的 ENTRYPOINT。",
        )
    if entrypoint == "":
        return Text(
            'The empty --entrypoint "" clears the image\'s ENTRYPOINT.',
            '空的 --entrypoint "" 清掉了镜像的 ENTRYPOINT。',
        )
    if not config.entrypoint:
        return Text(
            "The image has no ENTRYPOINT, so the first word of the command is the program.",
            "镜像没有 ENTRYPOINT，所以命令的第一个词就是要启动的程序。",
        )
    if runs_a_script(config.entrypoint):
        return Text(
            f"ENTRYPOINT is in shell form, so the program is {config.entrypoint[0]} with one script.",
            f"ENTRYPOINT 是 shell 形式，所以启动的程序是 {config.entrypoint[0]}，它执行一段脚本。",
        )
    words = json_words(config.entrypoint)
    return Text(
        f"ENTRYPOINT {words} comes first, whatever follows the image name.",
        f"ENTRYPOINT {words} 排在最前面，不管镜像名后面写了什么。",
    )


def _why_cmd(
    config: ImageConfig, given: tuple[str, ...], entrypoint: str | None
) -> tuple[Text, ...]:
    image_cmd = json_words(config.cmd or ())
    if given and config.cmd:
        return (
            Text(
                f"The words after the image name replace CMD {image_cmd}.",
                f"镜像名后面的词取代了 CMD {image_cmd}。",
            ),
        )
    if given:
        return (
            Text(
                "The words after the image name are appended.",
                "镜像名后面的词接在后面。",
            ),
        )
    if not config.cmd:
        return (Text("The image has no CMD to append.", "镜像没有可以接在后面的 CMD。"),)
    if entrypoint is not None:
        return (
            Text(
                f"--entrypoint also drops the image's CMD {image_cmd}.",
                f"使用 --entrypoint 时，镜像的 CMD {image_cmd} 也一起作废。",
            ),
        )
    return (
        Text(
            f"No words follow the image name, so CMD {image_cmd} is used.",
            f"镜像名后面没有别的词，所以用 CMD {image_cmd}。",
        ),
    )


def _why_swallowed(
    head: tuple[str, ...], rest: tuple[str, ...], dropped: tuple[str, ...]
) -> tuple[Text, ...]:
    if not rest or not runs_a_script(head):
        return ()
    names = ", ".join(f"${number}={word}" for number, word in enumerate(rest))
    if dropped:
        return (
            Text(
                f"The shell takes the rest as {names}; the script never looks at them.",
                f"shell 把其余的词当作 {names}；脚本里没有用到它们。",
            ),
        )
    return (
        Text(
            f"The shell takes the rest as {names}, and the script uses them.",
            f"shell 把其余的词当作 {names}，脚本用到了它们。",
        ),
    )
