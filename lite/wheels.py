"""The wheels of the browser's Python: the course, ipython, ipywidgets, and all that these need.

Their versions are those of the locks, so a kernel in the browser is a kernel on Binder but for what
only an operating system can give.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PROJECT = Path(__file__).resolve().parent.parent
LOCKS = ("binder/requirements.txt", "tests/requirements.txt", "lite/requirements.txt")
ROOTS = ("ipython", "ipywidgets", "micropip")
"""What a notebook of the course asks for; `micropip` is how the kernel installs."""

_PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
_ZIP_BEGINS = "315532800"
"""1980: the same files make the same wheel, and what was compiled of it is found again."""
_COURSE = ("course_lib", "pyproject.toml", "README.md", "LICENSE")
_KERNEL = "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
# The kernel in the browser; it brings stand-ins of its own for these two.
_OF_KERNEL = ("piplite", "pyodide-kernel", "ipykernel", "widgetsnbextension")
# The front end of the widgets is an extension of the site; the browser's Python has no use for it.
_FRONT_END = {"jupyterlab-widgets"}


class WheelsError(Exception):
    """pip can't make or fetch a wheel; the message holds what it said."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """One wheel: its file, the packages that it needs in the browser, the modules that it brings."""

    path: Path
    name: str
    version: str
    needs: tuple[str, ...]
    modules: tuple[str, ...]

    @classmethod
    def of(cls, path: Path, python: str) -> Wheel:
        """Read a wheel; `python` is the browser's version, such as `3.14.2`."""
        name, version, _, _ = parse_wheel_filename(path.name)
        with ZipFile(path) as archive:
            names = archive.namelist()
            head = next(one for one in names if one.endswith(".dist-info/METADATA"))
            fields = HeaderParser().parsestr(archive.read(head).decode())
        needs = _needed(fields.get_all("Requires-Dist", []), python)
        return cls(path, name, str(version), needs, _modules(names))


def gather(cache: Path, python: str) -> tuple[Wheel, ...]:
    """Return every wheel of the browser's Python, by name; `cache` keeps what pip fetched.

    Raises:
        WheelsError: pip ends with an error.

    """
    cache.mkdir(parents=True, exist_ok=True)
    found: dict[str, Wheel] = {
        wheel.name: wheel for wheel in (*_of_the_kernel(python), _course(cache, python))
    }
    wanted = set(ROOTS)
    while missing := sorted(wanted - found.keys() - _FRONT_END):
        for path in _fetch(missing, cache, python):
            wheel = Wheel.of(path, python)
            found[wheel.name] = wheel
        wanted |= {need for wheel in found.values() for need in wheel.needs}
    return tuple(found[name] for name in sorted(found))


def _needed(requirements: Iterable[str], python: str) -> tuple[str, ...]:
    """The packages that a wheel's requirements name for the browser."""
    browser = {
        "extra": "",
        "platform_system": "Emscripten",
        "python_full_version": python,
        "python_version": ".".join(python.split(".")[:2]),
        "sys_platform": "emscripten",
    }
    read = [Requirement(text) for text in requirements]
    names = {canonicalize_name(n.name) for n in read if not n.marker or n.marker.evaluate(browser)}
    return tuple(sorted(names - _FRONT_END))


def _modules(names: Iterable[str]) -> tuple[str, ...]:
    tops = {name.split("/")[0] for name in names if name.endswith(".py")}
    return tuple(
        sorted(top.removesuffix(".py") for top in tops if "." not in top.removesuffix(".py"))
    )


def _of_the_kernel(python: str) -> list[Wheel]:
    """The wheels that the kernel's own extension brings, the newest of each name."""
    folder = Path(sys.prefix) / _KERNEL
    newest: dict[str, Wheel] = {}
    for path in sorted(folder.glob("*.whl")):
        wheel = Wheel.of(path, python)
        newest[wheel.name] = wheel
    return [newest[name] for name in _OF_KERNEL]


def _course(cache: Path, python: str) -> Wheel:
    """The course, made anew from a clean copy: setuptools would find files of before in `build`."""
    with tempfile.TemporaryDirectory() as folder:
        copy, made = Path(folder) / "course", Path(folder) / "made"
        copy.mkdir()
        for name in _COURSE:
            source = PROJECT / name
            if source.is_dir():
                shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, copy / name)
        _pip("wheel", "--no-deps", "--no-build-isolation", f"--wheel-dir={made}", str(copy))
        (path,) = made.glob("*.whl")
        return Wheel.of(Path(shutil.move(path, cache / path.name)), python)


def _fetch(names: Sequence[str], cache: Path, python: str) -> list[Path]:
    pins = _pins()
    there = {name: _cached(name, pins[name], cache) for name in names}
    absent = [f"{name}=={pins[name]}" for name, path in there.items() if path is None]
    if absent:
        _pip(
            *("download", "--no-deps", "--only-binary=:all:", "--platform=any"),
            *(f"--python-version={python}", f"--dest={cache}", *absent),
        )
    found = [_cached(name, pins[name], cache) for name in names]
    return [path for path in found if path]


def _pins() -> dict[str, str]:
    texts = [(PROJECT / lock).read_text(encoding="utf-8") for lock in LOCKS]
    return {name: version for text in texts for name, version in _PIN.findall(text)}


def _cached(name: str, version: str, cache: Path) -> Path | None:
    for path in cache.glob("*.whl"):
        its_name, its_version, _, _ = parse_wheel_filename(path.name)
        if (its_name, str(its_version)) == (name, version):
            return path
    return None


def _pip(*words: str) -> None:
    done = subprocess.run(  # noqa: S603 - pip of this environment, with our own words
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", *words],
        env={**os.environ, "SOURCE_DATE_EPOCH": _ZIP_BEGINS},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        msg = f"pip {words[0]} ended with {done.returncode}:\n{done.stderr}"
        raise WheelsError(msg)
