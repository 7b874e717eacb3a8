"""Estimates with 95 % intervals from independent replications.

Projects of one replication share reviewers, so they are not independent; replications are. Every
interval here is built from what varies between replications, never from the number of projects.
"""

from dataclasses import dataclass
from math import inf, isfinite, nan, sqrt

import numpy as np
from numpy.typing import NDArray

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
    """An estimate, and how much each replication moved it (linearisation).

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

    def estimate(self, lowest: float = -inf, highest: float = inf) -> Estimate:
        """The value with its interval (Student's t over replications).

        The interval ends where possible values do, at ``lowest`` and ``highest``; from a single
        replication there is none, and its bounds are infinite.
        """
        number = len(self.by_replication)
        if number < 2:
            return Estimate(self.value, self.value - inf, self.value + inf)
        half = _student(number) * sqrt(self.variance / number)
        return Estimate(self.value, max(self.value - half, lowest), min(self.value + half, highest))

    def share(self) -> Estimate:
        """As `estimate`, for a share: between 0 and 1."""
        return self.estimate(0.0, 1.0)


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
    return tuple(found.estimate() for found in _quantiles(times, shares))


def quantile_differences(a: Array, b: Array, shares: tuple[float, ...]) -> tuple[Estimate, ...]:
    """Quantiles of ``b`` minus those of ``a`` over the pairs that are finite in both."""
    both = np.isfinite(a) & np.isfinite(b)
    of_a, of_b = (_quantiles(np.where(both, times, inf), shares) for times in (a, b))
    return tuple(y.minus(x).estimate() for x, y in zip(of_a, of_b, strict=True))


def _quantiles(times: Array, shares: tuple[float, ...]) -> list[Influence]:
    """Quantiles, linearised (Woodruff 1952; Francisco and Fuller 1991).

    The share of times up to a quantile is a ratio, whose interval is known. The quantiles at both
    ends of that interval tell how many days a change of the share is worth.
    """
    finite = np.isfinite(times)
    number = finite.sum(axis=1).astype(np.float64)
    known = np.sort(times[finite])
    if not len(known):
        return [Influence(nan, np.full(len(times), nan)) for _ in shares]
    found = []
    for share in shares:
        value = float(np.quantile(known, share))
        up_to = ratio((times <= value).sum(axis=1).astype(np.float64), number)
        half = max(up_to.estimate().half_width, 1 / len(known))
        low, high = max(share - half, 0.0), min(share + half, 1.0)
        first, last = np.quantile(known, (low, high))
        found.append(Influence(value, up_to.by_replication * ((first - last) / (high - low))))
    return found


def _student(number: int) -> float:
    """Two-sided quantile of Student's t for ``number`` independent values."""
    from scipy.special import stdtrit  # noqa: PLC0415

    return float(stdtrit(number - 1, 0.5 + LEVEL / 2)) if number > 1 else inf
