"""The students' repository: what opens on Binder by itself and runs `make lab`, and nothing else."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from autograder.course import KIT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# What a student's session needs. Keys, the grader, lesson sources with their solutions, and tests stay.
_ROOMS = ("course_lib", "binder", "notebooks/en", "notebooks/zh")
_FILES = ("LICENSE", "pyproject.toml", "notebooks/layers.png")
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", ".ipynb_checkpoints", "*.egg-info")

README = """# Docker images, taken apart

Open the course in JupyterLab (Python 3.11 or newer and `make` are all it needs):

    make lab                   # English
    make lab COURSE_LANG=zh    # 中文

`make lab PORT=8899 BROWSER=none` only serves. On Debian and Ubuntu: `sudo apt install python3 python3-venv make`.
"""


class NotEmptyError(FileExistsError):
    """The folder holds something already; nothing is written over."""


def publish(folder: Path) -> Iterator[Path]:
    """Write the students' repository into an empty or new folder; yield each file or room written.

    Raises:
        NotEmptyError: when the folder is not empty (a `.git` in it may stay).

    """
    if folder.exists() and any(path.name != ".git" for path in folder.iterdir()):
        msg = f"{folder} is not empty; choose an empty folder"
        raise NotEmptyError(msg)
    for room in _ROOMS:
        shutil.copytree(KIT / room, folder / room, ignore=_LEFT_OUT)
        yield folder / room
    for name in _FILES:
        shutil.copy2(KIT / name, folder / name)
        yield folder / name
    for name, text in {
        "Makefile": _makefile((KIT / "Makefile").read_text(encoding="utf-8")),
        "README.md": README,
        ".gitignore": ".venv/\n__pycache__/\n.ipynb_checkpoints/\n*.egg-info/\n",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
        yield folder / name


def _makefile(text: str) -> str:
    """Keep the kit's Makefile for `lab`; leave out the targets for which the tools are not there."""
    gone = (
        *(
            "test",
            "notebooks",
            "lite",
            "dist",
            "lint",
            "bench",
            "$(TOOLS)",
            "TOOLS",
            "LINTED",
            "JOBS",
        ),
        *("$(PYODIDE)", "PYODIDE", "REPO"),
    )
    kept: list[str] = []
    skipping = False
    for line in text.splitlines():
        recipe = line.startswith("\t")
        if not recipe:
            skipping = line.partition(":")[0].strip() in gone or line.partition(" ")[0] in gone
        if skipping or any(f"make {target} " in line for target in gone):
            continue
        kept.append(_phony(line, gone) if line.startswith(".PHONY") else line)
    return "\n".join(kept).rstrip("\n") + "\n"


def _phony(line: str, gone: tuple[str, ...]) -> str:
    return " ".join(word for word in line.split(" ") if word not in gone)
