"""Many replications, as an iterator of batches: to stop early, stop iterating.

Replication ``k`` depends on the plan, the seed and ``k`` alone, so results never depend on the size
of a batch, on the engine, nor on how many processes or threads share the work.
"""

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import islice
from math import ceil, isfinite
from multiprocessing import get_context
from multiprocessing.util import Finalize
from threading import current_thread, main_thread
from types import FrameType
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, overload

import numpy as np

from approvalsim.engines import Asked, Engine, simulate
from approvalsim.facts import Facts
from approvalsim.plan import Plan

if TYPE_CHECKING:
    from approvalsim.cluster import Cluster

Batch = TypeVar("Batch")
Done = TypeVar("Done")
Finish = Callable[[tuple[Facts, ...]], Done]
"""What is made of a batch (the facts of every plan) where it was simulated; to be pickled."""

_BATCH = {"simpy": 700, "kernel": 80_000}
"""Stages of projects in a batch: some twenty milliseconds, so that a run is soon cancelled."""
_WORTH_SENDING = 0.5
"""Seconds of work for a cluster at a time, which cost some milliseconds to send and to fetch."""
_WORTH_A_WORKER = {"simpy": 200, "kernel": 200}
"""Replications each worker should get before starting it pays (a process takes a second)."""


@overload
def run(
    plan: Plan,
    seed: int,
    replications: int | range,
    *,
    finish: None = None,
    batch: int | None = None,
    workers: int | None = None,
    engine: Engine = "simpy",
) -> Generator[Facts, None, None]: ...
@overload
def run(
    plan: Plan,
    seed: int,
    replications: int | range,
    *,
    finish: Callable[[Facts], Done],
    batch: int | None = None,
    workers: int | None = None,
    engine: Engine = "simpy",
) -> Generator[Done, None, None]: ...
def run(
    plan: Plan,
    seed: int,
    replications: int | range,
    *,
    finish: Callable[[Facts], Done] | None = None,
    batch: int | None = None,
    workers: int | None = None,
    engine: Engine = "simpy",
) -> Generator[Facts | Done, None, None]:
    """Facts of the replications of one plan, in order, a batch at a time, or what is made of them.

    ``replications`` is a number (counted from 0) or a range; ``workers`` share the work, by default
    as many as there are cores and as pay: processes for SimPy, threads for the kernel. Facts are
    many; ``finish`` says what to make of each batch where it was simulated. Closing the iterator
    cancels what is left.
    """
    together = run_together(
        (plan,),
        seed,
        replications,
        finish=partial(of_one, cast("Callable[[Facts], Done]", finish or _itself)),
        batch=batch,
        workers=workers,
        engine=engine,
    )
    with closing(together):
        yield from together


def of_one(finish: Callable[[Facts], Done], batch: tuple[Facts, ...]) -> Done:
    """What is made of the facts of the only plan of a batch."""
    (facts,) = batch
    return finish(facts)


@overload
def run_together(
    plans: Sequence[Plan],
    seed: int,
    replications: int | range,
    *,
    finish: None = None,
    batch: int | None = None,
    workers: int | None = None,
    engine: Engine = "simpy",
) -> Generator[tuple[Facts, ...], None, None]: ...
@overload
def run_together(
    plans: Sequence[Plan],
    seed: int,
    replications: int | range,
    *,
    finish: Finish[Done],
    batch: int | None = None,
    workers: int | None = None,
    engine: Engine = "simpy",
) -> Generator[Done, None, None]: ...
def run_together(
    plans: Sequence[Plan],
    seed: int,
    replications: int | range,
    *,
    finish: Finish[Done] | None = None,
    batch: int | None = None,
    workers: int | None = None,
    engine: Engine = "simpy",
) -> Generator[tuple[Facts, ...] | Done, None, None]:
    """As `run`, for several plans under the same luck: each batch holds the facts of every plan."""
    numbers = range(replications) if isinstance(replications, int) else replications
    if workers is None:
        workers = _useful_workers(len(numbers) * len(plans), engine)
    if batch is None:
        parts = _shares(numbers, batch_size(plans, engine), workers)
    else:
        parts = _parts(numbers, batch)
    work = Work(tuple(plans), seed, engine, cast("Finish[Done]", finish or _itself))
    workers = min(workers, len(parts))
    if workers > 1:
        yield from _shared(work, parts, workers)
    else:
        for part in parts:
            yield work(part)


