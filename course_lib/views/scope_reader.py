"""Following ARG and ENV through a Dockerfile, from the first line to the last; nothing is run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course_lib.build.metadata import changed
from course_lib.build.scope import stage_arg
from course_lib.build.stages import SCRATCH, StageGraph
from course_lib.build.state import StageState
from course_lib.dockerfile import expand, parse
from course_lib.dockerfile.instructions import (
    Arg,
    Cmd,
    Entrypoint,
    Env,
    ExecForm,
    Healthcheck,
    Run,
    ShellForm,
)
from course_lib.dockerfile.scopes import global_args, platform_args
from course_lib.dockerfile.words import ExpansionError
from course_lib.text import Text, same
from course_lib.views.scope import Fate, Named, Scope, ScopeLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from course_lib.build.stages import PlannedStage
    from course_lib.dockerfile.instructions import Dockerfile, Instruction, Pair
    from course_lib.image.image import Image


@dataclass(frozen=True, slots=True)
class Given:
    """What a build gets besides the file: `--build-arg` and `--target`, and where images come from."""

    images: Callable[[str], Image | None]
    build_args: Mapping[str, str]
    target: str = ""


def scope_of(name: str, source: str, given: Given) -> Scope:
    """Follow the names from the first line to the last; no command is run.

    Raises:
        DockerfileError: a file that BuildKit can't read.
        InstructionError: a FROM whose name can't be filled in, a stage that does not exist.

    """
    dockerfile = parse(source)
    target = given.target or (dockerfile.stages[-1].name if dockerfile.stages else "")
    outer = global_args(
        dockerfile.global_args, given.build_args, target=target, escape=dockerfile.escape
    )
    graph = StageGraph.of(dockerfile, outer)
    reader = _Reader(dockerfile, given, outer)
    lines = [*reader.global_lines()]
    for planned in graph.stages:
        lines += reader.stage_lines(planned)
    end = reader.states[graph.target(given.target)]
    kept = tuple(pair.partition("=")[0] for pair in end.config.env)
    gone = tuple(dict.fromkeys(pair.name for pair in end.args if pair.name not in kept))
    return Scope(name, tuple(lines), kept, gone)


_GLOBAL = Text("global ARG: only FROM lines see it", "全局 ARG：只有 FROM 行看得到")
_BUILD_ARG = Text("--build-arg gives it, before any default", "由 --build-arg 给出，优先于默认值")
_NO_VALUE = Text(
    "declared without a value, and --build-arg gives none", "声明了但没有值，--build-arg 也没有给"
)
_OUTSIDE = Text(
    "global: not in this stage before a line ARG NAME",
    "全局的：这个阶段里要先写一行 ARG 名字才有",
)
_TAKEN = Text("ARG takes the global value into the stage", "ARG 把全局的值带进这个阶段")
_DEFAULT = Text("the default of ARG; there while building", "ARG 的默认值；只在构建时存在")
_PLATFORM = Text("the builder sets it", "由构建器设定")
_ENV = Text("ENV: there while building and in the image", "ENV：构建时有，镜像里也有")
_ENV_OVER_ARG = Text(
    "ENV: from here on it counts, not the ARG", "ENV：从这里起以它为准，不再看 ARG"
)
_ARG_OVER_ENV = Text(
    "ARG: counts for the build from here on; the image keeps its ENV",
    "ARG：从这里起构建时以它为准；镜像里仍是 ENV",
)
_NO_SHELL = Text(
    "exec form: no shell fills it in, the word stays as it is",
    "exec 形式：没有 shell 来替换，原样保留",
)
_AT_RUN = Text(
    "filled in when a container starts, from its ENV", "容器启动时才替换，取容器里的 ENV"
)
_ARG_AT_RUN = Text(
    "an ARG ends with the build: empty in a container unless -e sets it",
    "ARG 在构建结束时就没有了：容器里是空的，除非用 -e 设定",
)
_NEVER = Text("never declared: empty", "没有声明过：空的")


class _Reader:
    """Reads a file from the top; `states` are the stages that are read, by their numbers."""

    def __init__(self, dockerfile: Dockerfile, given: Given, outer: Mapping[str, str]) -> None:
        self.states: dict[int, StageState] = {}
        self._dockerfile = dockerfile
        self._given = given
        self._outer = outer
        self._globals = {pair.name for arg in dockerfile.global_args for pair in arg.pairs}
        self._declared = {pair.name: "" for arg in dockerfile.global_args for pair in arg.pairs}
        self._stage_names: list[str] = []

    def global_lines(self) -> Iterator[ScopeLine]:
        seen = dict(platform_args(""))
        for arg in self._dockerfile.global_args:
            names: list[Named] = []
            for pair in arg.pairs:
                value = self._outer.get(pair.name)
                given = pair.name in self._given.build_args
                names += [] if given else self._read_in(Arg((pair,)), seen)
                why = _GLOBAL + (Text("; ", "；") + _BUILD_ARG if given else same(""))
                if value is None:
                    names.append(Named(pair.name, None, Fate.EMPTY, _GLOBAL))
                else:
                    seen[pair.name] = value
                    names.append(Named(pair.name, value, Fate.NEW, why))
            yield _line("", arg, names)

    def stage_lines(self, planned: PlannedStage) -> Iterator[ScopeLine]:
        state = self._begin(planned)
        started = self._named_in(state) if planned.base_stage is not None else set()
        yield self._line(planned, planned.stage.base, self._from(planned, state, started))
        steps: list[tuple[Instruction, StageState, tuple[Named, ...]]] = []
        for instruction in planned.instructions:
            before = state
            state, names = self._done(instruction, state)
            steps.append((instruction, before, names))
        for instruction, before, names in steps:
            uses = tuple(self._uses(instruction, before, state))
            yield self._line(planned, instruction, (*uses, *names))
        self.states[planned.stage.index] = state
        self._stage_names.append(planned.name)
        self._declared = dict.fromkeys(self._named_in(state), planned.name) | self._declared

    def _line(
        self, planned: PlannedStage, instruction: Instruction, names: Iterable[Named]
    ) -> ScopeLine:
        several = len(self._dockerfile.stages) > 1
        return _line(planned.name if several else "", instruction, names)

    def _begin(self, planned: PlannedStage) -> StageState:
        if planned.base_stage is not None:
            return self.states[planned.base_stage].inherited()
        image = None if planned.image == SCRATCH else self._given.images(planned.image)
        return StageState.scratch() if image is None else StageState.of_image(image)

    def _from(self, planned: PlannedStage, state: StageState, started: set[str]) -> Iterator[Named]:
        yield from self._read_in(planned.stage.base, self._outer)
        ended = [name for name in self._last_names() if name not in state.environment]
        if ended:
            last = self._stage_names[-1]
            yield Named(
                ", ".join(ended),
                None,
                Fate.ENDS,
                Text(f"belongs to the stage {last}, ends with it", f"属于阶段 {last}，到此为止"),
            )
        outside = [name for name in sorted(self._globals) if name not in state.environment]
        if outside:
            yield Named(", ".join(outside), None, Fate.OUTSIDE, _OUTSIDE)
        for name, value in state.environment.items():
            yield Named(name, value, Fate.NEW, _inherited(planned, name, state, started))

    def _last_names(self) -> tuple[str, ...]:
        if not self.states:
            return ()
        last = self.states[max(self.states)]
        return tuple(name for name in last.environment if name in self._named_in(last))

    def _named_in(self, state: StageState) -> set[str]:
        """The names that ARG and ENV made, without those of an image's own."""
        return {pair.name for pair in state.args} | set(state.config.environment())

    def _done(
        self, instruction: Instruction, state: StageState
    ) -> tuple[StageState, tuple[Named, ...]]:
        match instruction:
            case Env():
                return self._env(instruction, state)
            case Arg(pairs=pairs):
                names: list[Named] = []
                for pair in pairs:
                    if pair.name not in self._given.build_args:
                        names += self._read_in(Arg((pair,)), state.environment)
                    state, named = self._arg(pair, state)
                    names.append(named)
                return state, tuple(names)
            case _:
                return state, ()

    def _env(self, instruction: Env, state: StageState) -> tuple[StageState, tuple[Named, ...]]:
        valued = expand(instruction, state.environment, self._dockerfile.escape)
        args = {pair.name for pair in state.args}
        names = tuple(
            Named(
                pair.name,
                pair.value,
                Fate.CHANGED if pair.name in state.environment else Fate.NEW,
                _ENV_OVER_ARG if pair.name in args else _ENV,
            )
            for pair in valued.pairs
        )
        config = changed(valued, state.config)
        return replace(state.with_values(valued.pairs), config=config), names

    def _arg(self, pair: Pair, state: StageState) -> tuple[StageState, Named]:
        given = self._given.build_args
        valued = stage_arg(pair, state.environment, self._outer, given, self._dockerfile.escape)
        after = replace(state.with_values((valued,)), args=(*state.args, valued))
        if valued.value is None:
            return after, Named(pair.name, None, Fate.EMPTY, _NO_VALUE)
        in_env = pair.name in state.config.environment()
        if in_env:
            why = _ARG_OVER_ENV
        elif pair.name in given:
            why = _BUILD_ARG
        elif pair.value is not None:
            why = _DEFAULT
        else:
            why = _TAKEN if pair.name in self._globals else _PLATFORM
        fate = Fate.CHANGED if pair.name in state.environment else Fate.NEW
        return after, Named(pair.name, valued.value, fate, why)

    def _uses(
        self, instruction: Instruction, state: StageState, end: StageState
    ) -> Iterator[Named]:
        match instruction:
            case Arg():
                return  # each of its pairs sees the one before: `_done` reads them
            case Run(command=command) | Cmd(command=command) | Entrypoint(command=command):
                yield from self._in_command(instruction, command, state, end)
            case Healthcheck(command=ShellForm() | ExecForm() as command):
                yield from self._in_command(instruction, command, state, end)
            case _:
                yield from self._read_in(instruction, state.environment)

    def _in_command(
        self,
        instruction: Instruction,
        command: ShellForm | ExecForm,
        state: StageState,
        end: StageState,
    ) -> Iterator[Named]:
        if isinstance(command, ExecForm):
            for name in names_in(" ".join(command.args)):
                if self._known(name, end):
                    yield Named(f"${name}", None, Fate.EMPTY, _NO_SHELL)
            return
        bodies = (one.content for one in getattr(instruction, "heredocs", ()))
        for name in names_in("\n".join([command.text, *bodies])):
            if not self._known(name, end):
                continue  # a variable of the script itself
            if isinstance(instruction, Run):
                yield self._read(name, state.environment, state)
            elif name in end.config.environment():
                yield Named(name, end.config.environment()[name], Fate.READ, _AT_RUN)
            else:
                yield Named(name, None, Fate.EMPTY, _ARG_AT_RUN)

    def _known(self, name: str, end: StageState) -> bool:
        return name in self._declared or name in end.environment or name in self._named_in(end)

    def _read_in(self, instruction: Instruction, environment: Mapping[str, str]) -> Iterator[Named]:
        for name in asked_for(instruction, environment, self._dockerfile.escape):
            yield self._read(name, environment, None)

    def _read(self, name: str, environment: Mapping[str, str], state: StageState | None) -> Named:
        if name in environment:
            return Named(name, environment[name], Fate.READ, _reading(name, state))
        return Named(name, None, Fate.EMPTY, self._why_not(name))

    def _why_not(self, name: str) -> Text:
        if name in self._globals:
            return Text(
                f"empty: it is global; write ARG {name} in this stage first",
                f"空的：它是全局的；先在这个阶段里写 ARG {name}",
            )
        if stage := self._declared.get(name):
            return Text(f"empty: it belongs to the stage {stage}", f"空的：它属于阶段 {stage}")
        return _NEVER


