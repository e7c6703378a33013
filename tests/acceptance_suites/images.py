"""The suites of images: chains of layers, layers over others, diffs, OCI's JSON documents."""

from __future__ import annotations

import io
import tarfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from course_lib.image.entries import Content, Directory, File, Symlink
from course_lib.image.image import chain_ids
from course_lib.image.layer import Layer
from course_lib.image.paths import join
from course_lib.image.tree import Tree
from course_lib.image.workspace import Workspace
from course_lib.oci.documents import (
    read_config,
    read_descriptor,
    read_index,
    read_layout,
    read_manifest,
)
from course_lib.oci.errors import ImageReadError
from course_lib.oci.layerstream import read_layer
from tests.acceptance_suites.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from course_lib.image.entries import Node

_READERS = {
    "config": read_config,
    "manifest": read_manifest,
    "index": read_index,
    "descriptor": read_descriptor,
    "layout": read_layout,
}
_LATER = 1000


def chains(data: Mapping[str, Any]) -> Iterator[Outcome]:
    for case in data["cases"]:
        yield Outcome(case["name"], case["chain_ids"], list(chain_ids(case["diff_ids"])))


def schema(data: Mapping[str, Any]) -> Iterator[Outcome]:
    for number, case in enumerate(data["cases"]):
        name = f"{number} {case['kind']}: {case.get('comment', '')}"
        try:
            _READERS[case["kind"]](case["document"].encode())
        except ImageReadError:
            yield Outcome(name, case["valid"], actual=False)
        else:
            yield Outcome(name, case["valid"], actual=True)


def layers(data: Mapping[str, Any]) -> Iterator[Outcome]:
    for case in data["cases"]:
        try:
            lower = _read(case["lower"])
            actual: object = _names(Tree.of([lower, _read(case["layer"])]), mark="")
        except ImageReadError:
            actual = "error"
        expected = "error" if case.get("error") else sorted(case["result"])
        yield Outcome(case["name"], expected, actual)
    tree = Tree.EMPTY
    for number, step in enumerate(data["go_archive_sequence"]):
        tree = _read(step["layer"]).apply(tree)
        yield Outcome(f"sequence {number}", sorted(step["result_after"]), _names(tree, mark="/"))


def _read(names: Iterable[str]) -> Layer:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name in names:
            info = tarfile.TarInfo(name)
            info.type = tarfile.DIRTYPE if name.endswith("/") else tarfile.REGTYPE
            archive.addfile(info)
    buffer.seek(0)
    return read_layer(buffer).layer


def _names(tree: Tree, mark: str) -> list[str]:
    return sorted(
        path[1:] + (mark if isinstance(node, Directory) else "")
        for path, node in tree.walk()
        if path != "/"
    )


def diffs(data: Mapping[str, Any]) -> Iterator[Outcome]:
    for case in data["cases"]:
        if "mutations" in case:
            actual = _mutated(case["mutations"])
        elif "rw_layer" in case:
            actual = _over(case["base"], case["rw_layer"])
        else:
            actual = _layer_lines(case["base"], case["upper"])
        yield Outcome(case["name"], sorted(case["expect"]), sorted(actual))


def _layer_lines(base: list[dict[str, Any]], upper: list[dict[str, Any]]) -> list[str]:
    """`A`, `M`, `D` of the changed paths, without the folders on the way to them."""
    below = _done(Tree.EMPTY, base)
    space = Workspace(below, now=lambda: _LATER)
    for step in upper:
        _do(space, step)
    above = space.tree()
    lines = []
    for change in space.diff():
        old, new = below.get(change.path), above.get(change.path)
        if change.kind != "C":
            lines.append(str(change))
        elif _timeless(old) != _timeless(new):
            lines.append(f"M {change.path}")
    return lines


def _timeless(node: Node | None) -> Node | None:
    return replace(node, mtime=0) if isinstance(node, Directory) else node


def _done(tree: Tree, steps: Iterable[Mapping[str, Any]]) -> Tree:
    space = Workspace(tree, now=lambda: 0)
    for step in steps:
        _do(space, step)
    return space.tree()


def _do(space: Workspace, step: Mapping[str, Any]) -> None:
    path, mode = step["path"], int(step.get("mode", "0"), 8)
    match step["op"]:
        case "CreateDir":
            if space.get(path) is None:
                space.mkdir(path, mode, parents=True)
        case "CreateFile":
            space.put(path, File(Content.of(step["data"]), mode))
        case "Remove":
            space.remove(path)
        case "RemoveAll":
            space.remove_tree(path)
        case _:
            space.utime(path, 0)


def _over(base: Iterable[str], upper: Iterable[str]) -> list[str]:
    """`docker diff` of a writable layer that is given as the names in it."""
    space = Workspace(_read(base).apply(Tree.EMPTY), now=lambda: _LATER)
    for name in upper:
        above, _, last = f"/{name}".rpartition("/")
        if last.startswith(".wh."):
            space.remove_tree(join(above or "/", last.removeprefix(".wh.")))
        elif not name.endswith("/"):
            space.put(f"/{name}", File(Content.of("changed")))
        elif space.get(f"/{name[:-1]}") is None:
            space.mkdir(f"/{name[:-1]}")
    return [str(change) for change in space.diff()]


def _mutated(mutations: Mapping[str, str]) -> list[str]:
    """`docker diff` after what is said of each path was done to it."""
    old: dict[str, Node] = {}
    for path, what in mutations.items():
        if what != "created":
            old |= _sample(path, "old")
    space = Workspace(Layer(old).apply(Tree.EMPTY), now=lambda: _LATER)
    for path, what in mutations.items():
        if what == "mtime touched":
            space.utime(path, 99)
            continue
        if space.get(path) is not None:
            space.remove_tree(path)
        if what != "removed":
            kind = {"directory replaced by file": "/file", "file replaced by directory": "/dir"}
            node = next(iter(_sample(kind.get(what, path), "new").values()))
            space.put(path, replace(node, mtime=_LATER))
    return [str(change) for change in space.diff()]


def _sample(path: str, text: str) -> dict[str, Node]:
    """A folder with a file, a link or a file, as the path is called."""
    if path.startswith("/dir"):
        return {path: Directory(mtime=1), f"{path}/inside": File(Content.of(text))}
    if path.startswith("/symlink"):
        return {path: Symlink(text)}
    return {path: File(Content.of(text))}
