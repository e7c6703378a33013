"""The build cache: which result a step can take over, and the first thing that differs if none.

A key holds what BuildKit compares: the operation, its environment, the content of its sources and the
result that it stands on. Times of files are not in it, nor labels, ports and other config.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from course_lib.image.entries import Node
    from course_lib.image.layer import Layer
    from course_lib.image.tree import Tree
    from course_lib.image.workspace import Workspace

AND = " + "  # joins the names of what a step after COPY --link stands on


@dataclass(frozen=True, slots=True)
class CacheKey:
    """What makes a step the same step.

    `operation` is argv for RUN, the destination, flags and source patterns for COPY and ADD, the folder
    for WORKDIR. `environment` (RUN only) is Env with the ARGs in force. `content` lists the
    copied files without their times. `parent` names the result that the step stands on.
    """

    kind: str
    operation: tuple[str, ...]
    parent: str
    settings: tuple[tuple[str, str], ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    content: tuple[tuple[str, Node], ...] = ()
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class CachedStep:
    """A result to take over: its layer, the files after it and the time it was made.

    `tree` is None in a cache that was read from a file, until the result is taken over.
    """

    name: str
    key: CacheKey
    layer: Layer
    tree: Tree | None
    created: str

    def over(self, below: Tree) -> CachedStep:
        """The same result with its files, standing on `below`."""
        return self if self.tree is not None else replace(self, tree=self.layer.apply(below))

    @property
    def files(self) -> Tree:
        """The files after it, of a result that was taken over or made."""
        assert self.tree is not None  # noqa: S101 - `over` was called
        return self.tree


class BuildCache:
    """The results of earlier builds; also keeps the folders of `RUN --mount=type=cache`."""

    def __init__(self) -> None:
        self._steps: dict[CacheKey, CachedStep] = {}
        self._made = 0
        self._apart: dict[str, BuildCache] = {}
        self._committed: dict[str, str] = {}
        self.folders: dict[str, Workspace] = {}

    def apart(self, builder: str) -> BuildCache:
        """The results of another builder: neither takes over what the other made."""
        return self._apart.setdefault(builder, BuildCache())

    def committed(self, step: CachedStep, image_id: str) -> None:
        """Note the image that the older builder made of a result: they go together."""
        self._committed[step.name] = image_id

    def keep_committed(self, image_ids: Collection[str]) -> None:
        """Forget the results whose image has been removed."""
        self._steps = {
            key: step
            for key, step in self._steps.items()
            if self._committed.get(step.name) in image_ids
        }

    def find(self, key: CacheKey) -> CachedStep | None:
        """The result for a key."""
        return self._steps.get(key)

    def all(self) -> tuple[CachedStep, ...]:
        """Every result, in the order in which they were made."""
        return tuple(self._steps.values())

    def restore(self, step: CachedStep, image_id: str = "") -> None:
        """Put in a result of another process."""
        self._steps[step.key] = step
        if image_id:
            self._committed[step.name] = image_id

    def image_of(self, step: CachedStep) -> str:
        """The image that the older builder made of a result; '' for BuildKit's."""
        return self._committed.get(step.name, "")

    def others(self) -> Mapping[str, BuildCache]:
        """The caches that stand apart, by builder."""
        return MappingProxyType(self._apart)

    def keep(self, key: CacheKey, layer: Layer, tree: Tree, created: str) -> CachedStep:
        """Remember a result, in place of an older one of the same key."""
        self._made += 1
        step = CachedStep(f"result {self._made}", key, layer, tree, created)
        self._steps.pop(key, None)
        self._steps[key] = step
        return step

    def why_not(self, key: CacheKey) -> Text:
        """Why no result fits: the first difference from the one that comes nearest."""
        known = [old for old in reversed(self._steps) if old.kind == key.kind]
        beside = [old for old in known if old.parent == key.parent]
        if beside:
            return min((_differences(key, old) for old in beside), key=len)[0]
        on_a_step = self._below(key) is not None
        if known and (on_a_step or any(not _differences(key, old) for old in known)):
            return self._other_parent(key)
        return Text(
            f"not in the cache: no {key.kind} was built on these layers yet",
            f"缓存里没有：在这些层之上还没有执行过 {key.kind}",
        )

    def _below(self, key: CacheKey) -> CacheKey | None:
        """The step that another stands on: the last of the parent's name; None for a base image."""
        name = key.parent.rpartition(AND)[2]
        return next((step.key for step in self._steps.values() if step.name == name), None)

    def _other_parent(self, key: CacheKey) -> Text:
        below = self._below(key)
        if below is None:
            return Text(
                "not in the cache: the base image is another one than last time",
                "没有命中缓存：基础镜像和上次不一样",
            )
        return Text(
            f"not in the cache: the step below it was made anew ({below.text})",
            f"没有命中缓存：它下面的一步重新执行了（{below.text}）",
        )


