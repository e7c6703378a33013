"""What an evaluation says: verdicts, problems, points, and the words for a learner."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Self

from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.exercises.values import Finding


@dataclass(frozen=True, slots=True)
class Verdict:
    """One check with the points that it earned and why.

    `finding` is None for a hidden check: it says passed or not, and nothing else.
    """

    name: Text
    points: float
    max_points: float
    passed: bool
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that stopped an answer from being judged in full: docker's words and a way out."""

    answer_id: str
    what: Text
    way_on: Text | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The evaluation of one exercise. The same answers always give an equal report."""

    exercise_id: str
    title: Text
    verdicts: tuple[Verdict, ...]
    problems: tuple[Problem, ...] = ()
    undecided: float = 0
    """Points of hidden checks that were not at hand: they are decided at grading."""

    @property
    def points(self) -> float:
        """The points earned, rounded to a hundredth."""
        return round(sum(verdict.points for verdict in self.verdicts), 2)

    @property
    def max_points(self) -> float:
        """The points of all checks, undecided ones included."""
        return sum(verdict.max_points for verdict in self.verdicts) + self.undecided

    def explanation(self) -> str:
        """Return the report as lines of text, in the language that speaks."""
        return "\n".join(_lines(self)) + "\n"

    def value(self) -> Points:
        """Return the points as the value of a notebook cell."""
        return Points(self.points, of=self.max_points)


class Points(float):
    """Points earned, as a cell's last value.

    Its text is the bare number, which nbgrader reads as the score; its HTML is
    "2.5 of 4 points", in the language that spoke when it was made.
    """

    __slots__ = ("_said",)

    def __new__(cls, earned: float, *, of: float) -> Self:
        """Make the value `earned`; `of` is the most that can be earned."""
        value = super().__new__(cls, earned)
        value._said = str(out_of(earned, of))
        return value

    _said: str

    def _repr_html_(self) -> str:
        return f"<b>{escape(self._said)}</b>"


def out_of(earned: float, most: float) -> Text:
    """Return `2.5 of 4 points`."""
    if not most:
        return Text("Just a trial: no points here.", "这题只是试一试，不计分。")
    unit = "point" if most == 1 else "points"
    return Text(f"{earned:g} of {most:g} {unit}", f"得 {earned:g} 分（满分 {most:g} 分）")


_EXPECTED = Text("expected: ", "期望：")
_FOUND = Text("found:    ", "实际：")
_WHERE = Text("look at:  ", "看这里：")
_WAY_ON = Text("way on:   ", "下一步：")
_COLON = Text(": ", "：")
_BELOW = Text(" " * 14, " " * 10)  # under the text after a label
_PASSED = Text("passed", "通过")
_PART = Text("in part", "部分通过")
_NOT_YET = Text("not yet", "未通过")


def _lines(report: Report) -> Iterator[str]:
    yield f"{report.title} ({report.exercise_id})"
    for problem in report.problems:
        yield ""
        yield from str(problem.what).rstrip("\n").split("\n")
        if problem.way_on:
            yield str(problem.way_on)
    if report.verdicts:
        yield ""
    for verdict in report.verdicts:
        state = _PASSED if verdict.passed else _PART if verdict.points else _NOT_YET
        points = f"[{verdict.points:g}/{verdict.max_points:g}] " if verdict.max_points else ""
        yield f"{points}{state}{_COLON}{verdict.name}"
        if not verdict.passed:
            yield from _reasons(verdict)
    if report.undecided:
        more = Text(
            f"{report.undecided:g} more points are decided at grading",
            f"另有 {report.undecided:g} 分在评分时决定",
        )
        yield f"[?/{report.undecided:g}] {more}"
    yield ""
    yield str(out_of(report.points, report.max_points))


def _reasons(verdict: Verdict) -> Iterator[str]:
    finding = verdict.finding
    if finding is None:
        return
    rows = (
        (_EXPECTED, finding.expected),
        (_FOUND, finding.found),
        (_WHERE, finding.where),
        (_WAY_ON, finding.way_on),
    )
    for label, said in rows:
        if said is None or said == same(""):
            continue
        first, *more = str(said).rstrip("\n").split("\n")
        yield f"    {label}{first}"
        yield from (f"{_BELOW}{line}" for line in more)
