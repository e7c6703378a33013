"""Who does the judging: this process, a pool of processes, or a Dask cluster.

All three are executors of `concurrent.futures`. A verdict is asked for once, whoever asks; a worker
that dies costs nothing but the time to judge again.
"""

from __future__ import annotations

import multiprocessing
from collections import OrderedDict
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from autograder.grade import MEMO, Graded, Question, grade, held
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

P = ParamSpec("P")
T = TypeVar("T")

TRIES = 2
"""So often an answer may end the process that judges it before a person has to look at it."""

MEMORY = 4 << 30
"""No process of the pool gets more bytes of address space."""


class InProcess(Executor):
    """Does the work at once, where it is asked for."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call the function; return its result as a future that is done."""
        done: Future[T] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as broken:  # noqa: BLE001 - it is handed on, as every executor does
            done.set_exception(broken)
        return done


class Cluster(Executor):
    """Dask's own executor on a scheduler's workers; its connection is closed with it.

    The workers need this kit: on their PYTHONPATH, in the same version.
    """

    def __init__(self, address: str) -> None:
        from distributed import Client  # noqa: PLC0415 - an optional extra

        self._client = Client(address)
        self._executor = self._client.get_executor(pure=False)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have a worker of the cluster call the function."""
        future: Future[T] = self._executor.submit(fn, *args, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - Executor's own
        """Wait for what is under way, or give it up, and close the connection."""
        self._executor.shutdown(wait and not cancel_futures)
        self._client.close()


def starter(jobs: int = 1, cluster: str = "") -> Callable[[], Executor]:
    """Return how to start the workers: `jobs` processes, or those of a Dask scheduler's address."""
    if cluster:
        return lambda: Cluster(cluster)
    if jobs > 1:
        return lambda: ProcessPoolExecutor(
            jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_bound
        )
    return InProcess


def _bound() -> None:
    """Bound the memory of a process of the pool, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    bound = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (bound, most))


class Judges:
    """Gives a verdict on each question, by an executor that is started again when it breaks."""

    def __init__(self, start: Callable[[], Executor]) -> None:
        self._start = start
        self._executor: Executor | None = None
        self._asked: OrderedDict[Question, Future[Graded]] = OrderedDict()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=kind is None, cancel_futures=kind is not None)

    def ask(self, question: Question) -> Future[Graded]:
        """Have a question judged, unless it is known or under way; see `verdict`."""
        known = self._asked.pop(question, None) or self._submit(question)
        self._asked[question] = known
        while len(self._asked) > MEMO:
            self._asked.popitem(last=False)
        return known

    def verdict(self, question: Question, asked: Future[Graded]) -> Graded:
        """Wait for the verdict. A question whose worker died is judged again, by itself."""
        for _ in range(TRIES):
            try:
                return asked.result()
            except (BrokenProcessPool, CancelledError):
                asked = self._again(question, asked)
            except Exception as fault:  # noqa: BLE001 - grade() raises nothing: the worker is at fault
                return _lost(fault)
        dead = asked.exception()
        return asked.result() if dead is None else _lost(dead)

    def _again(self, question: Question, broken: Future[Graded]) -> Future[Graded]:
        """Judge once more, and wait, so that nothing else is under way beside this one."""
        known = self._asked.get(question, broken)
        if known is not broken:
            return known
        asked = self._submit(question)
        asked.exception()
        self._asked[question] = asked
        return asked

    def _submit(self, question: Question) -> Future[Graded]:
        for _ in range(TRIES):
            if self._executor is None:
                self._executor = self._start()
            try:
                return self._executor.submit(grade, question)
            except RuntimeError:  # BrokenProcessPool too: another answer has ended it
                self._executor.shutdown(wait=False)
                self._executor = None
        return InProcess().submit(held, _NO_WORKERS)


_NO_WORKERS = Text("no worker could be started", "无法启动评分进程")


def _lost(dead: BaseException) -> Graded:
    name = type(dead).__name__
    return held(
        Text(
            f"the process that judged this answer ended ({name}); look at it yourself",
            f"评判这个答案的进程中途结束了（{name}）；请人工查看",
        )
    )
