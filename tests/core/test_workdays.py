"""The working calendar against a count day by day, and against what was published."""

import functools
import math
from datetime import date, timedelta

import chinese_calendar
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from approvalsim.workdays import (
    CalendarKind,
    Festival,
    WorkingCalendar,
    festivals,
    spring_festivals,
    working_calendar,
)

PUBLISHED_UNTIL = max(chinese_calendar.holidays).year

# ------------------------------------------------------------------ the calendar, day by day

START = date(2022, 1, 1)  # a Saturday
DAYS = st.dates(START, date(2026, 12, 31))
KINDS = st.sampled_from(CalendarKind)
published_workday = functools.cache(chinese_calendar.is_workday)
CALENDARS = {kind: working_calendar(START, kind) for kind in CalendarKind}
# Whole days and halves are as likely as anything between: ties at midnight are what goes wrong.
TIMES = st.one_of(
    st.integers(0, 1800).map(float),
    st.integers(0, 3600).map(lambda half: half / 2),
    st.floats(0.0, 1800.0),
)
WORK = st.one_of(
    st.integers(0, 120).map(float),
    st.integers(0, 240).map(lambda half: half / 2),
    st.floats(0.0, 120.0),
)


@st.composite
def calendars(draw):
    """A calendar of any kind over 2022–2026 with random exceptions, and its working days."""
    kind = draw(KINDS)
    holidays = draw(st.sets(DAYS, max_size=20))
    workdays = draw(st.sets(DAYS, max_size=20)) - holidays
    return working_calendar(START, kind, holidays, workdays, years=5), kind, holidays, workdays


def works(day, kind, holidays=(), workdays=()):
    if day in holidays or day in workdays:
        return day in workdays
    if kind == CalendarKind.CHINA:
        return published_workday(day)
    return kind == CalendarKind.EVERYDAY or day.weekday() < 5


def count_elapsed(t, *rules):
    """W(t), adding day to day."""
    return sum(
        min(1.0, t - day)
        for day in range(math.ceil(t))
        if works(START + timedelta(days=day), *rules)
    )


def count_end(begin, work, *rules):
    """The end of work, spending it day by day."""
    now = begin
    while work > 0:
        day = math.floor(now)
        if works(START + timedelta(days=day), *rules):
            if work <= day + 1 - now:
                return now + work
            work -= day + 1 - now
        now = day + 1.0
    return now


@given(calendars())
def test_a_day_works_if_its_rules_say_so(drawn):
    calendar, *rules = drawn
    days = (date(2027, 1, 1) - START).days
    expected = [works(START + timedelta(days=day), *rules) for day in range(days)]
    assert calendar.is_working[:days].tolist() == expected


@given(calendars(), st.floats(0.0, 1400.0))
def test_elapsed_is_the_count_day_by_day(drawn, t):
    calendar, *rules = drawn
    assert calendar.elapsed(t) == pytest.approx(count_elapsed(t, *rules), abs=1e-9)


@given(calendars(), TIMES.map(lambda t: t * 0.8), WORK)
def test_work_ends_where_spending_it_day_by_day_ends(drawn, begin, work):
    calendar, *rules = drawn
    # A share of 1e-12 of a day more or less may decide whether a day suffices.
    earliest = count_end(begin, max(0.0, work - 1e-10), *rules)
    latest = count_end(begin, work + 1e-10, *rules)
    assert earliest - 1e-9 <= calendar.end_of(begin, work) <= latest + 1e-9


@given(calendars(), st.integers(0, 1400), st.integers(1, 90))
def test_whole_days_are_exact(drawn, begin, work):
    calendar, *rules = drawn
    assert calendar.elapsed(float(begin)) == count_elapsed(begin, *rules)
    assert calendar.end_of(float(begin), float(work)) == count_end(begin, work, *rules)


def test_the_derived_arrays_count_the_same_days():
    calendar = CALENDARS[CalendarKind.CHINA]
    running = [0]
    for working in calendar.is_working.tolist():
        running.append(running[-1] + working)
    assert calendar.worked_before.tolist() == running
    assert calendar.is_working[calendar.day_of_workday].all()
    assert len(calendar.day_of_workday) == running[-1]
    assert (np.diff(calendar.day_of_workday) > 0).all()


# ------------------------------------------------------------------ what must hold of time


@given(KINDS, st.floats(0.0, 20_000.0), st.floats(0.0, 20_000.0))
def test_working_time_never_runs_backwards_nor_faster_than_the_clock(kind, one, other):
    early, late = sorted((one, other))
    calendar = CALENDARS[kind]
    gained = calendar.elapsed(late) - calendar.elapsed(early)
    assert 0.0 <= gained <= (late - early) * (1 + 1e-12) + 1e-9


