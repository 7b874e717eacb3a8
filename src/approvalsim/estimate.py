"""Estimates with 95 % intervals from independent replications.

Projects of one replication share reviewers, so they are not independent; replications are. Every
interval here is built from what varies between replications, never from the number of projects.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import inf, isfinite, isnan, nan, sqrt

import numpy as np
from numpy.typing import NDArray

from approvalsim.sample import Exact, Sample

Array = NDArray[np.float64]

LEVEL = 0.95


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


@dataclass(frozen=True, eq=False)
class Influence:
    """An estimate, and how much each unit moved it: a replication, or some of them together.

    This is linearisation. The influences of two estimates from the same replications may be
    subtracted: so the interval of a paired difference knows what the two have in common.
    """

    value: float
    by_unit: Array

    def minus(self, other: "Influence") -> "Influence":
        """The difference of two estimates from the same replications."""
        return Influence(self.value - other.value, self.by_unit - other.by_unit)

    @property
    def variance(self) -> float:
        """Variance between units."""
        number = len(self.by_unit)
        if number < 2:
            return nan
        away = self.by_unit - self.by_unit.sum() / number
        return float((away * away).sum()) / (number - 1)

    def estimate(self, lowest: float = -inf, highest: float = inf) -> Estimate:
        """The value with its interval (Student's t over units).

        The interval ends where possible values do, at ``lowest`` and ``highest``; from a single
        unit there is none, and its bounds are infinite.
        """
        number = len(self.by_unit)
        if number < 2:
            return Estimate(self.value, self.value - inf, self.value + inf)
        half = _student(number) * sqrt(self.variance / number)
        return Estimate(self.value, max(self.value - half, lowest), min(self.value + half, highest))

    def share(self) -> Estimate:
        """As `estimate`, for a share: between 0 and 1."""
        return self.estimate(0.0, 1.0)


def ratio(numerators: Array, denominators: Array) -> Influence:
    """Sum of the numerators over sum of the denominators, one of each per unit.

    The usual ratio estimator for clusters (Cochran, Sampling Techniques, 3rd ed. 1977, ch. 6).
    """
    total = float(denominators.sum())
    if total == 0:
        return Influence(nan, np.full(len(numerators), nan))
    value = float(numerators.sum()) / total
    return Influence(value, (numerators - value * denominators) / (total / len(denominators)))


def mean_time(times: Array) -> Influence:
    """Mean of all finite times (first axis: replications)."""
    finite = np.isfinite(times)
    return ratio(np.where(finite, times, 0.0).sum(axis=1), finite.sum(axis=1).astype(np.float64))


def quantiles(times: Array, shares: tuple[float, ...]) -> tuple[Estimate, ...]:
    """Quantiles over all finite ``times`` (first axis: replications) with intervals."""
    return tuple(found.estimate() for found in sample_quantiles(Exact(times, shares), shares))


def quantile_differences(a: Array, b: Array, shares: tuple[float, ...]) -> tuple[Estimate, ...]:
    """Quantiles of ``b`` minus those of ``a`` over the pairs that are finite in both."""
    both = np.isfinite(a) & np.isfinite(b)
    of_a, of_b = (
        sample_quantiles(Exact(np.where(both, times, inf), shares), shares) for times in (a, b)
    )
    return tuple(y.minus(x).estimate() for x, y in zip(of_a, of_b, strict=True))


def sample_quantiles(sample: Sample, shares: tuple[float, ...]) -> list[Influence]:
    """Quantiles of a sample, linearised (Woodruff 1952; Francisco and Fuller 1991).

    The share of times up to a quantile is a ratio, whose interval is known. The quantiles at both
    ends of that interval tell how many days a change of the share is worth.
    """
    number = sample.number
    found = []
    for share, value in zip(shares, sample.quantiles(shares).tolist(), strict=True):
        if isnan(value):
            found.append(Influence(nan, np.full(len(number), nan)))
            continue
        up_to = ratio(sample.up_to(share), number)
        half = max(up_to.estimate().half_width, 1 / float(number.sum()))
        low, high = max(share - half, 0.0), min(share + half, 1.0)
        first, last = sample.quantiles((low, high)).tolist()
        found.append(Influence(value, up_to.by_unit * ((first - last) / (high - low))))
    return found


@lru_cache(maxsize=64)
def _student(number: int) -> float:
    """Two-sided quantile of Student's t for ``number`` independent values."""
    from scipy.special import stdtrit  # noqa: PLC0415

    return float(stdtrit(number - 1, 0.5 + LEVEL / 2)) if number > 1 else inf
