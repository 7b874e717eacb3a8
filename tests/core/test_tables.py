"""Many duration tables in one flat array."""

import numpy as np
import pytest
from durations import ANY, duration, read
from hypothesis import given
from hypothesis import strategies as st

from approvalsim.distributions import quantile_table
from approvalsim.tables import NO_TIME, TableBuilder

U = np.concatenate([[2.0**-53], (np.arange(97) + 0.5) / 97, [1 - 2.0**-53]])


def built(*durations, every_day_works=False):
    """Tables of durations in calendar days, and their indices."""
    builder = TableBuilder(every_day_works)
    indices = [builder.add(one, "days") for one in durations]
    return builder.build(), indices


@given(st.lists(ANY, min_size=1, max_size=8))
def test_a_table_among_others_reads_as_it_does_alone(durations):
    tables, indices = built(*durations)
    for index, one in zip(indices, durations, strict=True):
        assert (tables.read(index, U) == read(one, U)).all()


@given(st.lists(ANY, min_size=1, max_size=8))
def test_the_tables_stand_one_behind_the_other(durations):
    tables, indices = built(*durations)
    assert tables.start[0] == 0
    assert (tables.start[1:] == tables.start[:-1] + tables.cells[:-1] + 1).all()
    assert tables.start[-1] + tables.cells[-1] + 1 == len(tables.knots)
    for index, one in zip(indices, durations, strict=True):
        first, table = tables.start[index], quantile_table(one)
        assert (tables.knots[first : first + tables.cells[index] + 1] == table.knots).all()
        assert tables.warped[index] == table.warped


def test_the_first_table_takes_no_time_whatever_the_draw():
    tables, (index,) = built(None)
    assert index == NO_TIME
    assert not tables.read(NO_TIME, U).any()
    assert not tables.workdays[NO_TIME]


def test_a_table_for_each_cell_is_read_at_its_own_draw():
    steep, flat = duration("uniform", min=0, max=10), duration("fixed", value=3)
    curved = duration("triangular", min=1, mode=2, max=9)
    tables, (a, b, c) = built(steep, flat, curved)
    index = np.array([[a, b, c], [c, c, NO_TIME]])
    u = np.array([[0.25, 0.25, 0.25], [0.5, 0.75, 0.9]])
    found = tables.read(index, u)
    one_by_one = [
        [float(tables.read(i, np.array([d]))[0]) for i, d in zip(*row, strict=True)]
        for row in zip(index.tolist(), u.tolist(), strict=True)
    ]
    assert found.tolist() == one_by_one
    assert found[0, :2].tolist() == [2.5, 3.0]
    assert tables.read(index[0], np.array([[0.25], [0.5]])).shape == (2, 3)


def test_equal_durations_share_a_table_and_different_units_do_not():
    builder = TableBuilder(every_day_works=False)
    five = duration("fixed", value=5)
    first = builder.add(five, "days")
    assert builder.add(duration("fixed", value=5, unit="days", note="again"), "workdays") == first
    in_workdays = builder.add(five, "workdays")
    assert in_workdays != first
    assert builder.add(duration("fixed", value=5, unit="workdays"), "days") == in_workdays
    assert builder.add(five, "days", 2.0) not in (first, in_workdays)
    tables = builder.build()
    assert tables.workdays.tolist() == [False, False, True, False]
    assert tables.read(np.arange(4), np.full(4, 0.5)).tolist() == [0.0, 5.0, 5.0, 10.0]


@pytest.mark.parametrize("every_day_works", [False, True])
def test_where_every_day_is_worked_workdays_are_days(every_day_works):
    builder = TableBuilder(every_day_works)
    days = builder.add(duration("fixed", value=5), "days")
    workdays = builder.add(duration("fixed", value=5), "workdays")
    assert (days == workdays) == every_day_works
    assert builder.build().workdays.any() != every_day_works


def test_tables_are_read_only():
    tables, _ = built(duration("fixed", value=5), duration("gamma", shape=2, mean=9))
    for array in vars(tables).values():
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_thousands_of_tables_outlive_the_cache_they_came_from():
    durations = [duration("fixed", value=i / 100) for i in range(5000)]
    tables, indices = built(*durations, *durations[:10])
    assert tables.read(np.array(indices[:5000]), np.full(5000, 0.5)).tolist() == [
        i / 100 for i in range(5000)
    ]
    assert tables.read(np.array(indices[5000:]), np.full(10, 0.5)).tolist() == [
        i / 100 for i in range(10)
    ]