def why_reused(key: CacheKey) -> Text:
    """Why a result fits."""
    if key.kind == "RUN":
        return Text(
            "CACHED: the same command in the same environment on the same layers",
            "CACHED：同样的命令、同样的环境、同样的下层",
        )
    if key.kind == "WORKDIR":
        return Text("CACHED: the same folder on the same layers", "CACHED：同样的目录、同样的下层")
    files = sum(1 for path, _ in key.content if path)
    return Text(
        f"CACHED: the same {files} copied path{'' if files == 1 else 's'} (content, mode, owner) "
        "to the same place on the same layers",
        f"CACHED：要复制的 {files} 个路径（内容、权限、属主）、目标位置和下层都没有变",
    )


def _differences(new: CacheKey, old: CacheKey) -> list[Text]:
    """What differs apart from the parent, in the order in which a reader would look."""
    found: list[Text] = []
    if new.operation != old.operation:
        found.append(_other_operation(new, old))
    found += _changed_pairs(new.settings, old.settings, _SETTING)
    found += _changed_pairs(new.environment, old.environment, _VARIABLE)
    found += _changed_files(new, old)
    return found


def _other_operation(new: CacheKey, old: CacheKey) -> Text:
    """Why argv or paths differ: the line was edited, or what stands above it gives it another meaning."""
    if new.text != old.text:
        return Text(
            f"not in the cache: the instruction changed; before it was {old.text}",
            f"没有命中缓存：指令变了；之前是 {old.text}",
        )
    now, before = " ".join(new.operation), " ".join(old.operation)
    return Text(
        f"not in the cache: the line is the same, but it means {now} now; before it was {before}",
        f"没有命中缓存：这一行没变，但现在的意思是 {now}；之前是 {before}",
    )


_SETTING = Text("the setting", "设置")
_VARIABLE = Text("the variable", "变量")


def _changed_pairs(
    new: tuple[tuple[str, str], ...], old: tuple[tuple[str, str], ...], what: Text
) -> list[Text]:
    now, before = dict(new), dict(old)
    names = sorted(name for name in {*now, *before} if now.get(name) != before.get(name))
    return [_changed_pair(what, name, now.get(name), before.get(name)) for name in names]


def _changed_pair(what: Text, name: str, now: str | None, before: str | None) -> Text:
    start = Text("not in the cache: ", "没有命中缓存：") + what + same(f" {name} ")
    if before is None:
        return start + Text(f"is new ({now!r})", f"是新加的（{now!r}）")
    if now is None:
        return start + Text(f"is gone (it was {before!r})", f"没有了（之前是 {before!r}）")
    return start + Text(f"is {now!r}, it was {before!r}", f"现在是 {now!r}，之前是 {before!r}")


def _changed_files(new: CacheKey, old: CacheKey) -> list[Text]:
    now, before = dict(new.content), dict(old.content)
    found: list[Text] = []
    for path in [*now, *(path for path in before if path not in now)]:
        if now.get(path) == before.get(path):
            continue
        start = Text("not in the cache: the file ", "没有命中缓存：文件 ") + same(f"{path} ")
        if path not in before:
            found.append(start + Text("is new", "是新的"))
        elif path not in now:
            found.append(start + Text("is gone", "没有了"))
        else:
            found.append(start + _how(now[path], before[path]))
    return found


def _how(new: Node, old: Node) -> Text:
    if type(new) is not type(old):
        return Text("became something else", "换成了另一种类型")
    if getattr(new, "content", None) != getattr(old, "content", None):
        return Text("has other content", "内容变了")
    if getattr(new, "mode", None) != getattr(old, "mode", None):
        return Text("has another mode", "权限变了")
    if (new.uid, new.gid) != (old.uid, old.gid):
        return Text("has another owner", "属主变了")
    return Text("points elsewhere", "指向变了")
