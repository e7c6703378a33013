"""One project built, and its image as `ls -l` would show it."""

from __future__ import annotations

import stat
from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.build import Context
from course_lib.image.entries import Directory, File, Symlink

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from course_lib.build import BuildResult
    from course_lib.engine import Engine
    from course_lib.image.config import ImageConfig
    from course_lib.image.entries import Entry
    from course_lib.image.image import Image
    from course_lib.image.layer import Layer
    from course_lib.image.tree import Tree
    from course_lib.shell import Chunk
    from tests.projects.expectation import Expectation


def build(engine: Engine, folder: Path, name: str, expected: Expectation) -> BuildResult:
    """`docker build -t NAME .` in the folder of a project, and of those it needs before."""
    for tag, base in expected.first.items():
        _build(engine, folder / base, tag)
    return _build(engine, folder / name, name, expected)


def _build(
    engine: Engine, folder: Path, tag: str, expected: Expectation | None = None
) -> BuildResult:
    return engine.build(
        (folder / "Dockerfile").read_text(encoding="utf-8"),
        context_of(folder),
        tags=(tag,),
        target=expected.target if expected else "",
        build_args=expected.args if expected else None,
    )


def context_of(folder: Path) -> Context:
    """The files of a project, with the two modes that git knows."""
    files = Context.from_directory(folder).files
    return Context(
        {path: _as_git_has_it(e) for path, e in files.items() if path != "expected.toml"}
    )


def _as_git_has_it(entry: Entry) -> Entry:
    if isinstance(entry, File):
        return replace(entry, mode=0o755 if entry.mode & stat.S_IXUSR else 0o644)
    return replace(entry, mode=0o755) if isinstance(entry, Directory) else entry


def layer_of(image: Image, step: str) -> Layer:
    """The layer of the last history line that holds these words."""
    lines = [line.created_by for line in image.history if not line.empty_layer]
    found = [layer for line, layer in zip(lines, image.layers, strict=True) if step in line]
    assert found, (step, lines)
    return found[-1]


def field_of(config: ImageConfig, field: str, expected: object) -> object:
    """A field of the config, as TOML can say it; of env and labels only what is expected there."""
    if field == "healthcheck":
        return list(config.healthcheck.test) if config.healthcheck else []
    value = getattr(config, field)
    if field == "env" and isinstance(expected, list):
        return [pair for pair in expected if pair in value]
    if field == "labels" and isinstance(expected, dict):
        return {key: value.get(key) for key in expected}
    return list(value) if isinstance(value, tuple) else value


def shown(tree: Tree, path: str, *, content: bool = False) -> str:
    """`-rw-r--r-- root:root`, `-> target` or `absent`; or what a file contains."""
    node = tree.get(path)
    if node is None:
        return "absent"
    if isinstance(node, Symlink):
        return f"-> {node.target}"
    if content:
        assert isinstance(node, File), path
        return node.content.data.decode()
    kind = stat.S_IFDIR if isinstance(node, Directory) else stat.S_IFREG
    user, group = _name(tree, "/etc/passwd", node.uid), _name(tree, "/etc/group", node.gid)
    return f"{stat.filemode(kind | node.mode)} {user}:{group}"


def text_of(output: Iterable[Chunk]) -> str:
    """What was printed, on both streams."""
    return b"".join(chunk.data for chunk in output).decode()


def _name(tree: Tree, accounts: str, number: int) -> str:
    node = tree.get(accounts)
    lines = node.content.data.decode().splitlines() if isinstance(node, File) else []
    names = (line.split(":")[0] for line in lines if line.split(":")[2:3] == [str(number)])
    return next(names, str(number))
