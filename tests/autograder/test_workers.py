"""Workers that die cost nothing: in a pool, and on a Dask cluster."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import psutil
import pytest

from autograder import grade as grader
from autograder.grade import Graded, Question
from autograder.workers import InProcess, Judges, starter
from course_lib.text import same
from tests.autograder.classroom import FULL, RIGHT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor

    from tests.autograder.classroom import Classroom

P = ParamSpec("P")
T = TypeVar("T")
PROJECT = Path(__file__).parents[2]
STUDENTS = 8


def _submit_many(room: Classroom) -> None:
    for number in range(STUDENTS):
        greet = RIGHT["cmd-greet"] + f"\nLABEL number={number}"  # no two answers are the same
        room.submit(f"student-{number}", {**RIGHT, "cmd-greet": greet})


def _check_all(room: Classroom) -> None:
    assert [room.scores(f"student-{number}") for number in range(STUDENTS)] == [FULL] * STUDENTS


def test_a_killed_process_of_the_pool_loses_nothing(room: Classroom) -> None:
    _submit_many(room)
    killed: list[int] = []

    def kill(done: int, _whole: int) -> None:
        workers = [
            one for one in psutil.Process().children() if "spawn_main" in " ".join(one.cmdline())
        ]
        if done == 2 and workers:
            os.kill(workers[0].pid, signal.SIGKILL)
            killed.append(workers[0].pid)

    summary = room.grade(starter(jobs=2), tell=kill)

    assert killed
    assert (summary.count("graded"), summary.held) == (STUDENTS, ())
    _check_all(room)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A Dask scheduler and two workers, each a process of its own."""
    at = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m", "distributed.cli"]
    shared = ["--scheduler-file", str(at), "--no-dashboard"]
    commands = [
        [
            *dask[:2],
            "distributed.cli.dask_scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            *shared,
        ],
        *[
            [*dask[:2], "distributed.cli.dask_worker", "--nthreads", "1", "--no-nanny", *shared]
            for _ in range(2)
        ],
    ]
    with (tmp_path / "log").open("wb") as log:
        started = [
            subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                cwd=tmp_path,
                env={**os.environ, "PYTHONPATH": str(PROJECT)},
            )
            for command in commands
        ]
    try:
        deadline = time.monotonic() + 60
        while not at.exists():
            assert time.monotonic() < deadline, (tmp_path / "log").read_text()
            time.sleep(0.1)
        from distributed import Client  # noqa: PLC0415 - it takes seconds to load

        with Client(scheduler_file=str(at)) as client:
            client.wait_for_workers(2, timeout=60)
            address = client.scheduler.address
        yield address, started
    finally:
        for process in started:
            process.kill()
            process.wait()


def test_a_killed_worker_of_a_dask_cluster_loses_nothing(
    room: Classroom, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, (_, worker, _) = cluster
    _submit_many(room)

    def kill(done: int, _whole: int) -> None:
        if done == 2:
            worker.kill()

    summary = room.grade(starter(cluster=address), tell=kill)

    assert (summary.count("graded"), summary.held) == (STUDENTS, ())
    _check_all(room)


class Fails(InProcess):
    """An executor whose process dies over one question, as a pool reports it."""

    deaths = 0

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        if args == (DEADLY,):
            Fails.deaths += 1
            dead: Future[T] = Future()
            dead.set_exception(BrokenProcessPool("a process ended"))
            return dead
        return super().submit(fn, *args, **kwargs)


DEADLY = Question("cmd-env", (("cmd-env", "%%dockerfile cmd-env\nFROM deadly"),))


def test_an_answer_that_ends_its_process_each_time_is_held_and_the_others_are_judged() -> None:
    other = Question.of("cmd-env", RIGHT)
    with Judges(Fails) as judges:
        asked = [(question, judges.ask(question)) for question in (DEADLY, other)]
        deadly, fine = (judges.verdict(*one) for one in asked)

    assert Fails.deaths == 3
    assert deadly.held is not None
    assert "the process that judged this answer ended" in deadly.held.en
    assert fine.points == 1.5


def test_the_same_question_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[Question] = []

    def count(question: Question) -> Graded:
        judged.append(question)
        return Graded(1, same(""))

    monkeypatch.setattr("autograder.workers.grade", count)
    with Judges(InProcess) as judges:
        for _ in range(3):
            judges.ask(DEADLY)

    assert judged == [DEADLY]


def test_work_without_end_is_ended_and_held(monkeypatch: pytest.MonkeyPatch) -> None:
    def forever(*_args: object, **_words: object) -> None:
        while True:
            pass

    grader.forget()
    grader.grade(DEADLY)  # the canary of this exercise is done
    monkeypatch.setattr(grader, "evaluate", forever)
    monkeypatch.setattr(grader, "MAX_SECONDS", 0.2)

    graded = grader.grade(Question("cmd-env", (("cmd-env", "another answer"),)))

    assert graded.held is not None
    assert "was ended after" in graded.held.en


@pytest.mark.parametrize("start", [starter(), starter(jobs=2)], ids=["here", "pool"])
def test_every_executor_gives_the_same_verdict(start: Callable[[], Executor]) -> None:
    question = Question.of("cmd-env", RIGHT)
    with Judges(start) as judges:
        assert judges.verdict(question, judges.ask(question)) == grader.grade(question)
