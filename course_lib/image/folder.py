"""A persistent directory tree: an old version stays as it is, a new one shares all it did not change.

Changing a file copies the directories on the way to it, nothing else. A draft copies each of them
once and then changes its own copy, so that a thousand changes in one directory cost one copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.image.entries import Directory, File, Symlink
from course_lib.image.paths import join, parent, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.image.entries import Node

ROOT = Directory()


class Folder:
    """A directory with what is in it. Only the draft that is its `owner` may change it."""

    __slots__ = ("node", "owner", "stock")

    def __init__(self, node: Directory, stock: dict[str, Item], owner: object = None) -> None:
        self.node = node
        self.stock = stock
        self.owner = owner

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Folder):
            return NotImplemented
        waiting: list[tuple[Item | None, Item | None]] = [(self, other)]
        while waiting:
            mine, its = waiting.pop()
            if mine is its:
                continue
            if not (isinstance(mine, Folder) and isinstance(its, Folder)):
                if mine != its:
                    return False
            elif mine.node != its.node or mine.stock.keys() != its.stock.keys():
                return False
            else:
                waiting.extend((item, its.stock[name]) for name, item in mine.stock.items())
        return True

    __hash__ = None  # type: ignore[assignment]  # it may change while its draft is open

    def __repr__(self) -> str:
        return f"Folder({self.node!r}, {len(self.stock)} names)"

    def find(self, path: str) -> Item | None:
        """What stands at a path below this folder, taken as the root. No link is followed."""
        item: Item | None = self
        for name in parts(path):
            if type(item) is not Folder:
                return None
            item = item.stock.get(name)
        return item

    def walk(self, path: str) -> Iterator[tuple[str, Item]]:
        """This folder, said to be at `path`, and all below it: parents first, names sorted."""
        waiting: list[tuple[str, Item]] = [(path, self)]
        while waiting:
            here, item = waiting.pop()
            yield here, item
            if isinstance(item, Folder):
                names = sorted(item.stock, reverse=True)
                waiting.extend((join(here, name), item.stock[name]) for name in names)


Item = Folder | File | Symlink
EMPTY = Folder(ROOT, {})


def node_of(item: Item | None) -> Node | None:
    """The entry that an item of the tree is."""
    return item.node if isinstance(item, Folder) else item


class Draft:
    """A version of the tree that is being made. It checks nothing; all paths are real paths."""

    def __init__(self, root: Folder) -> None:
        self._root = root
        self._owner = object()

    @property
    def root(self) -> Folder:
        """The tree as it is now; `freeze` gives the one to keep."""
        return self._root

    def freeze(self) -> Folder:
        """Return the tree as it is now, for good: later changes copy again."""
        self._owner = object()
        return self._root

    def put(self, path: str, node: Node) -> None:
        """Set what stands at a path: a directory keeps its children, all else is replaced.

        Missing directories on the way are made, and files on the way give place to them.
        """
        if isinstance(node, Directory):
            self._own(path).node = node
        else:
            self.put_item(path, node)

    def put_item(self, path: str, item: Item) -> None:
        """Set what stands at a path, with its children."""
        self._own(parent(path)).stock[path.rpartition("/")[2]] = item

    def remove(self, path: str) -> None:
        """Remove what stands at a path, with its children; nothing happens where nothing is."""
        if self._root.find(path) is not None:
            del self._own(parent(path)).stock[path.rpartition("/")[2]]

    def clear(self, path: str) -> None:
        """Remove all that is in a directory."""
        if isinstance(self._root.find(path), Folder):
            self._own(path).stock.clear()

    def _own(self, path: str) -> Folder:
        """The folder at a path, as this draft's own copy."""
        here = self._root = self._mine(self._root)
        for name in parts(path):
            below = self._mine(here.stock.get(name))
            here.stock[name] = below
            here = below
        return here

    def _mine(self, item: Item | None) -> Folder:
        if not isinstance(item, Folder):
            return Folder(ROOT, {}, self._owner)
        if item.owner is self._owner:
            return item
        return Folder(item.node, dict(item.stock), self._owner)
