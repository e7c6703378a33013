"""One stage, from its base to its last instruction."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from course_lib.build.cache import AND
from course_lib.build.errors import InstructionError
from course_lib.build.metadata import changed, new_entries
from course_lib.build.mounts import prepare
from course_lib.build.operations import CopyFiles, MakeFolder, RunProcess
from course_lib.build.result import Step
from course_lib.build.running import RunCommand, check_allowed
from course_lib.build.scope import proxies, stage_arg
from course_lib.build.selecting import MissingSourceError
from course_lib.build.shown import shown
from course_lib.build.stages import SCRATCH
from course_lib.dockerfile import expand
from course_lib.dockerfile.instructions import (
    Add,
    Arg,
    Cmd,
    Copy,
    Entrypoint,
    Env,
    Instruction,
    Maintainer,
    Run,
    Workdir,
)
from course_lib.dockerfile.words import ExpansionError
from course_lib.image.tree import Tree
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.build.mounts import Prepared
    from course_lib.build.operations import Operation
    from course_lib.build.stages import PlannedStage, StageGraph
    from course_lib.build.state import StageState
    from course_lib.build.strategy import Numbering, Strategy
    from course_lib.build.workshop import Done, Workshop
    from course_lib.dockerfile.instructions import Pair
    from course_lib.image.config import ImageConfig

_CONFIG_ONLY = Text(
    "edits the config only: no layer, nothing to take from a cache",
    "只修改配置：没有新的层，也用不到缓存",
)


_I = TypeVar("_I", bound=Instruction)


@dataclass(slots=True)
class StageBuilder:
    """Builds a stage; `state` moves on with each step, `done` are the stages built before."""

    planned: PlannedStage
    state: StageState
    graph: StageGraph
    done: Mapping[int, StageState]
    workshop: Workshop
    strategy: Strategy
    numbers: Numbering
    _number: int = field(init=False)

    def __post_init__(self) -> None:
        self._number = self.numbers.before

    def start(self) -> Step:
        """The step of FROM."""
        image = self.planned.image
        text = self._shown(self.planned.stage.base)
        if self.planned.base_stage is not None:
            because = Text(f"goes on from the stage {image}", f"从阶段 {image} 继续")
        elif image == SCRATCH:
            because = Text("starts without any file", "从空的文件系统开始")
        else:
            count = len(self.state.layers)
            because = Text(
                f"starts from the image {image}: its config and its {count} layer"
                f"{'' if count == 1 else 's'}",
                f"从镜像 {image} 开始：沿用它的配置和 {count} 个层",
            )
            self._number += 1
            text = f"FROM {self.workshop.full_name(image)}"
        return Step(
            self.planned.stage.base,
            self.planned.stage,
            text,
            cached=False,
            because=because,
            config_before=self.state.config,
            config=self.state.config,
            number=self._number,
            total=self.numbers.total,
            stage_name=self._name,
        )

    def step(self, instruction: Instruction) -> Step:
        """Do one instruction.

        Raises:
            InstructionError: when it can't be done.

        """
        if self._is_numbered(instruction):
            self._number += 1
        blank = self.blank(instruction)
        done: Done | None = None
        match instruction:
            case Run():
                done = self._run(instruction)
            case Copy() | Add():
                done = self._copy(instruction)
            case Workdir():
                done = self._workdir(instruction)
            case Arg():
                done = self._arg(instruction)
            case _:
                done = self._metadata(instruction)
        if done is None:
            return replace(blank, config=self.state.config)
        return replace(
            blank,
            config=self.state.config,
            cached=done.cached,
            because=done.because,
            layer=done.step.layer,
            output=done.output,
        )

    def blank(self, instruction: Instruction) -> Step:
        """The step of an instruction before anything is done."""
        numbered = self._is_numbered(instruction)
        return Step(
            instruction,
            self.planned.stage,
            self._shown(instruction),
            cached=False,
            because=_CONFIG_ONLY,
            config_before=self.state.config,
            config=self.state.config,
            number=self._number if numbered else 0,
            total=self.numbers.total if numbered else 0,
            stage_name=self._name,
        )

    @property
    def _name(self) -> str:
        return self.planned.name if len(self.graph.stages) > 1 else ""

    def _is_numbered(self, instruction: Instruction) -> bool:
        return self.planned.is_numbered(instruction)

    def _shown(self, instruction: Instruction) -> str:
        return shown(instruction, self.state.environment, self.workshop.escape)

    def _metadata(self, written: Instruction) -> Done | None:
        instruction = self._expanded(written)
        state = self.state
        config = changed(instruction, state.config)
        self.workshop.charge(new_entries(config, state.config))
        match instruction:
            case Entrypoint():
                config = config if state.cmd_is_set else replace(config, cmd=None)
            case Cmd():
                state = replace(state, cmd_is_set=True)
            case Env(pairs=pairs):
                state = state.with_values(pairs)
            case Maintainer(author=author):
                state = replace(state, author=author)
            case _:
                pass
        state = replace(state, config=config)
        self.state = state
        if not self.strategy.leaves_line(instruction):
            return None
        return self._line(self.strategy.created_by(instruction, config), written)

    def _arg(self, instruction: Arg) -> Done | None:
        valued = replace(instruction, pairs=self._declared(instruction))
        return self._line(self.strategy.created_by(valued, self.state.config), instruction)

    def _declared(self, instruction: Arg) -> tuple[Pair, ...]:
        """Put ARGs into force; return them with the values they have."""
        state = self.state
        for declared in instruction.pairs:
            shop = self.workshop
            pair = stage_arg(declared, state.environment, shop.outer, shop.build_args, shop.escape)
            state = replace(state.with_values((pair,)), args=(*state.args, pair))
        pairs = state.args[len(self.state.args) :]
        self.state = state
        return pairs

    def _line(self, created_by: str, written: Instruction) -> Done | None:
        """One more line of history; BuildKit has nothing to do for it."""
        del written
        self.state = self.state.with_line(created_by, self.strategy.comment)
        return None

    def _changed(self, instruction: Instruction) -> ImageConfig:
        return changed(instruction, self.state.config)

    def _workdir(self, written: Workdir) -> Done | None:
        instruction = self._expanded(written)
        config = self._changed(instruction)
        self.state = replace(self.state, config=config)
        line = self.strategy.created_by(instruction, config)
        if config.working_dir == "/":
            return self._line(line, written)
        return self._files(MakeFolder(config.working_dir, config.user), line, written)

    def _copy(self, written: Copy | Add) -> Done:
        instruction = self._expanded(written)
        tree = self.workshop.context
        if isinstance(instruction, Copy) and instruction.from_:
            tree = self._source(instruction.from_)
        operation = self._copying(instruction, tree)
        line = self._copy_line(instruction, operation)
        try:
            return self._files(operation, line, written, linked=instruction.link)
        except MissingSourceError as error:
            pattern = (
                None if tree is not self.workshop.context else self.workshop.ignored(error.path[1:])
            )
            if pattern is not None:
                error.help = Text(
                    f"{error.path} is in the folder, but the line {pattern} of .dockerignore keeps it "
                    "out of the build context.",
                    f"目录里有 {error.path}，但 .dockerignore 的 {pattern} 这一行把它排除在构建上下文之外。",
                )
            raise

    def _copy_line(self, instruction: Copy | Add, operation: CopyFiles) -> str:
        del operation
        return self.strategy.created_by(instruction, self.state.config)

    def _copying(self, instruction: Copy | Add, tree: Tree) -> CopyFiles:
        now = self.workshop.clock.now()
        return CopyFiles.of(instruction, tree, self.state.config.working_dir, now)

    def _run(self, written: Run) -> Done:
        instruction = self._expanded(written)
        check_allowed(instruction)
        state = self.state
        command = RunCommand.of(instruction, state.config)
        operation = RunProcess(
            instruction,
            command,
            state.config,
            state.environment,
            proxies(self.workshop.build_args),
            self._mounts(instruction),
            self.workshop.cache.folders,
            self.workshop.execute,
            self.workshop.clock,
        )
        line = self.strategy.run_created_by(command.argv, state)
        return self._files(operation, line, written)

    def _mounts(self, instruction: Run) -> tuple[Prepared, ...]:
        """What is mounted while a RUN goes on."""
        return prepare(
            instruction.mounts,
            self.state.config.working_dir,
            self._source,
            self.workshop.secrets,
        )

    def _files(
        self, operation: Operation, line: str, written: Instruction, *, linked: bool = False
    ) -> Done:
        """Do what makes a layer; a linked one (`COPY --link`) does not stand on what is below."""
        state = self.state
        text = self._shown(written)
        if not linked:
            done = self.workshop.done(operation, state.result, state.tree, text)
            self.state = state.with_result(done.step, line, self.strategy.comment)
            return done
        done = self.workshop.done(operation, "", Tree.EMPTY, text)
        below = state.with_result(done.step, line, self.strategy.comment)
        self.state = replace(
            below,
            tree=done.step.layer.apply(state.tree),
            result=f"{state.result}{AND}{done.step.name}",
        )
        return done

    def _source(self, name: str) -> Tree:
        """The files of `--from=name`; the context for ''."""
        if not name:
            return self.workshop.context
        source = self.graph.source(name)
        if isinstance(source, str):
            return self.workshop.files_of(source)
        if source not in self.done:
            raise InstructionError(
                message=f'cannot copy from stage "{name}", it needs to be defined before current stage '
                f'"{self.planned.name}"',
                help=Text(
                    f"Move the stage {name} above this one.",
                    f"请把阶段 {name} 移到这个阶段的前面。",
                ),
            )
        return self.done[source].tree

    def _expanded(self, instruction: _I) -> _I:
        try:
            return expand(instruction, self.state.environment, self.workshop.escape)
        except ExpansionError as error:
            raise InstructionError(
                message=str(error),
                help=Text(
                    "The value after $ can't be worked out: check braces, quotes and modifiers.",
                    "$ 后面的部分无法展开：请检查花括号、引号和修饰符。",
                ),
            ) from error