def run_on_cluster(
    cluster: "Cluster",
    plans: Sequence[Plan],
    seed: int,
    replications: int | range,
    *,
    finish: Finish[Done],
    most: int | None = None,
    workers: int | None = None,
    engine: Asked = "auto",
) -> Generator[Done, None, None]:
    """As `run_together`, by the workers of a cluster; ``auto`` is the engine each of them has.

    How many replications are sent at a time grows until it is worth sending them, to ``most`` at
    most. ``workers`` is how many of the cluster's threads to keep busy, by default all.
    """
    left = range(replications) if isinstance(replications, int) else replications
    do = partial(_work_there, Work(tuple(plans), seed, "simpy", finish), engine)
    size = min(batch_size(plans, "simpy"), most or len(left))
    pending: deque[tuple[range, Future[tuple[list[Done], float]]]] = deque()
    try:
        while left or pending:
            while left and len(pending) < 2 * (workers or max(1, cluster.threads)):
                part, left = left[:size], left[size:]
                pending.append((part, cluster.submit(do, part)))
            part, future = pending.popleft()
            batches, seconds = future.result()
            yield from batches
            worth_sending = int(len(part) * _WORTH_SENDING / max(seconds, 1e-9))
            size = max(1, min(2 * size, worth_sending, most or worth_sending))
    finally:
        for _, future in pending:
            future.cancel()


def _parts(numbers: range, size: int) -> list[range]:
    return [numbers[first : first + size] for first in range(0, len(numbers), size)]


def _shares(numbers: range, size: int, workers: int) -> list[range]:
    """Batches of which each worker gets as many: the last round shares what is left."""
    left = len(numbers) % (size * workers)
    rounds, last = numbers[: len(numbers) - left], numbers[len(numbers) - left :]
    return _parts(rounds, size) + _parts(last, max(1, ceil(left / workers)))


