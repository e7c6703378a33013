"""One stage by the older builder: each instruction makes an image, whether it changes files or not."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from course_lib.build.errors import InstructionError
from course_lib.build.gotext import plain_list
from course_lib.build.legacy.committing import Commit, Nothing
from course_lib.build.legacy.copying import LegacyCopy, LegacySelection, checked_sources
from course_lib.build.legacy.words import copied, short
from course_lib.build.mounts import Prepared
from course_lib.build.operations import MakeFolder
from course_lib.build.paths import inside
from course_lib.build.running import RunCommand, RunFailedError
from course_lib.build.shown import written as as_written
from course_lib.build.stage_builder import StageBuilder
from course_lib.dockerfile.instructions import (
    Add,
    Arg,
    Copy,
    ExecForm,
    Expose,
    Healthcheck,
    Run,
    Workdir,
)
from course_lib.image.config import HealthConfig
from course_lib.image.folder import Folder
from course_lib.image.oci import digest
from course_lib.image.tree import Tree
from course_lib.shell import ExecFailure
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.build.operations import CopyFiles, Operation
    from course_lib.build.result import Step
    from course_lib.build.workshop import Done
    from course_lib.dockerfile.instructions import Instruction
    from course_lib.image.image import Image

_REFER = "Refer to https://docs.docker.com/go/buildkit/ to learn how to build images with BuildKit enabled"

_NOT_STARTED = (126, 127)


@dataclass(slots=True)
class LegacyStage(StageBuilder):
    """Builds a stage as `DOCKER_BUILDKIT=0` does."""

    def start(self) -> Step:
        """The step of FROM, which tells how many triggers follow."""
        step = StageBuilder.start(self)
        self._number = self.numbers.before + 1
        text = as_written(self.planned.stage.base, self.workshop.escape)
        triggers = sum(i.onbuild for i in self.planned.instructions)
        image = self._standing()
        outro = f" ---> {short(_id(image))}\n"
        if triggers:
            outro = f"# Executing {triggers} build trigger{'s' if triggers > 1 else ''}\n"
        step = replace(step, text=text, number=self._number, outro=outro, image=image)
        return replace(step, intro=_head(step))

    def step(self, instruction: Instruction) -> Step:
        """Do one instruction.

        Raises:
            InstructionError: when it can't be done, or needs BuildKit.

        """
        _check_known(instruction)
        step = StageBuilder.step(self, instruction)
        standing = self._standing()
        image = _id(standing)
        intro, outro = _head(step) + _note(step), ""
        if step.cached:
            intro += " ---> Using cache\n"
        elif not isinstance(instruction, Copy | Add):
            container = _container(standing, step)
            intro += f" ---> Running in {container}\n"
            outro = f" ---> Removed intermediate container {container}\n"
        if not instruction.onbuild or instruction is self._last_trigger():
            outro += f" ---> {short(image)}\n"
        return replace(step, intro=intro, outro=outro, image=standing)

    def blank(self, instruction: Instruction) -> Step:
        """The step of an instruction before anything is done."""
        step = StageBuilder.blank(self, instruction)
        container = ""
        if isinstance(instruction, Run):
            container = f" ---> Running in {_container(self._standing(), step)}\n"
        return replace(step, intro=_head(step) + container)

    def _last_trigger(self) -> Instruction | None:
        return next((i for i in reversed(self.planned.instructions) if i.onbuild), None)

    def _standing(self) -> Image | None:
        """The base image, then what was committed last; None before anything stands on scratch."""
        if self.state.result.startswith("sha256:"):
            return self.state.base
        return self.state.image() if self.state.history else None

    def _is_numbered(self, instruction: Instruction) -> bool:
        return not instruction.onbuild

    def _shown(self, instruction: Instruction) -> str:
        return as_written(instruction, self.workshop.escape)

    def _line(self, created_by: str, written: Instruction) -> Done:
        return self._files(Nothing(type(written).__name__.upper(), created_by), created_by, written)

    def _metadata(self, written: Instruction) -> Done | None:
        """Change the config; EXPOSE is sorted as written, HEALTHCHECK takes over what it leaves open.

        (A container of the image below is made first, and what it inherits is written back.)
        """
        below = self.state.config.healthcheck
        if isinstance(written, Expose):
            written = replace(written, ports=tuple(sorted(written.ports)))
        done = StageBuilder._metadata(self, written)  # noqa: SLF001 - the class it is one of
        own = self.state.config.healthcheck
        if isinstance(written, Healthcheck) and own is not None and below is not None:
            merged = HealthConfig(
                own.test,
                own.interval or below.interval,
                own.timeout or below.timeout,
                own.start_period or below.start_period,
                own.start_interval or below.start_interval,
                own.retries or below.retries,
            )
            self.state = replace(self.state, config=replace(self.state.config, healthcheck=merged))
        return done

    def _arg(self, instruction: Arg) -> Done:
        """Declare; a name that Env has, from the base image too, stays what Env says."""
        valued = self._expanded(instruction)
        self._declared(instruction)
        environment = {**self.state.environment, **self.state.config.environment()}
        self.state = replace(self.state, environment=MappingProxyType(environment))
        return self._line(self.strategy.created_by(valued, self.state.config), instruction)

    def _workdir(self, written: Workdir) -> Done:
        """Make the folder, always as root."""
        instruction = self._expanded(written)
        if not instruction.path:
            raise InstructionError(
                message="cannot normalize nothing",
                help=Text(
                    f"{written.path} is empty here: is the variable's name right?",
                    f"{written.path} 在这里是空的：变量名写对了吗？",
                ),
            )
        self.state = replace(self.state, config=self._changed(instruction))
        path = self.state.config.working_dir
        line = self.strategy.created_by(instruction, self.state.config)
        return self._files(MakeFolder(path, ""), line, written)

    def _copying(self, instruction: Copy | Add, tree: Tree) -> CopyFiles:
        now, folder = self.workshop.clock.now(), self.state.config.working_dir
        if isinstance(instruction, Add) and LegacyCopy.of(instruction, tree, folder, now).remotes:
            raise InstructionError(
                message="ADD of an address by the older builder is not simulated",
                help=Text(
                    "Build with BuildKit, the default, or put the file into the build context.",
                    "请使用默认的 BuildKit 构建，或者把文件放进构建上下文。",
                ),
            )
        selection = checked_sources(instruction, tree)
        return replace(LegacyCopy.of(instruction, tree, folder, now), selection=selection)

    def _copy_line(self, instruction: Copy | Add, operation: CopyFiles) -> str:
        assert isinstance(operation.selection, LegacySelection)  # noqa: S101 - `_copying` made it
        return copied(instruction, operation.selection.digest(), self.state.config)

    def _run(self, written: Run) -> Done:
        if written.command == ExecForm(()):
            raise InstructionError(
                message="no command specified",
                help=Text("RUN [] has nothing to run.", "RUN [] 没有可以运行的命令。"),
            )
        try:
            return StageBuilder._run(self, written)  # noqa: SLF001 - the class it is one of
        except RunFailedError as error:
            message = _failed(error, RunCommand.of(written, self.state.config))
            raise RunFailedError(message, error.help, error.output, error.exit_code) from error

    def _mounts(self, instruction: Run) -> tuple[Prepared, ...]:
        """A volume for the length of the RUN on each path of VOLUME, filled from the image."""
        del instruction
        tree = self.state.tree
        return tuple(
            Prepared(target, Tree(found) if isinstance(found, Folder) else Tree.EMPTY)
            for target in (inside(tree, path) for path in self.state.config.volumes)
            for found in (tree.root.find(target),)
        )

    def _files(
        self, operation: Operation, line: str, written: Instruction, *, linked: bool = False
    ) -> Done:
        """Do it and commit: a layer if there are changes, a line of history in any case."""
        del linked
        commit = Commit(operation, self.state.config)
        try:
            done = self.workshop.done(
                commit, self.state.result, self.state.tree, self._shown(written)
            )
        except InstructionError as error:
            error.message = _own_words(error, written, self.state.config.working_dir)
            raise
        changes = isinstance(written, Copy | Add) or bool(done.step.layer.entries)
        self.state = self.state.with_commit(done.step, line, changes=changes)
        self.workshop.cache.committed(done.step, self.state.image().id)
        return done

    def _source(self, name: str) -> Tree:
        """The files of `--from=name`: a stage above by name or number, else an image."""
        try:
            return self._stage_or_image(name) if name else self.workshop.context
        except InstructionError as error:
            error.message = f"invalid from flag value {name}: {error.message}"
            raise

    def _stage_or_image(self, name: str) -> Tree:
        known = {self.graph.stages[index].stage.name.lower(): index for index in self.done}
        if name.lower() in known:
            return self.done[known[name.lower()]].tree
        if not re.fullmatch(r"[0-9]{1,18}", name):
            return self.workshop.files_of(name)
        if int(name) in self.done:
            return self.done[int(name)].tree
        own = int(name) == self.planned.stage.index
        raise InstructionError(
            message="refers to current build stage" if own else "index out of bounds",
            help=Text(
                "A stage can only copy from stages above it; they count from 0.",
                "一个阶段只能从它上面的阶段复制文件；阶段从 0 开始编号。",
            ),
        )


def _id(image: Image | None) -> str:
    return image.id if image is not None else ""


def _container(image: Image | None, step: Step) -> str:
    """The id of the container that an instruction is done in."""
    return short(digest(f"container of {_id(image)} {step.text}".encode()))


def _head(step: Step) -> str:
    return f"Step {step.number}/{step.total} : {step.text}\n" if step.number else ""


def _note(step: Step) -> str:
    """What is said of a HEALTHCHECK that takes the place of another."""
    before = step.config_before.healthcheck
    if not isinstance(step.instruction, Healthcheck) or before is None or before.test[0] == "NONE":
        return ""
    return f"Note: overriding previous HEALTHCHECK: {plain_list(before.test)}\n"


def _own_words(error: InstructionError, written: Instruction, working_dir: str) -> str:
    """The daemon's words for what did not work in the files, without the paths of its host."""
    if isinstance(written, Workdir):
        return f"Cannot mkdir: {working_dir} is not a directory"
    if isinstance(written, Copy | Add) and "chown string" not in error.message:
        made = "failed to create new directory: " if error.message.startswith("mkdir ") else ""
        return f"failed to copy files: {made}{error.message}"
    return error.message


