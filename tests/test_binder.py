"""Binder accepts binder/ and uses every file of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def image_recipe() -> str:
    """The build file that repo2docker makes of the project; no Docker is involved."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "repo2docker", "--no-build", "--debug"),
            *("--user-id", "1000", "--user-name", "jovyan", str(PROJECT)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    "line",
    [
        'bin/pip install --no-cache-dir -r "binder/requirements.txt"',
        "RUN ./binder/postBuild",
        'ENV R2D_ENTRYPOINT="${REPO_DIR}/binder/start"',
    ],
)
def test_repo2docker_uses_each_file(line: str, image_recipe: str) -> None:
    assert line in image_recipe


def test_repo2docker_takes_the_python_of_runtime_txt(image_recipe: str) -> None:
    wanted = (PROJECT / "binder" / "runtime.txt").read_text().strip()
    environment = wanted.replace("python-", "environment.py-")
    escaped = "".join(c if c.isalnum() else f"-{ord(c):x}" for c in environment)
    assert f"{escaped}-2d" in image_recipe


def test_start_hands_over_to_its_arguments_with_the_settings_folder_first() -> None:
    done = subprocess.run(
        [PROJECT / "binder" / "start", "printenv", "JUPYTER_CONFIG_PATH"],
        env={"PATH": os.environ["PATH"], "JUPYTER_CONFIG_PATH": "/other"},
        cwd="/",
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stdout == f"{PROJECT}/binder/jupyter:/other\n"


def test_start_ends_as_its_command_ends() -> None:
    done = subprocess.run([PROJECT / "binder" / "start", "sh", "-c", "exit 7"], check=False)
    assert done.returncode == 7


def test_nothing_in_binder_switches_its_other_files_off() -> None:
    overruling = {"Dockerfile", "environment.yml", "Pipfile", "install.R", "default.nix"}
    assert not overruling & {path.name for path in (PROJECT / "binder").iterdir()}
