"""Two experiments, paired by replication and project: same luck, different rules.

Differences are ``b - a``: negative days mean that ``b`` comes earlier.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf, isnan, nan

import numpy as np
from numpy.typing import NDArray

from approvalsim.criticality import BindingPath, binding_path
from approvalsim.errors import Problem, ScenarioError
from approvalsim.estimate import Estimate, quantile_differences
from approvalsim.facts import Facts
from approvalsim.plan import Plan
from approvalsim.summary import (
    SHARES,
    Summary,
    commitment_counts,
    effective_times,
    mean_time,
    per_project,
    started_by,
    summarise,
)

Floats = NDArray[np.float64]

LARGE_GAIN = 30.0
"""Days earlier that count as a large gain."""
_SAME = 1e-9
"""Days within which two starts are equal; a clock in floats cannot tell less."""


@dataclass(frozen=True)
class Difference:
    """``b - a`` over the pairs that reach the milestone in both; days."""

    mean: Estimate
    p10: Estimate
    p50: Estimate
    p80: Estimate
    p90: Estimate
    effective_mean: Estimate
    """Difference of the means with stop-work days added."""
    start_rates: tuple[tuple[date, Estimate], ...]


@dataclass(frozen=True)
class Pairs:
    """Shares of all (replication, project) pairs that reach the milestone so."""

    both: float
    only_a: float
    only_b: float
    neither: float


@dataclass(frozen=True)
class Price:
    """What ``b`` costs more than ``a``, per project."""

    obligations: Estimate
    breaches: Estimate
    stop_work_days: Estimate


@dataclass(frozen=True)
class Comparison:
    """Two experiments side by side, and what lies between them."""

    a: Summary
    b: Summary
    difference: Difference
    pairs: Pairs
    earlier: float
    """Share of the pairs in both in which ``b`` starts earlier; with the next two it makes 1."""
    later: float
    equal: float
    large_gain: float
    """Share in which ``b`` starts more than `LARGE_GAIN` days earlier."""
    gain_by_stage: Mapping[str, float]
    """Mean change (``b - a``) of the days each stage adds to the binding path."""
    gain_elsewhere: float
    """The same outside the stages: holds, windows. With the stages it adds up to the mean."""
    price: Price
    variance_reduction: float
    """How many times more replications independent runs would need for the same interval of the
    mean; infinite where the pairs never differ, nan where there is too little to tell."""


@dataclass(frozen=True, eq=False)
class _Side:
    """One of the two experiments, and which of its projects are paired."""

    facts: Facts
    plan: Plan
    chosen: NDArray[np.int64]
    path: BindingPath

    @property
    def times(self) -> Floats:
        return self.facts.time_to_measure[:, self.chosen]


def compare(
    a: Facts, plan_a: Plan, b: Facts, plan_b: Plan, dates: Sequence[date] = ()
) -> Comparison:
    """Compare two runs under the same seed and replications, project by project.

    Projects are paired by id. Raises `ScenarioError` where there is nothing to pair.
    """
    chosen_a, chosen_b = _pairing(a, b)
    left = _Side(a, plan_a, chosen_a, binding_path(a, plan_a))
    right = _Side(b, plan_b, chosen_b, binding_path(b, plan_b))
    gap = _gap(left.times, right.times)
    both, in_a, in_b = np.isfinite(gap), np.isfinite(left.times), np.isfinite(right.times)
    reached = max(int(both.sum()), 1)
    by_stage, elsewhere = _gains(left, right, both)
    return Comparison(
        a=summarise(a, plan_a, dates, left.path),
        b=summarise(b, plan_b, dates, right.path),
        difference=_difference(left, right, dates),
        pairs=Pairs(
            both=float(both.mean()),
            only_a=float((in_a & ~in_b).mean()),
            only_b=float((in_b & ~in_a).mean()),
            neither=float((~in_a & ~in_b).mean()),
        ),
        earlier=float((gap < -_SAME).sum() / reached),
        later=float((both & (gap > _SAME)).sum() / reached),
        equal=float((np.abs(gap) <= _SAME).sum() / reached),
        large_gain=float((gap < -LARGE_GAIN).sum() / reached),
        gain_by_stage=by_stage,
        gain_elsewhere=elsewhere,
        price=_price(left, right),
        variance_reduction=_variance_reduction(left.times, right.times),
    )


def paired_times(a: Facts, b: Facts) -> tuple[Floats, Floats]:
    """(replication, project) times of the projects that both have, in the order of ``a``.

    Raises `ScenarioError` where there is nothing to pair.
    """
    chosen_a, chosen_b = _pairing(a, b)
    return a.time_to_measure[:, chosen_a], b.time_to_measure[:, chosen_b]


def paired_gaps(a: Facts, b: Facts) -> Floats:
    """(replication, project) ``b - a`` in days for the paired projects; inf unless in both.

    Raises `ScenarioError` where there is nothing to pair.
    """
    return _gap(*paired_times(a, b))


def _pairing(a: Facts, b: Facts) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions of the common projects in both; raises `ScenarioError` if they do not pair."""
    position = {name: i for i, name in enumerate(b.axes.projects)}
    pairs = [(i, position[name]) for i, name in enumerate(a.axes.projects) if name in position]
    first, second = (f"{r[0]}–{r[-1]}" for r in (a.replications, b.replications))
    goal_a, goal_b = (side.axes.milestones[side.measure] for side in (a, b))
    reason = None
    if a.seed != b.seed:
        reason = f"种子 {a.seed} ≠ {b.seed}", f"seed {a.seed} ≠ {b.seed}"
    elif not np.array_equal(a.replications, b.replications):
        reason = f"重复 {first} ≠ {second}", f"replications {first} ≠ {second}"
    elif goal_a != goal_b:
        reason = f"里程碑 {goal_a} ≠ {goal_b}", f"milestone {goal_a} ≠ {goal_b}"
    elif not pairs:
        reason = (
            "没有相同的项目编号；请比较同一批项目的两个方案",
            "no project id in common; compare two scenarios of the same projects",
        )
    if reason:
        words = {"reason": reason[0], "reason_en": reason[1]}
        raise ScenarioError([Problem("different_shape", words=words)])
    return np.array([i for i, _ in pairs]), np.array([j for _, j in pairs])


