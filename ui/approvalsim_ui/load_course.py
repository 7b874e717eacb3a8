"""Load over time: how many papers wait and how many are in review, day by day, from traced runs.

No Qt here. Facts keep totals of a run only; the histories of a few replications have the times.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

import numpy as np
from numpy.typing import NDArray

from approvalsim.plan import Plan
from approvalsim.simulation import Happening, trace
from approvalsim.yardstick import Watch
from approvalsim_ui.pictures import round_step

Floats = NDArray[np.float64]

REPLICATIONS = 20
POINTS = 120
"""Times at which the load is told, at most."""


@dataclass(frozen=True, eq=False)
class Load:
    """What a department has to do at some times, on average over replications."""

    waiting: Floats
    in_review: Floats


@dataclass(frozen=True, eq=False)
class LoadCourse:
    """The load of every department of one side."""

    days: tuple[date, ...]
    """At whose beginning."""
    loads: dict[str, Load]
    replications: int


@dataclass(frozen=True, eq=False)
class LoadAnswer:
    """The load over time on both sides."""

    a: LoadCourse
    b: LoadCourse


def load_answers(
    plans: tuple[Plan, Plan], seed: int, days: Sequence[date], watch: Watch, begin: Watch
) -> Iterator[LoadAnswer]:
    """The load of both sides under the same luck, traced in SimPy; one answer."""
    begin(2 * REPLICATIONS)
    a, b = (load_course(plan, seed, days, REPLICATIONS, watch) for plan in plans)
    yield LoadAnswer(a, b)


def load_course(
    plan: Plan, seed: int, days: Sequence[date], replications: int, watch: Watch = bool
) -> LoadCourse:
    """Trace some replications of a plan and count, at the beginning of each day."""
    moments = np.array([plan.calendar.clock_of(day) for day in days])
    sums = {
        name: (np.zeros(len(moments)), np.zeros(len(moments))) for name in plan.axes.departments
    }
    for replication in range(replications):
        for name, waiting, in_review in _counted(plan, seed, replication, moments):
            sums[name][0][:] += waiting
            sums[name][1][:] += in_review
        watch(1)
    loads = {
        name: Load(waiting / replications, in_review / replications)
        for name, (waiting, in_review) in sums.items()
    }
    return LoadCourse(tuple(days), loads, replications)


def course_days(first: date, last: date) -> tuple[date, ...]:
    """Evenly spaced days from the first to the last, weeks apart or more."""
    span = max((last - first).days, 7)
    step = max(7, round(round_step(span / POINTS)))
    count = span // step + 2
    return tuple(date.fromordinal(first.toordinal() + n * step) for n in range(count))


def _counted(
    plan: Plan, seed: int, replication: int, moments: Floats
) -> Iterator[tuple[str, Floats, Floats]]:
    """For each department the papers waiting, and those in review, at some moments."""
    _, history = trace(plan, seed, replication)
    steps = np.array(sorted(_steps(plan, history)) or np.zeros((0, 4)), dtype=np.float64)
    for number, name in enumerate(plan.axes.departments):
        own = steps[steps[:, 1] == number]
        sums = np.vstack([np.zeros(2), own[:, 2:].cumsum(axis=0)])
        at = sums[np.searchsorted(own[:, 0], moments, side="right")]
        yield name, at[:, 0], at[:, 1]


def _steps(plan: Plan, history: Sequence[Happening]) -> Iterator[tuple[float, int, int, int]]:
    """When which department has one paper more or less waiting, and in review.

    Whoever leaves takes his papers with him; a review that goes on without him counts no more.
    """
    position = {stage: n for n, stage in enumerate(plan.axes.stages)}
    inside: dict[tuple[str, int], tuple[float, int, int]] = {}
    for line in history:
        if line.what == "left":
            for key in [key for key in inside if key[0] == line.project]:
                since, waiting, in_review = inside.pop(key)
                department = int(plan.stages.department[key[1]])
                yield max(line.time, since), department, -waiting, -in_review
            continue
        stage = position.get(line.subject, -1)
        department = int(plan.stages.department[stage]) if stage >= 0 else -1
        key = line.project, stage
        if department < 0:
            continue
        if line.what == "submitted":
            queues = _meeting(plan, stage, line.time)
            inside[key] = queues, 1, 0
            yield queues, department, 1, 0
        elif line.what == "review" and key in inside:
            inside[key] = line.time, 0, 1
            yield line.time, department, -1, 1
        elif line.what in ("sent_back", "passed") and key in inside:
            del inside[key]
            yield line.time, department, 0, -1


def _meeting(plan: Plan, stage: int, time: float) -> float:
    """When papers submitted at a time join the queue: at the next meeting, if there are any."""
    every, offset = float(plan.stages.meeting_every[stage]), plan.stages.meeting_offset[stage]
    return time if every <= 0 else float(offset + every * max(ceil((time - offset) / every), 0))
