"""How the class did, from the autograded notebooks: for a person, and as JSON for a script."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from autograder import marking

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nbformat import NotebookNode

    from autograder.handed import HandedIn

State = Literal["graded", "unchanged", "held"]

INTERRUPTED = 130
"""The exit status of a program that was ended by Ctrl-C."""


@dataclass(frozen=True, slots=True)
class Check:
    """What one check gave for one student; `found` says what was there instead, if it may be told."""

    name: str
    points: float
    max_points: float
    passed: bool
    found: str | None


@dataclass(frozen=True, slots=True)
class Task:
    """One exercise of one student; `held` says why it could not be graded, '' if it was."""

    exercise: str
    points: float
    max_points: float
    checks: tuple[Check, ...]
    held: str = ""

    @classmethod
    def of(cls, cell: NotebookNode) -> Task:
        """Read a grade cell of an autograded notebook."""
        meta = cell.metadata["nbgrader"]
        held = next((out["evalue"] for out in cell.outputs if marking.is_held(cell)), "")
        # (a file holds a text as a list of its lines)
        points = 0.0 if held else float("".join(cell.outputs[-1]["data"]["text/plain"]))
        checks = tuple(Check(*mark) for mark in cell.metadata["course"]["marks"])
        name = str(meta["grade_id"]).removesuffix("-check")
        return cls(name, points, float(meta["points"]), checks, held)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one notebook of one student. Something of it is `held` where it has reasons."""

    student: str
    notebook: str
    state: State
    tasks: tuple[Task, ...] = ()
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        handed: HandedIn,
        notebook: NotebookNode,
        notes: tuple[str, ...] = (),
        *,
        unchanged: bool = False,
    ) -> Outcome:
        """Read the outcome from an autograded notebook."""
        tasks = tuple(map(Task.of, marking.asking(notebook)))
        held: dict[str, list[str]] = {task.held: [] for task in tasks if task.held}
        for task in tasks:
            if task.held:
                held[task.held].append(task.exercise)
        whole = len(held) == 1 and all(task.held for task in tasks)
        reasons = tuple(why if whole else f"{', '.join(held[why])}: {why}" for why in held)
        state: State = "held" if held else "unchanged" if unchanged else "graded"
        return cls(handed.student, handed.notebook, state, tasks, reasons, notes)

    @classmethod
    def failed(cls, handed: HandedIn, broken: Exception) -> Outcome:
        """Return the outcome of a submission that could not be worked on at all."""
        why = f"{type(broken).__name__}: {broken}"
        return cls(handed.student, handed.notebook, "held", reasons=(why,))

    @classmethod
    def refused(cls, handed: HandedIn) -> Outcome:
        """Return the outcome of a submission that is not looked at, for the trouble it has."""
        why = handed.trouble.en if handed.trouble else ""
        return cls(ascii(handed.student), handed.notebook, "held", reasons=(why,))

    @property
    def points(self) -> float:
        """The points that the checks gave."""
        return round(sum(task.points for task in self.tasks), 2)


@dataclass(frozen=True, slots=True)
class Success:
    """How the class did in one exercise: the mean share of its points, and what failed most."""

    exercise: str
    share: float
    students: int
    failed_check: str
    failed: int


@dataclass(frozen=True, slots=True)
class Summary:
    """One run over a class. `whole` is False when it was interrupted."""

    lesson: str
    outcomes: tuple[Outcome, ...]
    whole: bool = True

    def count(self, state: State) -> int:
        """Return how many notebooks are in a state."""
        return sum(outcome.state == state for outcome in self.outcomes)

    @property
    def held(self) -> tuple[Outcome, ...]:
        """What could not be graded, in whole or in part."""
        return tuple(outcome for outcome in self.outcomes if outcome.state == "held")

    @property
    def mean(self) -> float | None:
        """The mean of the points of all that could be graded; None where nothing could."""
        graded = [outcome.points for outcome in self.outcomes if outcome.state != "held"]
        return round(sum(graded) / len(graded), 2) if graded else None

    @property
    def status(self) -> int:
        """The exit status: 0, 1 when something could not be graded, 130 when interrupted."""
        if not self.whole:
            return INTERRUPTED
        return 1 if self.held else 0

    def successes(self) -> tuple[Success, ...]:
        """Return how the class did, exercise by exercise, in the order of the lesson."""
        tasks: dict[str, list[Task]] = {}
        for outcome in self.outcomes:
            for task in outcome.tasks:
                if not task.held:
                    tasks.setdefault(task.exercise, []).append(task)
        return tuple(_success(name, done) for name, done in tasks.items())

    def text(self) -> str:
        """Return the summary as lines for a terminal."""
        return "\n".join(_lines(self)) + "\n"

    def data(self) -> dict[str, object]:
        """Return the summary as JSON's types."""
        return {
            "lesson": self.lesson,
            "interrupted": not self.whole,
            "graded": self.count("graded"),
            "unchanged": self.count("unchanged"),
            "could_not_be_graded": [
                {"student": one.student, "notebook": one.notebook, "reasons": one.reasons}
                for one in self.held
            ],
            "mean": self.mean,
            "exercises": [asdict(success) for success in self.successes()],
            "students": [
                {
                    "student": one.student,
                    "notebook": one.notebook,
                    "state": one.state,
                    "points": one.points,
                    "notes": one.notes,
                }
                for one in self.outcomes
            ],
        }


def _success(name: str, done: Iterable[Task]) -> Success:
    done = list(done)
    most = sum(task.max_points for task in done)
    share = sum(task.points for task in done) / most if most else 1.0
    failed = Counter(check.name for task in done for check in task.checks if not check.passed)
    check, times = failed.most_common(1)[0] if failed else ("", 0)
    return Success(name, round(share, 3), len(done), check, times)


def _lines(summary: Summary) -> Iterator[str]:
    yield f"{summary.lesson}: {len(summary.outcomes)} submissions"
    if not summary.whole:
        yield "Interrupted; what was graded is kept. The same command goes on where this one stopped."
    yield f"  graded               {summary.count('graded')}"
    yield f"  unchanged            {summary.count('unchanged')}"
    yield f"  could not be graded  {len(summary.held)}"
    if summary.mean is not None:
        yield f"  mean                 {summary.mean:g} points"
    for outcome in summary.held:
        for why in outcome.reasons:
            yield f"  {outcome.student}, {outcome.notebook}: {why}"
    noted = [(one, note) for one in summary.outcomes for note in one.notes]
    if noted:
        yield "Noticed on the way:"
        yield from (f"  {one.student}, {one.notebook}: {note}" for one, note in noted)
    successes = summary.successes()
    if successes:
        wide = max(len(success.exercise) for success in successes)
        yield "By exercise:"
        for success in successes:
            failed = f"  most often failed: {success.failed_check} ({success.failed} of {success.students})"
            yield f"  {success.exercise:{wide}}  {success.share:4.0%}{failed if success.failed else ''}"
