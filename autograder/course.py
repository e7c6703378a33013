"""An nbgrader course on disk: lay one out, open one that is there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from nbgrader.coursedir import CourseDirectory
from traitlets.config.loader import PyFileConfigLoader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from traitlets.config import Config

    from notebooks import weave

KIT = Path(__file__).resolve().parent.parent

_CONFIG = '''"""nbgrader's settings for this course; they live in the course kit, this file leads there."""

import sys
from pathlib import Path

sys.path.insert(0, {kit!r})  # where the kit lay when the course was laid out

from autograder.nbgrader_config import configure

configure(get_config(), root=Path(__file__).resolve().parent)  # noqa: F821 - traitlets gives it
'''


CONFIG = "nbgrader_config.py"


class CourseExistsError(FileExistsError):
    """The folder already holds a course; it is left as it is."""


def init(folder: Path, lang: weave.Language) -> Iterator[Path]:
    """Write `nbgrader_config.py` and `source/LESSON/LESSON.ipynb` for each lesson; yield each path.

    Raises:
        CourseExistsError: when one of these files is already there; nothing is written then.

    """
    from notebooks import weave  # noqa: PLC0415 - half a second, only to lay out a course

    wanted = {folder / CONFIG: _CONFIG.format(kit=str(KIT))}
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


class NoCourseError(FileNotFoundError):
    """The folder holds no course, nor does any folder above it."""


@dataclass(frozen=True, slots=True)
class Course:
    """A course on disk with its settings, as nbgrader's own commands see them."""

    root: Path
    config: Config
    directory: CourseDirectory

    @classmethod
    def open(cls, folder: Path) -> Course:
        """Open the course that `folder` is or lies in.

        Raises:
            NoCourseError: when there is no `nbgrader_config.py` there or above.

        """
        here = folder.resolve()
        for root in (here, *here.parents):
            if (root / CONFIG).is_file():
                config = PyFileConfigLoader(CONFIG, path=str(root)).load_config()
                return cls(root, config, CourseDirectory(config=config))
        msg = f"there is no {CONFIG} in {folder} or above it: name the course's folder by --course"
        raise NoCourseError(msg)

    def step(self, step: str) -> Path:
        """Return the folder of one of nbgrader's steps: `submitted`, `autograded`, `feedback`, ..."""
        return self.root / str(getattr(self.directory, f"{step}_directory"))

    def folder(self, step: str, student: str, lesson: str) -> Path:
        """Return the folder of one student's work on a lesson in one of nbgrader's steps."""
        return Path(self.directory.format_path(self.step(step).name, student, lesson))


@cache
def kit_version() -> str:
    """Return a digest of all that decides points: the simulator, the checks, the keys, the grader."""
    digest = hashlib.sha256()
    for room in ("course_lib", "autograder"):
        for path in sorted((KIT / room).rglob("*")):
            if path.suffix in {".py", ".toml"}:
                digest.update(str(path.relative_to(KIT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]
