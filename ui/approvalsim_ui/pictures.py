"""What charts draw: few points, computed from all times where the answer is made.

Days are calendar days. Side A comes first; differences are B minus A.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from approvalsim.estimate import Estimate, ratio
from approvalsim.plan import Plan

Floats = NDArray[np.float64]

POINTS = 500
"""Points of a curve at most."""
BARS = 60
"""Bars of a histogram, about."""
DATES = 100
"""Dates of a course at most."""
SAME = 1e-9
"""Days within which two starts are equal, as in `approvalsim.comparison`."""
_ENOUGH = 0.995
"""A course ends when so many of those that start have started."""


class Timed(Protocol):
    """One side's times: (replication, project), on the clock of its plan, infinite if never."""

    @property
    def plan(self) -> Plan: ...  # noqa: D102
    @property
    def signed(self) -> Floats: ...  # noqa: D102
    @property
    def started(self) -> Floats: ...  # noqa: D102


@dataclass(frozen=True, eq=False)
class Curve:
    """How many of those that get there have done so within so many days of signing."""

    days: Floats
    """At most `POINTS`, growing; empty where nobody gets there."""
    share: Floats
    """From 0 to 1."""
    known: Floats
    """All days, sorted."""

    def within(self, days: float) -> float:
        """Share of all known that are there within so many days; nan where there are none."""
        if not len(self.known):
            return float("nan")
        return float(np.searchsorted(self.known, days, side="right")) / len(self.known)


@dataclass(frozen=True, eq=False)
class Histogram:
    """How paired differences are spread; pairs without any difference are counted apart."""

    edges: Floats
    """Evenly spaced, 0 among them; one more than counts."""
    counts: NDArray[np.int64]
    equal: int
    """Pairs that do not differ."""

    @property
    def pairs(self) -> int:
        """How many there are altogether."""
        return int(self.counts.sum()) + self.equal


@dataclass(frozen=True)
class Course:
    """Start rate at the end of each date: started / signed by then."""

    dates: tuple[date, ...]
    rates: tuple[Estimate, ...]
    """nan as long as nobody has signed."""


@dataclass(frozen=True, eq=False)
class Pictures:
    """What the charts of one answer draw."""

    a: Curve
    b: Curve
    gaps: Histogram
    course_a: Course
    course_b: Course
    signed_on: date | None
    """The one date on which every project signs, on both sides; None where there are several."""


def draw(a: Timed, b: Timed, gaps: Floats, dates: Sequence[date] = ()) -> Pictures:
    """The pictures of two sides; ``gaps`` are the finite paired differences of their times.

    ``dates`` are those that the courses must reach.
    """
    days = _course_dates((a, b), dates)
    return Pictures(
        a=curve(a.started - a.signed),
        b=curve(b.started - b.signed),
        gaps=histogram(gaps),
        course_a=course(a, days),
        course_b=course(b, days),
        signed_on=_common_signing((a, b)),
    )


def curve(times: Floats) -> Curve:
    """The cumulative curve of all finite times; it goes through their quantiles."""
    known = np.sort(times[np.isfinite(times)])
    if not len(known):
        return Curve(known, known, known)
    place = np.linspace(0, len(known) - 1, min(POINTS, max(len(known), 2)))
    share = place / (len(known) - 1) if len(known) > 1 else np.array([0.0, 1.0])
    return Curve(np.interp(place, np.arange(len(known)), known), share, known)


def histogram(gaps: Floats) -> Histogram:
    """Bars of a round width, one of which begins at 0."""
    equal = np.abs(gaps) <= SAME
    some = gaps[~equal]
    if not len(some):
        return Histogram(np.zeros(1), np.zeros(0, np.int64), int(equal.sum()))
    low, high = min(float(some.min()), 0.0), max(float(some.max()), 0.0)
    width = round_step((high - low) / BARS)
    edges = width * np.arange(np.floor(low / width), np.ceil(high / width) + 1)
    counts, _ = np.histogram(some, edges)
    return Histogram(edges, counts.astype(np.int64), int(equal.sum()))


def round_step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, 20, 50 … (and tenths of them) that is not below ``least``."""
    power = 10.0 ** np.floor(np.log10(max(least, 1e-6)))
    return float(next(power * m for m in (1, 2, 5, 10) if power * m >= least * (1 - 1e-12)))


def course(side: Timed, days: Sequence[date]) -> Course:
    """Start rates at the end of each of some dates in order, with their intervals."""
    clock = np.array([side.plan.calendar.clock_of(day) + 1 for day in days])
    signed, started = (_counted_by(clock, times) for times in (side.signed, side.started))
    rates = [ratio(started[:, n], signed[:, n]).share() for n in range(len(days))]
    return Course(tuple(days), tuple(rates))


def _counted_by(clock: Floats, times: Floats) -> Floats:
    """(replication, moment) how many times come before each of some growing moments."""
    moment = np.searchsorted(clock, times, side="right")
    row = np.arange(len(times))[:, None] * (len(clock) + 1)
    flat = np.bincount((row + moment).ravel(), minlength=len(times) * (len(clock) + 1))
    by_moment = flat.reshape(len(times), len(clock) + 1).cumsum(axis=1)
    return by_moment[:, :-1].astype(np.float64)


def _course_dates(sides: Sequence[Timed], dates: Sequence[date]) -> tuple[date, ...]:
    """Ends and middles of months, or ends of months or years, over all signings and starts."""
    first, last = [], list(dates)
    for side in sides:
        calendar = side.plan.calendar
        first.append(calendar.date_of(float(side.signed.min())))
        known = side.started[np.isfinite(side.started)]
        latest = float(np.quantile(known, _ENOUGH)) if len(known) else float(side.signed.max())
        last.append(calendar.date_of(latest))
    begin, end = min(first), max(last)
    for halves, months in ((True, 1), (False, 1), (False, 3), (False, 12)):
        found = tuple(_month_ends(begin, end, months, halves))
        if len(found) <= DATES:
            return found
    return found[:: -(-len(found) // DATES)]


def _month_ends(begin: date, end: date, months: int, halves: bool) -> Iterator[date]:
    """Ends of every so many months (and the 15th), to the first that is not before ``end``."""
    month = begin.year * 12 + begin.month - 1
    while True:
        for day in _days_of(month, halves):
            if day >= begin:
                yield day
            if day >= end:
                return
        month += months


def _days_of(month: int, halves: bool) -> Iterator[date]:
    if halves:
        yield date(month // 12, month % 12 + 1, 15)
    yield date((month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)


def _common_signing(sides: Sequence[Timed]) -> date | None:
    found = {
        side.plan.calendar.date_of(float(moment))
        for side in sides
        for moment in (side.signed.min(), side.signed.max())
    }
    return found.pop() if len(found) == 1 else None
