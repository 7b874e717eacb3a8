"""Estimates with 95 % intervals from independent replications.

Projects of one replication share reviewers, so they are not independent; replications are. Every
interval here is built from what varies between replications, never from the number of projects.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, isfinite, nan, sqrt

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LEVEL = 0.95
SECTIONS = 20


@dataclass(frozen=True)
class Estimate:
    """A value with its 95 % interval; nan where there is nothing to estimate from."""

    value: float
    low: float
    high: float

    @property
    def half_width(self) -> float:
        """Half the width of the interval; infinite where there is none."""
        half = (self.high - self.low) / 2
        return half if isfinite(half) else inf


NOTHING = Estimate(nan, nan, nan)


@dataclass(frozen=True, eq=False)
class Influence:
    """A ratio estimate, and how much each replication moved it (linearisation).

    The influences of two estimates from the same replications may be subtracted: so the interval of
    a paired difference knows what the two have in common.
    """

    value: float
    by_replication: Array

    def minus(self, other: "Influence") -> "Influence":
        """The difference of two estimates from the same replications."""
        return Influence(self.value - other.value, self.by_replication - other.by_replication)

    @property
    def variance(self) -> float:
        """Variance between replications."""
        return float(np.var(self.by_replication, ddof=1)) if len(self.by_replication) > 1 else nan

    def estimate(self) -> Estimate:
        """The value with its interval (Student's t over replications)."""
        number = len(self.by_replication)
        half = _student(number) * sqrt(self.variance / number) if number > 1 else inf
        return Estimate(self.value, self.value - half, self.value + half)


def ratio(numerators: Array, denominators: Array) -> Influence:
    """Sum of the numerators over sum of the denominators, one of each per replication.

    The usual ratio estimator for clusters (Cochran, Sampling Techniques, 3rd ed. 1977, ch. 6).
    """
    total = float(denominators.sum())
    if total == 0:
        return Influence(nan, np.full(len(numerators), nan))
    value = float(numerators.sum()) / total
    return Influence(value, (numerators - value * denominators) / (total / len(denominators)))


def quantiles(times: Array, shares: tuple[float, ...]) -> tuple[Estimate, ...]:
    """Quantiles over all finite ``times`` (first axis: replications) with intervals."""
    return sectioned(times, lambda part: _finite_quantiles(part, shares))


def quantile_differences(a: Array, b: Array, shares: tuple[float, ...]) -> tuple[Estimate, ...]:
    """Quantiles of ``b`` minus those of ``a`` over the pairs that are finite in both."""
    both = np.isfinite(a) & np.isfinite(b)
    pairs = np.stack([np.where(both, a, inf), np.where(both, b, inf)], axis=1)
    return sectioned(
        pairs,
        lambda part: _finite_quantiles(part[:, 1], shares) - _finite_quantiles(part[:, 0], shares),
    )


def sectioned(values: Array, statistic: Callable[[Array], Array]) -> tuple[Estimate, ...]:
    """Intervals by sectioning (Asmussen and Glynn, Stochastic Simulation, 2007, III.5a).

    The replications are dealt out to `SECTIONS` sections; how far their statistics lie from that of
    all replications gives the interval.
    """
    whole = statistic(values)
    sections = min(SECTIONS, len(values))
    if sections < 2:
        return tuple(Estimate(float(v), -inf, inf) if isfinite(v) else NOTHING for v in whole)
    parts = np.array([statistic(values[first::sections]) for first in range(sections)])
    with np.errstate(invalid="ignore"):
        spread = np.sqrt(((parts - whole) ** 2).sum(axis=0) / (sections * (sections - 1)))
    half = _student(sections) * spread
    return tuple(
        Estimate(float(v), float(v - h), float(v + h)) for v, h in zip(whole, half, strict=True)
    )


def _finite_quantiles(times: Array, shares: tuple[float, ...]) -> Array:
    finite = times[np.isfinite(times)]
    if not len(finite):
        return np.full(len(shares), nan)
    return np.asarray(np.quantile(finite, shares), dtype=np.float64)


def _student(number: int) -> float:
    """Two-sided quantile of Student's t for ``number`` independent values."""
    from scipy.special import stdtrit  # noqa: PLC0415

    return float(stdtrit(number - 1, 0.5 + LEVEL / 2)) if number > 1 else inf
