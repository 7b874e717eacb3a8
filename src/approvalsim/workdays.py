"""The working calendar: how much working time lies between two moments.

The only module that knows holidays. Time is a float: calendar days since 00:00 of a start date.
Working time elapses uniformly over working days and not at all on other days, so `W(t)`, the
working days elapsed at time t, is piecewise linear, and everything here follows from it.

>>> calendar = working_calendar(date(2024, 1, 1), CalendarKind.WEEKDAYS)  # a Monday
>>> calendar.end_of(0.0, 5.0)  # five working days from Monday 00:00 end with Friday
5.0
>>> calendar.end_of(4.0, 1.5)  # one and a half from Friday 00:00 end at noon on Monday
7.5
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray


class CalendarKind(StrEnum):
    """Which days are working days, before a scenario's own exceptions."""

    CHINA = "china"
    """Monday to Friday, less the State Council's holidays, plus its make-up workdays (调休)."""
    WEEKDAYS = "weekdays"
    """Monday to Friday, without holidays."""
    EVERYDAY = "everyday"
    """All days, so that working time is calendar time."""


@dataclass(frozen=True, eq=False)
class WorkingCalendar:
    """A table of working days from `start`, continued in plain weeks beyond its end.

    Times are calendar days since 00:00 of `start`, working time is in working days, and days are
    counted from 0, the day `start`. The table must end just before a Monday. Its arrays are
    copies, and read-only. `working_calendar` builds one; see there for what the days are.
    """

    start: date
    """The date whose 00:00 is time zero."""
    is_working: NDArray[np.bool_]
    """For each day of the table, whether it is a working day."""
    first_assumed: date | None = None
    """The first date of the table whose holidays are assumed and not published; None if none."""
    weekly: bool = True
    """Beyond the table: True means Monday to Friday are working days, False that all days are."""

    worked_before: NDArray[np.int64] = field(init=False, repr=False)
    """For each day, and for the end of the table, the number of working days before it."""
    day_of_workday: NDArray[np.int64] = field(init=False, repr=False)
    """For each working day, counted from 0, which day it is."""

    # The same as tuples, which plain Python reads several times faster than arrays.
    _length: float = field(init=False, repr=False)
    _works: tuple[bool, ...] = field(init=False, repr=False)
    _worked: tuple[float, ...] = field(init=False, repr=False)
    _days: tuple[float, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        is_working = np.array(self.is_working, dtype=np.bool_)
        if (self.start.weekday() + len(is_working)) % 7 != 0:
            raise ValueError("the table of working days must end just before a Monday")
        worked_before = np.zeros(len(is_working) + 1, dtype=np.int64)
        np.cumsum(is_working, out=worked_before[1:])
        day_of_workday = np.flatnonzero(is_working).astype(np.int64)
        for array in (is_working, worked_before, day_of_workday):
            array.setflags(write=False)

        derived = {
            "is_working": is_working,
            "worked_before": worked_before,
            "day_of_workday": day_of_workday,
            "_length": float(len(is_working)),
            "_works": tuple(is_working.tolist()),
            "_worked": tuple(worked_before.astype(np.float64).tolist()),
            "_days": tuple(day_of_workday.astype(np.float64).tolist()),
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    def elapsed(self, t: float) -> float:
        """Working days elapsed at time t: `W(t)`, without any rounding.

        t is in calendar days since `start`, finite and not negative (ValueError). With the day
        d = floor(t), W(t) is the number of working days before d, plus t - d if d is one.
        """
        if not 0.0 <= t < self._length:
            return self._elapsed_beyond(t)
        day = int(t)
        worked = self._worked[day]
        return worked + (t - day) if self._works[day] else worked

    def elapsed_all(self, times: NDArray[np.float64]) -> NDArray[np.float64]:
        """`elapsed` for an array of finite times, equal to the last bit."""
        if times.size and times.max() >= self._length:
            return np.array([self.elapsed(t) for t in times.ravel()]).reshape(times.shape)
        day = times.astype(np.int64)
        elapsed: NDArray[np.float64] = self.worked_before[day] + (
            (times - day) * self.is_working[day]
        )
        return elapsed

    def end_of(self, begin: float, working_days: float) -> float:
        """When work of so many working days ends that begins at `begin`.

        It is the earliest time t >= begin with W(t) = W(begin) + working_days, so work that fills
        its last day ends at that day's midnight and not on the next working day's morning. Work
        of 0 ends as it begins. `begin` and the result are calendar days since `start`, finite and
        not negative; neither may `working_days` be negative (ValueError).

        The arithmetic is part of the model, and every engine repeats it to the last bit: with
        target = W(begin) + working_days, k = floor(target) and fraction = target - k, the end is
        the k-th working day's end if fraction is 0, and else fraction after the beginning of the
        working day that follows it; but never before `begin`.
        """
        if not working_days > 0.0:
            if working_days == 0.0:
                return begin
            raise ValueError(f"working days must not be negative: {working_days}")
        target = self.elapsed(begin) + working_days
        whole = int(target)
        fraction = target - whole
        if fraction == 0.0:
            last = whole - 1
            end = 1.0 + (self._days[last] if last < len(self._days) else self._day_beyond(last))
        else:
            end = fraction + (
                self._days[whole] if whole < len(self._days) else self._day_beyond(whole)
            )
        return end if end > begin else begin

    def date_of(self, t: float) -> date:
        """The date of the day that contains time t (calendar days since `start`)."""
        return self.start + timedelta(days=math.floor(t))

    def clock_of(self, day: date) -> float:
        """00:00 of a date in calendar days since `start`; negative before it."""
        return float((day - self.start).days)

    def _elapsed_beyond(self, t: float) -> float:
        """`W(t)` beyond the table: whole weeks, then days from Monday, then the day's part."""
        if not 0.0 <= t < math.inf:
            raise ValueError(f"a time must be finite and not negative: {t}")
        a_week = self._workdays_a_week
        day = math.floor(t)
        weeks, weekday = divmod(day - len(self._works), 7)
        worked = float(len(self._days) + a_week * weeks + min(weekday, a_week))
        return worked + (t - day) if weekday < a_week else worked

    def _day_beyond(self, workday: int) -> float:
        """Which day a working day beyond the table is (both counted from 0)."""
        weeks, weekday = divmod(workday - len(self._days), self._workdays_a_week)
        return float(len(self._works) + 7 * weeks + weekday)

    @property
    def every_day_works(self) -> bool:
        """Whether working days are calendar days, now and for ever."""
        return bool(self.is_working.all()) and not self.weekly

    @property
    def _workdays_a_week(self) -> int:
        return 5 if self.weekly else 7


def working_calendar(
    start: date,
    kind: CalendarKind = CalendarKind.CHINA,
    holidays: Iterable[date] = (),
    workdays: Iterable[date] = (),
    years: int = 30,
) -> WorkingCalendar:
    """The calendar of a kind, with a table from `start` over `years` years and to a week's end.

    `holidays` are extra days off and `workdays` extra working days. They win over everything else,
    in a calendar of any kind; those outside the table have no effect. A date given as both is a
    ValueError.

    The china calendar is exact, make-up workdays included, in the years for which `chinesecalendar`
    holds what the State Council published. In other years its days are assumed: weekends and the
    statutory days off (全国年节及纪念日放假办法), with the next working day off for each of them
    that falls on a weekend (补假), as the `holidays` library computes them for 1950 to 2100. Longer
    breaks and the weekends worked in exchange are decided year by year, so there are none but those
    that library has already. Working days per year come out right to about a day, single dates
    around a holiday do not. `first_assumed` says where that begins.
    """
    return _calendar(start, kind, frozenset(holidays), frozenset(workdays), years)


@lru_cache(maxsize=16)
def _calendar(
    start: date, kind: CalendarKind, days_off: frozenset[date], days_on: frozenset[date], years: int
) -> WorkingCalendar:
    """See `working_calendar`; the variants of one scenario share theirs."""
    if both := sorted(days_off & days_on):
        listed = ", ".join(day.isoformat() for day in both)
        raise ValueError(f"both a holiday and a workday: {listed}")
    if years < 1:
        raise ValueError(f"a calendar needs at least one year, not {years}")

    end = date(start.year + years, start.month, 1) + timedelta(days=start.day - 1)  # 29 February
    end += timedelta(days=-end.weekday() % 7)
    weekday = (np.arange((end - start).days) + start.weekday()) % 7
    is_working = weekday < (7 if kind == CalendarKind.EVERYDAY else 5)
    first_assumed = None
    if kind == CalendarKind.CHINA:
        first_assumed = _mark_china(is_working, start, end)
    _mark(is_working, start, days_off, False)
    _mark(is_working, start, days_on, True)
    return WorkingCalendar(start, is_working, first_assumed, kind != CalendarKind.EVERYDAY)


@lru_cache(maxsize=64)
def spring_festivals(first_year: int, last_year: int) -> tuple[date, ...]:
    """Lunar New Year's Day (正月初一) of each year from first_year to last_year, both included.

    A year outside 1950 to 2100, where the `holidays` library ends, is a ValueError.
    """
    from holidays import country_holidays  # noqa: PLC0415 (slow to import, and rarely needed)

    years = range(first_year, last_year + 1)
    china = country_holidays("CN", years=years, language="zh_CN")
    festival: dict[int, date] = {}
    for day in sorted(china):  # the Eve (农历除夕) has a name of its own
        if "春节" in china.get_list(day):
            festival.setdefault(day.year, day)
    if missing := [year for year in years if year not in festival]:
        raise ValueError(f"no date of the Spring Festival is known for {missing[0]}")
    return tuple(festival[year] for year in years)


@dataclass(frozen=True)
class Festival:
    """Days in a row that are named after the same festival; days of its weekend may be among them.

    `name` is Chinese, as in `FESTIVALS`.
    """

    name: str
    first: date
    last: date


FESTIVALS = ("元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆")
"""What the statutory holidays are called, in the order of the year."""


@lru_cache(maxsize=64)
def festivals(first: date, last: date) -> tuple[Festival, ...]:
    """China's named holidays from `first` to `last`, both included, in order.

    Published breaks have all their days, in other years they are assumed (see `working_calendar`).
    """
    import chinese_calendar  # noqa: PLC0415 (only this calendar needs it)
    from holidays import country_holidays  # noqa: PLC0415 (slow to import, and rarely needed)

    named = {
        day: chinese_calendar.Holiday(word).chinese
        for day, word in chinese_calendar.holidays.items()
    }
    published = {day.year for day in named}
    if assumed := [y for y in range(first.year, last.year + 1) if y not in published]:
        named |= dict(country_holidays("CN", years=assumed, language="zh_CN").items())
    found: list[Festival] = []
    for day in sorted(day for day in named if first <= day <= last):
        word = named[day].replace("除夕", "春节")
        name = next((name for name in FESTIVALS if name in word), None)
        if name is None:
            continue
        if found and found[-1].name == name and found[-1].last == day - timedelta(days=1):
            found[-1] = Festival(name, found[-1].first, day)
        else:
            found.append(Festival(name, day, day))
    return tuple(found)


def _mark_china(is_working: NDArray[np.bool_], start: date, end: date) -> date | None:
    """Mark China's holidays and make-up workdays in a table of weeks from start to before end.

    Returns the first date that is assumed and not published, or None.
    """
    import chinese_calendar  # noqa: PLC0415 (only this calendar needs it)
    from holidays import country_holidays  # noqa: PLC0415 (slow to import, and rarely needed)

    # `chinesecalendar` itself takes its first and last year from the same dictionary.
    published = range(min(chinese_calendar.holidays).year, max(chinese_calendar.holidays).year + 1)
    assumed = [year for year in range(start.year, end.year + 1) if year not in published]
    if assumed:
        statutory = country_holidays("CN", years=assumed)
        _mark(is_working, start, statutory, False)
        # Where the library knows a longer break, it also has the weekends worked for it.
        make_up = (day for day in statutory.weekend_workdays if day.year in assumed)
        _mark(is_working, start, make_up, True)
    _mark(is_working, start, chinese_calendar.holidays, False)
    _mark(is_working, start, chinese_calendar.workdays, True)

    if start.year not in published:
        return start
    first_assumed = date(published.stop, 1, 1)
    return first_assumed if first_assumed < end else None


def _mark(is_working: NDArray[np.bool_], start: date, days: Iterable[date], working: bool) -> None:
    """Set dates in a table of days from start; those outside it are passed over."""
    index = np.array([day.toordinal() for day in days], dtype=np.int64) - start.toordinal()
    is_working[index[(index >= 0) & (index < len(is_working))]] = working
