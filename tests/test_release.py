"""A release: wheel and sdist are built, complete, without keys, and a learner can use the wheel."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

PROJECT = Path(__file__).parents[1]
VERSION = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


def run(*words: str | Path, cwd: Path = PROJECT) -> str:
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with both files, built from a checkout's files alone."""
    folder = tmp_path_factory.mktemp("release")
    listed = run("git", "-c", "safe.directory=*", "ls-files").splitlines()
    for name in listed:
        if (PROJECT / name).is_file():
            target = folder / "kit" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((PROJECT / name).read_bytes())
    run(sys.executable, "-m", "build", "--no-isolation", "-o", folder, cwd=folder / "kit")
    return folder


def names_in(release: Path) -> dict[str, Sequence[str]]:
    (wheel,), (sdist,) = release.glob("*.whl"), release.glob("*.tar.gz")
    with ZipFile(wheel) as zipped, tarfile.open(sdist) as tarred:
        return {"wheel": zipped.namelist(), "sdist": tarred.getnames()}


def test_twine_finds_nothing_wrong(release: Path) -> None:
    files = [*release.glob("*.whl"), *release.glob("*.tar.gz")]
    assert run(sys.executable, "-m", "twine", "check", "--strict", *files).count("PASSED") == 2


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_no_key_no_grader_and_no_solution_is_in_it(release: Path, kind: str) -> None:
    names = names_in(release)[kind]
    unwanted = ("autograder/", "keys/", "notebooks/lessons", "tests/answers")
    assert [name for name in names if any(part in name for part in unwanted)] == []


def test_the_wheel_brings_the_pages_and_the_facts(release: Path) -> None:
    names = names_in(release)["wheel"]
    for wanted in (
        "course_lib/differences.toml",
        "course_lib/lessons.toml",
        "share/docker-images-course/en/00_welcome.ipynb",
        "share/docker-images-course/zh/00_welcome.ipynb",
    ):
        assert any(name.endswith(wanted) for name in names), wanted


def test_the_changelog_tells_of_this_version() -> None:
    assert f"\n## {VERSION}\n" in (PROJECT / "CHANGELOG.md").read_text("utf-8")


def test_a_fresh_environment_has_the_command_and_the_pages(release: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv")
    python, course = tmp_path / "venv/bin/python", tmp_path / "venv/bin/course"
    (wheel,) = release.glob("*.whl")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps")
    run(*pip, "--no-index", wheel)
    assert run(course, "--version", cwd=tmp_path) == f"course {VERSION}\n"
    (tmp_path / "mine").mkdir()
    assert " 0 renewed" in run(course, "update", "mine", cwd=tmp_path)
    assert (tmp_path / "mine/zh/21_capstone.ipynb").is_file()
    said = subprocess.run(
        [course, "lab", "mine"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (said.returncode, "pip install jupyterlab" in said.stderr) == (1, True)
