"""What charts draw: curves, histograms and courses agree with the statistics they stand for."""

from dataclasses import dataclass
from datetime import date
from math import isnan

import numpy as np
import pytest
from answers import policy_answer, same_answer
from hypothesis import given
from hypothesis import strategies as st

from approvalsim.plan import Plan
from approvalsim_ui.pictures import (
    POINTS,
    Floats,
    course,
    curve,
    histogram,
    round_step,
)

days = st.lists(st.floats(-500, 500), min_size=1, max_size=200)


@given(st.lists(st.floats(0, 1_000), max_size=50))
def test_a_curve_goes_up_from_none_to_all_of_those_that_get_there(times: list[float]) -> None:
    drawn = curve(np.array([[*times, np.inf]]))
    assert len(drawn.days) <= POINTS
    assert (np.diff(drawn.days) >= 0).all()
    assert (np.diff(drawn.share) > 0).all()
    if times:
        assert (drawn.share[0], drawn.share[-1]) == (0.0, 1.0)
        assert drawn.within(max(times)) == 1.0
        assert drawn.within(min(times) - 1) == 0.0
    else:
        assert isnan(drawn.within(100))


def test_the_curve_goes_through_the_percentiles_of_the_summary() -> None:
    answer = policy_answer()
    for side, drawn in ((answer.a, answer.pictures.a), (answer.b, answer.pictures.b)):
        for share, estimate in ((0.5, side.summary.times.p50), (0.8, side.summary.times.p80)):
            on_curve = np.interp(share, drawn.share, drawn.days)
            assert on_curve == pytest.approx(estimate.value, abs=0.5)


@given(days)
def test_bars_hold_every_pair_once_and_one_begins_at_zero(gaps: list[float]) -> None:
    drawn = histogram(np.array(gaps))
    assert drawn.pairs == len(gaps)
    assert 0.0 in np.round(drawn.edges, 9)
    if len(drawn.counts):
        below = sum(gap < -1e-9 for gap in gaps)
        assert drawn.counts[drawn.edges[1:] <= 1e-12].sum() == below


def test_bars_agree_with_the_shares_of_the_comparison() -> None:
    answer = policy_answer()
    gaps = answer.pictures.gaps
    earlier = gaps.counts[gaps.edges[1:] <= 0].sum() / gaps.pairs
    later = gaps.counts[gaps.edges[:-1] >= 0].sum() / gaps.pairs
    assert earlier == pytest.approx(answer.comparison.earlier)
    assert later == pytest.approx(answer.comparison.later)
    assert gaps.equal / gaps.pairs == pytest.approx(answer.comparison.equal)


def test_where_nothing_differs_there_are_no_bars() -> None:
    gaps = same_answer().pictures.gaps
    assert len(gaps.counts) == 0
    assert gaps.equal == gaps.pairs == 15


@pytest.mark.parametrize(
    ("least", "step"), [(0.9, 1.0), (1.0, 1.0), (1.1, 2.0), (2.1, 5.0), (7.0, 10.0), (13.0, 20.0)]
)
def test_steps_are_round(least: float, step: float) -> None:
    assert round_step(least) == pytest.approx(step)


def test_the_course_agrees_with_the_start_rates_of_the_summary_to_the_last_bit() -> None:
    answer = policy_answer()
    dates = tuple(rate.date for rate in answer.a.summary.start_rates)
    for side in (answer.a, answer.b):
        asked = tuple(rate.rate for rate in side.summary.start_rates)
        assert course(side, dates).rates == asked


def test_the_course_reaches_from_the_first_signing_to_the_chosen_dates_and_the_last_starts() -> (
    None
):
    answer = policy_answer()
    drawn = answer.pictures.course_a
    assert drawn.dates[0].year == 2022
    assert drawn.dates[-1] >= max(answer.dates)
    assert drawn.rates[-1].value == pytest.approx(answer.a.summary.reach.reached, abs=0.02)
    assert drawn.dates == answer.pictures.course_b.dates


@dataclass(frozen=True, eq=False)
class Times:
    """One side made by hand."""

    plan: Plan
    signed: Floats
    started: Floats


def test_nobody_signed_yet_has_no_start_rate() -> None:
    plan = policy_answer().a.plan
    side = Times(plan, np.array([[10.0]]), np.array([[20.0]]))
    first, second, third = course(
        side, [date(2022, 1, 5), date(2022, 1, 15), date(2022, 1, 31)]
    ).rates
    assert isnan(first.value)
    assert (second.value, third.value) == (0.0, 1.0)


def test_one_date_of_signing_is_known_and_several_are_not() -> None:
    assert same_answer().pictures.signed_on == date(2022, 3, 1)
    assert policy_answer().pictures.signed_on is None
