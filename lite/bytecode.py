"""Compile what a start of the kernel imports, inside Pyodide: /project/source -> /project/compiled.

A wheel or a zip comes out with `x.pyc` in the place of `x.py` for each module that a start loads. A browser has
no folder where Python could keep what it compiled: without this it compiles them on every start. Those that a
start does not load stay as they are: compiled they would be larger.
"""

from __future__ import annotations

import importlib
import importlib.util
import marshal
import sys
import warnings
from importlib.machinery import ModuleSpec
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

START = ("course_lib.magics", "course_lib.widgets", "piplite.piplite", "pyodide_kernel")
"""What `%load_ext course_lib` brings, and the kernel; last, since inside it widgets want a front end to talk to."""

_HASHED = b"\x01\x00\x00\x00"  # PEP 552: named by its source's hash, and never compared with it
_SOURCE, _COMPILED, _SITE = Path("/project/source"), Path("/project/compiled"), Path("/site")
_LIBRARY = Path("/lib/python314.zip")


def loaded() -> set[str]:
    """Import what a start imports; return the paths of its modules inside their archives."""
    for wheel in _SOURCE.glob("*.whl"):
        with ZipFile(wheel) as archive:
            archive.extractall(_SITE)
    sys.path.insert(0, str(_SITE))
    for name in START:
        importlib.import_module(name)
    specs = [getattr(module, "__spec__", None) for module in sys.modules.values()]
    # The kernel puts stand-ins among the modules; those have no ModuleSpec.
    origins = [Path(one.origin) for one in specs if isinstance(one, ModuleSpec) and one.origin]
    return {
        str(origin.relative_to(root))
        for origin in origins
        for root in (_SITE, _LIBRARY)
        if origin.is_relative_to(root)
    }


def pyc(name: str, source: bytes) -> bytes:
    """The content of a `.pyc` file."""
    code = compile(source, name, "exec", dont_inherit=True)
    digest = importlib.util.source_hash(source)
    return importlib.util.MAGIC_NUMBER + _HASHED + digest + marshal.dumps(code)


def compile_archive(source: Path, target: Path, modules: set[str]) -> None:
    """Write the archive again with these modules compiled, and with their names in its RECORD."""
    with ZipFile(source) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for one in old.infolist():
            name, content = one.filename, old.read(one)
            if name in modules:
                name, content = f"{name}c", pyc(name, content)
            elif name.endswith(".dist-info/RECORD"):
                lines = content.decode().splitlines()
                content = "".join(f"{_renamed(line, modules)}\n" for line in lines).encode()
            new.writestr(name, content)


def _renamed(line: str, modules: set[str]) -> str:
    """A line of RECORD; that of a compiled module says its new name, and no digest."""
    path = line.split(",", maxsplit=1)[0]
    return f"{path}c,," if path in modules else line


if __name__ == "__main__":
    warnings.simplefilter("ignore", SyntaxWarning)  # not our modules
    wanted = {name for name in loaded() if name.endswith(".py")}
    for path in sorted(_SOURCE.iterdir()):
        compile_archive(path, _COMPILED / path.name, wanted)
