"""What lies ahead of the projects in many replications, counted by the day in bounded memory.

Dates are what people plan by, so a day is as fine as it needs to be: the date of a quantile is
exact, and counts add up in any order. Days are counted from the as-of instant, the day 0.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial, reduce
from math import inf, isfinite
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from approvalsim.engines import chosen
from approvalsim.execution import Effort
from approvalsim.experiment import batch_size, run
from approvalsim.facts import Facts
from approvalsim.plan import Plan
from approvalsim.plan_parts import PREREVIEW

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Done = TypeVar("Done")
Watch = Callable[[int], object]
"""Hears how many replications have been done since it was called last; may raise to cancel."""

MOST_DAYS = 36_525
"""What comes a hundred years later never comes."""


@dataclass(frozen=True, eq=False)
class DayCounts:
    """How often something lay so many days ahead, by (…, day); the rest of all times: never."""

    counts: Counts
    replications: int

    @classmethod
    def of(cls, days: Floats) -> "DayCounts":
        """Counts of whole days (replication, …), infinite for never; what has been counts as 0."""
        replications, *shape = days.shape
        never = ~(days < MOST_DAYS)
        whole = np.where(never, 0.0, np.maximum(days, 0.0)).astype(np.int64)
        width = int(whole.max(initial=0)) + 1
        places = int(np.prod(shape))
        cells = whole.reshape(replications, places) + np.arange(places) * width
        counted = np.bincount(cells[~never.reshape(cells.shape)], minlength=places * width)
        return cls(counted.reshape(*shape, width).astype(np.int64), replications)

    def plus(self, other: "DayCounts") -> "DayCounts":
        """Both together."""
        short, long = sorted((self.counts, other.counts), key=lambda counts: counts.shape[-1])
        total = long.copy()
        total[..., : short.shape[-1]] += short
        return DayCounts(total, self.replications + other.replications)

    def by(self, days: Floats) -> Floats:
        """(…) share of replications in which it lay so many days (…) ahead or fewer; nan: none."""
        reached = np.concatenate(
            [np.zeros((*self.counts.shape[:-1], 1)), np.cumsum(self.counts, axis=-1)], axis=-1
        )
        last = (
            np.clip(np.nan_to_num(np.floor(days), nan=-1.0), -1, self.counts.shape[-1] - 1).astype(
                np.int64
            )
            + 1
        )
        share: Floats = np.take_along_axis(reached, last[..., None], axis=-1)[..., 0]
        return share / self.replications

    def within(self, share: float | Floats) -> Floats:
        """(…) the first day by which it came in such a share of replications; inf if in fewer."""
        needed = np.maximum(np.ceil(np.asarray(share) * self.replications - 1e-9), 1.0)
        reached = np.cumsum(self.counts, axis=-1)
        enough = reached >= np.broadcast_to(needed, reached.shape[:-1])[..., None]
        return np.where(enough[..., -1], enough.argmax(axis=-1).astype(np.float64), inf)


@dataclass(frozen=True, eq=False)
class Outlook:
    """What was counted of some replications."""

    milestones: DayCounts
    """(project, milestone)"""
    rates: Counts
    """(replication, date, 2) projects that got to the measured milestone, and signed ones."""
    review_start: Floats
    """(project, stage) when the review under way at the as-of time began, in any replication."""
    longest: Floats
    """(project, stage, 3) the longest prepare, review and notice, in their units."""

    def plus(self, other: "Outlook") -> "Outlook":
        """Both together."""
        return Outlook(
            self.milestones.plus(other.milestones),
            np.concatenate([self.rates, other.rates]),
            np.minimum(self.review_start, other.review_start),
            np.maximum(self.longest, other.longest),
        )


def origin(plan: Plan) -> float:
    """The as-of instant on the clock; the clock's zero where nothing is known."""
    as_of = plan.situation.as_of if plan.situation else -inf
    return as_of if isfinite(as_of) else 0.0


def counted(plan: Plan, effort: Effort, dates: Sequence[date] = (), watch: Watch = bool) -> Outlook:
    """What lies ahead of a plan's projects; ``dates`` are those at whose end rates are asked."""
    moments = tuple(plan.calendar.clock_of(day) + 1 for day in dates)
    return reduce(Outlook.plus, outcomes(plan, effort, partial(_count, plan, moments), watch))


def outcomes(
    plan: Plan, effort: Effort, finish: Callable[[Facts], Done], watch: Watch = bool
) -> Iterator[Done]:
    """What is made of each batch of the replications that were asked for."""
    engine = chosen(effort.engine)
    size = batch_size((plan,), engine)
    left = effort.replications
    batches = run(
        *(plan, effort.seed, left), finish=finish, batch=size, workers=effort.workers, engine=engine
    )
    with closing(batches):
        for batch in batches:
            yield batch
            watch(min(size, left))
            left -= size


def measured(plan: Plan, facts: Facts) -> DayCounts:
    """(project) how many days ahead the measured milestone lies."""
    return DayCounts.of(np.floor(facts.started) - origin(plan))


def _count(plan: Plan, moments: tuple[float, ...], facts: Facts) -> Outlook:
    start = origin(plan)
    by_date = np.array(moments).reshape(-1, 1, 1)
    signed = facts.project.signed < by_date
    begun = signed & (facts.started < by_date)
    seen = facts.stage.review_start.min(axis=0)
    return Outlook(
        milestones=DayCounts.of(np.floor(facts.project.milestone) - start),
        rates=np.stack([begun.sum(axis=2), signed.sum(axis=2)], axis=-1).swapaxes(0, 1),
        review_start=np.where(seen < start, seen, inf),
        longest=_longest(plan, facts).max(axis=0),
    )


def _longest(plan: Plan, facts: Facts) -> Floats:
    """(replication, project, stage, 3) the ends of the tables of each project's forms.

    Nobody can say how long a certificate waits that may be reviewed before others are finished.
    """
    tables, forms = plan.tables, plan.forms
    ends = tables.knots[tables.start + tables.cells]
    form = plan.stages.form_base + facts.project.values @ plan.stages.form_stride.T
    kinds = [ends[kind[form]] for kind in (forms.prepare, forms.review, forms.notice)]
    if plan.policy.enabled:
        waiting = np.zeros(len(plan.axes.stages) + len(plan.axes.milestones), dtype=np.bool_)
        waiting[plan.edges.target[plan.edges.relaxed == PREREVIEW]] = True
        kinds[2] = np.where(waiting[: len(plan.axes.stages)], inf, kinds[2])
    return np.stack(kinds, axis=-1)
