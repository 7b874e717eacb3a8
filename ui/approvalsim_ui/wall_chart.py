"""The wall chart (挂图): when each stage of each project is under way, in one replication or many.

No Qt here. Times are *ordinal days*, so that sides whose clocks begin on different dates share one
axis: calendar days counted from the beginning of our era, 00:00 of a date being its `toordinal`.
All of them are a model's estimate, not a record of what happened.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from math import floor, inf, isfinite
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from approvalsim.experiment import run_together
from approvalsim.facts import Facts
from approvalsim.lights import Signal
from approvalsim.plan import Plan
from approvalsim.plan_parts import HARD
from approvalsim.scenario import Scenario
from approvalsim.simulation import simulate
from approvalsim.workdays import Festival, WorkingCalendar, festivals
from approvalsim.yardstick import Watch
from approvalsim_ui.answer import Answer, Side

Floats = NDArray[np.float64]
Cause = Literal["signing", "stages", "date", "hold"]
"""Why a stage began when it did: its project signed, others were finished, and so on."""

MOST: Mapping[str, int] = {"simpy": 60, "kernel": 1_000}
"""Replications that bands are drawn from, at most."""
_AT_ONCE: Mapping[str, int] = {"simpy": 5, "kernel": 200}
"""Replications between two looks at whether anybody still wants to know."""
_SAME = 1e-6
"""Days within which two times are one."""


@dataclass(frozen=True)
class Span:
    """When a stage is under way, or a milestone happens.

    In bands the medians of both ends. They are taken of the days since signing, and set off from
    the signing in the representative replication: where signing is drawn at random, dates alone
    would mostly tell when a project might sign.
    """

    begin: float
    end: float
    late: float
    """P80 of the end; in a single replication the end."""
    share: float = 1.0
    """Share of the replications in which it comes to its end; the others are left out."""
    cut: bool = False
    """It did not come to its end: the project dropped out, or the run was over."""


@dataclass(frozen=True)
class Passage:
    """How a stage went in one replication; durations in calendar days."""

    queue: float
    meeting: float
    issue: float
    rounds: int
    cause: Cause
    awaited: tuple[str, ...] = ()
    """The stages whose end it had to wait for, where that was the cause."""


@dataclass(frozen=True, eq=False)
class Course:
    """One project; what never happened is not there."""

    project: str
    signed: float
    left: float
    """When it dropped out; inf if it did not. Bands leave that out."""
    stages: Mapping[str, Span]
    milestones: Mapping[str, Span]
    passages: Mapping[str, Passage]
    """How its stages went; empty in bands."""


@dataclass(frozen=True, eq=False)
class WallSide:
    """One of the two sides."""

    scenario: Scenario
    calendar: WorkingCalendar
    one: Mapping[str, Course]
    """By project, in the representative replication."""
    bands: Mapping[str, Course]
    """By project, over all replications."""

    def working_days(self, begin: float, end: float) -> float:
        """Working days between two ordinal days."""
        origin = self.scenario.start.toordinal()
        return self.calendar.elapsed(end - origin) - self.calendar.elapsed(begin - origin)

    def works(self, day: int) -> bool:
        """Whether a day is a working day."""
        since = float(day - self.scenario.start.toordinal())
        if since < 0:
            return date.fromordinal(day).weekday() < 5
        return self.calendar.elapsed(since + 1.0) > self.calendar.elapsed(since)


@dataclass(frozen=True, eq=False)
class Recorded:
    """That side B is what a register says, and A the plan; see `wall_chart_actual`."""

    as_of: date
    signals: Mapping[str, Signal]
    """The light of each project."""
    simulated: bool = False
    """The register is an example that was made up: nothing in it was observed."""


@dataclass(frozen=True, eq=False)
class WallChart:
    """Both sides under the same luck; or a plan, and what was recorded."""

    answer: Answer
    """What it belongs to."""
    a: WallSide
    b: WallSide
    replication: int
    """The representative one, the same on both sides."""
    replications: int
    """How many the bands are drawn from."""
    festivals: tuple[Festival, ...]
    """Named holidays in the time it covers."""
    made: date
    """When it was computed."""
    recorded: Recorded | None = None

    @property
    def today(self) -> date:
        """The day that the line of today stands at the end of."""
        return self.recorded.as_of if self.recorded else self.made

    def side(self, name: str) -> WallSide:
        """Side ``a`` or ``b``."""
        return self.a if name == "a" else self.b


def representative(*times: Floats) -> int:
    """The replication whose mean time is nearest to the median of these means.

    ``times`` are (replication, project), infinite for what never started; of several sides the
    distances are added up. Of equal ones the first; 0 where nothing ever started.
    """
    distance = np.zeros(len(times[0]))
    for side in times:
        known = np.isfinite(side)
        number = known.sum(axis=1)
        means = np.where(known, side, 0.0).sum(axis=1) / np.maximum(number, 1)
        if number.any():
            gaps = np.abs(means - np.median(means[number > 0]))
            distance += np.where(number > 0, gaps, inf)
    return int(np.argmin(distance))


def wall_charts(answer: Answer, watch: Watch, begin: Watch) -> Iterator[WallChart]:
    """The wall chart of an answer, its bands from a few replications first where that is slow."""
    plans = answer.a.plan, answer.b.plan
    number = representative(answer.a.times, answer.b.times)
    facts = [simulate(plan, answer.seed, range(number, number + 1)) for plan in plans]
    most = min(answer.replications, MOST[answer.engine])
    begin(most)
    parts: list[tuple[_Times, ...]] = []
    running = run_together(
        plans,
        answer.seed,
        most,
        finish=_times,
        batch=_AT_ONCE[answer.engine],
        workers=1,
        engine=answer.engine,
    )
    for part in running:
        parts.append(part)
        watch(len(part[0].signed))
        done = sum(len(each[0].signed) for each in parts)
        if done == most or len(parts) == 1:
            sides = [_joined([part[n] for part in parts]) for n in range(2)]
            a, b = (
                _wall_side(side, own, one)
                for side, own, one in zip((answer.a, answer.b), sides, facts, strict=True)
            )
            yield WallChart(answer, a, b, number, done, _festivals(a, b), date.today())


# --- from facts to courses -----------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Times:
    """What bands are made of, on the clock of the plan."""

    signed: Floats
    begun: Floats
    finished: Floats
    happened: Floats


def _times(facts: tuple[Facts, ...]) -> tuple[_Times, ...]:
    return tuple(
        _Times(one.project.signed, one.stage.ready, one.stage.finished, one.project.milestone)
        for one in facts
    )


def _joined(parts: Sequence[_Times]) -> _Times:
    names = [item.name for item in fields(_Times)]
    return _Times(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def _wall_side(side: Side, times: _Times, facts: Facts) -> WallSide:
    return WallSide(
        scenario=side.scenario,
        calendar=side.plan.calendar,
        one=_one(side.scenario, side.plan, facts),
        bands=_bands(side.plan, times, facts.project.signed[0] + side.scenario.start.toordinal()),
    )


def _bands(plan: Plan, times: _Times, signed: Floats) -> dict[str, Course]:
    """Medians and P80 over the replications in which a stage was finished.

    ``signed`` are the signings they are set off from, in ordinal days.
    """
    since = times.signed[:, :, None]
    never = ~np.isfinite(times.finished)
    begun = _quantiles(np.where(never, inf, times.begun - since), 0.5)
    ended, late = (_quantiles(times.finished - since, share) for share in (0.5, 0.8))
    happened = [_quantiles(times.happened - since, share) for share in (0.5, 0.8)]
    share = 1 - never.mean(axis=0)
    reached = np.isfinite(times.happened).mean(axis=0)
    found = {}
    for p, project in enumerate(plan.axes.projects):
        origin = float(signed[p])
        stages = {
            stage: Span(*_from(origin, p, s, begun, ended, late), share=float(share[p, s]))
            for s, stage in enumerate(plan.axes.stages)
            if share[p, s]
        }
        milestones = {
            goal: Span(*_from(origin, p, m, happened[0], *happened), share=float(reached[p, m]))
            for m, goal in enumerate(plan.axes.milestones)
            if reached[p, m]
        }
        found[project] = Course(project, origin, inf, stages, milestones, passages={})
    return found


def _from(origin: float, row: int, column: int, *days: Floats) -> tuple[float, float, float]:
    first, second, third = (origin + float(each[row, column]) for each in days)
    return first, second, third


def _quantiles(times: Floats, share: float) -> Floats:
    """The quantile of the finite times along the first axis, interpolated; inf where none is."""
    ordered = np.sort(times, axis=0)
    place = np.maximum(np.isfinite(ordered).sum(axis=0) - 1, 0) * share
    low, part = np.floor(place).astype(np.int64), place % 1.0
    below = np.take_along_axis(ordered, low[None], 0)[0]
    above = np.take_along_axis(ordered, np.ceil(place).astype(np.int64)[None], 0)[0]
    # Where it falls on one time there is nothing to interpolate, not even with infinity.
    gap = np.where(part > 0, np.where(np.isfinite(above), above, 0.0) - below, 0.0)
    found: Floats = below + part * gap
    return found


def _one(scenario: Scenario, plan: Plan, facts: Facts) -> dict[str, Course]:
    """What happened in the one replication of these facts."""
    origin = scenario.start.toordinal()
    found = {}
    for p, project in enumerate(plan.axes.projects):
        left = float(facts.project.left[0, p])
        happened = facts.project.milestone[0, p].tolist()
        stages = _spans(plan, facts, p, origin, min(left, plan.end))
        found[project] = Course(
            project=project,
            signed=origin + float(facts.project.signed[0, p]),
            left=origin + left,
            stages=stages,
            milestones={
                goal: Span(*[origin + time] * 3)
                for goal, time in zip(plan.axes.milestones, happened, strict=True)
                if isfinite(time)
            },
            passages={
                stage: _passage(plan, facts, p, s)
                for s, stage in enumerate(plan.axes.stages)
                if stage in stages
            },
        )
    return found


def _spans(plan: Plan, facts: Facts, p: int, origin: int, over: float) -> dict[str, Span]:
    """When the stages of a project were under way; ``over`` is when it left or the run ended."""
    found = {}
    begun, ended = facts.stage.ready[0, p].tolist(), facts.stage.finished[0, p].tolist()
    for stage, begin, end in zip(plan.axes.stages, begun, ended, strict=True):
        cut = not isfinite(end)
        last = over if cut else end
        if isfinite(begin) and isfinite(last) and last >= begin:
            found[stage] = Span(origin + begin, origin + last, origin + last, cut=cut)
    return found


def _passage(plan: Plan, facts: Facts, p: int, s: int) -> Passage:
    part, begun = facts.stage, float(facts.stage.ready[0, p, s])
    hard = (plan.edges.target == s) & (facts.project.edge_mode[0, p] == HARD)
    awaited = tuple(
        plan.axes.stages[source]
        for source in plan.edges.source[hard].tolist()
        if abs(float(part.finished[0, p, source]) - begun) < _SAME
    )
    cause: Cause = "hold"
    if awaited:
        cause = "stages"
    elif abs(float(facts.project.signed[0, p]) - begun) < _SAME:
        cause = "signing"
    elif abs(float(plan.stages.not_before[s]) - begun) < _SAME:
        cause = "date"
    return Passage(
        queue=float(part.queue[0, p, s]),
        meeting=float(part.meeting[0, p, s]),
        issue=float(part.issue[0, p, s]),
        rounds=int(part.rounds[0, p, s]),
        cause=cause,
        awaited=awaited,
    )


def _festivals(*sides: WallSide) -> tuple[Festival, ...]:
    """Named holidays in the years of all courses, where China's calendar holds."""
    if all(side.scenario.calendar.kind != "china" for side in sides):
        return ()
    courses = [each for side in sides for part in (side.one, side.bands) for each in part.values()]
    last = max(
        (span.late for course in courses for span in course.stages.values()),
        default=max(course.signed for course in courses),
    )
    first = date.fromordinal(floor(min(course.signed for course in courses)))
    return festivals(date(first.year, 1, 1), date(date.fromordinal(floor(last)).year, 12, 31))
