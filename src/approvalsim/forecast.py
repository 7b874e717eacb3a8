"""The forecast (预测) from where the projects of a register stand: dates, chances, start rates.

Every replication goes on from the same situation (`standing`), so what varies between replications
is what is not known yet. Three things follow from that, and are to be said wherever it is shown:

- The interval of a start rate is a *prediction* interval: it holds the rate of nine replications in
  ten. It does not shrink with more of them.
- A step that has lasted longer than the scenario's distribution allows is *overdue*. The rule is
  then: as much as a fresh draw is still to come.
- How slow or fast a project is as a whole (``[variation]``) is drawn anew, not learnt from the
  steps that it has done, and corrections on the way are not in a register. How often a P80 holds
  all the same is measured in the tests, and given in docs/forecast.md.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite, nan
from typing import Literal

import numpy as np

from approvalsim.engines import chosen
from approvalsim.evidence import Text
from approvalsim.execution import Effort
from approvalsim.outlook import Outlook, Watch, counted
from approvalsim.plan import Plan
from approvalsim.plan_parts import DRAWN, Situation
from approvalsim.register import Register
from approvalsim.scenario import Scenario
from approvalsim.standing import entered, plan_as_of, scenario_of

Step = Literal["prepare", "review", "notice"]
STEPS: tuple[Step, ...] = ("prepare", "review", "notice")
INTERVAL = 0.9
"""Share of the replications that an interval of a start rate holds."""


@dataclass(frozen=True)
class MilestoneForecast:
    """When one milestone of a project happens, or when it did."""

    happened: date | None
    p50: date | None
    """None where fewer than half of the replications get there."""
    p80: date | None
    reached: float
    """Share of the replications that get there at all."""


@dataclass(frozen=True)
class UnderWay:
    """A step that had begun and not ended by the as-of date."""

    stage: str
    step: Step
    since: date
    days: int
    """Calendar days so far."""
    spent: float
    """How long it has taken, in the unit of its distribution; a review without its queue."""
    longest: float | None
    """The longest its distribution allows; None where there is no end to be told."""
    workdays: bool
    """Whether the last two are working days."""
    overdue: bool


@dataclass(frozen=True)
class ProjectForecast:
    """What lies ahead of one project."""

    id: str
    name: Text | None
    milestones: Mapping[str, MilestoneForecast]
    target: date | None
    on_time: float | None
    """Probability that the measured milestone happens by the end of the target date."""
    under_way: tuple[UnderWay, ...]
    drawn: tuple[str, ...]
    """Attributes, grade or path that neither register nor scenario states, so luck decides."""

    @property
    def overdue(self) -> tuple[UnderWay, ...]:
        """The steps that have lasted longer than their distribution allows."""
        return tuple(step for step in self.under_way if step.overdue)


@dataclass(frozen=True)
class RateForecast:
    """The share of signed projects that have got to the measured milestone by the end of a date."""

    date: date
    started: float
    """Expected number of projects."""
    signed: float
    rate: float
    low: float
    high: float


@dataclass(frozen=True)
class Quarter:
    """How many projects get to the measured milestone in one quarter of a year."""

    year: int
    quarter: int
    known: int
    """Of these, those that have already."""
    expected: float
    """The known ones included."""


@dataclass(frozen=True, eq=False)
class Forecast:
    """What lies ahead of all projects that have not left."""

    scenario: Scenario
    """The scenario with the register's projects."""
    plan: Plan
    as_of: date
    measure: str
    projects: tuple[ProjectForecast, ...]
    rates: tuple[RateForecast, ...]
    quarters: tuple[Quarter, ...]
    replications: int
    seed: int
    engine: str
    outlook: Outlook


def forecast(
    scenario: Scenario,
    register: Register,
    as_of: date,
    effort: Effort,
    dates: Sequence[date] = (),
    watch: Watch = bool,
) -> Forecast:
    """What lies ahead of the register's projects, as far as is known by the end of a date.

    Start rates are forecast for the year's end, for those of the scenario's dates that are still to
    come, and for ``dates``. Raises `ScenarioError` where the register does not fit the scenario.
    """
    there = scenario_of(scenario, register, as_of)
    plan = plan_as_of(there, register, as_of)
    asked = _dates(there, as_of, dates)
    outlook = counted(plan, effort, asked, watch)
    return Forecast(
        scenario=there,
        plan=plan,
        as_of=as_of,
        measure=there.measure,
        projects=tuple(_projects(plan, there, entered(plan, register, as_of), outlook)),
        rates=tuple(_rates(outlook, asked)),
        quarters=tuple(_quarters(plan, outlook)),
        replications=outlook.milestones.replications,
        seed=effort.seed,
        engine=chosen(effort.engine),
        outlook=outlook,
    )


def _dates(scenario: Scenario, as_of: date, more: Iterable[date]) -> tuple[date, ...]:
    own = (day for day in scenario.run.start_rate_on if day > as_of)
    return tuple(sorted({date(as_of.year, 12, 31), *own, *more}))


# --- projects ------------------------------------------------------------------------------------


