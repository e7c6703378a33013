"""One page of how a class did in a lesson: HTML that needs nothing else, and can be printed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import nbformat

from autograder import marking
from autograder.handed import HandedIn, students
from autograder.likeness import Alike, alike
from autograder.summary import Check, Outcome, Summary, Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from autograder.course import Course

MISCONCEPTIONS = 5
"""So many of the things found instead are named for a check, the most frequent first."""
_BINS = 10

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #222; }
table { border-collapse: collapse; width: 100%; margin: 0.5em 0 1.5em; }
th, td { text-align: left; padding: 0.25em 0.6em; border-bottom: 1px solid #ddd; vertical-align: top; }
td.n, th.n { text-align: right; white-space: nowrap; }
.bar { display: inline-block; height: 0.8em; background: #4a7ebb; min-width: 1px; }
pre { background: #f5f5f5; padding: 0.4em; margin: 0.2em 0; white-space: pre-wrap; overflow-wrap: anywhere; }
@media print { body { margin: 0; } table, section { page-break-inside: avoid; } }
"""


@dataclass(frozen=True, slots=True)
class Class:
    """A lesson's autograded notebooks, read again: outcomes, and the answers by student."""

    summary: Summary
    answers: dict[str, dict[str, str]]

    @classmethod
    def read(cls, course: Course, lesson: str) -> Class:
        """Read what `grade` wrote; nothing is graded here."""
        outcomes: list[Outcome] = []
        answers: dict[str, dict[str, str]] = {}
        for student in students(course, lesson, step="autograded"):
            for path in sorted(course.folder("autograded", student, lesson).glob("*.ipynb")):
                notebook = nbformat.from_dict(json.loads(path.read_text(encoding="utf-8")))
                for cell in notebook.cells:
                    cell.source = "".join(cell.source)  # a file holds a text as a list of its lines
                outcomes.append(Outcome.of(HandedIn(student, path.stem, path), notebook))
                answers.setdefault(student, {}).update(marking.answers(notebook))
        return cls(Summary(lesson, tuple(outcomes)), answers)


def page(read: Class) -> str:
    """Return the page: points, exercises, checks with what was found instead, answers that are alike."""
    summary = read.summary
    title = f"{summary.lesson}: how the class did"
    body = "\n".join(
        [
            *_overview(summary),
            *_histogram(summary.outcomes),
            *_exercises(summary),
            *_likenesses(alike(read.answers)),
        ]
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>\n'
        f"<style>{_STYLE}</style></head>\n<body><h1>{escape(title)}</h1>\n{body}\n</body></html>\n"
    )


def _overview(summary: Summary) -> Iterator[str]:
    mean = "" if summary.mean is None else f" The mean is {summary.mean:g} points."
    yield f"<p>{len(summary.outcomes)} submissions.{mean}</p>"
    if summary.held:
        yield "<section><h2>Could not be graded</h2><table><tr><th>student</th><th>why</th></tr>"
        for one in summary.held:
            why = "<br>".join(map(escape, one.reasons))
            yield f"<tr><td>{escape(one.student)}</td><td>{why}</td></tr>"
        yield "</table></section>"


def _histogram(outcomes: Iterable[Outcome]) -> Iterator[str]:
    graded = [one for one in outcomes if one.state != "held" and one.tasks]
    if not graded:
        return
    most = max(sum(task.max_points for task in one.tasks) for one in graded) or 1
    counted = Counter(min(_BINS - 1, int(one.points / most * _BINS)) for one in graded)
    yield "<section><h2>Points</h2><table>"
    for number in range(_BINS):
        low, high = (round(most * edge / _BINS, 2) for edge in (number, number + 1))
        wide = 30 * counted[number] / max(counted.values())
        yield (
            f'<tr><td class="n">{low:g} to {high:g}</td><td class="n">{counted[number]}</td>'
            f'<td><span class="bar" style="width:{wide:.1f}em"></span></td></tr>'
        )
    yield "</table></section>"


def _exercises(summary: Summary) -> Iterator[str]:
    for success in summary.successes():
        tasks = [
            task
            for one in summary.outcomes
            for task in one.tasks
            if task.exercise == success.exercise and not task.held
        ]
        yield f"<section><h2>{escape(success.exercise)}: {success.share:.0%} of its points</h2>"
        yield '<table><tr><th>check</th><th class="n">passed</th><th>found instead</th></tr>'
        yield from _checks(tasks)
        yield "</table></section>"


def _checks(tasks: list[Task]) -> Iterator[str]:
    by_name: dict[str, list[Check]] = {}
    for task in tasks:
        for check in task.checks:
            by_name.setdefault(check.name, []).append(check)
    for name, checks in by_name.items():
        passed = sum(check.passed for check in checks)
        found = Counter(check.found for check in checks if check.found)
        said = "".join(
            f"<pre>{times} × {escape(what)}</pre>"
            for what, times in found.most_common(MISCONCEPTIONS)
        )
        yield f'<tr><td>{escape(name)}</td><td class="n">{passed} of {len(checks)}</td><td>{said}</td></tr>'


def _likenesses(pairs: tuple[Alike, ...]) -> Iterator[str]:
    if not pairs:
        return
    yield "<section><h2>Nearly the same answers</h2>"
    yield "<p>A hint to look, not a verdict: lines that few others have are the same in both.</p>"
    yield '<table><tr><th>answer</th><th>students</th><th class="n">alike</th><th>shared lines</th></tr>'
    for one in pairs:
        both = escape(" and ".join(one.students))
        shared = escape("\n".join(one.shared))
        yield (
            f'<tr><td>{escape(one.answer_id)}</td><td>{both}</td><td class="n">{one.likeness} %</td>'
            f"<td><pre>{shared}</pre></td></tr>"
        )
    yield "</table></section>"
