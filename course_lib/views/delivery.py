"""COPY and ADD: which path of the context, a stage or an image became which path of the layer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course_lib.build.addresses import is_address
from course_lib.build.errors import BuildError
from course_lib.build.ignore import IgnoreRules, read_ignore_file
from course_lib.build.operations import CopyFiles
from course_lib.dockerfile import expand
from course_lib.dockerfile.instructions import Add, Copy
from course_lib.image.entries import Directory, File, Whiteout
from course_lib.image.layer import Layer
from course_lib.image.tree import Tree
from course_lib.image.workspace import Workspace
from course_lib.text import Text, same
from course_lib.views import palette
from course_lib.views.columns import size
from course_lib.views.replay import Replay
from course_lib.views.sheet import EMPTY, plain, sheet, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from course_lib.build.context import Context
    from course_lib.build.result import Step
    from course_lib.image.entries import Entry
    from course_lib.image.image import Image
    from course_lib.views.build import Build
    from course_lib.views.picture import Picture
    from course_lib.views.replay import Ground
    from course_lib.views.sheet import Row


@dataclass(frozen=True, slots=True)
class Arrow:
    """One path that was copied, or that came out of the archive `source`; `mode` is like 0o644."""

    source: str
    dest: str
    owner: str
    mode: int
    size: int
    unpacked: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """One COPY or ADD: its line (1-based), where it takes from, its arrows; or why it failed."""

    line: int
    instruction: str
    origin: Text
    arrows: tuple[Arrow, ...]
    error: str = ""


@dataclass(frozen=True, slots=True)
class KeptOut:
    """The paths that one line of .dockerignore keeps out of the context."""

    pattern: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deliveries:
    """All of a build; `idle` are the files of the context that no instruction takes."""

    name: str
    steps: tuple[Delivery, ...]
    kept_out: tuple[KeptOut, ...]
    idle: tuple[str, ...]


def deliveries_of(build: Build, images: Callable[[str], Image | None]) -> Deliveries:
    """Follow each path: the copying is done once more, with a mark on every path.

    Raises:
        DockerfileError, InstructionError: a file that was not built, because it can't be.

    """
    replay = Replay(build, images)
    rules = _rules(build.context)
    context = build.context.without(rules).tree()
    steps = [
        _delivery(step, ground, replay, context)
        for step, ground in replay.steps()
        if isinstance(step.instruction, Copy | Add)
    ]
    if isinstance(build.outcome, BuildError) and build.outcome.failed is not None:
        failed = build.outcome.failed
        if isinstance(failed.instruction, Copy | Add):
            steps.append(_failed(failed, replay, build.outcome.message))
    taken = {arrow.source for step in steps if step.origin == CONTEXT for arrow in step.arrows}
    files = [path for path, entry in build.context.files.items() if isinstance(entry, File)]
    idle = tuple(
        path for path in files if path not in {*taken, ".dockerignore"} and not rules.excludes(path)
    )
    return Deliveries(build.name, tuple(steps), _kept_out(files, rules), idle)


CONTEXT = Text("the build context", "构建上下文")
_INLINE = Text("the Dockerfile itself", "Dockerfile 本身")


def _rules(context: Context) -> IgnoreRules:
    names = ("Dockerfile.dockerignore", ".dockerignore")
    text = next((found for name in names if (found := context.text(name)) is not None), "")
    return IgnoreRules.of(read_ignore_file(text))


def _kept_out(files: Sequence[str], rules: IgnoreRules) -> tuple[KeptOut, ...]:
    found: dict[str, list[str]] = {}
    for path in files:
        pattern = rules.excluding(path)
        if pattern is not None:
            found.setdefault(str(pattern), []).append(path)
    return tuple(KeptOut(pattern, tuple(paths)) for pattern, paths in found.items())


def _delivery(step: Step, ground: Ground, replay: Replay, context: Tree) -> Delivery:
    written = step.instruction
    assert isinstance(written, Copy | Add)  # noqa: S101 - the caller looked
    instruction = expand(written, ground.environment, replay.escape)
    name = instruction.from_ if isinstance(instruction, Copy) else ""
    marks = _Marks.on(replay.files_of(name) if name else context)
    copying = CopyFiles.of(instruction, marks.tree, step.config_before.working_dir, _DOCUMENT)
    files = Workspace(Tree.EMPTY if instruction.link else ground.tree, now=lambda: _NOW)
    copying.perform(files)
    arrows = tuple(marks.arrows(files.changes().entries, relative=not name))
    if copying.remotes:
        addresses = ", ".join(one for one in instruction.sources if is_address(one))
        arrows = tuple(
            arrow
            if arrow.source
            else replace(arrow, source=addresses, unpacked=copying.unpacks_remotes)
            for arrow in arrows
        )
    elif copying.unpacks:
        arrows = _with_archives(arrows, copying.selection.sources())
    return Delivery(step.instruction.span.start, step.text, _origin(written, replay), arrows)


def _with_archives(arrows: tuple[Arrow, ...], sources: Sequence[str]) -> tuple[Arrow, ...]:
    """Name the archives that ADD unpacked: the sources that no arrow comes from."""
    known = {arrow.source for arrow in arrows}
    names = [source.lstrip("/") for source in sources]
    archives = ", ".join(name for name in names if name not in known)
    return tuple(
        arrow if arrow.source else replace(arrow, source=archives, unpacked=True)
        for arrow in arrows
    )


def _failed(step: Step, replay: Replay, message: str) -> Delivery:
    written = step.instruction
    assert isinstance(written, Copy | Add)  # noqa: S101 - the caller looked
    return Delivery(written.span.start, step.text, _origin(written, replay), (), message)


def _origin(written: Copy | Add, replay: Replay) -> Text:
    if isinstance(written, Copy) and written.from_:
        stage = replay.stage_name(written.from_)
        if stage is not None:
            return Text(f"the stage {stage}", f"阶段 {stage}")
        return Text(f"the image {written.from_}", f"镜像 {written.from_}")
    return CONTEXT if written.sources else _INLINE


_NOW = -1  # the time of what nothing was copied to: folders on the way
_DOCUMENT = -2  # the time of what stands in the Dockerfile itself
_FIRST = 1 << 40  # later than any time that a file out of an archive can have


@dataclass(frozen=True, slots=True)
class _Marks:
    """A tree in which the time of each path is a number, and the path of each number."""

    tree: Tree
    paths: tuple[str, ...]

    @classmethod
    def on(cls, tree: Tree) -> _Marks:
        """Mark all paths: copying keeps the times of what it copies."""
        nodes = [(path, node) for path, node in tree.walk() if path != "/"]
        marked = {path: replace(node, mtime=_FIRST + at) for at, (path, node) in enumerate(nodes)}
        return cls(Layer(marked).apply(Tree.EMPTY), tuple(path for path, _ in nodes))

    def arrows(self, entries: Mapping[str, Entry], *, relative: bool) -> Iterator[Arrow]:
        """An arrow for each file and link of a layer, and for each folder that came alone."""
        full = {path.rpartition("/")[0] for path in entries}
        for path, entry in entries.items():
            if isinstance(entry, Whiteout):
                continue
            if isinstance(entry, Directory) and (entry.mtime < _FIRST or path in full):
                continue
            yield Arrow(
                self._source(entry.mtime, relative=relative),
                path,
                f"{entry.uid}:{entry.gid}",
                getattr(entry, "mode", 0o777),
                entry.size if isinstance(entry, File) else 0,
            )

    def _source(self, mark: int, *, relative: bool) -> str:
        if mark == _DOCUMENT:
            return "<<"
        if mark < _FIRST:
            return ""
        path = self.paths[mark - _FIRST]
        return path.lstrip("/") if relative else path


def only(deliveries: Deliveries, line: int) -> Deliveries:
    """The instruction on one line alone.

    Raises:
        LookupError: no COPY or ADD stands there.

    """
    steps = tuple(step for step in deliveries.steps if step.line == line)
    if not steps:
        raise LookupError(line)
    return replace(deliveries, steps=steps)


_HEAD = (
    Text("line", "行"),
    Text("instruction", "指令"),
    Text("from", "来源"),
    Text("path", "路径"),
    Text("owner", "属主"),
    Text("mode", "权限"),
    Text("size", "大小"),
)
_FEW = 8
_MANY = 80
_PATHS = 3


def draw_deliveries(deliveries: Deliveries) -> Picture:
    """Draw a row for each arrow; of many, the first of each instruction."""
    caption = Text(
        f"What COPY and ADD bring into {deliveries.name}",
        f"COPY 和 ADD 把什么带进 {deliveries.name}",
    )
    most = _MANY if len(deliveries.steps) == 1 else _FEW
    rows = [row for step in deliveries.steps for row in _rows(step, most)]
    rows += [_row_out(kept) for kept in deliveries.kept_out]
    unpacked = any(arrow.unpacked for step in deliveries.steps for arrow in step.arrows)
    notes = [Text("=> unpacked by ADD", "=> 由 ADD 解包")] if unpacked else []
    notes += [_idle(deliveries.idle)] if deliveries.idle else []
    if not rows:
        notes.insert(0, Text("There is no COPY and no ADD.", "没有 COPY，也没有 ADD。"))
    return sheet(caption, _HEAD, rows, notes)


def _rows(step: Delivery, most: int) -> Iterator[Row]:
    first = (plain(str(step.line)), words(step.instruction, most=48), plain(step.origin))
    if step.error:
        yield (*first, plain(_brief(step.error), palette.WRONG), EMPTY, EMPTY, EMPTY)
    elif not step.arrows:
        yield (
            *first,
            plain(Text("nothing new", "没有新东西"), palette.CONFIG),
            EMPTY,
            EMPTY,
            EMPTY,
        )
    for at, arrow in enumerate(step.arrows[:most]):
        yield (
            *(first if at == 0 else (EMPTY, EMPTY, EMPTY)),
            words(_said(arrow), palette.ADDED, most=72),
            words(arrow.owner),
            words(f"{arrow.mode:04o}"),
            plain(size(arrow.size)),
        )
    left = step.arrows[most:]
    if left:
        total = size(sum(arrow.size for arrow in left))
        more = Text(f"... and {len(left)} more paths", f"……还有 {len(left)} 个路径")
        yield (EMPTY, EMPTY, EMPTY, plain(more), EMPTY, EMPTY, plain(total))


def _brief(message: str) -> str:
    """The end of BuildKit's chain of reasons: `"/nix": not found`."""
    return ": ".join(message.split(": ")[-2:])


def _said(arrow: Arrow) -> str:
    return f"{arrow.source} {'=>' if arrow.unpacked else '->'} {arrow.dest}"


def _row_out(kept: KeptOut) -> Row:
    shown, left = kept.paths[:_PATHS], len(kept.paths[_PATHS:])
    said = same(", ".join(shown))
    if left:
        said += Text(f" and {left} more", f" 等共 {len(kept.paths)} 个")
    return (
        EMPTY,
        words(kept.pattern),
        plain(Text("kept out by .dockerignore", "被 .dockerignore 排除")),
        plain(said, palette.HIDDEN),
        EMPTY,
        EMPTY,
        EMPTY,
    )


def _idle(paths: tuple[str, ...]) -> Text:
    shown, left = paths[:_PATHS], len(paths[_PATHS:])
    more = Text(f" and {left} more", f" 等共 {len(paths)} 个") if left else same("")
    return (
        Text("In the context, but nothing copies it: ", "在上下文里，但没有指令复制它：")
        + same(", ".join(shown))
        + more
    )