def _failed(error: RunFailedError, command: RunCommand) -> str:
    if error.exit_code is not None:
        return f"The command '{command.line}' returned a non-zero code: {error.exit_code}"
    cause = error.__cause__
    if not isinstance(cause, ExecFailure):
        return error.message
    if cause.exit_code not in _NOT_STARTED:
        return str(cause)
    return (
        "failed to create task for container: failed to create shim task: OCI runtime create "
        f"failed: runc create failed: unable to start container process: {cause}: unknown"
    )


def _check_known(instruction: Instruction) -> None:
    """Refuse what only BuildKit knows: the first flag that the older builder has not."""
    flags: dict[str, object]
    match instruction:
        case Run(mounts=mounts, network=network, security=security, devices=devices):
            flags = {"mount": mounts, "network": network, "security": security, "device": devices}
        case Copy(link=link, parents=parents, exclude=exclude, chmod=chmod):
            flags = {"chmod": chmod, "link": link, "parents": parents, "exclude": exclude}
        case Add(link=link, checksum=checksum, exclude=exclude, chmod=chmod):
            flags = {"chmod": chmod, "link": link, "checksum": checksum, "exclude": exclude}
        case _:
            return
    used = [f"the --{name} option requires" for name, value in flags.items() if value]
    used += ["heredocs require"] if instruction.heredocs else []
    if used:
        raise InstructionError(
            message=f"{used[0]} BuildKit. {_REFER}",
            help=Text(
                "The older builder does not know this; build with BuildKit, the default.",
                "旧的构建器不支持这个功能；请使用默认的 BuildKit 构建。",
            ),
        )
