"""The map of the house holds: who may import whom, and what stays out of a learner's kernel."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[1]

# A room of course_lib -> the rooms it may import; every room may import text and clock.
VALUES = frozenset({"dockerfile", "image", "build", "run", "exercises"})
ARROWS = {
    "text": frozenset[str](),
    "clock": frozenset[str](),
    "differences": frozenset[str](),
    "lessons": frozenset[str](),
    "dockerfile": frozenset[str](),
    "image": frozenset({"dockerfile"}),
    "oci": frozenset({"image"}),
    "packages": frozenset({"image"}),
    "web": frozenset[str](),
    "shell": frozenset({"image", "packages", "web"}),
    "registry": frozenset({"image", "packages"}),
    "build": frozenset({"dockerfile", "image", "shell", "registry", "web"}),
    "run": frozenset({"dockerfile", "image", "shell"}),
    "engine": frozenset({"build", "dockerfile", "image", "oci", "registry", "run", "shell"}),
    "cli": frozenset({"build", "dockerfile", "engine", "image", "registry", "run", "shell"}),
    "terminal": frozenset(
        {"build", "cli", "dockerfile", "engine", "image", "oci", "registry", "work"}
    ),
    "exercises": frozenset(
        {"build", "cli", "dockerfile", "engine", "image", "registry", "run", "shell"}
    ),
    "views": VALUES,
    "widgets": VALUES | {"views"},
    "realengine": frozenset(
        {"build", "cli", "dockerfile", "engine", "image", "oci", "run", "views"}
    ),
    "progress": frozenset({"exercises"}),
    "work": frozenset({"exercises", "progress"}),
    "pictures": VALUES | {"engine", "lessons", "oci", "progress", "views"},
    "magics": VALUES
    | {"cli", "engine", "pictures", "progress", "realengine", "views", "widgets", "work"},
    "__init__": VALUES | {"cli", "engine", "views", "magics"},
}
EVERYWHERE = frozenset({"text", "clock"})

# A package from outside -> the only places, as beginnings of a path, that may import it.
OUTSIDERS = {
    "docker": ("course_lib/realengine/connecting.py", "tests/"),
    "IPython": ("course_lib/magics.py", "tests/"),
    "ipywidgets": ("course_lib/widgets.py", "tests/"),
    "nbgrader": ("autograder/", "notebooks/weave.py", "tests/"),
}
# The ways out of a simulator; only terminal commands and the adapter to a real engine may take them.
WAYS_OUT = frozenset({"subprocess", "socket", "ssl", "urllib", "http", "ftplib", "multiprocessing"})
TERMINAL: frozenset[str] = frozenset()


def _sources(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((PROJECT / folder).rglob("*.py"))]
    return [p for p in found if "lessons" not in p.parts and "node_modules" not in p.parts]


def _imports(source: str) -> Iterator[str]:
    """Yield the full dotted names that a module imports, at any depth of its code."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name their room: no relative ones"
            assert node.module is not None
            # `from course_lib import engine` and `from course_lib.engine import Engine`
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _room(path: Path) -> str:
    return path.relative_to(PROJECT / "course_lib").parts[0].removesuffix(".py")


def _rooms_of(imported: str) -> set[str]:
    parts = imported.split(".")
    return {parts[1]} if parts[0] == "course_lib" and parts[1] in ARROWS else set()


def _breaches(room: str, source: str) -> set[str]:
    """Return the rooms that a module of `room` imports without an arrow."""
    reached = {other for name in _imports(source) for other in _rooms_of(name)}
    return reached - ARROWS[room] - EVERYWHERE - {room}


LIBRARY = _sources("course_lib")
ALL = _sources("course_lib", "autograder", "notebooks", "lite", "tests")


@pytest.mark.parametrize("path", LIBRARY, ids=lambda p: str(p.relative_to(PROJECT)))
def test_a_room_imports_only_along_the_arrows(path: Path) -> None:
    assert not _breaches(_room(path), path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("room", "source", "wrong"),
    [
        ("image", "from course_lib.shell import execute", {"shell"}),
        ("build", "import course_lib.engine", {"engine"}),
        ("views", "from course_lib import engine", {"engine"}),
        ("run", "def f():\n    from course_lib.cli import docker", {"cli"}),
        ("text", "from course_lib.clock import Clock", set()),
        ("engine", "from course_lib.build import build", set()),
    ],
)
def test_the_law_of_arrows_sees_what_breaks_it(room: str, source: str, wrong: set[str]) -> None:
    assert _breaches(room, source) == wrong


def test_no_arrow_points_back() -> None:
    settled: set[str] = set(EVERYWHERE)
    waiting = dict(ARROWS)
    while ready := [room for room, others in waiting.items() if others <= settled]:
        settled.update(ready)
        for room in ready:
            del waiting[room]
    assert not waiting


@pytest.mark.parametrize("package", OUTSIDERS)
def test_a_package_from_outside_stands_only_in_its_place(package: str) -> None:
    users = {
        str(path.relative_to(PROJECT))
        for path in ALL
        if any(name.split(".")[0] == package for name in _imports(path.read_text("utf-8")))
    }
    assert {user for user in users if not user.startswith(OUTSIDERS[package])} == set()


def test_the_site_knows_the_lessons_and_no_key_and_nothing_builds_on_it() -> None:
    houses = {"course_lib", "autograder", "notebooks", "lite", "tests"}
    imported = {
        path: {name for name in _imports(path.read_text("utf-8")) if name.split(".")[0] in houses}
        for path in ALL
    }
    site = {name for path in _sources("lite") for name in imported[path]}
    assert {name for name in site if not name.startswith("lite.")} <= {
        *("course_lib.text", "course_lib.text.LANGUAGES", "course_lib.text.Language"),
        *("course_lib.text.Text", "course_lib.text.speaking", "notebooks.laws.FORMAT"),
        *("lite",),
    }
    others = _sources("course_lib", "autograder", "notebooks")
    assert [path for path in others for name in imported[path] if name.startswith("lite")] == []


@pytest.mark.parametrize("path", LIBRARY, ids=lambda p: str(p.relative_to(PROJECT)))
def test_course_lib_needs_the_standard_library_only(path: Path) -> None:
    tops = {name.split(".")[0] for name in _imports(path.read_text(encoding="utf-8"))}
    foreign = tops - sys.stdlib_module_names - {"course_lib", *OUTSIDERS}
    assert not foreign
    here = str(path.relative_to(PROJECT))
    assert here in TERMINAL or not tops & WAYS_OUT


def test_importing_course_lib_loads_neither_ipython_nor_ipywidgets() -> None:
    code = "import course_lib, sys; print(sorted({'IPython', 'ipywidgets'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, check=True, text=True
    )
    assert done.stdout == "[]\n"


def test_a_kernel_in_any_folder_finds_course_lib(tmp_path: Path) -> None:
    code = "import course_lib; print(course_lib.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True, text=True
    )
    assert done.stdout == f"{PROJECT}/course_lib/__init__.py\n"
