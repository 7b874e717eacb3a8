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
from dataclasses import dataclass
from functools import partial
from itertools import islice
from math import ceil, isfinite
from multiprocessing import get_context
from threading import current_thread, main_thread
from types import FrameType
from typing import TypeVar

from approvalsim.engines import Engine, simulate
from approvalsim.facts import Facts
from approvalsim.plan import Plan

Batch = TypeVar("Batch")

_BATCH = {"simpy": 25, "kernel": 100}
"""Replications in a batch: a fraction of a second of SimPy, a few milliseconds of the kernel."""
_WORTH_A_WORKER = {"simpy": 200, "kernel": 200}
"""Replications each worker should get before starting it pays (a process takes a second)."""


def run(
    plan: Plan,
    seed: int,
    replications: int | range,
    *,
    batch: int | None = None,
    workers: int | None = None,
    engine: Engine = "simpy",
) -> Generator[Facts, None, None]:
    """Facts of the replications of one plan, in order, a batch at a time.

    ``replications`` is a number (counted from 0) or a range; ``workers`` share the work, by default
    as many as there are cores and as pay: processes for SimPy, threads for the kernel. Closing the
    iterator cancels what is left.
    """
    together = run_together(
        (plan,), seed, replications, batch=batch, workers=workers, engine=engine
    )
    with closing(together):
        for (facts,) in together:
            yield facts


def run_together(
    plans: Sequence[Plan],
    seed: int,
    replications: int | range,
    *,
    batch: int | None = None,
    workers: int | None = None,
    engine: Engine = "simpy",
) -> Generator[tuple[Facts, ...], None, None]:
    """As `run`, for several plans under the same luck: each batch holds the facts of every plan."""
    numbers = range(replications) if isinstance(replications, int) else replications
    size = _BATCH[engine] if batch is None else batch
    parts = [numbers[first : first + size] for first in range(0, len(numbers), size)]
    if workers is None:
        workers = _useful_workers(len(numbers) * len(plans), engine)
    workers = min(workers, len(parts))
    if workers > 1:
        yield from _shared(tuple(plans), seed, parts, workers, engine)
    else:
        for part in parts:
            yield _simulate_all(engine, tuple(plans), seed, part)


def _useful_workers(replications: int, engine: Engine) -> int:
    return max(1, min(os.cpu_count() or 1, replications // _WORTH_A_WORKER[engine]))


def _shared(
    plans: tuple[Plan, ...], seed: int, parts: Sequence[range], workers: int, engine: Engine
) -> Generator[tuple[Facts, ...], None, None]:
    """Batches in order, a few more under way than there are workers."""
    left = iter(parts)
    pool, work = _pool(plans, workers, engine)
    pending: deque[Future[tuple[Facts, ...]]] = deque()
    try:
        while True:
            with _interrupts_held():
                for part in islice(left, 2 * workers - len(pending)):
                    pending.append(pool.submit(work, seed, part))
            if not pending:
                break
            yield pending.popleft().result()
    finally:
        with _interrupts_ignored():
            pool.shutdown(wait=True, cancel_futures=True)


def _pool(
    plans: tuple[Plan, ...], workers: int, engine: Engine
) -> tuple[Executor, Callable[[int, range], tuple[Facts, ...]]]:
    """Workers, and what they do: threads for the kernel, which leaves Python's lock alone."""
    if engine == "kernel":
        return ThreadPoolExecutor(workers), partial(_simulate_all, engine, plans)
    # Processes are spawned, never forked: a fork would copy the locks of a graphical program.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _start_worker, (plans,))
    return pool, _simulate_in_process


def _simulate_all(
    engine: Engine, plans: tuple[Plan, ...], seed: int, part: range
) -> tuple[Facts, ...]:
    return tuple(simulate(engine, plan, seed, part) for plan in plans)


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


_plans_of_worker: tuple[Plan, ...] = ()


def _start_worker(plans: tuple[Plan, ...]) -> None:
    """Keep the plans in the worker process, so that they travel once; Ctrl-C is the parent's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    global _plans_of_worker  # noqa: PLW0603
    _plans_of_worker = plans


def _simulate_in_process(seed: int, part: range) -> tuple[Facts, ...]:
    return _simulate_all("simpy", _plans_of_worker, seed, part)


@dataclass(frozen=True)
class Precision:
    """How sure a run has to be: half-width of the 95 % interval (days), and a limit to trying."""

    half_width: float
    cap: int = 5_000
    first: int = 100
    """Replications before the first look."""


def until_precise(
    run_range: Callable[[range], Iterator[Batch]],
    half_width: Callable[[Sequence[Batch]], float],
    precision: Precision,
) -> Generator[Batch, None, None]:
    """Batches until the ``half_width`` of all so far is small enough, or the cap is reached.

    It looks only at numbers of replications that follow from earlier looks, never at batch ends, so
    where it stops does not depend on the size of a batch. The next look is where the width would
    be reached if it went on shrinking with the square root of the number, at most twice as far.
    """
    batches: list[Batch] = []
    done, goal = 0, min(precision.first, precision.cap)
    while done < goal:
        for batch in run_range(range(done, goal)):
            batches.append(batch)
            yield batch
        done, width = goal, half_width(batches)
        if width > precision.half_width:
            goal = min(precision.cap, _next_look(done, width, precision.half_width))


def _next_look(done: int, width: float, wanted: float) -> int:
    if not isfinite(width) or wanted <= 0:
        return 2 * done
    return min(2 * done, max(done + 25, ceil(done * min(width / wanted, 2.0) ** 2)))