def _gap(times_a: Floats, times_b: Floats) -> Floats:
    """``b - a`` where both are finite, else infinite."""
    both = np.isfinite(times_a) & np.isfinite(times_b)
    with np.errstate(invalid="ignore"):
        return np.where(both, times_b - times_a, inf)


def _difference(a: _Side, b: _Side, dates: Sequence[date]) -> Difference:
    p10, p50, p80, p90 = quantile_differences(a.times, b.times, SHARES)
    effective_a = effective_times(a.facts)[:, a.chosen]
    effective_b = effective_times(b.facts)[:, b.chosen]
    rates = []
    for day in dates:
        rate_a, rate_b = (started_by(s.facts, s.plan, day, s.chosen)[0] for s in (a, b))
        rates.append((day, rate_b.minus(rate_a).estimate()))
    return Difference(
        mean=mean_time(_gap(a.times, b.times)).estimate(),
        p10=p10,
        p50=p50,
        p80=p80,
        p90=p90,
        effective_mean=mean_time(_gap(effective_a, effective_b)).estimate(),
        start_rates=tuple(rates),
    )


def _gains(a: _Side, b: _Side, both: NDArray[np.bool_]) -> tuple[dict[str, float], float]:
    """Mean change of what each stage, and all else, adds to the binding path."""
    count = max(int(both.sum()), 1)
    days: list[dict[str, float]] = []
    elsewhere: list[float] = []
    for side in (a, b):
        spent = side.path.days[:, side.chosen] * both[:, :, None]
        days.append(dict(zip(side.facts.axes.stages, spent.sum(axis=(0, 1)).tolist(), strict=True)))
        elsewhere.append(float((side.path.other[:, side.chosen] * both).sum()))
    stages = dict.fromkeys((*days[0], *days[1]))
    by_stage = {name: (days[1].get(name, 0.0) - days[0].get(name, 0.0)) / count for name in stages}
    return by_stage, (elsewhere[1] - elsewhere[0]) / count


def _price(a: _Side, b: _Side) -> Price:
    counts_a = commitment_counts(a.facts, a.plan)
    counts_b = commitment_counts(b.facts, b.plan)
    costs = {}
    for name in ("obligations", "breaches", "stop_work_days"):
        cost_a = per_project(counts_a[name][:, a.chosen])
        costs[name] = per_project(counts_b[name][:, b.chosen]).minus(cost_a).estimate()
    return Price(**costs)


def _variance_reduction(times_a: Floats, times_b: Floats) -> float:
    """Variance of the difference of means from independent runs, over that of the paired one."""
    both = np.isfinite(times_a) & np.isfinite(times_b)
    mean_a = mean_time(np.where(both, times_a, inf))
    mean_b = mean_time(np.where(both, times_b, inf))
    paired = mean_b.minus(mean_a).variance
    independent = mean_a.variance + mean_b.variance
    if isnan(paired) or isnan(independent):
        return nan
    return independent / paired if paired > 0 else inf
