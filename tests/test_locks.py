"""The two lock files pin everything once, agree with what is installed, and name no address."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from importlib import metadata
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parents[1]
SESSION = "binder/requirements.txt"
TOOLS = "tests/requirements.txt"
BROWSER = "lite/requirements.txt"  # for the site's Python, and never installed here
PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[0-9][0-9A-Za-z.]*)( ; (?P<marker>.+))?")
# What a student's session is for; everything else in its lock is there because these need it.
ROOTS = ("jupyterlab", "ipywidgets", "nbgitpuller", "setuptools")

# The locks are made for the oldest Python of the project; newer ones need no more, perhaps less.
OLDEST = {"python_version": "3.11", "python_full_version": "3.11.2"}
HERE: dict[str, str] = {}

_REGISTRIES = ("pypi.org", "pythonhosted.org", "npmjs.org", "index-url", "find-links")


def _lines(lock: str) -> list[str]:
    lines = (PROJECT / lock).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _pins(lock: str) -> dict[str, str]:
    """Return the versions by name; a line whose marker means another platform counts for nothing."""
    pins: dict[str, str] = {}
    for line in _lines(lock):
        pin = PIN.fullmatch(line)
        if pin and (pin["marker"] is None or Marker(pin["marker"]).evaluate()):
            pins[pin["name"]] = pin["version"]
    return pins


def _needs(
    name: str, extras: frozenset[str], python: dict[str, str]
) -> set[tuple[str, frozenset[str]]]:
    needs: set[tuple[str, frozenset[str]]] = set()
    for text in metadata.requires(name) or ():
        need = Requirement(text)
        if need.marker is None or any(
            need.marker.evaluate({"extra": extra, **python}) for extra in extras | {""}
        ):
            needs.add((canonicalize_name(need.name), frozenset(need.extras)))
    return needs


def _closure(roots: set[str], python: dict[str, str]) -> set[str]:
    waiting = {(root, frozenset[str]()) for root in roots}
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        seen |= waiting
        waiting = {need for one in waiting for need in _needs(*one, python)} - seen
    return {name for name, _ in seen}


@pytest.mark.parametrize("lock", [SESSION, TOOLS, BROWSER])
def test_every_line_of_a_lock_is_one_exact_version(lock: str) -> None:
    pins = [PIN.fullmatch(line) for line in _lines(lock)]
    odd = [line for line, pin in zip(_lines(lock), pins, strict=True) if not pin]
    assert odd == (["-c ../binder/requirements.txt"] if lock == TOOLS else [])
    assert max(Counter(pin["name"] for pin in pins if pin).values()) == 1


def test_no_package_is_pinned_in_two_locks() -> None:
    names = [name for lock in (SESSION, TOOLS, BROWSER) for name in _pins(lock)]
    assert len(names) == len(set(names))


def test_the_session_lock_holds_what_a_student_needs_and_nothing_else() -> None:
    assert set(_pins(SESSION)) == _closure(set(ROOTS), OLDEST)


@pytest.mark.parametrize("python", [OLDEST, HERE], ids=["oldest", "here"])
def test_everything_that_is_needed_is_pinned(python: dict[str, str]) -> None:
    assert _closure({*ROOTS, *_pins(TOOLS)}, python) <= set(_pins(TOOLS)) | set(_pins(SESSION))


@pytest.mark.parametrize("lock", [SESSION, TOOLS])
def test_the_pinned_versions_are_the_installed_ones(lock: str) -> None:
    assert {name: metadata.version(name) for name in _pins(lock)} == _pins(lock)


def test_no_tracked_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=PROJECT,
        capture_output=True,
        check=False,
        text=True,
    )
    if listed.returncode != 0:
        pytest.skip(f"not a git checkout: {listed.stderr.strip()}")
    names = {name for name in listed.stdout.split("\0") if name} - {"tests/test_locks.py"}
    unwanted = (*_REGISTRIES, *_machine_paths({name.split("/")[0] for name in names}))
    found = {
        name: hits
        for name in names
        if (PROJECT / name).is_file()
        and (hits := _hits((PROJECT / name).read_bytes(), unwanted)) != []
    }
    assert found == {}


def _machine_paths(tracked: set[str]) -> list[str]:
    """Return paths that only this machine has; a folder such as /app alone may stand in a lesson."""
    paths = [PROJECT / name for name in tracked | {".venv"}] + [Path(sys.prefix)]
    if not sys.base_prefix.startswith("/usr"):
        paths.append(Path(sys.base_prefix))
    return [str(path) for path in paths]


def _hits(content: bytes, unwanted: tuple[str, ...]) -> list[str]:
    return [word for word in unwanted if word.encode() in content]
