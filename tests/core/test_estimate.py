"""Intervals that cover the truth as often as they claim, also where projects share their luck."""

from math import exp, inf, isnan, nan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from approvalsim.estimate import Estimate, Influence, quantile_differences, quantiles, ratio

EXPERIMENTS, REPLICATIONS, PROJECTS = 1000, 100, 10
SHARES = (0.1, 0.5, 0.8, 0.9)
NORMAL = stats.norm.ppf(SHARES)
SHARED, OWN = 0.4, 0.3
"""Sigmas of the logarithm of a time: what a whole replication shares, what a project has alone."""


def experiment(number):
    """Times of one experiment: a good year is good for all its projects; some never start."""
    luck = np.random.default_rng(number)
    common = luck.standard_normal((REPLICATIONS, 1))
    own = luck.standard_normal((REPLICATIONS, PROJECTS))
    times = 100 * np.exp(SHARED * common + OWN * own)
    gone = luck.random((REPLICATIONS, PROJECTS)) < 0.15
    return np.where(gone, inf, times), common, own


TRUE_MEAN = 100 * exp((SHARED**2 + OWN**2) / 2)
TRUE_QUANTILES = 100 * np.exp(np.hypot(SHARED, OWN) * NORMAL)


def mean_of(times):
    finite = np.isfinite(times)
    return ratio(np.where(finite, times, 0.0).sum(axis=1), finite.sum(axis=1).astype(float))


def coverage(covers):
    """Shares of the experiments in which each interval covered the truth."""
    return np.mean([covers(number) for number in range(EXPERIMENTS)], axis=0)


def holds(estimate, truth):
    return estimate.low <= truth <= estimate.high


# --- coverage ------------------------------------------------------------------------------------


def test_intervals_of_a_mean_cover_the_truth_and_ignoring_replications_would_not():
    def covers(number):
        times, _, _ = experiment(number)
        finite = times[np.isfinite(times)]
        naive = 1.96 * finite.std(ddof=1) / sqrt(len(finite))
        return (
            holds(mean_of(times).estimate(), TRUE_MEAN),
            abs(finite.mean() - TRUE_MEAN) <= naive,
        )

    ours, naive = coverage(covers)
    assert 0.92 <= ours <= 0.98
    assert naive < 0.75  # what treating projects as independent would claim to be 95 %


def test_intervals_of_quantiles_cover_the_truth_and_ignoring_replications_would_not():
    def covers(number):
        times, _, _ = experiment(number)
        ours = [
            holds(found, true)
            for found, true in zip(quantiles(times, SHARES), TRUE_QUANTILES, strict=True)
        ]
        ordered = np.sort(times[np.isfinite(times)])
        half = 1.96 * sqrt(0.25 / len(ordered))  # order statistics of independent times
        low, high = np.quantile(ordered, (0.5 - half, 0.5 + half))
        return (*ours, low <= TRUE_QUANTILES[1] <= high)

    *ours, naive = coverage(covers)
    assert all(0.92 <= share <= 0.98 for share in ours), ours
    assert naive < 0.75


def test_intervals_of_quantile_differences_cover_the_truth_and_know_what_both_share():
    def covers(number):
        times, common, own = experiment(number)
        faster = np.where(np.isfinite(times), 80 * np.exp(SHARED * common + 0.2 * own), inf)
        true = 80 * np.exp(np.hypot(SHARED, 0.2) * NORMAL) - TRUE_QUANTILES
        paired = quantile_differences(times, faster, SHARES)
        apart = [
            sqrt(a.half_width**2 + b.half_width**2)
            for a, b in zip(quantiles(times, SHARES), quantiles(faster, SHARES), strict=True)
        ]
        narrower = [p.half_width < 0.7 * a for p, a in zip(paired, apart, strict=True)]
        return [
            *(holds(found, t) for found, t in zip(paired, true, strict=True)),
            sum(narrower) / len(narrower),
        ]

    *ours, narrower = coverage(covers)
    assert all(0.92 <= share <= 0.98 for share in ours), ours
    assert narrower > 0.9


def test_intervals_of_a_share_cover_the_truth():
    def covers(number):
        times, _, _ = experiment(number)
        started = (times < 100).sum(axis=1).astype(float)
        return holds(ratio(started, np.full(REPLICATIONS, PROJECTS, float)).estimate(), 0.85 / 2)

    assert 0.92 <= coverage(covers) <= 0.98


