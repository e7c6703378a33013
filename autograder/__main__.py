"""The instructor's command line.

python -m autograder init DIR --lang en|zh
python -m autograder grade LESSON --course DIR
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.text import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# jsonschema, which nbformat loads, can check international addresses by a grammar that takes two
# seconds to load. Nothing here asks for that.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

_NEXT = """
The course is laid out. What comes next, from {folder}:
  nbgrader generate_assignment LESSON   make the students' version, in release/
  (students' work goes to submitted/STUDENT/LESSON/LESSON.ipynb)
and from the course kit:
  python -m autograder grade LESSON --course {folder}      grade it; nothing of the students' is run
  python -m autograder feedback LESSON --course {folder}   one page for each student, in feedback/
  python -m autograder export --course {folder}            all scores as CSV
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit status.

    0 is well done, 1 that something could not be done (graded, found, written), 2 a wrong command
    line, 130 interrupted.
    """
    chosen = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = chosen.run
    return command(chosen)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="autograder", description="Grade a class of the course.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    laying = commands.add_parser("init", help="lay out an nbgrader course in a folder")
    laying.add_argument("folder", type=Path, metavar="DIR")
    laying.add_argument("--lang", choices=LANGUAGES, default="en", help="the lessons' language")
    laying.set_defaults(run=_init)

    grading = commands.add_parser("grade", help="grade what was handed in for a lesson")
    _for_a_lesson(grading)
    grading.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="judge in N processes (default: this one)"
    )
    grading.add_argument(
        "--cluster", default="", metavar="tcp://HOST:PORT", help="judge on a Dask cluster"
    )
    grading.add_argument("--force", action="store_true", help="grade unchanged submissions too")
    grading.add_argument("--json", action="store_true", help="the summary as JSON")
    grading.set_defaults(run=_grade)

    telling = commands.add_parser("feedback", help="make the feedback pages that have changed")
    _for_a_lesson(telling)
    telling.add_argument("--force", action="store_true", help="make unchanged pages too")
    telling.set_defaults(run=_feedback)

    reporting = commands.add_parser("report", help="one page of how the class did, as HTML")
    reporting.add_argument("lesson", metavar="LESSON", help="01_layers, for instance")
    reporting.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: LESSON.html")
    _in_a_course(reporting)
    reporting.set_defaults(run=_report)

    exporting = commands.add_parser("export", help="all points, for other systems")
    exporting.add_argument(
        "--format", choices=("csv", "canvas", "moodle"), default="csv", help="default: csv"
    )
    exporting.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="default: the terminal"
    )
    _in_a_course(exporting)
    exporting.set_defaults(run=_export)

    collecting = commands.add_parser("collect", help="hand in each student's best or last attempt")
    collecting.add_argument("lesson", metavar="LESSON")
    collecting.add_argument(
        "folder", type=Path, metavar="DIR", help="of STUDENT+LESSON+TIMESTAMP folders"
    )
    collecting.add_argument(
        "--keep", choices=("best", "last"), default="last", help="default: last"
    )
    _in_a_course(collecting)
    collecting.set_defaults(run=_collect)

    publishing = commands.add_parser("publish", help="write the students' repository")
    publishing.add_argument("folder", type=Path, metavar="DIR")
    publishing.set_defaults(run=_publish)
    return parser


def _for_a_lesson(command: argparse.ArgumentParser) -> None:
    command.add_argument("lesson", metavar="LESSON", help="01_layers, for instance")
    command.add_argument("--student", default="*", metavar="PATTERN", help="only these: 'a*'")
    _in_a_course(command)


def _in_a_course(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--course", type=Path, default=Path(), metavar="DIR", help="the course's folder (here)"
    )


def _refuse(why: Exception) -> int:
    sys.stderr.write(f"autograder: {why}\n")
    return 1


def _init(chosen: argparse.Namespace) -> int:
    from autograder.course import CourseExistsError, init  # noqa: PLC0415 - nbgrader takes a second

    try:
        for path in init(chosen.folder, chosen.lang):
            sys.stdout.write(f"{path}\n")
    except CourseExistsError as there:
        return _refuse(there)
    sys.stdout.write(_NEXT.format(folder=chosen.folder))
    return 0


def _grade(chosen: argparse.Namespace) -> int:
    from autograder.batch import Run  # noqa: PLC0415 - nbgrader takes a second to load
    from autograder.course import Course, NoCourseError  # noqa: PLC0415 - the same
    from autograder.ledger import NotReleasedError  # noqa: PLC0415 - the same
    from autograder.progress import Progress  # noqa: PLC0415 - beside the others
    from autograder.workers import starter  # noqa: PLC0415 - beside the others

    try:
        summary = Run(
            Course.open(chosen.course),
            chosen.lesson,
            starter(chosen.jobs, chosen.cluster),
            pattern=chosen.student,
            force=chosen.force,
            tell=Progress(sys.stderr),
        ).grade()
    except (NoCourseError, NotReleasedError) as refused:
        return _refuse(refused)
    if chosen.json:
        sys.stdout.write(json.dumps(summary.data(), ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write(summary.text())
    return summary.status


def _feedback(chosen: argparse.Namespace) -> int:
    from autograder.course import Course, NoCourseError  # noqa: PLC0415 - nbgrader takes a second
    from autograder.feedback import Feedback  # noqa: PLC0415 - the same
    from autograder.ledger import NotReleasedError  # noqa: PLC0415 - the same
    from autograder.progress import Progress  # noqa: PLC0415 - beside the others

    try:
        course = Course.open(chosen.course)
        pages = Feedback(
            course, chosen.lesson, chosen.student, chosen.force, Progress(sys.stderr)
        ).make()
    except (NoCourseError, NotReleasedError) as refused:
        return _refuse(refused)
    sys.stdout.write(pages.text())
    return 1 if pages.failed else 0


def _report(chosen: argparse.Namespace) -> int:
    from autograder.course import Course, NoCourseError  # noqa: PLC0415 - nbgrader takes a second
    from autograder.report import Class, page  # noqa: PLC0415 - the same

    try:
        read = Class.read(Course.open(chosen.course), chosen.lesson)
    except NoCourseError as refused:
        return _refuse(refused)
    output: Path = chosen.output or Path(f"{chosen.lesson}.html")
    output.write_text(page(read), encoding="utf-8")
    sys.stdout.write(f"{output}\n")
    return 0


def _export(chosen: argparse.Namespace) -> int:
    from autograder.course import Course, NoCourseError  # noqa: PLC0415 - nbgrader takes a second
    from autograder.export import export  # noqa: PLC0415 - the same

    try:
        text = export(Course.open(chosen.course), chosen.format)
    except NoCourseError as refused:
        return _refuse(refused)
    if chosen.output:
        chosen.output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


def _collect(chosen: argparse.Namespace) -> int:
    from autograder.attempts import collect  # noqa: PLC0415 - nbgrader takes a second to load
    from autograder.course import Course, NoCourseError  # noqa: PLC0415 - the same
    from autograder.ledger import NotReleasedError  # noqa: PLC0415 - the same

    try:
        for one in collect(Course.open(chosen.course), chosen.lesson, chosen.folder, chosen.keep):
            sys.stdout.write(f"{one.student}: {one.folder.name}\n")
    except (NoCourseError, NotReleasedError) as refused:
        return _refuse(refused)
    return 0


def _publish(chosen: argparse.Namespace) -> int:
    from autograder.publish import NotEmptyError, publish  # noqa: PLC0415 - loads nbgrader

    try:
        for path in publish(chosen.folder):
            sys.stdout.write(f"{path}\n")
    except NotEmptyError as there:
        return _refuse(there)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
