"""Pyodide, from npm, with our wheels: the folder that the site's Python starts from.

`pyodide-lock.json` there is the index that Pyodide and piplite read: a package's file, its SHA-256, the
modules that it brings, the packages that it needs.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lite.wheels import Wheel

HERE = Path(__file__).parent
NPM = HERE / "node_modules" / "pyodide"
# Python itself; the rest of the npm package is for other uses.
_CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
_LIBRARY = "python_stdlib.zip"
_LOCK = "pyodide-lock.json"
# jedi completes what is typed. It also describes some hundred libraries that are not here: nine tenths of
# its files, two seconds of each start. It works without them (jedi/inference/gradual/typeshed.py).
_LEFT_OUT = {"jedi": ("jedi/third_party/django-stubs/", "jedi/third_party/typeshed/stubs/")}


class PyodideError(Exception):
    """The npm package is not installed, or node can't run it; the message says what to do."""


def python() -> str:
    """The version of Python that Pyodide is, such as `3.14.2`.

    Raises:
        PyodideError: `npm install` has not run in lite/.

    """
    return str(_info()["python"])


def fill(folder: Path, wheels: Iterable[Wheel]) -> None:
    """Put Pyodide, the wheels and their index into a new folder.

    Raises:
        PyodideError: `npm install` has not run in lite/, or node can't compile a module.

    """
    info = _info()
    folder.mkdir(parents=True)
    for name in _CORE:
        shutil.copy(NPM / name, folder / name)
    shutil.copy(NPM / _LIBRARY, folder / _LIBRARY)
    files: dict[Wheel, Path] = {}
    for wheel in wheels:
        files[wheel] = folder / wheel.path.name
        _copy(wheel.path, files[wheel], _LEFT_OUT.get(wheel.name, ()))
    _compile((folder / _LIBRARY, *files.values()))
    packages = {wheel.name: _entry(wheel, file) for wheel, file in files.items()}
    lock = json.dumps({"info": info, "packages": packages}, indent=1, sort_keys=True)
    (folder / _LOCK).write_text(lock + "\n", encoding="utf-8")


def _copy(wheel: Path, copy: Path, left_out: tuple[str, ...]) -> None:
    """Copy a wheel without some of its folders, and without their lines in its RECORD."""
    if not left_out:
        shutil.copy(wheel, copy)
        return
    with ZipFile(wheel) as source, ZipFile(copy, "w", ZIP_DEFLATED) as fresh:
        for one in source.infolist():
            if one.filename.startswith(left_out):
                continue
            content = source.read(one)
            if one.filename.endswith(".dist-info/RECORD"):
                lines = content.decode().splitlines(keepends=True)
                content = "".join(one for one in lines if not one.startswith(left_out)).encode()
            fresh.writestr(one, content)


def _compile(archives: Sequence[Path]) -> None:
    """Put archives with compiled modules in the places of these."""
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        (room / "source").mkdir()
        (room / "compiled").mkdir()
        for path in archives:
            shutil.move(path, room / "source" / path.name)
        _in_pyodide(HERE / "bytecode.py", room)
        for path in archives:
            shutil.move(room / "compiled" / path.name, path)


def _in_pyodide(program: Path, folder: Path) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            ["node", HERE / "run.mjs", folder],  # noqa: S607 - wherever node is on this machine
            input=program.read_text(encoding="utf-8"),
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        msg = "node is not on PATH"
        raise PyodideError(msg) from error
    if done.returncode:
        msg = f"{program.name} failed in Pyodide:\n{done.stderr}"
        raise PyodideError(msg)


def _entry(wheel: Wheel, file: Path) -> dict[str, object]:
    return {
        "name": wheel.name,
        "version": wheel.version,
        "file_name": file.name,
        "install_dir": "site",
        "sha256": _sha256(file),
        "package_type": "package",
        "imports": list(wheel.modules),
        "depends": list(wheel.needs),
        "unvendored_tests": False,
    }


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _info() -> dict[str, object]:
    lock = NPM / _LOCK
    if not lock.is_file():
        msg = f"{NPM} is missing: npm install --no-package-lock in lite"
        raise PyodideError(msg)
    info: dict[str, object] = json.loads(lock.read_bytes())["info"]
    return info
