"""The wheels of the browser's Python: what they need there, and what of them is compiled."""

from __future__ import annotations

import importlib.util
import zipfile
from typing import TYPE_CHECKING

import pytest

from lite.bytecode import compile_archive
from lite.wheels import Wheel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

RECORD = "tea-1.0.dist-info/RECORD"


def _wheel(folder: Path, requirements: str = "", files: Mapping[str, str] | None = None) -> Path:
    path = folder / "tea-1.0-py3-none-any.whl"
    names = {"tea/__init__.py": "LEAVES = 3\n", "tea/cup.py": "", "spoon.py": "", **(files or {})}
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in names.items():
            archive.writestr(name, text)
        archive.writestr(
            "tea-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: tea\n{requirements}\n"
        )
        archive.writestr(RECORD, "".join(f"{name},sha256=x,1\n" for name in names))
    return path


@pytest.mark.parametrize(
    ("requirement", "needs"),
    [
        ("water>=1", ("water",)),
        ("Prompt_Toolkit", ("prompt-toolkit",)),
        ("milk; sys_platform == 'emscripten'", ("milk",)),
        ("sugar; sys_platform != 'emscripten'", ()),
        ("pexpect>4; sys_platform != 'win32' and sys_platform != 'emscripten'", ()),
        ("backport; python_version < '3.12'", ()),
        ("honey; extra == 'sweet'", ()),
        ("jupyterlab-widgets~=3.0", ()),
    ],
)
def test_a_wheel_needs_what_its_metadata_asks_for_in_a_browser(
    requirement: str, needs: tuple[str, ...], tmp_path: Path
) -> None:
    wheel = Wheel.of(_wheel(tmp_path, f"Requires-Dist: {requirement}\n"), "3.14.2")
    assert wheel.needs == needs


def test_a_wheel_brings_its_top_modules(tmp_path: Path) -> None:
    files = {"tea-1.0.data/scripts/brew.py": "", "notes.txt": ""}
    wheel = Wheel.of(_wheel(tmp_path, files=files), "3.14.2")
    assert (wheel.name, wheel.version, wheel.modules) == ("tea", "1.0", ("spoon", "tea"))


def test_only_the_named_modules_are_compiled_and_they_work(tmp_path: Path) -> None:
    compiled = tmp_path / "compiled.whl"
    compile_archive(_wheel(tmp_path), compiled, {"tea/__init__.py"})

    with zipfile.ZipFile(compiled) as archive:
        names = set(archive.namelist())
        record = archive.read(RECORD).decode().splitlines()
        archive.extractall(tmp_path)
    assert names >= {"tea/__init__.pyc", "tea/cup.py", "spoon.py"}
    assert "tea/__init__.py" not in names
    assert record == ["tea/__init__.pyc,,", "tea/cup.py,sha256=x,1", "spoon.py,sha256=x,1"]
    spec = importlib.util.spec_from_file_location("tea", tmp_path / "tea" / "__init__.pyc")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.LEAVES == 3
