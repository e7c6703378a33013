"""A learner's desk: the machine of one notebook, and the answers that were written there."""

from __future__ import annotations

import importlib
import os
from collections import Counter
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING

from course_lib.exercises import headers
from course_lib.exercises.answers import identify, is_blank, text_of
from course_lib.exercises.attempt import prepared
from course_lib.exercises.catalogue import answer_ids, answered_by, find
from course_lib.exercises.evaluation import evaluate
from course_lib.exercises.machine import Machine
from course_lib.exercises.values import CommandsAnswer, DockerfileAnswer, FileAnswer
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from course_lib.exercises.report import Report
    from course_lib.exercises.values import Check, Exercise

KEYS = "COURSE_KEYS"
"""The environment variable that names the instructor's module of keys, in a kernel that grades."""


class NoSuchAnswerError(LookupError):
    """No exercise has an answer cell of that id; `reason` names the nearest one."""

    def __init__(self, answer_id: str) -> None:
        near = get_close_matches(answer_id, answer_ids(), n=1)
        self.reason = Text(
            f"no exercise asks for an answer called {answer_id!r}",
            f"没有哪道习题需要名为 {answer_id!r} 的答案",
        )
        if near:
            self.reason += Text(f" (did you mean {near[0]}?)", f"（是不是 {near[0]}？）")
        super().__init__(self.reason.en)


class Desk:
    """What one notebook's kernel keeps: its machine, and the last text of each answer cell."""

    def __init__(self) -> None:
        self.machine = Machine()
        self._answers: dict[str, str] = {}
        self._hints_given: Counter[str] = Counter()

    def hear(self, source: str) -> Exercise | None:
        """Take in the raw source of a cell that runs; return the exercise that it answers, if any."""
        answer_id = identify(source)
        exercise = answered_by(answer_id) if answer_id else None
        if answer_id is None or exercise is None:
            return None
        if exercise.answer(answer_id).magic != headers.split(source)[0]:
            return None  # `cmd_env = 1` is no Dockerfile, though the name is that of an answer
        self._answers[answer_id] = source
        return exercise

    def heard(self) -> Mapping[str, str]:
        """The answer cells that have run, by id, as they were; cells without an answer are left out."""
        filled = {key: text for key, text in self._answers.items() if not is_blank(text)}
        return MappingProxyType(filled)

    def bench(self, answer_id: str) -> Machine:
        """Return the machine on which the cell of an answer works, in its exercise's starting state.

        Docker commands get a fresh machine each time, so that running the cell again gives the
        same. A Dockerfile builds on the notebook's own engine, where its image can be tried out,
        with the exercise's context files and images.

        Raises:
            NoSuchAnswerError: when no exercise asks for this answer.

        """
        exercise = answered_by(answer_id)
        if exercise is None:
            raise NoSuchAnswerError(answer_id)
        cell = exercise.answer(answer_id)
        if isinstance(cell, CommandsAnswer):
            return prepared(exercise, self._answers, before=answer_id)
        beside = Machine(self.machine.engine, f"/home/exercises/{exercise.id}")
        if isinstance(cell, DockerfileAnswer | FileAnswer):
            beside.files.update(exercise.start.files)
            for other in exercise.answers:
                if isinstance(other, FileAnswer) and other.id in self._answers:
                    beside.files[other.path] = text_of(self._answers[other.id])
            beside.supply(exercise.start)
        return beside

    def check(self, exercise_id: str) -> Report:
        """Evaluate an exercise from the answers heard so far, as the grader does.

        Hidden checks are decided where COURSE_KEYS names a module with a function `hidden`.

        Raises:
            NoSuchExerciseError: when no lesson has it.
            ModuleNotFoundError: when the module of COURSE_KEYS is not on the path.

        """
        return evaluate(find(exercise_id), self._answers, hidden=_hidden(exercise_id))

    def hint(self, exercise_id: str) -> Text:
        """The next hint for an exercise, one more each time; after the last one, the last again.

        Nobody counts them.

        Raises:
            NoSuchExerciseError: when no lesson has the exercise.

        """
        hints = find(exercise_id).hints
        if not hints:
            return Text("There is no hint for this exercise.", "这道习题没有提示。")
        number = min(self._hints_given[exercise_id], len(hints) - 1)
        self._hints_given[exercise_id] += 1
        place = Text(
            f"Hint {number + 1} of {len(hints)}: ", f"提示 {number + 1}（共 {len(hints)} 条）："
        )
        return place + hints[number]


def _hidden(exercise_id: str) -> Sequence[Check] | None:
    keys = os.environ.get(KEYS)
    if not keys:
        return None
    checks: Sequence[Check] = importlib.import_module(keys).hidden(exercise_id)
    return checks
