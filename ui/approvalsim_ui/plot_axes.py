"""Axes of charts: where ticks stand, what they say, and ranges that do not jump."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, isfinite

from PySide6.QtCore import QDate

from approvalsim_ui import language
from approvalsim_ui.pictures import round_step

Ticks = list[tuple[float, str]]
_MARGIN = 1e-9


@dataclass
class SteadyRange:
    """The range of an axis while its values move: it grows at once and shrinks only when settled.

    So an axis stands still under a drag, and fits its values again after it.
    """

    low: float = 0.0
    high: float = 0.0

    def take_in(self, low: float, high: float, steps: int = 8) -> None:
        """Grow, if need be, to round bounds around the values."""
        low, high = rounded_out(low, high, steps)
        if self.low == self.high:
            self.low, self.high = low, high
        self.low, self.high = min(self.low, low), max(self.high, high)

    def settle(self, low: float, high: float, steps: int = 8) -> None:
        """Fit round bounds to the values."""
        self.low, self.high = rounded_out(low, high, steps)


def rounded_out(low: float, high: float, steps: int) -> tuple[float, float]:
    """Bounds at multiples of a round step, about so many of them apart; as they are for 0."""
    if not (isfinite(low) and isfinite(high)) or high - low < _MARGIN:
        middle = low if isfinite(low) else 0.0
        low, high = middle - 0.5, middle + 0.5
    if not steps:
        return low, high
    step = round_step((high - low) / steps)
    return step * floor(low / step + _MARGIN), step * ceil(high / step - _MARGIN)


def number_ticks(low: float, high: float, most: int) -> Ticks:
    """Ticks at multiples of a round step, not more than ``most``."""
    step = round_step((high - low) / max(most, 1))
    decimals = 0 if step >= 1 else 1
    first, last = ceil(low / step - _MARGIN), floor(high / step + _MARGIN)
    return [(n * step, language.number(n * step, decimals)) for n in range(first, last + 1)]


def share_ticks(marks: Sequence[float]) -> Ticks:
    """Ticks at some shares."""
    return [(mark, language.percent(mark)) for mark in marks]


def date_ticks(low: float, high: float, most: int) -> Ticks:
    """Ticks at the beginnings of months or years; positions are ordinals of days.

    The year stands at the first tick and at every January.
    """
    first, last = date.fromordinal(max(floor(low), 1)), date.fromordinal(max(ceil(high), 1))
    begin, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    step = next((n for n in (1, 2, 3, 6, 12, 24, 60) if (end - begin) / n < most), 120)
    ticks: Ticks = []
    for month in range(step * ceil(begin / step), end + 1, step):
        day = date(month // 12, month % 12 + 1, 1)
        if low - _MARGIN <= day.toordinal() <= high + _MARGIN:
            ticks.append((float(day.toordinal()), _month(day, with_year=not ticks)))
    return ticks


def _month(day: date, with_year: bool) -> str:
    """2023年, 4月; 2023, Apr."""
    chinese = language.current() == "zh"
    if day.month == 1:
        return f"{day.year}年" if chinese else str(day.year)
    if chinese:
        return f"{day.year}年{day.month}月" if with_year else f"{day.month}月"
    pattern = "MMM yyyy" if with_year else "MMM"
    return language.locale().toString(QDate(day.year, day.month, day.day), pattern)
