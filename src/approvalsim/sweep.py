"""A grid of variants: some inputs take all their values in all combinations, under the same luck.

Each point is the scenario with these values, measured for itself and, project by project, against
the scenario as it stands. A point depends on nothing but the scenario, its values, the seed and the
number of replications, so that points may be computed in any order and at different times.
"""

from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import product
from math import inf, prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from approvalsim.errors import Problem, ScenarioError
from approvalsim.estimate import Estimate, mean_time, quantiles, ratio
from approvalsim.experiment import run_together
from approvalsim.facts import Facts
from approvalsim.inputs import Axis, Value, axis_of, with_values
from approvalsim.plan import Plan, compile_plan
from approvalsim.scenario import Scenario
from approvalsim.yardstick import SameLuck, Watch

Floats = NDArray[np.float64]
Point = tuple[Value, ...]
"""A value for each axis."""

MOST_POINTS = 20_000


@dataclass(frozen=True, eq=False)
class Grid:
    """A scenario and the axes along which it is changed."""

    scenario: Scenario
    axes: tuple[Axis, ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """All combinations, the last axis changing fastest."""
        return tuple(product(*(axis.values for axis in self.axes)))

    def at(self, point: Point) -> Scenario:
        """The scenario at a point; raises `ScenarioError` where it has problems."""
        places = (axis.place for axis in self.axes)
        return with_values(self.scenario, dict(zip(places, point, strict=True)))


@dataclass(frozen=True)
class Figures:
    """What one point says; days, and shares where a name says so."""

    mean: Estimate
    p50: Estimate
    p80: Estimate
    reached: float
    """Share of all (replication, project) pairs that reach the milestone."""
    start_rates: tuple[Estimate, ...]
    """At the scenario's dates, in their order."""
    difference: Estimate
    """Mean of the days later than in the scenario as it stands, over the pairs that get there in
    both; negative is earlier."""
    breaches: Estimate
    """Per project, as are the days of stop-work."""
    stop_work_days: Estimate


class _Rows(NamedTuple):
    """What is kept of each replication of a plan."""

    times: Floats
    """(replication, project) days to the milestone."""
    started: Floats
    """(replication, date)"""
    signed: Floats
    breaches: Floats
    stop_work: Floats


@dataclass(frozen=True, eq=False)
class Compared:
    """The scenario as it stands, run once."""

    luck: SameLuck
    projects: tuple[str, ...]
    times: Floats


def grid_of(scenario: Scenario, settings: Sequence[str]) -> Grid:
    """The grid of ``PATH=FROM:TO:STEP`` or ``PATH=V1,V2`` settings, every point of it sound.

    Raises `ScenarioError` with everything that is wrong, at whichever point.
    """
    axes: list[Axis] = []
    problems: list[Problem] = []
    for setting in settings:
        try:
            axis = axis_of(setting, scenario)
        except ScenarioError as error:
            problems += error.problems
            continue
        if axis.place in (other.place for other in axes):
            problems.append(Problem("twice", ("--set",), {"name": axis.name}))
        else:
            axes.append(axis)
    grid = Grid(scenario, tuple(axes))
    if prod(len(axis.values) for axis in axes) > MOST_POINTS:
        problems.append(Problem("too_many", ("--set",), {"limit": MOST_POINTS}))
    else:
        problems += _unsound(grid)
    if problems:
        raise ScenarioError(problems)
    return grid


def _unsound(grid: Grid) -> Iterator[Problem]:
    """What is wrong with any point, each thing once, at the first point that has it."""
    seen = set()
    for point in grid.points:
        try:
            grid.at(point)
        except ScenarioError as error:
            words = (f"{axis.name}={value}" for axis, value in zip(grid.axes, point, strict=True))
            place = f"--set {' '.join(words)}"
            for problem in error.problems:
                if problem.text() not in seen:
                    seen.add(problem.text())
                    yield problem.inside(place, None)


def compared_with(scenario: Scenario, luck: SameLuck, watch: Watch = bool) -> Compared:
    """Run the scenario as it stands."""
    plan = compile_plan(scenario)
    (rows,) = _run((plan,), (), luck, watch)
    return Compared(luck, plan.axes.projects, rows.times)


def figures(
    grid: Grid, base: Compared, done: Collection[int] = (), watch: Watch = bool
) -> Generator[tuple[int, Figures], None, None]:
    """The number and the figures of every point not done yet; to cancel, stop iterating."""
    left = [(number, point) for number, point in enumerate(grid.points) if number not in done]
    together = base.luck.at_once
    for first in range(0, len(left), together):
        some = left[first : first + together]
        plans = tuple(compile_plan(grid.at(point)) for _, point in some)
        found = _run(plans, grid.scenario.run.start_rate_on, base.luck, watch)
        for (number, _), plan, rows in zip(some, plans, found, strict=True):
            yield number, _figures(rows, plan, base)


def _run(
    plans: tuple[Plan, ...], dates: tuple[date, ...], luck: SameLuck, watch: Watch
) -> list[_Rows]:
    batches = run_together(
        plans,
        luck.seed,
        luck.replications,
        finish=partial(_reduced, plans, dates),
        workers=luck.workers,
        engine=luck.engine,
    )
    parts: list[tuple[_Rows, ...]] = []
    with closing(batches):
        for part in batches:
            parts.append(part)
            watch(len(plans) * len(part[0].times))
    return [
        _Rows(*map(np.concatenate, zip(*rows, strict=True))) for rows in zip(*parts, strict=True)
    ]


def _reduced(
    plans: tuple[Plan, ...], dates: tuple[date, ...], batch: tuple[Facts, ...]
) -> tuple[_Rows, ...]:
    return tuple(_rows(facts, plan, dates) for facts, plan in zip(batch, plans, strict=True))


def _rows(facts: Facts, plan: Plan, dates: tuple[date, ...]) -> _Rows:
    project = facts.project
    moments = np.array([plan.calendar.clock_of(day) + 1 for day in dates])
    signed = project.signed[:, :, None] < moments
    started = signed & (facts.started[:, :, None] < moments)
    return _Rows(
        times=facts.time_to_measure,
        started=started.sum(axis=1).astype(np.float64),
        signed=signed.sum(axis=1).astype(np.float64),
        breaches=np.isfinite(project.breached).sum(axis=(1, 2)).astype(np.float64),
        stop_work=project.stop_work.sum(axis=1),
    )


def _figures(rows: _Rows, plan: Plan, base: Compared) -> Figures:
    p50, p80 = quantiles(rows.times, (0.5, 0.8))
    projects = np.full(len(rows.times), float(rows.times.shape[1]))
    return Figures(
        mean=mean_time(rows.times).estimate(),
        p50=p50,
        p80=p80,
        reached=float(np.isfinite(rows.times).mean()),
        start_rates=tuple(
            ratio(started, signed).share()
            for started, signed in zip(rows.started.T, rows.signed.T, strict=True)
        ),
        difference=_difference(rows, plan, base),
        breaches=ratio(rows.breaches, projects).estimate(lowest=0.0),
        stop_work_days=ratio(rows.stop_work, projects).estimate(lowest=0.0),
    )


def _difference(rows: _Rows, plan: Plan, base: Compared) -> Estimate:
    """Over the projects that both have, for their number may be what is changed."""
    position = {name: i for i, name in enumerate(plan.axes.projects)}
    pairs = [(i, position[name]) for i, name in enumerate(base.projects) if name in position]
    before, after = base.times[:, [i for i, _ in pairs]], rows.times[:, [j for _, j in pairs]]
    both = np.isfinite(before) & np.isfinite(after)
    with np.errstate(invalid="ignore"):
        return mean_time(np.where(both, after - before, inf)).estimate()
