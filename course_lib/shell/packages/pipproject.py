"""A Python project in a folder, as `pip install .` reads it: pyproject.toml with a [project] table."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.image.entries import File
from course_lib.packages.package import Package

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from course_lib.shell.task import Task

_SCRIPT = 220  # bytes of a command that pip writes


class BadProjectError(Exception):
    """What pip says of a pyproject.toml that it cannot use."""


@dataclass(frozen=True, slots=True)
class Project:
    """`package` as the catalogue would have it; `files` by their path in site-packages."""

    package: Package
    folder: str
    files: Mapping[str, File]


def read_project(task: Task, folder: str) -> Project:
    """Read a project whose name and version stand in its pyproject.toml.

    Raises:
        BadProjectError: no TOML, no name.
        NotSimulatedError: where Python code would have to say the name or the version.

    """
    try:
        said = tomllib.loads(task.files.read(f"{folder}/pyproject.toml").decode("utf-8"))
    except ValueError as error:
        msg = f"{folder}/pyproject.toml is not valid TOML: {error}"
        raise BadProjectError(msg) from error
    table = said.get("project")
    if table is None and "poetry" in said.get("tool", {}):
        msg = "install of a project that poetry describes"
        raise task.not_simulated(msg)
    if not isinstance(table, dict) or "name" not in table:
        msg = f"{folder}/pyproject.toml: project must contain ['name'] properties"
        raise BadProjectError(msg)
    if not isinstance(table.get("version"), str):
        msg = "install of a project whose version is computed"
        raise task.not_simulated(msg)
    files = dict(_modules(task, folder, str(table["name"])))
    size = sum(file.size for file in files.values()) // 1024 + 1
    scripts = tuple(f"p /bin/{name} {_SCRIPT}" for name in table.get("scripts", {}))
    package = Package(
        str(table["name"]),
        str(table["version"]),
        installed=size,
        depends=tuple(map(str, table.get("dependencies", ()))),
        lines=scripts,
    )
    return Project(package, task.files.absolute(folder).removesuffix("/."), files)


def _modules(task: Task, folder: str, name: str) -> Iterator[tuple[str, File]]:
    """The packages below src/, or the one, or the module, that is called like the project."""
    module = name.replace("-", "_").lower()
    if task.files.is_directory(f"{folder}/src"):
        roots = [f"{folder}/src/{each}" for each in task.files.names(f"{folder}/src")]
    else:
        roots = [f"{folder}/{module}", f"{folder}/{module}.py"]
    for root in roots:
        if task.files.find(root) is None:
            continue
        above = len(task.files.absolute(root).rpartition("/")[0]) + 1
        for path, node in task.files.walk(task.files.absolute(root)):
            if isinstance(node, File):
                yield path[above:], node
