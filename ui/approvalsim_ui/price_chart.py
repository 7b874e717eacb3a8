"""What speed costs, beside what it brings: items relaxed, promises broken, days of stop-work."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite

from approvalsim.estimate import Estimate
from approvalsim.summary import CommitmentSummary
from approvalsim_ui import language
from approvalsim_ui.compare_words import interval, joined, side_names
from approvalsim_ui.figures_table import Column, Figures
from approvalsim_ui.legend import Entry
from approvalsim_ui.paired_bars import PairedBars, Row

_ITEMS = ("relaxed", "obligations", "breaches")


@dataclass(frozen=True)
class _Measure(Row):
    """One measure per 100 projects."""

    change: Estimate | None = None


class PriceChart(PairedBars):
    """Per 100 projects a bar for A and one for B; items share a scale, and so do days."""

    def title(self) -> str:  # noqa: D102
        return self.tr("The price of speed")

    def reading(self) -> str:  # noqa: D102
        if self._answer is None:
            return ""
        comparison = self._answer.comparison
        if not (comparison.a.commitments.share or comparison.b.commitments.share):
            return self.tr("Nothing was promised and nothing relaxed on either side: no price.")
        text = self.tr("Per 100 projects B brings {breaches} and {stopped}.").format(
            breaches=self._more_breaches(comparison.price.breaches),
            stopped=self._more_days(comparison.price.stop_work_days),
        )
        effective = comparison.difference.effective_mean
        if not isfinite(effective.value):
            return text
        days = language.number(abs(effective.value), 1)
        more = (
            self.tr("With the days of stop-work added, B is still {days} days earlier on average.")
            if effective.value < 0
            else self.tr("With the days of stop-work added, B is {days} days later on average.")
        )
        return joined((text, more.format(days=days)))

    def figures(self) -> Figures:  # noqa: D102
        columns = (
            Column(self.tr("Per 100 projects")),
            Column("A", "count", "a"),
            Column("B", "count", "b"),
            Column(self.tr("Difference B − A"), "change count"),
        )
        rows = [(row.name, row.a, row.b, row.change) for row in self.rows()]
        return Figures(columns, tuple(rows))

    def entries(self) -> Sequence[Entry]:  # noqa: D102
        if self._answer is None:
            return ()
        a, b = side_names(self._answer)
        return (
            Entry(self.tr("per 100 projects")),
            Entry(f"A {a}", "bar", "side_a"),
            Entry(f"B {b}", "bar", "side_b"),
        )

    def rows(self) -> tuple[_Measure, ...]:
        """Projects, items on one scale, days on another, with the days that B is earlier."""
        if self._answer is None:
            return ()
        comparison = self._answer.comparison
        a, b = comparison.a.commitments, comparison.b.commitments
        items = max(_most(a, b, key) for key in _ITEMS)
        mean = _hundred(comparison.difference.mean)
        gained = abs(mean.value) if isfinite(mean.value) else 0.0
        days = max(_most(a, b, "stop_work_days"), gained)
        nothing = Estimate(0.0, 0.0, 0.0)
        earlier = _negative(mean) if mean.value < 0 else mean
        promises = tuple(
            _Measure(self._name(key), *_both(a, b, key), items or 1.0, change=self._price(key))
            for key in _ITEMS
        )
        stopped = "stop_work_days"
        return (
            _Measure(self._name("share"), *_both(a, b, "share"), 100.0),
            *promises,
            _Measure(
                self._name(stopped),
                *_both(a, b, stopped),
                days or 1.0,
                change=self._price(stopped),
            ),
            _Measure(
                self.tr("days earlier than the other"),
                earlier if mean.value > 0 else nothing,
                earlier if mean.value < 0 else nothing,
                days or 1.0,
            ),
        )

    def _price(self, key: str) -> Estimate | None:
        assert self._answer is not None
        price: Estimate | None = getattr(self._answer.comparison.price, key, None)
        return None if price is None else _hundred(price)

    def _name(self, key: str) -> str:
        return {
            "share": self.tr("projects with a commitment"),
            "relaxed": self.tr("items relaxed"),
            "obligations": self.tr("papers owed"),
            "breaches": self.tr("broken promises"),
            "stop_work_days": self.tr("days of stop-work"),
        }[key]

    def _more_breaches(self, price: Estimate) -> str:
        more = (
            self.tr("{n} more broken promises ({interval})")
            if price.value >= 0
            else self.tr("{n} fewer broken promises ({interval})")
        )
        hundred = _hundred(price)
        return more.format(n=language.number(abs(hundred.value), 2), interval=interval(hundred, 2))

    def _more_days(self, price: Estimate) -> str:
        more = (
            self.tr("{n} more days of stop-work ({interval})")
            if price.value >= 0
            else self.tr("{n} fewer days of stop-work ({interval})")
        )
        hundred = _hundred(price)
        return more.format(n=language.number(abs(hundred.value), 1), interval=interval(hundred))


def _both(a: CommitmentSummary, b: CommitmentSummary, key: str) -> tuple[Estimate, Estimate]:
    return _hundred(getattr(a, key)), _hundred(getattr(b, key))


def _most(a: CommitmentSummary, b: CommitmentSummary, key: str) -> float:
    return max(estimate.value for estimate in _both(a, b, key))


def _hundred(one: Estimate | float) -> Estimate:
    """What is known of one project, for 100; a plain number has no interval."""
    if isinstance(one, Estimate):
        return Estimate(100 * one.value, 100 * one.low, 100 * one.high)
    return Estimate(100 * one, -inf, inf)


def _negative(estimate: Estimate) -> Estimate:
    return Estimate(-estimate.value, -estimate.high, -estimate.low)
