"""A layer: what one step added, changed and deleted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from course_lib.image import oci
from course_lib.image.entries import Directory, File, OpaqueDirectory, Whiteout
from course_lib.image.folder import Draft
from course_lib.image.paths import in_order, parents
from course_lib.image.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.image.entries import Entry

_SHOWN = 4


@dataclass(frozen=True)
class Layer:
    """Paths and what stands at them, in the order of a walk. It knows nothing of the layers below.

    A directory without an entry of its own has mode 0755 and belongs to root, unless a lower
    layer has it.
    """

    entries: Mapping[str, Entry]

    def __post_init__(self) -> None:
        ordered = {path: self.entries[path] for path in sorted(self.entries, key=in_order)}
        object.__setattr__(self, "entries", MappingProxyType(ordered))

    def __hash__(self) -> int:
        return hash(self.diff_id)

    def __repr__(self) -> str:
        shown = [
            f"{path} deleted" if isinstance(entry, Whiteout) else path
            for path, entry in list(self.entries.items())[:_SHOWN]
        ]
        if len(self.entries) > _SHOWN:
            shown.append(f"and {len(self.entries) - _SHOWN} more")
        return f"Layer({', '.join(shown) or 'no changes'}; {self.size} bytes)"

    @cached_property
    def diff_id(self) -> str:
        """`sha256:...` of the layer's uncompressed tar."""
        return oci.diff_id(self)

    @cached_property
    def size(self) -> int:
        """Bytes of the files in this layer, as `docker history` shows them."""
        return sum(entry.size for entry in self.entries.values() if isinstance(entry, File))

    @cached_property
    def implied(self) -> frozenset[str]:
        """Directories that stand on the way to an entry and have none of their own, without `/`."""
        above = {
            directory
            for path, entry in self.entries.items()
            if not isinstance(entry, Whiteout)
            for directory in parents(path)
        }
        return frozenset(above - self.entries.keys())

    def apply(self, tree: Tree) -> Tree:
        """Lay this layer over a tree, by the rules of the OCI image spec (layer.md).

        Whiteouts and opaque directories act on what was below only, wherever they stand in the
        layer. A directory over a directory changes its attributes; any other clash replaces.
        """
        known: tuple[Tree, Tree] | None = self.__dict__.get("_applied")
        if known is not None and known[0] is tree:
            return known[1]
        draft = Draft(tree.root)
        for path, entry in self.entries.items():
            if isinstance(entry, OpaqueDirectory):
                draft.clear(path)
            elif isinstance(entry, Whiteout):
                draft.remove(path)
        for path, entry in self.entries.items():
            if isinstance(entry, OpaqueDirectory):
                draft.put(path, Directory(entry.mode, entry.uid, entry.gid, entry.mtime))
            elif not isinstance(entry, Whiteout):
                draft.put(path, entry)
        result = Tree(draft.freeze())
        self.__dict__["_applied"] = (tree, result)  # a stack is read again and again
        return result
