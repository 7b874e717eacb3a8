"""Batches computed on a Dask cluster that somebody has started; all that knows of Dask.

Any worker may compute any batch, and one that is lost with its worker is computed again elsewhere.
So every place has to give the same bits: scheduler and workers must run this very program on the
same libraries, which is checked before the first batch and, as workers come and go, with each.
"""

import asyncio
import logging
import pickle
import re
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from threading import Lock, Thread
from time import monotonic, perf_counter
from typing import Any, TypeVar

from approvalsim import kernel_cache
from approvalsim.engines import Asked, Engine, chosen
from approvalsim.errors import LostError, Problem, ScenarioError, listed

Argument = TypeVar("Argument")
Result = TypeVar("Result")

ANSWER = 3.0
"""Seconds a scheduler has to answer."""
PATIENCE = 20.0
"""Seconds to go on without a single worker; a nanny takes some to replace one that died."""
LOOK = 0.5
"""Seconds between two looks at the workers."""

_ADDRESS = re.compile(r"(?:(?:tcp|tls)://)?(?:\[[\w:.%]+\]|[\w.-]+):(\d{1,5})")
_OPTION = ("--cluster",)
_LIBRARIES = ("numpy", "scipy", "simpy", "numba", "llvmlite", "distributed")


# --- everywhere ----------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def identity() -> Mapping[str, str]:
    """What has to be the same in every place for results to be the same to the last bit.

    Of Python the minor version: 3.12 began to add floats up in another way.
    """
    from approvalsim import __version__  # noqa: PLC0415 - looked up when asked for

    sources = sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        sources.update(file.read_bytes())
    return {
        "approvalsim": __version__,
        "approvalsim/*.py": sources.hexdigest()[:12],
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        **{name: version(name) for name in _LIBRARIES},
    }


# --- on a worker ---------------------------------------------------------------------------------


class Foreign(Exception):  # noqa: N818 - a worker's answer
    """The worker is another program: its address, and its own `identity`."""


def _compute(wanted: Mapping[str, str], content: bytes, argument: Argument) -> tuple[Any, float]:
    """What a piece of work makes of an argument, and the seconds that took."""
    if identity() != wanted:
        from distributed import get_worker  # noqa: PLC0415

        raise Foreign(get_worker().address, dict(identity()))
    work = _unpacked(content)
    began = perf_counter()
    return work(argument), perf_counter() - began


@lru_cache(maxsize=2)
def _unpacked(content: bytes) -> Callable[[Any], Any]:
    work: Callable[[Any], Any] = pickle.loads(content)
    return work


_compiling = Lock()


def engine_here(asked: Asked) -> Engine:
    """The engine of the worker that asks, as `chosen`.

    Where ``auto`` finds no kernel, a thread has it compiled, once: workers may come at any time and
    nobody prepares them, yet no batch should wait for it.
    """
    engine = chosen(asked)
    if asked == "auto" and engine == "simpy" and _compiling.acquire(blocking=False):
        Thread(target=kernel_cache.warm_up, name="compile the kernel", daemon=True).start()
    return engine


# --- where somebody waits for results ------------------------------------------------------------


