"""What the variants of a scenario are measured by: the time to the milestone, or a start rate.

The facts of a batch are reduced at once to *readings*, the little of each replication that the
yardstick needs, so that hundreds of variants fit into memory: 8 bytes for each replication and
project of a time, 16 for each replication of a start rate.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import inf
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from approvalsim.engines import Engine
from approvalsim.estimate import Estimate, mean_time, quantile_differences, quantiles, ratio
from approvalsim.experiment import run_together
from approvalsim.facts import Facts
from approvalsim.plan import Plan

Floats = NDArray[np.float64]
Measure = Literal["mean", "p50", "p80", "effective", "start-rate"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
Watch = Callable[[int], object]
"""Hears how many replications have been done since it was called last; may raise to cancel."""


@dataclass(frozen=True)
class SameLuck:
    """The luck that a scenario and all its variants are run under, and by what."""

    seed: int
    replications: int
    engine: Engine = "simpy"
    workers: int | None = None

    @property
    def at_once(self) -> int:
        """How many variants to run together.

        SimPy's processes are slow to start, which few replications are not worth; threads are not.
        """
        return 1 if self.engine == "kernel" else max(1, 400 // self.replications)


@dataclass(frozen=True)
class Yardstick:
    """The mean or a quantile of the time to the measured milestone, or the start rate of a day.

    ``effective`` is the mean with the days of stop-work added, which broken promises cost.
    """

    measure: Measure = "mean"
    day: date | None = None
    """At whose end the start rate is asked; for that measure only."""

    def readings(self, facts: Facts, plan: Plan) -> Floats:
        """What the replications of a batch contribute, a row for each.

        Days to the milestone, a column for each project and infinite if never; for a start rate
        the number of started projects and that of signed ones.
        """
        if self.measure == "effective":
            return facts.time_to_measure + facts.project.stop_work
        if self.day is None:
            return facts.time_to_measure
        moment = plan.calendar.clock_of(self.day) + 1  # what counts comes before the day's end
        signed = facts.project.signed < moment
        started = signed & (facts.started < moment)
        return np.stack([started.sum(axis=1), signed.sum(axis=1)], axis=1).astype(np.float64)

    def level(self, readings: Floats) -> Estimate:
        """The measure itself, over all rows."""
        if self.measure == "start-rate":
            return ratio(readings[:, 0], readings[:, 1]).share()
        if self.measure in ("mean", "effective"):
            return mean_time(readings).estimate()
        return quantiles(readings, (self._share,))[0]

    def difference(self, base: Floats, other: Floats) -> Estimate:
        """``other - base``, both under the same luck: over the pairs that get there in both."""
        if self.measure == "start-rate":
            rates = [ratio(rows[:, 0], rows[:, 1]) for rows in (base, other)]
            return rates[1].minus(rates[0]).estimate()
        if self.measure in ("mean", "effective"):
            both = np.isfinite(base) & np.isfinite(other)
            with np.errstate(invalid="ignore"):
                return mean_time(np.where(both, other - base, inf)).estimate()
        return quantile_differences(base, other, (self._share,))[0]

    @property
    def _share(self) -> float:
        return int(self.measure.removeprefix("p")) / 100


def readings(
    plans: Sequence[Plan],
    yardstick: Yardstick,
    luck: SameLuck,
    watch: Watch = bool,
    batch: int | None = None,
) -> tuple[Floats, ...]:
    """The readings of several plans under the same luck, in the order of replications."""
    batches = run_together(
        plans,
        luck.seed,
        luck.replications,
        finish=partial(_read, yardstick, tuple(plans)),
        batch=batch,
        workers=luck.workers,
        engine=luck.engine,
    )
    parts: list[tuple[Floats, ...]] = []
    with closing(batches):
        for part in batches:
            parts.append(part)
            watch(len(plans) * len(part[0]))
    return tuple(np.concatenate(rows) for rows in zip(*parts, strict=True))


def _read(
    yardstick: Yardstick, plans: tuple[Plan, ...], batch: tuple[Facts, ...]
) -> tuple[Floats, ...]:
    return tuple(yardstick.readings(facts, plan) for facts, plan in zip(batch, plans, strict=True))