@given(KINDS, st.floats(0.0, 20_000.0), st.floats(0.0, 5_000.0))
def test_the_work_has_elapsed_at_its_end(kind, begin, work):
    calendar = CALENDARS[kind]
    end = calendar.end_of(begin, work)
    assert end >= begin
    assert calendar.elapsed(end) == pytest.approx(calendar.elapsed(begin) + work, abs=1e-9)


@given(KINDS, st.floats(0.0, 20_000.0), st.floats(0.001, 500.0))
def test_the_end_is_the_earliest_such_moment(kind, begin, work):
    calendar = CALENDARS[kind]
    sooner = calendar.end_of(begin, work) - 1e-6
    assert calendar.elapsed(sooner) < calendar.elapsed(begin) + work


@given(KINDS, TIMES, TIMES, WORK, WORK)
def test_later_begun_or_longer_work_never_ends_earlier(kind, one, other, less, more):
    calendar = CALENDARS[kind]
    early, late = sorted((one, other))
    less, more = sorted((less, more))
    assert calendar.end_of(early, less) <= calendar.end_of(late, less)
    assert calendar.end_of(early, less) <= calendar.end_of(early, more)


@given(KINDS, st.floats(0.0, 1e6))
@example(CalendarKind.CHINA, 0.0)  # START is a day off: no working day lies before it
@example(CalendarKind.CHINA, 1.5)
def test_no_work_ends_as_it_begins(kind, begin):
    assert CALENDARS[kind].end_of(begin, 0.0) == begin


@given(st.floats(0.0, 1e6), st.floats(0.0, 1e5))
@example(5e-324, 5e-324)
@example(0.1, 0.2)
@example(math.nextafter(1.0, 0.0), 5e-324)
@example(float(len(CALENDARS[CalendarKind.EVERYDAY].is_working)), 0.0)
def test_if_all_days_work_then_working_time_is_clock_time_to_the_bit(begin, work):
    calendar = CALENDARS[CalendarKind.EVERYDAY]
    assert calendar.elapsed(begin) == begin
    assert calendar.end_of(begin, work) == begin + work


@given(calendars(), st.floats(0.0, 2000.0), st.floats(0.0, 500.0))
def test_the_end_is_formed_as_the_docstring_says_to_the_bit(drawn, begin, work):
    calendar = drawn[0]
    day = math.floor(begin)
    if day >= len(calendar.is_working):
        return
    started = int(calendar.worked_before[day]) + (begin - day if calendar.is_working[day] else 0)
    assert calendar.elapsed(begin) == started
    target = started + work
    k = math.floor(target)
    if k >= len(calendar.day_of_workday) or work == 0.0:
        return
    if target == k:
        end = int(calendar.day_of_workday[k - 1]) + 1.0
    else:
        end = int(calendar.day_of_workday[k]) + (target - k)
    assert calendar.end_of(begin, work) == max(begin, end)


# ------------------------------------------------------------------ midnights

MONDAY = date(2024, 1, 1)
WEEKDAYS = working_calendar(MONDAY, CalendarKind.WEEKDAYS)


@pytest.mark.parametrize(
    ("begin", "work", "end"),
    [
        (0.0, 5.0, 5.0),  # Monday 00:00 and five days: Saturday 00:00, not Monday 00:00
        (0.0, 5.25, 7.25),
        (4.5, 0.5, 5.0),  # Friday noon and half a day
        (4.5, 1.0, 7.5),
        (5.0, 1.0, 8.0),  # Saturday 00:00, Saturday noon, Monday 00:00: all of Monday
        (5.5, 1.0, 8.0),
        (7.0, 1.0, 8.0),
        (5.5, 0.25, 7.25),
        (6.5, 5.0, 12.0),
        (0.0, 260.0, 52 * 7 - 2.0),
    ],
)
def test_work_that_fills_its_last_day_ends_at_that_days_midnight(begin, work, end):
    assert WEEKDAYS.end_of(begin, work) == end


def test_an_amount_too_small_to_count_does_not_end_before_it_began():
    assert WEEKDAYS.end_of(5.5, 1e-300) == 5.5


# ------------------------------------------------------------------ beyond the table

SHORT = {kind: working_calendar(START, kind, years=1) for kind in CalendarKind}