class Cluster:
    """A connection to a cluster, which a thread of its own keeps until the ``with`` ends."""

    def __init__(self, address: str) -> None:
        """The scheduler's address, such as ``tcp://10.0.0.5:8786``."""
        self.address = address
        self.threads = 0
        """Batches its workers can compute at once, as of the last look."""
        self._client: Any = None
        self._seen = 0.0
        self._lost: LostError | None = None
        self._batches: set[asyncio.Task[Any]] = set()
        self._sent: tuple[object, Any] = (None, None)

    def __enter__(self) -> "Cluster":
        """Connect, and wait for a worker.

        Raises `ScenarioError` where Dask is not installed, where there is no such scheduler, where
        no worker turns up within `PATIENCE`, and where any place is another program.
        """
        check_address(self.address)
        ready: Future[None] = Future()
        self._loop, self._leaving = asyncio.SelectorEventLoop(), asyncio.Event()
        self._thread = Thread(target=self._live, args=(ready,), name="cluster", daemon=True)
        self._thread.start()
        try:
            ready.result()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing on the cluster; what workers are at goes unheard."""
        self._loop.call_soon_threadsafe(self._leaving.set)
        self._thread.join()

    def submit(
        self, work: Callable[[Argument], Result], argument: Argument
    ) -> Future[tuple[Result, float]]:
        """What ``work`` makes of an argument on some worker, and the seconds that took there.

        As long as ``work`` is the same object it travels once. The future raises `LostError` where
        the cluster is no more; to cancel it takes the batch off the cluster.
        """
        return asyncio.run_coroutine_threadsafe(self._computed(work, argument), self._loop)

    def _live(self, ready: Future[None]) -> None:
        """The thread: connected until it is time to leave."""
        with _quiet(), asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._stay(ready))

    async def _stay(self, ready: Future[None]) -> None:
        connection = asyncio.create_task(self._connection(ready))
        await self._leaving.wait()
        while not connection.done():  # something of Dask's may swallow the first signal
            connection.cancel()
            await asyncio.wait((connection,), timeout=LOOK)
        if self._client is not None:
            with suppress(OSError):
                async with asyncio.timeout(2 * ANSWER):
                    # As if left by an error: then it does not wait for a scheduler that is gone.
                    await self._client.__aexit__(LostError, None, None)

    async def _connection(self, ready: Future[None]) -> None:
        try:
            await self._connect()
            self._seen = monotonic()
            while not self.threads:
                await self._look()
                await asyncio.sleep(LOOK / 10)
            await self._check_places()
            ready.set_result(None)
        except Exception as error:
            ready.set_exception(error)
        else:
            await self._watch()

    async def _connect(self) -> None:
        """Raises `ScenarioError` where no scheduler answers."""
        from distributed import Client  # noqa: PLC0415 - half a second
        from distributed.versions import VersionMismatchWarning  # noqa: PLC0415

        try:
            with warnings.catch_warnings():  # versions are compared more strictly, in plain words
                warnings.simplefilter("ignore", VersionMismatchWarning)
                async with asyncio.timeout(ANSWER):
                    self._client = Client(
                        self.address, asynchronous=True, set_as_default=False, timeout=ANSWER
                    )
                    await self._client
        except TimeoutError:
            words = {"address": self.address, "seconds": f"{ANSWER:g}"}
            raise ScenarioError([Problem("no_scheduler", _OPTION, words)]) from None
        except Exception as error:  # whatever else may listen there says whatever it likes
            words = {"address": self.address, "reason": _reason(error)}
            raise ScenarioError([Problem("not_scheduler", _OPTION, words)]) from None

    async def _computed(
        self, work: Callable[[Argument], Result], argument: Argument
    ) -> tuple[Result, float]:
        """A batch's result, or `LostError`."""
        from distributed import KilledWorker  # noqa: PLC0415

        if self._lost:
            raise self._lost
        content = self._shared(work)
        future = self._client.submit(_compute, dict(identity()), content, argument, pure=False)
        task = asyncio.current_task()
        assert task is not None
        self._batches.add(task)
        try:
            return await future  # type: ignore[no-any-return]
        except Foreign as error:
            raise LostError(_differences(dict([error.args]))) from None
        except KilledWorker as error:
            words = {"count": error.allowed_failures + 1, "worker": error.last_worker.address}
            raise LostError([Problem("workers_died", _OPTION, words)]) from None
        except CancelledError:  # Dask's own: the scheduler is gone
            raise LostError([Problem("cluster_lost", _OPTION, {"address": self.address})]) from None
        except asyncio.CancelledError:
            if self._lost:
                raise self._lost from None
            raise
        finally:
            self._batches.discard(task)
            future.release()

    def _shared(self, work: object) -> Any:
        """The work as a task of the cluster's own, to be repeated if whoever holds it dies.

        It stays bytes on the way, as Dask would fetch again and again what it cannot make sense of.
        """
        if self._sent[0] is not work:
            content = pickle.dumps(work, protocol=5)
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", "Sending large graph", UserWarning)
                self._sent = work, self._client.submit(bytes, content, pure=False)
        return self._sent[1]

    async def _check_places(self) -> None:
        """Raises `ScenarioError` with every place that would not give the same bits."""
        found: dict[str, Any] = {}
        try:
            found[self.address] = await self._client.run_on_scheduler(identity)
        except Exception as error:
            found[self.address] = error
        workers = await self._client.run(identity, on_error="return")
        there = await self._client.nthreads()  # who left meanwhile has nothing to answer for
        found |= {worker: answer for worker, answer in workers.items() if worker in there}
        if problems := _differences(found):
            raise ScenarioError(problems)

    async def _watch(self) -> None:
        """Look at the workers from time to time, until there is nothing left to look at."""
        try:
            while True:
                await asyncio.sleep(LOOK)
                await self._look()
        except Exception as error:
            gone = LostError([Problem("cluster_lost", _OPTION, {"address": self.address})])
            self._lost = error if isinstance(error, LostError) else gone
            for batch in self._batches:
                batch.cancel()

    async def _look(self) -> None:
        """Count the workers' threads; raises `LostError` where there were none for too long."""
        async with asyncio.timeout(PATIENCE):
            threads = await self._client.nthreads()
        self.threads = sum(threads.values())
        if self.threads:
            self._seen = monotonic()
        elif monotonic() - self._seen > PATIENCE:
            words = {"address": self.address, "seconds": f"{PATIENCE:g}"}
            raise LostError([Problem("no_workers", _OPTION, words)])


def check_address(address: str) -> None:
    """Raises `ScenarioError` where this cannot be a scheduler's address, or where Dask is missing.

    Asked before anything else is done for a cluster.
    """
    found = _ADDRESS.fullmatch(address)
    if not found or not 0 < int(found[1]) < 2**16:
        raise ScenarioError([Problem("bad_address", _OPTION, {"found": address})])
    if find_spec("distributed") is None:
        raise ScenarioError([Problem("no_dask", _OPTION)])


@contextmanager
def _quiet() -> Iterator[None]:
    """Let Dask not log what is said in the user's language."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _differences(places: Mapping[str, Any]) -> list[Problem]:
    """What is not as it is here: a problem for every difference, with the places that share it.

    Places give their `identity`, or an error where they cannot.
    """
    sharing: dict[tuple[str, str, str], list[str]] = {}
    for place, there in places.items():
        if isinstance(there, Exception):
            sharing.setdefault(("", "", _reason(there)), []).append(place)
            continue
        unlike = ((name, here, there.get(name, "–")) for name, here in identity().items())
        if first := next((found for found in unlike if found[1] != found[2]), None):
            sharing.setdefault(first, []).append(place)
    problems = []
    for (name, here, there), alike in sharing.items():
        words = {"places": listed(alike, 4), "name": name, "here": here, "there": there}
        sentence = "foreign" if name else "no_approvalsim"
        problems.append(Problem(sentence, _OPTION, words | {"reason": there}))
    return problems


def _reason(error: Exception) -> str:
    """An error in a line, however it came."""
    lines = str(error).splitlines()
    return lines[0] if lines else type(error).__name__
