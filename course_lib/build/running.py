"""RUN: the process that is started, and what its end means for the build."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from course_lib.build.errors import InstructionError
from course_lib.build.heredoc import body
from course_lib.build.metadata import command_line
from course_lib.build.mounts import Prepared
from course_lib.dockerfile.gotext import quoted
from course_lib.dockerfile.instructions import ExecForm, ShellForm
from course_lib.image.entries import Content, File
from course_lib.image.layer import Layer
from course_lib.image.tree import Tree
from course_lib.shell import Chunk, ExecFailure
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.clock import Clock
    from course_lib.dockerfile.instructions import Run
    from course_lib.image.config import ImageConfig
    from course_lib.image.workspace import Workspace
    from course_lib.shell import Outcome, Process

_NOT_FOUND, _NOT_EXECUTABLE = 127, 126  # POSIX shells, and runc
_SCRIPTS = "/dev/pipes"
_HEREDOC_ALONE = re.compile(r"\d*<<-?(\"[^\"]*\"|'[^']*'|[^\s<]+)")


class Execute(Protocol):
    """What runs a process on a file system: `course_lib.shell.execute`."""

    def __call__(self, process: Process, fs: Workspace, /, *, clock: Clock) -> Outcome:
        """Run to the end."""


@dataclass(frozen=True, slots=True)
class RunCommand:
    """What a RUN starts; `script` is a heredoc with a `#!` line, put at argv[0] for the time."""

    argv: tuple[str, ...]
    script: File | None = None

    @classmethod
    def of(cls, instruction: Run, config: ImageConfig) -> RunCommand:
        """Work out argv by SHELL, exec form and heredocs.

        Raises:
            InstructionError: `RUN []`.

        """
        command = instruction.command
        if isinstance(command, ExecForm):
            if not command.args:
                raise InstructionError(
                    message="failed to marshal LLB definition: arguments are required",
                    help=Text("RUN [] has nothing to run.", "RUN [] 没有可以运行的命令。"),
                )
            return cls(command.args)
        text, documents = command.text, instruction.heredocs
        if documents and _HEREDOC_ALONE.fullmatch(text.strip()):
            script = body(documents[0])
            if script.startswith("#!"):
                name = f"{_SCRIPTS}/{documents[0].name}"
                return cls((name,), File(Content.of(script), 0o755))
            text = script
        elif documents:
            parts = (f"\n{document.content}{document.name}" for document in documents)
            text += "".join(parts)
        return cls(command_line(config, ShellForm(text)))

    def script_mount(self) -> tuple[Prepared, ...]:
        """The folder with the script, there while it runs."""
        if self.script is None:
            return ()
        name = self.argv[0].removeprefix(f"{_SCRIPTS}/")
        return (Prepared(_SCRIPTS, Layer({f"/{name}": self.script}).apply(Tree.EMPTY)),)

    @property
    def line(self) -> str:
        """The words joined by blanks, as messages show them."""
        return " ".join(self.argv)


class RunFailedError(InstructionError):
    """A RUN that did not; `output` is what it wrote before, `exit_code` how it ended if it did."""

    def __init__(
        self,
        message: str,
        help: Text,  # noqa: A002 - as in InstructionError
        output: tuple[Chunk, ...] = (),
        exit_code: int | None = None,
    ) -> None:
        super().__init__(message, help)
        self.output = output
        self.exit_code = exit_code


def run(
    command: RunCommand, process: Process, files: Workspace, execute: Execute, clock: Clock
) -> tuple[Chunk, ...]:
    """Start a RUN's process and wait for its end; return what it wrote.

    Raises:
        RunFailedError: `process "/bin/sh -c X" did not complete successfully: exit code: N`.

    """
    try:
        outcome = execute(process, files, clock=clock)
    except ExecFailure as error:
        raise _not_started(command, error) from error
    if outcome.unsupported is not None:
        raise RunFailedError(
            message=_failed(command, outcome.exit_code),
            help=outcome.unsupported,
            output=outcome.output,
        )
    if outcome.exit_code is None:
        raise RunFailedError(
            message="Canceled: context canceled",
            help=Text(
                "This command does not end, so a real build would wait for ever. Servers belong in "
                "CMD or ENTRYPOINT.",
                "这条命令不会结束，真实的构建会一直等下去。服务应该写在 CMD 或 ENTRYPOINT 里。",
            ),
            output=outcome.output,
        )
    if outcome.exit_code:
        raise RunFailedError(
            message=_failed(command, outcome.exit_code),
            help=_what_it_means(outcome.exit_code),
            output=outcome.output,
            exit_code=outcome.exit_code,
        )
    return outcome.output


def check_allowed(instruction: Run) -> None:
    """Refuse what a build needs a permission for, and what the simulator has not.

    Raises:
        InstructionError: `security.insecure is not allowed`, `--device`.

    """
    if instruction.security == "insecure":
        raise InstructionError(
            message="security.insecure is not allowed",
            help=Text(
                "A builder refuses --security=insecure unless its owner allows it.",
                "除非构建器的管理员允许，否则 --security=insecure 会被拒绝。",
            ),
        )
    if instruction.devices:
        raise InstructionError(
            message="RUN --device is not simulated",
            help=Text(
                "The simulator has no devices: leave --device out.",
                "模拟器没有设备：请去掉 --device。",
            ),
        )


def _failed(command: RunCommand, exit_code: int | None) -> str:
    code = 1 if exit_code is None else exit_code
    return f"process {quoted(command.line)} did not complete successfully: exit code: {code}"


def _what_it_means(code: int) -> Text:
    if code == _NOT_FOUND:
        return Text(
            "127 means that the shell did not find the command in this image.",
            "127 表示 shell 在这个镜像里找不到该命令。",
        )
    if code == _NOT_EXECUTABLE:
        return Text(
            "126 means that the file is there but may not be executed.",
            "126 表示文件存在，但不能执行。",
        )
    return Text(
        f"The command ended with {code}; a RUN must end with 0. Its output stands above.",
        f"命令的退出码是 {code}，而 RUN 必须以 0 结束。它的输出在上面。",
    )


def _not_started(command: RunCommand, error: ExecFailure) -> RunFailedError:
    """Runc's own failure: exit code 1 and a line of output, or no container for lack of a user."""
    if error.exit_code not in (_NOT_EXECUTABLE, _NOT_FOUND):
        return RunFailedError(
            message=f"process {quoted(command.line)} did not complete successfully: {error}",
            help=Text(
                "USER creates nobody: make the account with a RUN before it, or use a number.",
                "USER 不会创建用户：请先用 RUN 创建账号，或者使用数字 UID。",
            ),
        )
    line = f"runc run failed: unable to start container process: {error}\n"
    return RunFailedError(
        message=_failed(command, 1),
        help=Text(
            f"The process could not be started: {error}.",
            f"进程无法启动：{error}。",
        ),
        output=(Chunk(2, line.encode()),),
    )
