"""Projects and the commitment policy of a scenario, compiled for the engines."""

import math
from collections.abc import Sequence
from datetime import timedelta
from math import inf, nan

import numpy as np

from approvalsim.distributions import Lognormal, Uniform, Weibull
from approvalsim.plan_parts import (
    COMMITMENT,
    DRAWN,
    STANDARD,
    Axes,
    Floats,
    Policy,
    Portfolio,
)
from approvalsim.scenario import RESERVED_ATTRIBUTES, Commitment, Scenario
from approvalsim.tables import TableBuilder
from approvalsim.workdays import WorkingCalendar


def policy(scenario: Scenario, axes: Axes, tables: TableBuilder) -> Policy:
    """Who may relax what, and what a breach costs; disabled where the scenario has no policy."""
    said = scenario.commitment or Commitment(enabled=False)
    grades = list(said.grades.values())
    allowed = [
        [grade.may_relax is None or edge in grade.may_relax for edge in axes.edges]
        for grade in grades
    ]
    return Policy(
        enabled=said.enabled,
        share=said.share,
        grade_shares=_cumulative([grade.share for grade in grades]),
        eligible=np.array([grade.eligible for grade in grades], dtype=np.bool_),
        breach=np.array([grade.breach for grade in grades], dtype=np.float64),
        may_relax=np.array(allowed, dtype=np.bool_).reshape(len(grades), len(axes.edges)),
        remedy=tables.add(said.remedy, "workdays"),
        bar_after_breach=said.bar_after_breach,
    )


def _cumulative(shares: Sequence[float]) -> Floats:
    """Upper bounds of each share on 0..1; the last is infinite, so that rounding loses nobody."""
    bounds = np.cumsum(np.array(shares, dtype=np.float64))
    if len(bounds):
        bounds[-1] = inf
    return bounds


def portfolio(
    scenario: Scenario, axes: Axes, tables: TableBuilder, calendar: WorkingCalendar
) -> Portfolio:
    """What is known of the projects before they sign."""
    listed = scenario.project
    count = len(axes.projects)
    own = axes.attributes[: -len(RESERVED_ATTRIBUTES)]
    values = axes.values[: len(own)]
    shares = np.full((len(own), max(map(len, values), default=1)), inf)
    attribute = np.full((count, len(own)), DRAWN, dtype=np.int64)
    for position, name in enumerate(own):
        given = scenario.projects.attributes.get(name, {})
        if given:
            # The value *not stated* has no share; the bounds of the others follow it.
            shares[position, 0] = 0.0
            shares[position, 1 : len(given)] = _cumulative(list(given.values()))[:-1]
        for row, project in enumerate(listed):
            if name in project.attributes:
                attribute[row, position] = values[position].index(project.attributes[name])
    first, table, gaps = _signing(scenario, tables, calendar)
    dropout = scenario.projects.dropout
    return Portfolio(
        signed=np.array([calendar.clock_of(p.signed) if p.signed else nan for p in listed])
        if listed
        else np.full(count, nan),
        first_signing=first,
        signing=table,
        gaps=gaps,
        grade=np.array(
            [axes.grades.index(p.grade) if p.grade else DRAWN for p in listed] or [DRAWN] * count,
            dtype=np.int64,
        ),
        attribute=attribute,
        shares=shares,
        path=np.array(
            [_path(p.path) for p in listed] or [DRAWN] * count,
            dtype=np.int64,
        ),
        priority=np.array([p.priority for p in listed] or [0] * count, dtype=np.int64),
        dropout=dropout.probability if dropout else 0.0,
        dropout_stage=axes.stages.index(dropout.stage) if dropout else -1,
        vary_prepare=tables.add(_multiplier(scenario.variation.prepare), "days"),
        vary_review=tables.add(_multiplier(scenario.variation.review), "days"),
    )


def _path(path: str | None) -> int:
    return {None: DRAWN, "standard": STANDARD, "commitment": COMMITMENT}[path]


def _signing(
    scenario: Scenario, tables: TableBuilder, calendar: WorkingCalendar
) -> tuple[float, int, bool]:
    """Where drawn signing dates begin, the table they are drawn from, and whether it holds gaps."""
    arrivals = scenario.projects.arrivals
    if arrivals is None:
        return 0.0, 0, False
    if arrivals.kind == "exponential":
        gap = Weibull(dist="weibull", shape=1.0, mean=arrivals.mean_days or 1.0, unit="days")
        return 0.0, tables.add(gap, "days"), True
    first = arrivals.from_ or arrivals.date or scenario.start
    last = arrivals.to + timedelta(days=1) if arrivals.to else first
    span = Uniform(dist="uniform", min=0.0, max=float((last - first).days))
    return calendar.clock_of(first), tables.add(span, "days"), False


def _multiplier(sigma: float) -> Lognormal | None:
    """The distribution of a multiplier with mean 1 whose logarithm has standard deviation sigma."""
    if sigma == 0:
        return None
    return Lognormal(dist="lognormal", mean=1.0, sd=math.sqrt(math.expm1(sigma**2)))
