"""What differs between two trees: the entries of a layer, and the lines of `docker diff`.

Trees share the folders that did not change, so a comparison costs what changed and not what is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from course_lib.image.entries import Directory, Whiteout
from course_lib.image.folder import Folder, node_of
from course_lib.image.paths import join, parent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.image.entries import Entry, Node
    from course_lib.image.folder import Item


@dataclass(frozen=True, slots=True)
class Change:
    """A line of `docker diff`: `A /path`, `C /path` or `D /path`."""

    kind: Literal["A", "C", "D"]
    path: str

    def __str__(self) -> str:
        return f"{self.kind} {self.path}"


def layer_entries(before: Folder, after: Folder) -> dict[str, Entry]:
    """The entries of the layer that makes `after` of `before`.

    A changed path is there once, whole; a folder is there when its own attributes or time
    changed; a deleted path is one whiteout, whatever was below it. `/` itself is never there.
    """
    return dict(_entries(before, after))


def _entries(before: Folder, after: Folder) -> Iterator[tuple[str, Entry]]:
    for path, old, new in _different(before, after):
        if new is None:
            yield path, Whiteout()
        elif (node := _there(new)) != node_of(old):
            yield path, node


def changes(before: Folder, after: Folder) -> tuple[Change, ...]:
    """The lines of `docker diff`, parents first, names sorted.

    A folder counts as changed when its mode or owner changed, or something in it did; a new time
    alone is not shown (moby's go-archive, changes_linux.go).
    """
    kept: list[Change] = []
    with_changes: set[str] = set()
    for path, old, new in reversed(list(_different(before, after))):
        if new is None:
            kept.append(Change("D", path))
        elif old is None:
            kept.append(Change("A", path))
        elif path in with_changes or _differ(_there(old), _there(new)):
            kept.append(Change("C", path))
        else:
            continue
        with_changes.add(parent(path))
    return tuple(reversed(kept))


def _differ(old: Node, new: Node) -> bool:
    if isinstance(old, Directory) and isinstance(new, Directory):
        return (old.mode, old.uid, old.gid) != (new.mode, new.uid, new.gid)
    return old != new


def _different(
    before: Folder, after: Folder
) -> Iterator[tuple[str, Item | None, Item | None]]:
    """The paths whose items are not the very same object: parents first, names sorted."""
    waiting = list(_pairs("/", before, after))
    while waiting:
        path, old, new = waiting.pop()
        yield path, old, new
        if isinstance(new, Folder):
            waiting += _pairs(path, old if isinstance(old, Folder) else _NOTHING, new)


def _pairs(
    path: str, before: Folder, after: Folder
) -> Iterator[tuple[str, Item | None, Item | None]]:
    """The differing names in one folder, the last one first."""
    names = before.stock.keys() | after.stock.keys()
    for name in sorted(names, reverse=True):
        old, new = before.stock.get(name), after.stock.get(name)
        if old is not new:
            yield join(path, name), old, new


def _there(item: Item) -> Node:
    return item.node if isinstance(item, Folder) else item


_NOTHING = Folder(Directory(), {})
