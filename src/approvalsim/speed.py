"""How fast the engines are on this machine, measured while somebody waits for the answer.

What is compared is measured in turns, A B A B …, so that whatever else the machine does disturbs
all alike, and of many turns the quickest counts. What one thread does is timed by its processor
time, which other programs disturb less than the time on the wall.
"""

import os
import platform
import subprocess
import sys
from collections.abc import Callable, Generator, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from math import inf
from pathlib import Path
from time import perf_counter, thread_time
from typing import Literal

from approvalsim import __version__, simulation
from approvalsim.comparison import compare
from approvalsim.digest import Gathered, PairedDigest
from approvalsim.engines import simulate
from approvalsim.experiment import run, run_together
from approvalsim.facts import Facts
from approvalsim.pairing import paired_digest
from approvalsim.plan import Plan, compile_plan
from approvalsim.reference_workload import EventLoop, idiomatic, reference_plan
from approvalsim.scenario_file import find, load

SEED = 43
COMPARED = "jianghai-2022"
"""The scenario of the comparison and of the long run."""

Work = Callable[[], object]

# Windows counts a thread's processor time in ticks of 16 ms.
_processor_time = perf_counter if sys.platform == "win32" else thread_time


@dataclass(frozen=True)
class Engines:
    """Replications of the reference workload a second, in one thread; None without a compiler."""

    idiomatic_simpy: float
    simpy: float
    kernel: float
    c: float | None

    @property
    def simpy_vs_idiomatic(self) -> float:
        """How many times as fast our SimPy engine is as the newcomer's model."""
        return self.simpy / self.idiomatic_simpy

    @property
    def kernel_vs_idiomatic(self) -> float:
        """How many times as fast the kernel is as the newcomer's model."""
        return self.kernel / self.idiomatic_simpy

    @property
    def kernel_vs_c(self) -> float | None:
        """The kernel's time as a multiple of that of the loop in C."""
        return self.c and self.c / self.kernel


@dataclass(frozen=True)
class Threads:
    """Replications of the reference workload a second on the wall, in one thread and in two."""

    one: float
    two: float

    @property
    def gain(self) -> float:
        """How many times as fast two are."""
        return self.two / self.one


@dataclass(frozen=True)
class Answer:
    """Seconds from two plans to their comparison, inside a running process."""

    replications: int
    """A side."""
    seconds: float
    simulating: float
    """What the same takes when nothing is made of the facts."""

    @property
    def statistics_share(self) -> float:
        """The share of what is made of the facts."""
        return 1 - self.simulating / self.seconds


@dataclass(frozen=True)
class Growth:
    """Seconds that each project takes in a portfolio so large, at the same load of reviewers."""

    projects: int
    seconds: float


@dataclass(frozen=True)
class LongRun:
    """The most memory that the command `run` has needed."""

    replications: int
    seconds: float
    megabytes: float


@dataclass(frozen=True)
class StartUp:
    """Seconds until Python, the command line and its help are there."""

    python: float
    command_line: float
    help: float


@dataclass(frozen=True)
class Speeds:
    """All of it; None where it was not asked for, or cannot be measured here."""

    engines: Engines
    threads: Threads
    c_threads: Threads | None
    answer: Answer
    growth: tuple[Growth, ...]
    start_up: StartUp | None
    long_run: LongRun | None


Part = Literal["engines", "threads", "answer", "growth", "start_up", "long_run"]


def measure(quick: bool, tell: Callable[[Part], object] = lambda _: None) -> Speeds:
    """Measure everything within half a minute, or if ``quick`` the most of it within ten seconds.

    ``tell`` is told what is measured next. The kernel should have been compiled before.
    """
    share = 0.3 if quick else 1.0
    tell("engines")
    in_one = engines(6 * share)
    tell("threads")
    in_two, c_in_two = threads(4 * share)
    tell("answer")
    answered = answer(3 * share)
    tell("growth")
    grown = growth(3 * share)
    if quick:
        return Speeds(in_one, in_two, c_in_two, answered, grown, None, None)
    tell("start_up")
    started = start_up(1.5)
    tell("long_run")
    return Speeds(in_one, in_two, c_in_two, answered, grown, started, long_run(10_000))


def quickest(
    works: Mapping[str, Work], seconds: float, clock: Callable[[], float] = _processor_time
) -> dict[str, float]:
    """Seconds each work takes: the least of as many turns as fit into the time, two at least."""
    best = dict.fromkeys(works, inf)
    begun, turns = perf_counter(), 0
    while turns < 2 or perf_counter() - begun < seconds:
        for name, work in works.items():
            before = clock()
            work()
            best[name] = min(best[name], clock() - before)
        turns += 1
    return best


def event_loop(plan: Plan) -> EventLoop | None:
    """The loop in C, where there is a compiler for it."""
    try:
        return EventLoop(plan)
    except (OSError, subprocess.SubprocessError):
        return None