def _reading(name: str, state: StageState | None) -> Text:
    if state is None:
        return Text("filled in by the builder", "由构建器替换")
    if name in state.config.environment() and name not in {pair.name for pair in state.args}:
        return Text("the shell fills it in, from ENV", "由 shell 替换，取自 ENV")
    return Text("the shell fills it in", "由 shell 替换")


def _inherited(planned: PlannedStage, name: str, state: StageState, started: set[str]) -> Text:
    if planned.base_stage is not None and name in started:
        kind = "ENV" if name in state.config.environment() else "ARG"
        return Text(f"{kind} of the stage {planned.image}", f"阶段 {planned.image} 的 {kind}")
    if planned.image == SCRATCH:
        return Text("the builder's own PATH", "构建器自带的 PATH")
    return Text(f"ENV of the image {planned.image}", f"镜像 {planned.image} 的 ENV")


def _line(stage: str, instruction: Instruction, names: Iterable[Named]) -> ScopeLine:
    text = instruction.source.strip().partition("\n")[0]
    return ScopeLine(stage, instruction.span.start, text, tuple(names))


class _Asked(Mapping[str, str]):
    """An environment that remembers the names that it was asked for, in their order."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self.names: dict[str, None] = {}

    def __getitem__(self, name: str) -> str:
        self.names[name] = None
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def asked_for(
    instruction: Instruction, environment: Mapping[str, str], escape: str
) -> tuple[str, ...]:
    """The names that the builder looks up to fill in an instruction, each once."""
    asked = _Asked(environment)
    try:
        expand(instruction, asked, escape)
    except ExpansionError:
        return tuple(asked.names)  # as far as the builder comes; the build says what is wrong
    return tuple(asked.names)


_PIECE = re.compile(
    r"""'[^']*' | \\. | "(?P<inside>(?:\\.|[^"\\])*)" | \$\{?(?P<name>[A-Za-z_]\w*)""",
    re.VERBOSE | re.DOTALL,
)


def names_in(command: str) -> tuple[str, ...]:
    """The variables that a shell would fill in: not those in '...' nor behind a backslash."""
    found: dict[str, None] = {}
    for piece in _PIECE.finditer(command):
        if piece["name"]:
            found[piece["name"]] = None
        elif piece["inside"]:
            inside = re.findall(r"\\.|\$\{?([A-Za-z_]\w*)", piece["inside"], re.DOTALL)
            found |= dict.fromkeys(name for name in inside if name)
    return tuple(found)
