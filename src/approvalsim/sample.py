"""Times of which quantiles are asked: kept while they are few, counted when they are many.

Rows are units: replications, or some of them together. `Exact` keeps every time. `Counted` needs no
more room for more replications: it knows how many times lie at each point of a grid, and how many
times of each unit lie up to the *pilots*, which are the quantiles of the first replications. So
quantiles are found to the grid, and what each unit says of them is read close by, at the pilots.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import nan

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

GRID = 1 / 256
"""Days between two points of the grid: less than six minutes."""
POINTS = 2**19
"""Points of a grid at most: to reach beyond 2,048 days, every other point is left out."""
_LAST = 2.0**52
"""No time lies beyond this point; it is millions of centuries away."""


@dataclass(frozen=True, eq=False)
class Exact:
    """All times of some replications."""

    times: Floats
    """(replication, project) days, not negative; infinite where there is none."""
    shares: tuple[float, ...]
    """The quantiles that are asked."""

    @property
    def grid(self) -> float:
        """Days to which quantiles are rounded."""
        return 0.0

    @cached_property
    def number(self) -> Floats:
        """(unit) how many times there are."""
        return _count(np.isfinite(self.times))

    @cached_property
    def _known(self) -> Floats:
        return np.sort(self.times, axis=None)[: int(self.number.sum())]

    def quantiles(self, shares: Sequence[float]) -> Floats:
        """Days up to which such shares of all times lie; nan where there are none."""
        known = self._known
        return _interpolated(len(known), shares, lambda place: known[place])

    def up_to(self, share: float) -> Floats:
        """(unit) how many times lie up to one of the quantiles that are asked."""
        (value,) = self.quantiles((share,))
        return _count(self.times <= value)

    def pilots(self, replications: int) -> Floats:
        """The quantiles of the first so many replications."""
        return Exact(self.times[:replications], self.shares).quantiles(self.shares)

    def counted(self, pilots: Floats) -> "Counted":
        """The same times on the grid, a unit for each replication."""
        known = self.times[np.isfinite(self.times)]
        points = np.floor(np.minimum(known / GRID + 0.5, _LAST)).astype(np.int64)
        coarse = max(0, int(points.max(initial=0)).bit_length() - POINTS.bit_length() + 1)
        counts = np.bincount(points >> coarse, minlength=1)
        up_to = [_count(self.times <= pilot) for pilot in pilots]
        return Counted(self.shares, pilots, np.stack([self.number, *up_to], axis=1), coarse, counts)


@dataclass(frozen=True, eq=False)
class Counted:
    """How many times lie where."""

    shares: tuple[float, ...]
    """The quantiles that are asked."""
    pilots: Floats
    """About where they are; nan where the first replications had no times at all."""
    units: Floats
    """(unit, 1 + share) how many times there are, and how many of them up to each pilot."""
    coarse: int
    """How often every other point of the grid was left out."""
    counts: Counts
    """(point) how many times lie there: at the point, or between it and a next one left out."""

    @property
    def grid(self) -> float:
        """Days to which quantiles are rounded."""
        return float(GRID * 2**self.coarse)

    @property
    def number(self) -> Floats:
        """(unit) how many times there are."""
        return self.units[:, 0]

    @cached_property
    def _reached(self) -> Counts:
        return np.cumsum(self.counts)

    def quantiles(self, shares: Sequence[float]) -> Floats:
        """Days up to which such shares of all times lie, to the grid; nan where there are none."""

        def at(place: Counts) -> Floats:
            points = np.searchsorted(self._reached, place, side="right").astype(np.float64)
            return points * self.grid

        return _interpolated(int(self._reached[-1]), shares, at)

    def up_to(self, share: float) -> Floats:
        """(unit) how many times lie up to about one of the quantiles that are asked."""
        position = self.shares.index(share)
        if np.isnan(self.pilots[position]):
            return np.full(len(self.units), nan)
        return self.units[:, 1 + position]

    def thinned(self, coarse: int) -> Counts:
        """The counts on a coarser grid."""
        if coarse == self.coarse:
            return self.counts
        step = 2 ** (coarse - self.coarse)
        thinned: Counts = np.add.reduceat(self.counts, np.arange(0, len(self.counts), step))
        return thinned


Sample = Exact | Counted


def in_order(samples: Sequence[Sample]) -> Sample:
    """Samples of the same kind, with the same pilots, as one: units one behind the other."""
    head = samples[0]
    if isinstance(head, Exact):
        times = [sample.times for sample in samples if isinstance(sample, Exact)]
        return Exact(np.concatenate(times), head.shares)
    parts = [sample for sample in samples if isinstance(sample, Counted)]
    coarse = max(part.coarse for part in parts)
    thinned = [part.thinned(coarse) for part in parts]
    counts = np.zeros(max(map(len, thinned)), dtype=np.int64)
    for each in thinned:
        counts[: len(each)] += each
    units = np.concatenate([part.units for part in parts])
    return Counted(head.shares, head.pilots, units, coarse, counts)


def _count(flags: NDArray[np.bool_]) -> Floats:
    """(unit) how many of its (unit, project) flags are set."""
    # Small numbers are added up in little room: that is quicker.
    room = np.min_scalar_type(flags.shape[1])
    counted: Floats = np.add.reduce(flags.view(np.uint8), axis=1, dtype=room).astype(np.float64)
    return counted


def _interpolated(number: int, shares: Sequence[float], at: Callable[[Counts], Floats]) -> Floats:
    """Quantiles of sorted times: those at two places, or between them in proportion."""
    if not number:
        return np.full(len(shares), nan)
    place = np.asarray(shares) * (number - 1)
    first = np.minimum(np.floor(place).astype(np.int64), number - 1)
    low, high = at(first), at(np.minimum(first + 1, number - 1))
    quantiles: Floats = low + (high - low) * (place - first)
    return quantiles