def batch_size(plans: Sequence[Plan], engine: Engine) -> int:
    """How many replications to simulate at a time; results do not depend on it."""
    stages = sum(len(plan.axes.projects) * len(plan.axes.stages) for plan in plans)
    return max(1, _BATCH[engine] // max(stages, 1))


def _itself(batch: Batch) -> Batch:
    return batch


@dataclass(frozen=True, eq=False)
class Work(Generic[Done]):
    """What is done with the numbers of a batch's replications, in whatever process or thread."""

    plans: tuple[Plan, ...]
    seed: int
    engine: Engine
    finish: Finish[Done]

    def __call__(self, part: range) -> Done:
        """Simulate some replications of every plan, and finish with their facts."""
        return self.finish(self.simulated(part))

    def simulated(self, part: range) -> tuple[Facts, ...]:
        """The facts of some replications of every plan."""
        _keep_memory()
        return tuple(simulate(self.engine, plan, self.seed, part) for plan in self.plans)


def _work_there(work: Work[Done], asked: Asked, part: range) -> list[Done]:
    """What a worker of a cluster does: the same batches as here, by the engine it has."""
    from approvalsim.cluster import engine_here  # noqa: PLC0415 - nobody else needs it

    engine = engine_here(asked)
    return list(map(replace(work, engine=engine), _parts(part, batch_size(work.plans, engine))))


@lru_cache(maxsize=1)
def _keep_memory() -> None:
    """Make the memory that one batch gives back the next one's.

    Pages fresh from the system cost a quarter of the time of the kernel, and half of that of the
    statistics. The C library of Linux keeps freed memory once it has seen a large block come and
    go; others do so anyway.
    """
    np.empty(2**24, dtype=np.uint8)


def _useful_workers(replications: int, engine: Engine) -> int:
    return max(1, min(os.cpu_count() or 1, replications // _WORTH_A_WORKER[engine]))


def _shared(work: Work[Done], parts: Sequence[range], workers: int) -> Generator[Done, None, None]:
    """Batches in order, a few more under way than there are workers."""
    left = iter(parts)
    pool, do, finish = _pool(work, workers)
    pending: deque[Future[Any]] = deque()
    try:
        while True:
            with _interrupts_held():
                for part in islice(left, 2 * workers - len(pending)):
                    pending.append(pool.submit(do, part))
            if not pending:
                break
            yield finish(pending.popleft().result())
    finally:
        with _interrupts_ignored():
            pool.shutdown(wait=True, cancel_futures=True)


def _pool(
    work: Work[Done], workers: int
) -> tuple[Executor, Callable[[range], Any], Callable[[Any], Done]]:
    """Workers, what they do, and what is left to do with that here.

    Threads for the kernel, which leaves Python's lock alone. To finish needs the lock again and
    again: done in the threads, it would take twice the time, so it is done here meanwhile.
    """
    if work.engine == "kernel":
        return ThreadPoolExecutor(workers), work.simulated, work.finish
    # Processes are spawned, never forked: a fork would copy the locks of a graphical program.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _start_worker, (work,))
    return pool, _work_in_process, _as_it_is


def _as_it_is(done: Done) -> Done:
    return done


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let Ctrl-C wait until the pool is in order again, and never reach processes started inside.

    What a pool does when it is interrupted in the middle of starting a process is to hang.
    """
    if current_thread() is not main_thread():
        yield
        return
    held: list[FrameType | None] = []
    handler = signal.signal(signal.SIGINT, lambda _, frame: held.append(frame))
    # Processes inherit the mask, so they do not even see Ctrl-C while they load; where there are
    # no masks (Windows), `_start_worker` alone has to do.
    mask = getattr(signal, "pthread_sigmask", None)
    before = mask(signal.SIG_BLOCK, {signal.SIGINT}) if mask else None
    try:
        yield
    finally:
        if mask:
            mask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGINT, handler)
        if held and callable(handler):
            handler(signal.SIGINT, held[0])


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Let no second Ctrl-C disturb a pool that is closing: it would never come to its end."""
    if current_thread() is not main_thread():
        yield
        return
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)


_work_of_worker: Work[Any] | None = None


def _start_worker(work: Work[Any]) -> None:
    """Keep the work in the worker process, so that plans travel once; Ctrl-C is the parent's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # It has nothing to tidy up in the end, and whoever cancels a run would wait for it.
    Finalize(None, os._exit, args=(0,), exitpriority=-100)
    global _work_of_worker  # noqa: PLW0603
    _work_of_worker = work


def _work_in_process(part: range) -> Any:
    assert _work_of_worker is not None
    return _work_of_worker(part)


@dataclass(frozen=True)
class Precision:
    """How sure a run has to be: half-width of the 95 % interval (days), and a limit to trying."""

    half_width: float
    cap: int = 5_000
    first: int = 100
    """Replications before the first look."""


def until_precise(
    run_range: Callable[[range], Iterator[Batch]],
    half_width: Callable[[], float],
    precision: Precision,
) -> Generator[Batch, None, None]:
    """Batches until the ``half_width`` of all so far is small enough, or the cap is reached.

    It is asked when the caller has taken all batches so far, and wants the next.

    It looks only at numbers of replications that follow from earlier looks, never at batch ends, so
    where it stops does not depend on the size of a batch. The next look is where the width would
    be reached if it went on shrinking with the square root of the number, at most twice as far.
    """
    done, goal = 0, min(precision.first, precision.cap)
    while done < goal:
        yield from run_range(range(done, goal))
        done, width = goal, half_width()
        if width > precision.half_width:
            goal = min(precision.cap, _next_look(done, width, precision.half_width))


def _next_look(done: int, width: float, wanted: float) -> int:
    if not isfinite(width) or wanted <= 0:
        return 2 * done
    return min(2 * done, max(done + 25, ceil(done * min(width / wanted, 2.0) ** 2)))
