"""What an exercise is: a starting state, answer cells, and checks with their points."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from course_lib.exercises.attempt import Attempt
    from course_lib.text import Text


@dataclass(frozen=True, slots=True)
class DockerfileAnswer:
    """A `%%dockerfile ID` cell. The image that it gives is tagged `tag`, or ID if that is ''.

    `secrets` are values of `docker build --secret`: `id=key,src=sign.key`, a file of the context.
    """

    magic: ClassVar[str] = "dockerfile"

    id: str
    tag: str = ""
    target: str = ""
    build_args: tuple[tuple[str, str], ...] = ()
    optional: bool = False
    secrets: tuple[str, ...] = ()

    @property
    def options(self) -> list[str]:
        """The words of `docker build` that the exercise itself gives to the build."""
        return [
            *([f"--target={self.target}"] if self.target else []),
            *(f"--build-arg={name}={value}" for name, value in self.build_args),
            *(f"--secret={secret}" for secret in self.secrets),
        ]

    @property
    def image(self) -> str:
        """The name of the image that the answer gives."""
        return self.tag or self.id


@dataclass(frozen=True, slots=True)
class CommandsAnswer:
    """A `%%docker --answer ID` cell: docker commands, one a line, run in their order."""

    magic: ClassVar[str] = "docker"

    id: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """A `%%contextfile PATH --answer ID` cell: one file of the build context."""

    magic: ClassVar[str] = "contextfile"

    id: str
    path: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class LiteralAnswer:
    """A cell `id_with_underscores = value`; the value is a literal."""

    magic: ClassVar[str] = ""

    id: str
    optional: bool = False


AnswerCell = DockerfileAnswer | CommandsAnswer | FileAnswer | LiteralAnswer


@dataclass(frozen=True, slots=True)
class Start:
    """The state that an exercise begins in, on a fresh engine.

    `files` are of the build context (path -> text); `images` are Dockerfiles (tag -> text), built
    in their order with these files; `commands` are docker command lines, run after that.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    images: Mapping[str, str] = field(default_factory=dict)
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a judge found: the share of the points earned (0 to 1) and why."""

    share: float
    expected: Text
    found: Text
    where: Text | None = None
    way_on: Text | None = None

    @property
    def passed(self) -> bool:
        """Whether the whole of it is right."""
        return self.share >= 1


Judge = Callable[["Attempt"], Finding]
"""A question to an attempt; raises `attempt.Unmet` when there is nothing to ask it of."""


@dataclass(frozen=True, slots=True)
class Check:
    """One row of an exercise: what is asked, its points, and who judges it.

    A check is judged when the answers in `needs` are there; when `needs` is empty, when
    every answer cell that is not optional and not a literal is.
    """

    name: Text
    points: float
    judge: Judge
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exercise:
    """One graded task of a lesson. Its id is the argument of `check("ID")`.

    `hidden_points` are decided by checks that only the instructor has; they are part of `points`.
    `hints` are shown one at a time when asked for, the last one nearly the answer. An exercise for
    `practice` is never graded: the points of its checks only say how far one is.
    """

    id: str
    lesson: str
    title: Text
    answers: tuple[AnswerCell, ...]
    checks: tuple[Check, ...]
    start: Start = Start()
    hidden_points: float = 0
    hints: tuple[Text, ...] = ()
    practice: bool = False

    @property
    def points(self) -> float:
        """The points of all checks, hidden ones included."""
        return sum(check.points for check in self.checks) + self.hidden_points

    def answer(self, answer_id: str) -> AnswerCell:
        """Return the answer cell of that id.

        Raises:
            KeyError: when the exercise has no such cell.

        """
        for cell in self.answers:
            if cell.id == answer_id:
                return cell
        raise KeyError(answer_id)

    def needs(self, check: Check) -> tuple[str, ...]:
        """Return the ids of the answers without which a check is not judged."""
        return check.needs or tuple(
            cell.id
            for cell in self.answers
            if not cell.optional and not isinstance(cell, LiteralAnswer)
        )
