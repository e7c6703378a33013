"""The front door: what `make` says where something is missing, and what it hands to JupyterLab."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
ECHO = '#!/bin/sh\necho "$0" "$@"\n'


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house with the Makefile and what it reads, and no virtual environment."""
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(PROJECT / name, tmp_path)
    shutil.copytree(PROJECT / "binder", tmp_path / "binder")
    (tmp_path / "tests").mkdir()
    shutil.copy(PROJECT / "tests" / "requirements.txt", tmp_path / "tests")
    for language in ("en", "zh"):
        (tmp_path / "notebooks" / language).mkdir(parents=True)
        (tmp_path / "notebooks" / language / "00_welcome.ipynb").touch()
    return tmp_path


@pytest.fixture
def installed(house: Path) -> Path:
    """The same house after an installation, with programs that only say how they were called."""
    programs = house / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("jupyter", "python"):
        _program(programs / name, ECHO)
    (house / ".venv" / "lab-ready").touch()
    (house / ".venv" / "tools-ready").touch()
    return house


def _program(path: Path, script: str) -> Path:
    path.write_text(script)
    path.chmod(0o755)
    return path


def _make(house: Path, *words: str) -> subprocess.CompletedProcess[str]:
    # As from a fresh shell: this test may itself run under make.
    env = {"PATH": os.environ["PATH"]}
    return subprocess.run(
        ["make", *words], cwd=house, capture_output=True, text=True, check=False, env=env
    )


@pytest.mark.parametrize("target", ["lab", "test"])
@pytest.mark.parametrize(
    ("python", "said"),
    [
        ("#!/bin/sh\nexit 1\n", "Python 3.11 or newer is needed"),
        (
            '#!/bin/sh\ncase "$*" in *ensurepip*) exit 1;; esac\n',
            "sudo apt install python3-venv",
        ),
    ],
    ids=["python too old", "no venv"],
)
def test_a_python_that_will_not_do_stops_before_anything_is_made(
    target: str, python: str, said: str, house: Path
) -> None:
    done = _make(house, target, f"PYTHON={_program(house / 'python', python)}")
    assert done.returncode != 0
    assert said in done.stdout
    assert not (house / ".venv").exists()


def test_a_missing_python_names_the_packages(house: Path) -> None:
    done = _make(house, "lab", "PYTHON=python0.0")
    assert done.returncode != 0
    assert "sudo apt install python3 python3-venv" in done.stdout


@pytest.mark.parametrize(
    ("words", "passed", "not_passed"),
    [
        ([], ["default_url=/lab/tree/notebooks/en/00_welcome.ipynb"], ["--no-browser", "--port"]),
        (["COURSE_LANG=zh"], ["default_url=/lab/tree/notebooks/zh/00_welcome.ipynb"], []),
        (["BROWSER=none"], ["--no-browser"], ["--port"]),
        (["BROWSER=firefox"], [], ["--no-browser"]),
        (["PORT=8899"], ["--port=8899", "port_retries=0"], ["--no-browser"]),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, list) else None,
)
def test_lab_hands_its_settings_to_jupyterlab(
    words: list[str], passed: list[str], not_passed: list[str], installed: Path
) -> None:
    done = _make(installed, "lab", *words)
    assert done.returncode == 0, done.stderr
    assert [word for word in passed if word not in done.stdout] == []
    assert [word for word in not_passed if word in done.stdout] == []
    assert ("--allow-root" in done.stdout) == (os.geteuid() == 0)


def test_an_unknown_language_is_refused(installed: Path) -> None:
    done = _make(installed, "lab", "COURSE_LANG=fr")
    assert done.returncode != 0
    assert "COURSE_LANG is en or zh" in done.stdout


def test_a_second_call_installs_nothing(installed: Path) -> None:
    assert "Installing" not in _make(installed, "test").stdout


@pytest.mark.parametrize(
    ("changed", "installs"),
    [
        ("binder/requirements.txt", ["-r binder/requirements.txt", "--editable .", "-r tests/"]),
        ("pyproject.toml", ["-r binder/requirements.txt", "--editable .", "-r tests/"]),
        ("tests/requirements.txt", ["-r tests/requirements.txt"]),
    ],
)
def test_a_change_installs_what_rests_on_it(
    changed: str, installs: list[str], installed: Path
) -> None:
    _program(installed / ".venv" / "bin" / "pip", ECHO)
    older = ["binder/requirements.txt", "pyproject.toml", "tests/requirements.txt"]
    stamps = [".venv/lab-ready", ".venv/tools-ready"]
    for name, seconds in {
        **dict.fromkeys(older, 1),
        **dict.fromkeys(stamps, 2),
        changed: 3,
    }.items():
        os.utime(installed / name, (seconds, seconds))
    calls = [line for line in _make(installed, "test").stdout.splitlines() if " install " in line]
    assert len(calls) == len(installs)
    assert all(words in call for words, call in zip(installs, calls, strict=True))


@pytest.fixture
def sited(installed: Path) -> Path:
    """The same house with what Pyodide's pin stands in, and nothing of npm's."""
    (installed / "lite").mkdir()
    shutil.copy(PROJECT / "lite" / "package.json", installed / "lite")
    return installed


@pytest.mark.parametrize(
    ("words", "ending"),
    [([], "-m lite\n"), (["REPO=someone/course"], "-m lite --repository=someone/course\n")],
    ids=["bare", "REPO"],
)
def test_lite_hands_the_repository_over(words: list[str], ending: str, sited: Path) -> None:
    pyodide = sited / "lite" / "node_modules" / "pyodide"
    pyodide.mkdir(parents=True)
    (pyodide / "package.json").touch()
    done = _make(sited, "lite", *words)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(ending)


def test_lite_without_npm_names_the_packages(sited: Path) -> None:
    few = sited / "few"
    few.mkdir()
    for name in ("make", "sh", "touch"):
        (few / name).symlink_to(str(shutil.which(name)))
    done = subprocess.run(
        ["make", "lite"],
        cwd=sited,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": str(few)},
    )
    assert done.returncode != 0
    assert "sudo apt install nodejs npm" in done.stdout
    assert "-m lite" not in done.stdout


def test_words_for_pytest_reach_it(installed: Path) -> None:
    assert _make(installed, "test", "PYTEST=-k layers").stdout.endswith("-k layers\n")


def test_help_names_every_target(installed: Path) -> None:
    phony = next(
        line for line in (PROJECT / "Makefile").read_text().splitlines() if ".PHONY" in line
    )
    said = _make(installed).stdout
    assert [
        name for name in phony.split()[1:] if name != "help" and f"make {name}" not in said
    ] == []
