"""The merged view: what a process sees of a stack of layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from course_lib.image import paths
from course_lib.image.errors import NotADirectoryFoundError, NotFoundError
from course_lib.image.folder import EMPTY, Folder, node_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from course_lib.image.entries import Node
    from course_lib.image.layer import Layer


class Tree:
    """An immutable tree of files. Reading costs the length of the path, not the number of layers.

    Paths are absolute and normalised; `/` is always there.
    """

    EMPTY: ClassVar[Tree]
    __slots__ = ("root",)

    def __init__(self, root: Folder) -> None:
        self.root = root

    @classmethod
    def of(cls, layers: Iterable[Layer]) -> Tree:
        """The view of a stack of layers, given from the bottom up."""
        tree = cls.EMPTY
        for layer in layers:
            tree = layer.apply(tree)
        return tree

    def __eq__(self, other: object) -> bool:
        return self.root == other.root if isinstance(other, Tree) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.root.node, frozenset(self.root.stock)))

    def __repr__(self) -> str:
        return f"Tree({', '.join(sorted(self.root.stock))})"

    def get(self, path: str) -> Node | None:
        """What stands at a path, or None; no link is followed, neither at the end nor before."""
        return node_of(self.root.find(path))

    def resolve(self, path: str, *, follow: bool = True) -> str:
        """Return the real path of what is there; `follow` also goes through a link at the end.

        Raises:
            NotFoundError, NotADirectoryFoundError, LinkLoopError: OSErrors, as Linux has them.

        """
        return paths.resolve(self.get, path, follow=follow)

    def children(self, path: str) -> tuple[str, ...]:
        """The names in a directory, sorted.

        Raises:
            NotFoundError, NotADirectoryFoundError: OSErrors, as Linux has them.

        """
        return names_in(self.root.find(path), path)

    def walk(self, path: str = "/") -> Iterator[tuple[str, Node]]:
        """A path and all that is below it: parents first, names sorted, links not followed.

        Raises:
            NotFoundError: when nothing is at the path.

        """
        item = self.root.find(path)
        if item is None:
            raise NotFoundError(path)
        if not isinstance(item, Folder):
            yield path, item
            return
        for below, found in item.walk(path):
            yield below, found.node if isinstance(found, Folder) else found


def names_in(item: object, path: str) -> tuple[str, ...]:
    """The sorted names in what stands at `path`.

    Raises:
        NotFoundError, NotADirectoryFoundError: when it is no folder.

    """
    if item is None:
        raise NotFoundError(path)
    if not isinstance(item, Folder):
        raise NotADirectoryFoundError(path)
    return tuple(sorted(item.stock))


Tree.EMPTY = Tree(EMPTY)