def test_the_table_ends_just_before_a_monday():
    for years in range(1, 9):
        for shift in range(7):
            start = START + timedelta(days=shift)
            calendar = working_calendar(start, CalendarKind.WEEKDAYS, years=years)
            end = calendar.date_of(float(len(calendar.is_working)))
            assert end.weekday() == 0
            assert 0 <= (end - start.replace(year=start.year + years)).days < 7


@pytest.mark.parametrize("kind", [CalendarKind.WEEKDAYS, CalendarKind.EVERYDAY])
@given(
    t=st.one_of(st.integers(300, 10_000).map(float), st.floats(300.0, 10_000.0)),
    work=st.one_of(st.integers(0, 500).map(float), st.floats(0.0, 500.0)),
)
@example(t=366.0, work=1.0)  # the last day of the table, the Sunday 2023-01-01
@example(t=364.0, work=1.0)
@example(t=364.0, work=2.0)
@example(t=367.0, work=1.0)
def test_beyond_its_table_a_calendar_of_plain_weeks_goes_on_as_a_longer_one(kind, t, work):
    assert SHORT[kind].elapsed(t) == CALENDARS[kind].elapsed(t)
    assert SHORT[kind].end_of(t, work) == CALENDARS[kind].end_of(t, work)


def test_beyond_its_table_the_china_calendar_works_from_monday_to_friday():
    calendar = SHORT[CalendarKind.CHINA]
    end = float(len(calendar.is_working))
    worked = float(calendar.worked_before[-1])
    by_day = [calendar.elapsed(end + day) - worked for day in range(10)]
    assert by_day == [0, 1, 2, 3, 4, 5, 5, 5, 6, 7]
    assert calendar.elapsed(math.nextafter(end, 0.0)) <= worked == calendar.elapsed(end)


def test_a_calendar_whose_table_has_no_working_day_waits_for_the_first_beyond_it():
    calendar = WorkingCalendar(MONDAY, np.zeros(7, dtype=np.bool_))
    assert calendar.end_of(0.0, 0.0) == 0.0
    assert calendar.end_of(0.0, 1.0) == 8.0
    assert calendar.end_of(3.0, 5.5) == 14.5


# ------------------------------------------------------------------ China


def china(start, years=1):
    return working_calendar(start, CalendarKind.CHINA, years=years)


def working(calendar, *days):
    return [bool(calendar.is_working[int(calendar.clock_of(day))]) for day in days]


def span(first, last):
    return [first + timedelta(days=day) for day in range((last - first).days + 1)]


def test_2023_is_as_the_state_council_published_it():
    """国办发明电〔2022〕16号."""
    calendar = china(date(2022, 12, 26), years=2)
    off = [
        *span(date(2022, 12, 31), date(2023, 1, 2)),
        *span(date(2023, 1, 21), date(2023, 1, 27)),
        date(2023, 4, 5),
        *span(date(2023, 4, 29), date(2023, 5, 3)),
        *span(date(2023, 6, 22), date(2023, 6, 24)),
        *span(date(2023, 9, 29), date(2023, 10, 6)),
    ]
    on = [(1, 28), (1, 29), (4, 23), (5, 6), (6, 25), (10, 7), (10, 8)]
    assert not any(working(calendar, *off))
    assert all(working(calendar, *(date(2023, month, day) for month, day in on)))
    exceptions = {*off, *(date(2023, month, day) for month, day in on)}
    others = [d for d in span(date(2023, 1, 1), date(2023, 12, 29)) if d not in exceptions]
    assert working(calendar, *others) == [day.weekday() < 5 for day in others]


def test_2025_is_as_the_state_council_published_it():
    """国办发明电〔2024〕12号."""
    calendar = china(date(2025, 1, 1))
    off = [
        date(2025, 1, 1),
        *span(date(2025, 1, 28), date(2025, 2, 4)),
        *span(date(2025, 4, 4), date(2025, 4, 6)),
        *span(date(2025, 5, 1), date(2025, 5, 5)),
        *span(date(2025, 5, 31), date(2025, 6, 2)),
        *span(date(2025, 10, 1), date(2025, 10, 8)),
    ]
    on = [(1, 26), (2, 8), (4, 27), (9, 28), (10, 11)]
    assert not any(working(calendar, *off))
    assert all(working(calendar, *(date(2025, month, day) for month, day in on)))
    exceptions = {*off, *(date(2025, month, day) for month, day in on)}
    others = [d for d in span(date(2025, 1, 1), date(2025, 12, 31)) if d not in exceptions]
    assert working(calendar, *others) == [day.weekday() < 5 for day in others]