def test_intervals_of_a_ratio_cover_the_truth_where_replications_differ_in_size():
    def covers(number):
        luck = np.random.default_rng(number)
        sizes = luck.integers(1, 40, REPLICATIONS)
        # Large replications are slow ones: the mean over projects is not the mean of the means.
        totals = sizes * (50 + sizes + luck.standard_normal(REPLICATIONS) * 10)
        return holds(ratio(totals, sizes.astype(float)).estimate(), TRUE_RATIO)

    TRUE_RATIO = 50 + (np.arange(1, 40) ** 2).sum() / np.arange(1, 40).sum()  # noqa: N806
    assert 0.92 <= coverage(covers) <= 0.98


def test_intervals_of_paired_means_cover_the_truth_and_are_narrower_than_unpaired_ones():
    def covers(number):
        times, common, own = experiment(number)
        faster = np.where(np.isfinite(times), 80 * np.exp(SHARED * common + 0.2 * own), inf)
        true = 80 * exp((SHARED**2 + 0.2**2) / 2) - TRUE_MEAN
        a, b = mean_of(times), mean_of(faster)
        paired = b.minus(a)
        return holds(paired.estimate(), true), paired.variance < 0.2 * (a.variance + b.variance)

    ours, narrower = coverage(covers)
    assert 0.92 <= ours <= 0.98
    assert narrower == 1.0


@pytest.mark.parametrize("number", [2, 3, 7, 20])
def test_few_replications_give_wide_intervals_that_still_cover(number):
    def covers(seed):
        means = np.random.default_rng(seed).standard_normal(number)
        return holds(ratio(means, np.ones(number)).estimate(), 0.0)

    assert 0.93 <= coverage(covers) <= 0.97


@pytest.mark.parametrize(("replications", "projects"), [(30, 10), (100, 1), (400, 1)])
def test_intervals_of_quantiles_cover_the_truth_in_runs_of_any_shape(replications, projects):
    def covers(number):
        luck = np.random.default_rng(number)
        common = luck.standard_normal((replications, 1))
        a, b = (
            100 * np.exp(SHARED * common + OWN * luck.standard_normal((replications, projects)))
            for _ in "ab"
        )
        truths = (*TRUE_QUANTILES, 0, 0, 0, 0)
        found = (*quantiles(a, SHARES), *quantile_differences(a, b, SHARES))
        return [holds(estimate, truth) for estimate, truth in zip(found, truths, strict=True)]

    ours = coverage(covers)
    assert 0.93 <= ours.mean() <= 0.97
    assert all(0.91 <= share <= 0.99 for share in ours), ours


# --- values --------------------------------------------------------------------------------------

some_times = st.lists(
    st.lists(st.one_of(st.floats(0, 1000), st.just(inf)), min_size=3, max_size=3),
    min_size=1,
    max_size=50,
).map(np.array)


@given(some_times)
def test_values_are_those_of_all_finite_times_and_lie_inside_their_intervals(times):
    finite = times[np.isfinite(times)]
    found = (mean_of(times).estimate(), *quantiles(times, SHARES))
    if not len(finite):
        assert all(isnan(bound) for e in found for bound in (e.value, e.low, e.high))
        return
    expected = (finite.mean(), *np.quantile(finite, SHARES))
    for estimate, value in zip(found, expected, strict=True):
        assert estimate.value == pytest.approx(value, abs=1e-9)
        assert isnan(estimate.low) or estimate.low <= estimate.value <= estimate.high
        assert isnan(estimate.low) == isnan(estimate.high)


def test_an_interval_of_a_mean_worked_out_by_hand():
    found = ratio(np.array([10.0, 20.0, 60.0]), np.array([1.0, 2.0, 3.0]))
    assert found.value == 15.0
    assert found.by_unit.tolist() == [-2.5, -5.0, 7.5]
    half = stats.t.ppf(0.975, 2) * np.std([-2.5, -5.0, 7.5], ddof=1) / sqrt(3)
    estimate = found.estimate()
    assert estimate.high - 15.0 == pytest.approx(half)
    assert 15.0 - estimate.low == pytest.approx(half)
    assert estimate.half_width == pytest.approx(half)


