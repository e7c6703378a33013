"""The instructor's command line.

python -m autograder init DIR --lang en|zh
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.course import CourseExistsError, init
from notebooks.weave import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEXT = """
The course is laid out. What comes next, from {folder}:
  nbgrader generate_assignment LESSON   make the students' version, in release/
  (students' work goes to submitted/STUDENT/LESSON/LESSON.ipynb)
  nbgrader autograde LESSON             grade it; nothing of the students' is run
  nbgrader generate_feedback LESSON     one page for each student, in feedback/
  nbgrader export                       all scores as CSV
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit status: 0, or 1 when a course is already there."""
    parser = argparse.ArgumentParser(prog="autograder", description="Grade a class of the course.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    laying = commands.add_parser("init", help="lay out an nbgrader course in a folder")
    laying.add_argument("folder", type=Path, metavar="DIR")
    laying.add_argument("--lang", choices=LANGUAGES, default="en", help="the lessons' language")
    chosen = parser.parse_args(arguments)
    try:
        for path in init(chosen.folder, chosen.lang):
            sys.stdout.write(f"{path}\n")
    except CourseExistsError as there:
        sys.stderr.write(f"autograder: {there}\n")
        return 1
    sys.stdout.write(_NEXT.format(folder=chosen.folder))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