def test_all_published_years_are_as_chinesecalendar_has_them():
    calendar = china(date(2004, 1, 1), years=30)
    days = span(date(2004, 1, 1), date(PUBLISHED_UNTIL, 12, 31))
    assert working(calendar, *days) == [chinese_calendar.is_workday(day) for day in days]


@pytest.mark.parametrize(
    ("year", "workdays"), [(2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)]
)
def test_a_published_year_has_the_known_number_of_working_days(year, workdays):
    calendar = china(date(year, 1, 1))
    assert calendar.elapsed(calendar.clock_of(date(year + 1, 1, 1))) == workdays


def test_assumed_years_have_thirteen_days_off_or_one_less_if_two_festivals_meet():
    calendar = china(date(2035, 1, 1), years=17)
    for year in range(2035, 2051):
        days = span(date(year, 1, 1), date(year, 12, 31))
        weekdays = sum(day.weekday() < 5 for day in days)
        assert weekdays - sum(working(calendar, *days)) in (12, 13)
        assert not any(working(calendar, *(day for day in days if day.weekday() >= 5)))


def test_an_assumed_year_has_the_statutory_days_off_and_those_made_up_for_weekends():
    calendar = china(date(2035, 1, 1))
    eve_to_third_day = span(date(2035, 2, 7), date(2035, 2, 10))  # Wednesday to Saturday
    made_up = date(2035, 2, 12)
    assert not any(working(calendar, date(2035, 1, 1), *eve_to_third_day, made_up))
    assert all(working(calendar, date(2035, 2, 6), date(2035, 2, 13), date(2035, 12, 31)))


def test_weekends_worked_before_the_first_published_year_go_with_the_days_off_for_them():
    calendar = china(date(2003, 1, 1))
    assert working(calendar, date(2003, 2, 7), date(2003, 2, 8)) == [False, True]


def test_the_first_assumed_date_follows_the_last_published_year():
    assert PUBLISHED_UNTIL >= 2026
    following = date(PUBLISHED_UNTIL + 1, 1, 1)
    assert china(START, years=30).first_assumed == following
    assert china(date(PUBLISHED_UNTIL, 6, 1)).first_assumed == following
    assert china(date(PUBLISHED_UNTIL + 3, 6, 1)).first_assumed == date(PUBLISHED_UNTIL + 3, 6, 1)
    assert china(date(2003, 6, 1), years=2).first_assumed == date(2003, 6, 1)


def test_nothing_is_assumed_within_the_published_years_nor_without_holidays():
    assert china(START, years=2).first_assumed is None
    assert CALENDARS[CalendarKind.WEEKDAYS].first_assumed is None
    assert CALENDARS[CalendarKind.EVERYDAY].first_assumed is None


def test_exceptions_do_not_change_what_is_assumed():
    following = date(PUBLISHED_UNTIL + 1, 1, 1)
    calendar = working_calendar(START, holidays=span(following, following + timedelta(days=6)))
    assert calendar.first_assumed == following


def test_china_is_the_calendar_unless_another_is_chosen():
    assert (working_calendar(START).is_working == CALENDARS[CalendarKind.CHINA].is_working).all()


def test_a_kind_may_be_given_by_its_name():
    for name in ("china", "weekdays", "everyday"):
        named = working_calendar(START, CalendarKind(name))
        assert (named.is_working == CALENDARS[name].is_working).all()
        assert (working_calendar(START, name).is_working == named.is_working).all()


# ------------------------------------------------------------------ a scenario's own exceptions


def test_exceptions_win_over_everything():
    make_up, holiday = date(2023, 1, 28), date(2023, 1, 23)
    calendar = working_calendar(START, holidays=[make_up], workdays=[holiday])
    assert working(calendar, make_up, holiday) == [False, True]
    everyday = working_calendar(START, CalendarKind.EVERYDAY, holidays=[make_up])
    assert working(everyday, make_up) == [False]


def test_exceptions_outside_the_table_have_no_effect():
    outside = [START - timedelta(days=1), date(2060, 1, 5)]
    calendar = working_calendar(START, holidays=outside[:1], workdays=outside[1:])
    assert (calendar.is_working == CALENDARS[CalendarKind.CHINA].is_working).all()


def test_a_date_cannot_be_both_a_holiday_and_a_workday():
    days = [date(2024, 5, 1), date(2024, 5, 2)]
    with pytest.raises(ValueError, match="both a holiday and a workday: 2024-05-02"):
        working_calendar(START, holidays=days, workdays=days[1:])


# ------------------------------------------------------------------ dates and edges