def _projects(
    plan: Plan, scenario: Scenario, known: Situation, outlook: Outlook
) -> Iterator[ProjectForecast]:
    clock = plan.calendar
    half, most = (outlook.milestones.within(share) for share in (0.5, 0.8))
    reached = outlook.milestones.counts.sum(axis=-1) / outlook.milestones.replications
    targets = [project.target for project in scenario.project]
    ahead = np.array([clock.clock_of(day) - _as_of(plan) if day else nan for day in targets])
    by_target = outlook.milestones.by(np.broadcast_to(ahead[:, None], half.shape))
    for number, project in enumerate(scenario.project):
        happened = known.happened[number]
        target = targets[number]
        milestones = {
            name: _milestone(
                plan, happened[m], half[number, m], most[number, m], reached[number, m]
            )
            for m, name in enumerate(plan.axes.milestones)
        }
        met = milestones[plan.axes.milestones[plan.measure]].happened
        chance = float(by_target[number, plan.measure])
        if target and met:
            chance = float(met <= target)
        yield ProjectForecast(
            id=project.id,
            name=project.name,
            milestones=milestones,
            target=target,
            on_time=chance if target else None,
            under_way=tuple(_under_way(plan, known, outlook, number)),
            drawn=tuple(_drawn(plan, number)),
        )


def _milestone(
    plan: Plan, known: float, half: float, most: float, reached: float
) -> MilestoneForecast:
    if isfinite(known):
        day = plan.calendar.date_of(known)
        return MilestoneForecast(day, day, day, 1.0)
    days = [
        plan.calendar.date_of(_as_of(plan) + ahead) if isfinite(ahead) else None
        for ahead in (half, most)
    ]
    return MilestoneForecast(None, days[0], days[1], float(reached))


def _under_way(plan: Plan, known: Situation, outlook: Outlook, project: int) -> Iterator[UnderWay]:
    """The step of each stage that has begun and not ended."""
    as_of = known.as_of
    times = np.stack([known.ready, known.submitted, known.reviewed, known.finished])[:, project]
    for stage, (begun, *later) in enumerate(times.T.tolist()):
        if not isfinite(begun) or isfinite(later[-1]):
            continue
        number = sum(map(isfinite, later))
        step = STEPS[number]
        since = (begun, *later)[number]
        running = since if step != "review" else float(outlook.review_start[project, stage])
        workdays = bool(plan.tables.workdays[_table(plan, stage, step)])
        spent = 0.0
        if isfinite(running):
            elapsed = plan.calendar.elapsed
            spent = elapsed(as_of) - elapsed(running) if workdays else as_of - running
        longest = float(outlook.longest[project, stage, number])
        yield UnderWay(
            stage=plan.axes.stages[stage],
            step=step,
            since=plan.calendar.date_of(since),
            days=round(as_of - since),
            spent=spent,
            longest=longest if isfinite(longest) else None,
            workdays=workdays,
            overdue=isfinite(running) and spent >= longest,
        )


def _table(plan: Plan, stage: int, step: Step) -> int:
    """The duration table of a step; which of its forms' does not matter for the unit."""
    return int(getattr(plan.forms, step)[plan.stages.form_base[stage]])


def _drawn(plan: Plan, project: int) -> Iterator[str]:
    """What of a project luck decides although something depends on it."""
    own = plan.axes.attributes[: plan.portfolio.attribute.shape[1]]
    for name, value in zip(own, plan.portfolio.attribute[project].tolist(), strict=True):
        if value == DRAWN:
            yield name
    if plan.policy.enabled:
        if plan.axes.grades and plan.portfolio.grade[project] == DRAWN:
            yield "grade"
        if plan.portfolio.path[project] == DRAWN:
            yield "path"


def _as_of(plan: Plan) -> float:
    assert plan.situation is not None
    return plan.situation.as_of


# --- all of them ---------------------------------------------------------------------------------


def _rates(outlook: Outlook, dates: Sequence[date]) -> Iterator[RateForecast]:
    for number, day in enumerate(dates):
        started, signed = outlook.rates[:, number].T.astype(np.float64)
        share = started[signed > 0] / signed[signed > 0]
        if not len(share):
            continue
        tail = (1 - INTERVAL) / 2
        low, high = np.quantile(share, (tail, 1 - tail), method="inverted_cdf").tolist()
        rate = float(started.sum() / signed.sum())
        yield RateForecast(day, float(started.mean()), float(signed.mean()), rate, low, high)


def _quarters(plan: Plan, outlook: Outlook) -> Iterator[Quarter]:
    """Quarters from that of the as-of date to the last in which anything is expected."""
    known: dict[tuple[int, int], int] = {}
    expected: dict[tuple[int, int], float] = {}
    assert plan.situation is not None
    happened = plan.situation.happened[:, plan.measure]
    for time in happened[np.isfinite(happened)].tolist():
        place = _quarter(plan.calendar.date_of(time))
        known[place] = known.get(place, 0) + 1
    ahead = outlook.milestones.counts[~np.isfinite(happened), plan.measure].sum(axis=0)
    for days in np.flatnonzero(ahead).tolist():
        place = _quarter(plan.calendar.date_of(_as_of(plan) + days))
        expected[place] = expected.get(place, 0.0) + float(ahead[days])
    for place in sorted({*known, *expected}):
        number = known.get(place, 0)
        more = expected.get(place, 0.0) / outlook.milestones.replications
        yield Quarter(*place, number, number + more)


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3
