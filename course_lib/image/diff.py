"""What differs between two trees: the entries of a layer, and the lines of `docker diff`.

Trees share the folders that did not change, so a comparison costs what changed and not what is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from course_lib.image.entries import Directory, Whiteout
from course_lib.image.folder import Folder
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

    A changed path is there once, whole, and with it all folders on the way to it; a deleted path is
    one whiteout, whatever was below it. A folder that only has a new time is not there, and `/`
    never is (containerd's archive.ChangeWriter, continuity's fs.Changes).
    """
    return {
        change.path: Whiteout() if change.kind == "D" else _there(_found(after, change.path))
        for change in changes(before, after)
    }


def changes(before: Folder, after: Folder) -> tuple[Change, ...]:
    """The lines of `docker diff`, parents first, names sorted.

    A folder counts as changed when its mode or owner changed, or something in it did; a new time
    alone is not shown (moby's go-archive, changes_linux.go). A file counts as changed when it was
    written, even if with the same bytes: overlayfs copies it up all the same.
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
    """Whether two nodes differ that are not the same object: a file was written, even if with the same bytes."""
    if isinstance(old, Directory) and isinstance(new, Directory):
        return (old.mode, old.uid, old.gid) != (new.mode, new.uid, new.gid)
    return True


def _different(before: Folder, after: Folder) -> Iterator[tuple[str, Item | None, Item | None]]:
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


def _found(folder: Folder, path: str) -> Item:
    item = folder.find(path)
    assert item is not None, path  # noqa: S101 - a change names what is there
    return item


def _there(item: Item) -> Node:
    return item.node if isinstance(item, Folder) else item


_NOTHING = Folder(Directory(), {})