def test_a_leap_day_counts_and_may_be_the_start():
    calendar = working_calendar(date(2024, 2, 29), CalendarKind.WEEKDAYS, years=1)
    assert calendar.date_of(0.0) == date(2024, 2, 29)
    assert calendar.date_of(1.0) == date(2024, 3, 1)
    assert calendar.date_of(len(calendar.is_working) - 1.0) == date(2025, 3, 2)
    assert calendar.clock_of(date(2028, 3, 1)) == 365 * 4 + 2


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.floats(0.0, 0.999))
def test_a_date_and_its_clock_belong_together(day, share):
    calendar = CALENDARS[CalendarKind.CHINA]
    clock = calendar.clock_of(day)
    assert isinstance(clock, float)
    assert calendar.date_of(clock) == day
    assert calendar.date_of(clock + share) == day


def test_a_date_before_the_start_has_a_negative_clock():
    assert WEEKDAYS.clock_of(date(2023, 12, 31)) == -1.0
    assert WEEKDAYS.date_of(-0.5) == date(2023, 12, 31)


@pytest.mark.parametrize("t", [-1.0, -1e-9, math.nan, math.inf])
def test_a_time_before_the_start_or_without_end_is_refused(t):
    with pytest.raises(ValueError, match="finite and not negative"):
        WEEKDAYS.elapsed(t)


@pytest.mark.parametrize("work", [-1.0, math.nan])
def test_negative_work_is_refused(work):
    with pytest.raises(ValueError, match="must not be negative"):
        WEEKDAYS.end_of(3.0, work)


def test_a_calendar_of_no_years_is_refused():
    with pytest.raises(ValueError, match="at least one year"):
        working_calendar(START, years=0)


def test_a_table_that_ends_within_a_week_is_refused():
    with pytest.raises(ValueError, match="just before a Monday"):
        WorkingCalendar(MONDAY, np.ones(6, dtype=np.bool_))


@pytest.mark.parametrize("name", ["is_working", "worked_before", "day_of_workday"])
def test_its_arrays_are_read_only(name):
    array = getattr(WEEKDAYS, name)
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 0


def test_it_does_not_share_its_table_with_whoever_made_it():
    table = np.ones(7, dtype=np.bool_)
    calendar = WorkingCalendar(MONDAY, table, weekly=False)
    table[:] = False
    assert calendar.is_working.all()
    assert calendar.worked_before.dtype == calendar.day_of_workday.dtype == np.int64


# ------------------------------------------------------------------ the Spring Festival


def test_spring_festivals_are_lunar_new_years_days_and_not_their_eves():
    assert spring_festivals(2022, 2028) == (
        date(2022, 2, 1),
        date(2023, 1, 22),
        date(2024, 2, 10),
        date(2025, 1, 29),
        date(2026, 2, 17),
        date(2027, 2, 6),
        date(2028, 1, 26),
    )
    assert spring_festivals(2008, 2013) == (  # years in which the Eve was a statutory holiday
        date(2008, 2, 7),
        date(2009, 1, 26),
        date(2010, 2, 14),
        date(2011, 2, 3),
        date(2012, 1, 23),
        date(2013, 2, 10),
    )


def test_spring_festivals_are_known_from_1950_to_2100_and_fall_between_january_and_february():
    festivals = spring_festivals(1950, 2100)
    assert [day.year for day in festivals] == list(range(1950, 2101))
    assert all((1, 21) <= (day.month, day.day) <= (2, 21) for day in festivals)


@pytest.mark.parametrize(("years", "missing"), [((1949, 1950), 1949), ((2099, 2101), 2101)])
def test_a_year_without_a_known_spring_festival_is_an_error_that_names_it(years, missing):
    with pytest.raises(ValueError, match=f"no date of the Spring Festival is known for {missing}"):
        spring_festivals(*years)


def test_no_years_have_no_spring_festivals():
    assert spring_festivals(2024, 2023) == ()


def test_published_breaks_have_their_names_and_all_their_days():
    assert festivals(date(2022, 1, 15), date(2022, 4, 30)) == (
        Festival("春节", date(2022, 1, 31), date(2022, 2, 6)),
        Festival("清明", date(2022, 4, 3), date(2022, 4, 5)),
        Festival("劳动节", date(2022, 4, 30), date(2022, 4, 30)),
    )


def test_years_that_are_not_published_have_their_statutory_days_by_name():
    found = festivals(date(2028, 1, 1), date(2028, 12, 31))
    assert {each.name for each in found} >= {"元旦", "春节", "清明", "劳动节", "端午", "国庆"}
    new_year = next(each for each in found if each.name == "春节")
    assert new_year.first <= date(2028, 1, 26) <= new_year.last