def test_an_interval_of_a_median_worked_out_by_hand():
    times = np.arange(1.0, 101.0).reshape(50, 2)  # two projects a replication, 1 to 100 days
    (median,) = quantiles(times, (0.5,))
    up_to = np.array([1.0] * 25 + [0.0] * 25)  # the share of each replication
    half = stats.t.ppf(0.975, 49) * up_to.std(ddof=1) / sqrt(50)
    a_share_is_worth = 99.0  # days, everywhere along this line
    assert median.value == 50.5
    assert median.half_width == pytest.approx(half * a_share_is_worth)


def test_differences_are_taken_over_the_pairs_that_are_finite_in_both():
    a = np.array([[1.0, 5.0, inf, 7.0], [2.0, inf, 3.0, 8.0]])
    b = np.array([[2.0, 4.0, 1.0, inf], [4.0, 1.0, 9.0, 9.0]])
    (median,) = quantile_differences(a, b, (0.5,))
    assert median.value == np.median([2, 4, 4, 9, 9]) - np.median([1, 5, 2, 3, 8])
    assert all(e == Estimate(0, 0, 0) for e in quantile_differences(a, a, SHARES))


def test_the_difference_of_an_estimate_with_itself_is_exactly_nothing():
    one = mean_of(experiment(1)[0])
    nothing = one.minus(one)
    assert (nothing.value, nothing.variance) == (0.0, 0.0)
    assert nothing.estimate() == Estimate(0.0, 0.0, 0.0)


# --- too little to tell, and no warning about it -------------------------------------------------


def test_one_replication_has_a_value_and_an_interval_without_end():
    times = np.array([[1.0, 2.0, 6.0]])
    everything = (mean_of(times).estimate(), *quantiles(times, (0.0, 1.0)))
    assert everything == (
        Estimate(3.0, -inf, inf),
        Estimate(1.0, -inf, inf),
        Estimate(6.0, -inf, inf),
    )
    assert all(estimate.half_width == inf for estimate in everything)
    assert isnan(mean_of(times).variance)


@pytest.mark.parametrize("replications", [1, 2, 5, 20, 45])
def test_where_nothing_is_finite_there_is_nothing_to_tell(replications):
    never = np.full((replications, 3), inf)
    for estimate in (
        mean_of(never).estimate(),
        *quantiles(never, SHARES),
        *quantile_differences(never, np.ones((replications, 3)), SHARES),
    ):
        assert isnan(estimate.value)
        assert estimate.half_width == inf


@pytest.mark.parametrize("replications", [2, 3, 20, 45])
def test_what_never_varies_is_known_exactly(replications):
    always = np.full((replications, 3), 7.0)
    exactly = Estimate(7.0, 7.0, 7.0)
    assert mean_of(always).estimate() == exactly
    assert all(estimate == exactly for estimate in quantiles(always, SHARES))
    assert exactly.half_width == 0.0


def test_a_few_replications_that_tell_something_are_enough_for_an_interval():
    times = np.full((40, 1), inf)
    times[:5, 0] = [3.0, 4.0, 5.0, 6.0, 7.0]
    (median,) = quantiles(times, (0.5,))
    assert median.value == 5.0
    assert 1.0 < median.half_width < 4.0


def test_replications_without_a_project_weigh_nothing():
    times = np.array([[4.0, 6.0], [inf, inf], [8.0, 10.0]])
    estimate = mean_of(times).estimate()
    assert estimate.value == 7.0
    influences = mean_of(times).by_unit
    assert influences[1] == 0.0
    assert estimate.half_width == pytest.approx(
        stats.t.ppf(0.975, 2) * np.std(influences, ddof=1) / sqrt(3)
    )


def test_an_influence_that_cannot_be_told_stays_so_in_a_difference():
    never = ratio(np.zeros(4), np.zeros(4))
    assert isnan(never.value)
    assert isnan(never.minus(Influence(1.0, np.zeros(4))).estimate().value)
    assert Estimate(1.0, nan, nan).half_width == inf


def test_the_interval_of_a_share_stays_between_nothing_and_all() -> None:
    started, signed = np.array([1.0, 0.0, 0.0]), np.array([4.0, 4.0, 4.0])
    assert ratio(started, signed).estimate().low < 0
    assert ratio(started, signed).share().low == 0
    assert ratio(signed - started, signed).share().high == 1
