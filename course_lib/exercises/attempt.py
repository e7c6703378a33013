"""A learner's attempt: the answers, applied to a fresh machine in the exercise's starting state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course_lib.exercises import answers as cells
from course_lib.exercises.machine import Machine
from course_lib.exercises.report import Problem
from course_lib.exercises.values import (
    AnswerCell,
    CommandsAnswer,
    DockerfileAnswer,
    Exercise,
    FileAnswer,
    Finding,
    LiteralAnswer,
)
from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.cli import Answer

MAX_COMMANDS = 200
"""So many docker commands one answer may have."""


class Unmet(Exception):  # noqa: N818 - a finding about an answer, not a mistake of the program
    """There is nothing to judge: no image, no container, no value; `finding` says what is missing."""

    def __init__(self, expected: Text, found: Text, way_on: Text | None = None) -> None:
        super().__init__(found.en)
        self.finding = Finding(0, expected, found, way_on=way_on)


@dataclass(frozen=True, slots=True)
class Ran:
    """One docker command of an answer, with docker's answer to it."""

    line: str
    answer: Answer


class Attempt:
    """The answers to one exercise, applied in the order of its cells.

    `missing` holds the ids of the answer cells that are absent or still blank; `problems` what went
    wrong while the answers were applied; `ran` the commands that were run, by answer id.
    """

    def __init__(self, exercise: Exercise, answers: Mapping[str, str]) -> None:
        self.exercise = exercise
        self.machine = Machine()
        self.problems: list[Problem] = []
        self.ran: dict[str, tuple[Ran, ...]] = {}
        self._literals: dict[str, cells.LiteralValue] = {}
        given = {cell.id: answers.get(cell.id, "") for cell in exercise.answers}
        self.missing = frozenset(name for name, source in given.items() if cells.is_blank(source))
        self.machine.begin(exercise.start)
        if not given.keys() - self.missing:
            self.problems.append(_nothing_yet(exercise))
            return
        for cell in exercise.answers:
            if cell.id not in self.missing:
                self._apply(cell, given[cell.id])
            elif not cell.optional:
                self.problems.append(_no_answer(cell.id))

    def literal(self, answer_id: str) -> cells.LiteralValue:
        """Return the value of a literal answer.

        Raises:
            Unmet: when the cell holds no literal.

        """
        if answer_id not in self._literals:
            raise Unmet(
                Text("a value", "一个值"), Text("no value that can be read", "没有可以读取的值")
            )
        return self._literals[answer_id]

    def docker(self, line: str) -> Answer:
        """Ask the machine a question. A question that starts a container removes it again."""
        return self.machine.docker(line)

    def _apply(self, cell: AnswerCell, source: str) -> None:
        try:
            match cell:
                case LiteralAnswer():
                    self._literals[cell.id] = cells.literal_of(source)
                case FileAnswer():
                    self.machine.files[cell.path] = cells.text_of(source)
                case DockerfileAnswer():
                    self._build(cell, cells.text_of(source))
                case CommandsAnswer():
                    self._run(cell, cells.commands_of(source))
        except cells.AnswerError as wrong:
            self.problems.append(Problem(cell.id, same(f"{cell.id}: ") + wrong.reason))

    def _build(self, cell: DockerfileAnswer, text: str) -> None:
        options = [f"--target={cell.target}"] if cell.target else []
        options += [f"--build-arg={name}={value}" for name, value in cell.build_args]
        answer = self.machine.build(text, cell.image, options)
        self._keep(cell.id, (Ran("docker build", answer),))

    def _run(self, cell: CommandsAnswer, lines: tuple[str, ...]) -> None:
        if len(lines) > MAX_COMMANDS:
            raise cells.AnswerError(
                Text(
                    f"{len(lines)} commands; an answer has at most {MAX_COMMANDS}",
                    f"有 {len(lines)} 条命令，答案最多 {MAX_COMMANDS} 条",
                )
            )
        self._keep(cell.id, tuple(Ran(line, self.machine.docker(line)) for line in lines))

    def _keep(self, answer_id: str, ran: tuple[Ran, ...]) -> None:
        self.ran[answer_id] = ran
        for one in ran:
            if one.answer.exit_code and one.answer.stderr:
                self.problems.append(Problem(answer_id, same(f"$ {one.line}\n{one.answer.stderr}")))


def prepared(exercise: Exercise, answers: Mapping[str, str], *, before: str) -> Machine:
    """Return a fresh machine on which the answer cell `before` has its turn.

    The exercise's starting state is there, and the answers that come earlier are applied.
    """
    ids = [cell.id for cell in exercise.answers]
    earlier = exercise.answers[: ids.index(before)]
    if not earlier:
        machine = Machine()
        machine.begin(exercise.start)
        return machine
    return Attempt(replace(exercise, answers=earlier), answers).machine


def _nothing_yet(exercise: Exercise) -> Problem:
    names = ", ".join(cell.id for cell in exercise.answers)
    return Problem(
        exercise.answers[0].id,
        Text(f"There is no answer yet in {names}.", f"{names} 里还没有答案。"),
        Text(
            "Write your answer, run that cell, then run this one again.",
            "写好答案，先运行那个单元格，再运行这一个。",
        ),
    )


def _no_answer(answer_id: str) -> Problem:
    return Problem(
        answer_id,
        Text(f"There is no answer yet in {answer_id}.", f"{answer_id} 里还没有答案。"),
        Text("Write it and run that cell.", "写好并运行那个单元格。"),
    )
