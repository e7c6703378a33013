"""Answers that take their time, judged by two processes and by one."""

from __future__ import annotations

import time

from autograder.grade import Question
from autograder.workers import Judges, starter
from tests.bench.figure import Figure

ANSWERS = 24
LAYERS = 60


def measure() -> Figure:
    """Wall time for answers of many layers, no two alike; the workers are started before."""
    return Figure("24 long answers, two workers", _seconds(2), _seconds(1), "s", "0.67 x")


def _seconds(jobs: int) -> float:
    # Both ask a process of a pool, so that both pay for the way there and back.
    with Judges(starter(2)) as judges:
        warm = [_question(-number - 1) for number in range(4)]
        for question, asked in [(one, judges.ask(one)) for one in warm]:
            judges.verdict(question, asked)
        begun = time.perf_counter()
        questions = [_question(number) for number in range(ANSWERS)]
        if jobs == 1:
            for question in questions:
                judges.verdict(question, judges.ask(question))
        else:
            for question, asked in [(one, judges.ask(one)) for one in questions]:
                judges.verdict(question, asked)
        return time.perf_counter() - begun


def _question(number: int) -> Question:
    steps = "\n".join(f"RUN echo {number}-{layer} > /{layer}.txt" for layer in range(LAYERS))
    body = f'FROM alpine\n{steps}\nENTRYPOINT ["echo", "hello"]\nCMD ["world"]'
    return Question.of("cmd-greet", {"cmd-greet": f"%%dockerfile cmd-greet\n{body}"})