def engines(seconds: float) -> Engines:
    """The engines, the newcomer's model and the loop in C, one replication after the other."""
    plan, replication = reference_plan(), idiomatic()
    loop = event_loop(plan)
    few, many = range(10), range(100)
    works: dict[str, Work] = {
        "idiomatic_simpy": lambda: [replication(number) for number in few],
        "simpy": lambda: simulation.simulate(plan, SEED, few),
        "kernel": lambda: simulate("kernel", plan, SEED, many),
    }
    if loop:
        works["c"] = lambda: loop.simulate(SEED, many)
    # The slow ones leave the quick ones too few turns, unless these have some to themselves.
    quick = {name: works[name] for name in works if name in ("kernel", "c")}
    best = quickest(works, seconds / 2)
    for name, again in quickest(quick, seconds / 2).items():
        best[name] = min(best[name], again)
    return Engines(
        idiomatic_simpy=len(few) / best["idiomatic_simpy"],
        simpy=len(few) / best["simpy"],
        kernel=len(many) / best["kernel"],
        c=len(many) / best["c"] if loop else None,
    )


def threads(seconds: float) -> tuple[Threads, Threads | None]:
    """The kernel and the loop in C, in one thread and in two."""
    plan, count = reference_plan(), 2_000
    loop = event_loop(plan)
    parts = [range(first, first + 100) for first in range(0, count, 100)]

    def kernel(workers: int) -> None:
        _exhaust(run(plan, SEED, count, workers=workers, engine="kernel"))

    def in_c(workers: int) -> None:
        assert loop
        with ThreadPoolExecutor(workers) as pool:
            for part in parts:
                pool.submit(loop.simulate, SEED, part)

    works: dict[str, Work] = {"one": lambda: kernel(1), "two": lambda: kernel(2)}
    if loop:
        works |= {"c_one": lambda: in_c(1), "c_two": lambda: in_c(2)}
    speed = {name: count / best for name, best in quickest(works, seconds, perf_counter).items()}
    return (
        Threads(speed["one"], speed["two"]),
        Threads(speed["c_one"], speed["c_two"]) if loop else None,
    )


def answer(seconds: float, replications: int = 1_000) -> Answer:
    """What a person waits for who compares the policy off and on, from plans to comparison."""
    scenario = load(find(COMPARED))
    plans = tuple(compile_plan(scenario.with_policy(on)) for on in (False, True))
    digest = partial(paired_digest, plans=plans, dates=scenario.run.start_rate_on)

    def compare_them() -> None:
        gathered = Gathered[PairedDigest]()
        for batch in run_together(plans, SEED, replications, finish=digest, engine="kernel"):
            gathered.add(batch)
        compare(gathered.whole())

    def simulate_them() -> None:
        _exhaust(run_together(plans, SEED, replications, finish=_nothing, engine="kernel"))

    works: dict[str, Work] = {"seconds": compare_them, "simulating": simulate_them}
    return Answer(replications, **quickest(works, seconds, perf_counter))


def _nothing(facts: tuple[Facts, ...]) -> None:
    """What is made of facts that nobody wants."""


def growth(seconds: float, times: Iterable[int] = (1, 10, 100)) -> tuple[Growth, ...]:
    """The reference workload made larger and larger, the same number of projects each turn."""
    plans = {str(factor): reference_plan(factor) for factor in times}
    count = {name: max(1, 200 // int(name)) for name in plans}

    def work(name: str) -> Work:
        return lambda: simulate("kernel", plans[name], SEED, range(count[name]))

    best = quickest({name: work(name) for name in plans}, seconds)
    projects = {name: len(plan.axes.projects) for name, plan in plans.items()}
    return tuple(
        Growth(projects[name], best[name] / count[name] / projects[name]) for name in plans
    )


def long_run(replications: int) -> LongRun | None:
    """Let the command run for long; None where the system does not tell how much memory it took."""
    if sys.platform == "win32":
        return None
    command = [sys.executable, "-m", "approvalsim", "run", COMPARED, "--engine", "kernel"]
    command += ["--replications", str(replications), "--json", "-"]
    begun = perf_counter()
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as child:
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    unit = 1 if sys.platform == "darwin" else 1_024
    return LongRun(replications, perf_counter() - begun, used.ru_maxrss * unit / 1e6)


def start_up(seconds: float) -> StartUp:
    """What every command costs before it does anything."""

    def python(*arguments: str) -> Work:
        command = [sys.executable, *arguments]
        return lambda: subprocess.run(command, check=True, capture_output=True)

    works = {
        "python": python("-c", "pass"),
        "command_line": python("-c", "import approvalsim.cli"),
        "help": python("-m", "approvalsim", "--help"),
    }
    return StartUp(**quickest(works, seconds, perf_counter))


def machine() -> dict[str, str | int]:
    """What the speeds were measured on; nothing that tells whose machine it is."""
    libraries = ("numba", "llvmlite", "numpy", "simpy")
    return {
        "processor": _processor(),
        "cores": os.cpu_count() or 1,
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **{name: version(name) for name in libraries},
        "approvalsim": __version__,
    }


def _processor() -> str:
    """The processor's model, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()


def _exhaust(batches: Generator[object, None, None]) -> None:
    """Let a run go to its end, keeping nothing."""
    with closing(batches):
        for _ in batches:
            pass
