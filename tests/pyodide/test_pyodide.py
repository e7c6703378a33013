"""course_lib stays pure Python: it runs in Pyodide, the Python of a browser, with the same results."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
_SECONDS = 120

IMPORT_ALL = """
import importlib, pkgutil
import course_lib
for module in pkgutil.walk_packages(course_lib.__path__, "course_lib."):
    if module.name not in {"course_lib.magics", "course_lib.widgets"}:
        importlib.import_module(module.name)
        print(module.name)
"""

BUILD = r"""
from course_lib.build import Context
from course_lib.engine import Engine

result = Engine().build(
    "FROM debian:12\nWORKDIR /srv\nCOPY app.txt .\n"
    "RUN mkdir data && cp app.txt data/ && rm app.txt\nCMD cat data/app.txt\n",
    Context.of({"app.txt": "written here\n"}),
)
for step in result.steps:
    print(step.text)
for layer in result.image.layers:
    print(layer.diff_id, layer.size)
print(result.image.id)
"""


def _in_pyodide(program: str, node: Path) -> str:
    done = subprocess.run(
        [node, "lite/run.mjs", PROJECT],
        input=program,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=_SECONDS,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _here(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
        timeout=_SECONDS,
    )
    return done.stdout


def test_every_module_imports_in_pyodide(node: Path) -> None:
    imported = _in_pyodide(IMPORT_ALL, node)
    assert imported == _here(IMPORT_ALL)
    assert "course_lib.dockerfile.instructions\n" in imported


def test_a_build_in_pyodide_gives_the_same_digests(node: Path) -> None:
    built = _in_pyodide(BUILD, node)
    assert built == _here(BUILD)
    assert built.splitlines()[-1].startswith("sha256:")


def test_a_program_that_fails_in_pyodide_fails_the_test(node: Path) -> None:
    with pytest.raises(AssertionError, match="ModuleNotFoundError"):
        _in_pyodide("import IPython", node)
