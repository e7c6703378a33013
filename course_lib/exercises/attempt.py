"""A learner's attempt: the answers, applied to a fresh machine in the exercise's starting state."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING

from course_lib.cli.words import LineError, commands
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
    Judge,
    LiteralAnswer,
)
from course_lib.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from course_lib.cli import Answer
    from course_lib.image.image import Image
    from course_lib.run.container import Container

MAX_COMMANDS = 200
"""So many docker commands one answer may have."""

MAX_SECONDS = 30
"""After so many seconds of work no further command of an answer is begun; most take none."""


class Unmet(Exception):  # noqa: N818 - a finding about an answer, not a mistake of the program
    """There is nothing to judge: no image, no container, no value; `finding` says what is missing."""

    def __init__(self, expected: Text, found: Text, way_on: Text | None = None) -> None:
        super().__init__(found.en)
        self.finding = Finding(0, expected, found, way_on=way_on)


@dataclass(frozen=True, slots=True)
class Ran:
    """One docker command of an answer as it was written, with docker's answer to it."""

    line: str
    answer: Answer


class Attempt:
    """The answers to one exercise, applied in the order of its cells.

    `answers` are the cells as given; `missing` holds the ids of those that are absent or still
    blank; `problems` what went wrong while the answers were applied; `texts` the text of each
    Dockerfile, by answer id; `ran` the commands that were run, in their order. `machine` is a fresh
    one, with another registry for example.
    """

    def __init__(
        self, exercise: Exercise, answers: Mapping[str, str], machine: Machine | None = None
    ) -> None:
        self.exercise = exercise
        self.answers = answers
        self.machine = machine or Machine()
        self.problems: list[Problem] = []
        self.texts: dict[str, str] = {}
        self.ran: list[Ran] = []
        self._literals: dict[str, cells.LiteralValue] = {}
        self._found: dict[int, tuple[Judge, Finding]] = {}
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

    def container(self, name: str) -> Container:
        """Return the container of that name, running or not.

        Raises:
            Unmet: when there is none.

        """
        there = self.machine.engine.ps(all=True)
        found = next((one for one in there if one.name == name), None)
        if found is None:
            names = ", ".join(one.name for one in reversed(there))
            raise Unmet(
                Text(f"a container named {name}", f"一个名叫 {name} 的容器"),
                Text(f"only {names}", f"只有 {names}")
                if names
                else Text("no container at all", "一个容器也没有"),
                same(f"docker run --name {name} ..."),
            )
        return found

    def image(self, name: str) -> Image:
        """Return the image of that name.

        Raises:
            Unmet: when there is none.

        """
        found = self.machine.engine.find_image(name)
        if found is None:
            built = any(cell.image == name for cell in self._dockerfiles())
            raise Unmet(
                Text(f"an image named {name}", f"一个名叫 {name} 的镜像"),
                Text("it was not built", "没有构建出来")
                if built
                else Text("there is no such image", "没有这个镜像"),
                Text("docker's message above names the line", "上面 docker 的报错指出了是哪一行")
                if built
                else None,
            )
        return found

    def once(self, judge: Judge) -> Finding:
        """Return what a judge found; it is asked once, however many checks want to know.

        Raises:
            Unmet: as the judge does.

        """
        if (
            id(judge) not in self._found
        ):  # the judge is kept beside it, so that its id stays its own
            self._found[id(judge)] = judge, judge(self)
        return self._found[id(judge)][1]

    def docker(self, words: Sequence[str]) -> Answer:
        """Ask the machine a question, in docker's words."""
        return self.machine.docker(words)

    def docker_reads(self, words: Sequence[str], stdin: str) -> Answer:
        """Ask a question in docker's words, with `stdin` for docker to read."""
        return self.machine.docker(words, stdin=stdin)

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Remove the containers that are made inside a `with` block when it is left."""
        engine = self.machine.engine
        before = {container.id for container in engine.ps(all=True)}
        try:
            yield
        finally:
            for container in engine.ps(all=True):
                if container.id not in before:
                    engine.rm(container.id, force=True, volumes=True)

    def _dockerfiles(self) -> list[DockerfileAnswer]:
        return [cell for cell in self.exercise.answers if isinstance(cell, DockerfileAnswer)]

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
                    self._run(cell, cells.text_of(source))
        except cells.AnswerError as wrong:
            self.problems.append(Problem(cell.id, same(f"{cell.id}: ") + wrong.reason))

    def _build(self, cell: DockerfileAnswer, text: str) -> None:
        self.texts[cell.id] = text
        answer = self.machine.build(text, cell.image, cell.options)
        self._keep(cell.id, Ran("docker build .", answer))

    def _run(self, cell: CommandsAnswer, script: str) -> None:
        begun = monotonic()
        try:
            for number, command in enumerate(commands(script)):
                if number == MAX_COMMANDS:
                    raise cells.AnswerError(_TOO_MANY)
                if monotonic() - begun > MAX_SECONDS:
                    raise cells.AnswerError(_TOO_LONG)
                self._keep(cell.id, Ran(command.text, self.machine.docker(command.words)))
        except LineError as wrong:
            self.problems.append(Problem(cell.id, same(wrong.message), wrong.help))

    def _keep(self, answer_id: str, ran: Ran) -> None:
        self.ran.append(ran)
        if ran.answer.exit_code and ran.answer.stderr:
            words = ran.answer.stderr.rstrip("\n")
            self.problems.append(Problem(answer_id, same(f"$ {ran.line}\n{words}")))


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


_TOO_MANY = Text(
    f"an answer has at most {MAX_COMMANDS} commands; the rest was not run",
    f"一个答案最多 {MAX_COMMANDS} 条命令，后面的没有执行",
)


_TOO_LONG = Text(
    f"the commands took longer than {MAX_SECONDS} seconds; the rest was not run",
    f"命令执行超过了 {MAX_SECONDS} 秒，后面的没有执行",
)


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
