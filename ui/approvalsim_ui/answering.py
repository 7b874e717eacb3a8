"""From a question to answers, a quick one first: all that the app asks of the core's engines.

No Qt here. Every answer to a question holds the replications from 0 on under the same luck, so a
later one refines the earlier ones, and the last is what the command line would print.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import Protocol

import numpy as np

from approvalsim.comparison import Comparison, compare, difference_estimate
from approvalsim.digest import Gathered, PairedDigest
from approvalsim.engines import Asked, Engine
from approvalsim.execution import Effort
from approvalsim.experiment import Precision, run_together, until_precise
from approvalsim.facts import Facts
from approvalsim.pairing import paired_digest
from approvalsim.plan import Plan, compile_plan
from approvalsim.report import (
    Manifest,
    Other,
    comparison_figures,
    new_manifest,
    result_hash,
    start_rate_dates,
)
from approvalsim.scenario import Scenario, content_hash
from approvalsim_ui.answer import SIDES_OF, Answer, Floats, Reform, Role, Side, paired_gaps
from approvalsim_ui.pictures import draw

MOST_TIMES = 2_000_000
"""Times of one side that charts are drawn from, at most: those of the first replications."""
FIRST_STEPS = (10, 25, 50, 75, 100, 150, 200, 250, 300, 400, 500, 700, 1_000)
"""Replications a first answer may have: as many as the beat allows."""
BEAT = 0.08
"""Seconds from a question to its first answer: charts follow a finger ten times a second."""
_NEAR = 0.7, 1.25
"""As long as a first answer takes so many beats, its number of replications stays."""
_GROWTH = {"simpy": 4, "kernel": 10}
"""How many times more replications the next answer has."""
_USUAL = {"simpy": 0.02, "kernel": 0.000_4}
"""Seconds a pair of replications takes before it has been measured."""
_AROUND = 0.02
"""The same for what comes before and after: plans, statistics, pictures."""
_WORTH_A_THREAD = 100
"""Pairs of replications that a thread should get before it pays."""


@dataclass(frozen=True)
class RunSettings:
    """How to run; None means what the scenario says, or what the machine has."""

    replications: int | None = None
    seed: int | None = None
    workers: int | None = None
    engine: Asked = "auto"
    precision: float | None = None
    """Instead of a number: until the interval of `measure` is so many days to either side."""
    measure: str = "mean"
    cap: int = 5_000
    """Replications at most, where a precision is asked for."""
    milestone: str | None = None
    """To which times are counted, in scenarios that have it."""

    def effort(self, decisive: Scenario) -> Effort:
        """How much to run: what the user chose, else what the scenario says."""
        return Effort(
            replications=self.replications or decisive.run.replications,
            seed=decisive.run.seed if self.seed is None else self.seed,
            workers=self.workers,
            precision=None if self.precision is None else Precision(self.precision, self.cap),
            measure=self.measure,
        )


@dataclass(frozen=True)
class Question:
    """Two sides to compare, and how hard to try."""

    a: Scenario
    b: Scenario
    files: tuple[str, str]
    """How the user would name the scenarios: a path or a shipped id."""
    effort: Effort
    whole: Scenario | None = None
    """The one scenario of which a reform is off in A and on in B."""
    reform: Reform = "commitment"
    """Which one, of `whole`."""
    roles: tuple[Role, Role] = ("scenario", "scenario")
    """What A and B are to each other, where it is not that."""


class Control(Protocol):
    """Whether to go on."""

    def cancelled(self) -> bool:
        """Whether the user wants no more of it: what is done is answered, and that is all."""

    def superseded(self) -> bool:
        """Whether there is a newer question: an answer that is out already needs no refining."""

    def progress(self, done: int, wanted: int) -> None:
        """So many replications are done."""


@dataclass(frozen=True)
class Counting:
    """What is kept of the facts of a batch: their digest, and the times charts are drawn from."""

    plans: tuple[Plan, ...]
    dates: tuple[date, ...]

    def __call__(self, facts: tuple[Facts, ...]) -> "Counted":
        """Count a batch, in whatever thread or process simulated it."""
        digest = paired_digest(facts, self.plans, self.dates)
        times = ((one.project.signed, one.started, one.project.left) for one in facts)
        return Counted(digest, tuple(np.stack(each) for each in times))


@dataclass(frozen=True, eq=False)
class Counted:
    """What was kept of a batch."""

    digest: PairedDigest
    times: tuple[Floats, ...]
    """Of each side: (3, replication, project) when it signed, started and left."""


class _Found:
    """What has been found so far, in bounded memory."""

    def __init__(self, plans: tuple[Plan, ...]) -> None:
        self.digests = Gathered[PairedDigest]()
        self.done = 0
        self._parts: list[tuple[Floats, ...]] = []
        self._room = max(1, MOST_TIMES // max(len(plan.axes.projects) for plan in plans))

    def add(self, batch: Counted) -> None:
        self.digests.add(batch.digest)
        if self.done < self._room:
            self._parts.append(batch.times)
        self.done += batch.digest.replications

    def times(self) -> tuple[Floats, ...]:
        """As in `Counted`, of all batches or the first of them."""
        whole = tuple(np.concatenate(each, axis=1) for each in zip(*self._parts, strict=True))
        self._parts = [whole]
        return whole

    def half_width(self, measure: str) -> float:
        return difference_estimate(self.digests.whole(), measure).half_width


class Answering:
    """Answers questions one after the other; remembers plans and the pace of the engines."""

    def __init__(self) -> None:
        self._plans: dict[int, tuple[Scenario, Plan]] = {}
        self._pace = dict(_USUAL)
        self._around = _AROUND
        self._first: dict[Engine, int] = {}

    def answers(
        self, question: Question, engine: Engine, control: Control, most: int | None = None
    ) -> Iterator[Answer]:
        """Better and better answers; ``most`` replications at most, where that is given.

        Raises `ScenarioError` where the two sides cannot be compared.
        """
        asked = perf_counter()
        plans = self._compiled(question.a, question.b)
        dates = start_rate_dates(question.b, question.a)
        counting = Counting(plans, tuple(dates))
        found = _Found(plans)
        for part, goal in self._parts(question.effort, engine, found, most):
            begun, before = perf_counter(), found.done
            around = begun - asked
            for batch in _batches(counting, part, question.effort, engine):
                found.add(batch)
                control.progress(found.done, goal)
                if control.cancelled() or (before and control.superseded()):
                    break
            if control.superseded() and before:
                return
            ended = perf_counter()
            answer = _answer(question, counting, found, engine, cancelled=control.cancelled())
            if not before:
                pace = (ended - begun) / found.done
                self._learn(engine, pace, around + perf_counter() - ended)
            yield answer
            if control.cancelled() or control.superseded():
                return

    def _parts(
        self, effort: Effort, engine: Engine, found: _Found, most: int | None
    ) -> Iterator[tuple[range, int]]:
        """What to simulate up to the next answer, and how many replications there shall be then."""
        for numbers in _ranges(effort, found, most):
            first = numbers.start
            while first < numbers.stop:
                end = first * _GROWTH[engine] if first else self._affordable(engine)
                end = min(end, numbers.stop)
                yield range(first, end), numbers.stop if effort.precision else effort.replications
                first = end

    def _affordable(self, engine: Engine) -> int:
        """As many replications as the beat allows; the same from one time to the next if possible.

        A number that wavered would let the curves flicker while the user drags.
        """
        first, pace = self._first.get(engine, 0), self._pace[engine]
        low, high = (share * BEAT - self._around for share in _NEAR)
        if not low < first * pace < high:
            steps = [step for step in FIRST_STEPS if self._around + step * pace <= BEAT]
            first = self._first[engine] = max(steps, default=FIRST_STEPS[0])
        return first

    def _learn(self, engine: Engine, pace: float, around: float) -> None:
        """How long a first answer took: each replication, and all else.

        A slow one may be an exception, as when compiled code is loaded; a quick one is not.
        """
        self._pace[engine] = min(pace, (self._pace[engine] + pace) / 2)
        self._around = min(around, (self._around + around) / 2)

    def _compiled(self, *scenarios: Scenario) -> tuple[Plan, ...]:
        """The plans of scenarios; those of the question before are not made again."""
        kept = {}
        for scenario in scenarios:
            known = self._plans.get(id(scenario))
            kept[id(scenario)] = known or (scenario, compile_plan(scenario))
        self._plans = kept
        return tuple(kept[id(scenario)][1] for scenario in scenarios)


def _ranges(effort: Effort, found: _Found, most: int | None) -> Iterator[range]:
    """All replications, or as many as it takes until what has been found is precise enough."""
    if most is not None:
        return iter((range(min(most, effort.replications)),))
    if effort.precision is None:
        return iter((range(effort.replications),))
    return until_precise(
        lambda numbers: iter((numbers,)),
        lambda: found.half_width(effort.measure),
        effort.precision,
    )


def _batches(
    counting: Counting, numbers: range, effort: Effort, engine: Engine
) -> Iterator[Counted]:
    """What is counted of some replications, in this thread where others would not pay.

    Starting processes for SimPy takes a second. While a finger is followed the window has a core
    for itself: threads on all of them would keep it from its turn.
    """
    workers = effort.workers
    if not workers and engine == "simpy":
        workers = 1
    elif not workers and not numbers.start:
        spare = (os.cpu_count() or 1) - 1
        workers = max(1, min(spare, len(numbers) // _WORTH_A_THREAD))
    running = run_together(
        counting.plans,
        effort.seed,
        numbers,
        finish=counting,
        workers=workers,
        engine=engine,
    )
    with closing(running):
        yield from running


def _answer(
    question: Question, counting: Counting, found: _Found, engine: Engine, *, cancelled: bool
) -> Answer:
    """The answer by what has been found so far."""
    wanted, missed = _wanted(question.effort, found)
    digest = found.digests.whole()
    comparison = compare(digest)
    summaries = comparison.a, comparison.b
    scenarios = question.a, question.b
    a, b = (
        Side(scenario, plan, summary, *times)
        for scenario, plan, summary, times in zip(
            scenarios, counting.plans, summaries, found.times(), strict=True
        )
    )
    return Answer(
        a=a,
        b=b,
        comparison=comparison,
        pictures=draw(a, b, paired_gaps(a, b), counting.dates),
        manifest=_manifest(
            question, comparison, engine, found.done, partial=cancelled and found.done < wanted
        ),
        one_scenario=question.whole is not None,
        roles=SIDES_OF[question.reform] if question.whole else question.roles,
        engine=engine,
        seed=question.effort.seed,
        replications=found.done,
        wanted=wanted,
        missed=missed,
        dates=counting.dates,
        assumed_from=_assumed_from(counting.plans, digest),
    )


def _wanted(effort: Effort, found: _Found) -> tuple[int, float | None]:
    """Replications it takes, as far as that is known, and the half-width if it is too wide yet."""
    if effort.precision is None:
        return effort.replications, None
    width = found.half_width(effort.measure)
    if width <= effort.precision.half_width:
        return found.done, None
    return max(found.done, effort.precision.cap), width


def _manifest(
    question: Question, comparison: Comparison, engine: Engine, done: int, *, partial: bool
) -> Manifest:
    other = None
    if question.whole is None:
        other = Other(
            scenario=question.b.id, scenario_hash=content_hash(question.b), file=question.files[1]
        )
    return new_manifest(
        "compare",
        question.whole or question.a,
        question.files[0],
        question.effort.seed,
        done,
        engine,
        other=other,
        reform="supervision" if question.whole and question.reform == "supervision" else None,
        partial=partial,
        result_hash=result_hash(comparison_figures(comparison)),
    )


def _assumed_from(plans: Sequence[Plan], digest: PairedDigest) -> date | None:
    """The first date used whose holidays are not published."""
    used = [
        plan.calendar.first_assumed
        for plan, side in zip(plans, (digest.a, digest.b), strict=True)
        if plan.calendar.first_assumed
        and side.most["last_event"] >= plan.calendar.clock_of(plan.calendar.first_assumed)
    ]
    return min(used, default=None)
