"""Lay out an nbgrader course: its config and the source of every lesson."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from notebooks import weave

if TYPE_CHECKING:
    from collections.abc import Iterator

KIT = Path(__file__).resolve().parent.parent

_CONFIG = '''"""nbgrader's settings for this course; they live in the course kit, this file leads there."""

import sys
from pathlib import Path

sys.path.insert(0, {kit!r})  # where the kit lay when the course was laid out

from autograder.nbgrader_config import configure

configure(get_config(), root=Path(__file__).resolve().parent)  # noqa: F821 - traitlets gives it
'''


class CourseExistsError(FileExistsError):
    """The folder already holds a course; it is left as it is."""


def init(folder: Path, lang: weave.Language) -> Iterator[Path]:
    """Write `nbgrader_config.py` and `source/LESSON/LESSON.ipynb` for each lesson; yield each path.

    Raises:
        CourseExistsError: when one of these files is already there; nothing is written then.

    """
    wanted = {folder / "nbgrader_config.py": _CONFIG.format(kit=str(KIT))}
    for name in weave.lessons():
        path = folder / "source" / name / f"{name}.ipynb"
        wanted[path] = weave.text_of(weave.source(name, lang))
    there = next((path for path in wanted if path.exists()), None)
    if there is not None:
        msg = f"{there} is already there; choose an empty folder"
        raise CourseExistsError(msg)
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        yield path
