"""Two experiments side by side: same luck, different rules, and differences worked out by hand."""

from dataclasses import astuple, replace
from datetime import date
from math import inf, isnan, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from networks import fixed
from portfolios import (
    POLICY,
    SHIPPED,
    START,
    compared,
    portfolio,
    ran,
    shipped_run,
    summarised,
    work,
)
from random_scenarios import random_scenarios
from scipy import stats

from approvalsim.errors import ScenarioError
from approvalsim.estimate import Estimate
from approvalsim.facts import joined
from approvalsim.pairing import paired_digest
from approvalsim.simulation import simulate

DATES = (date(2022, 12, 31), date(2023, 12, 31))
NOTHING = Estimate(0.0, 0.0, 0.0)


def started(times):
    """Facts and plan of projects (columns) signed at 0 that started so in replications."""
    times = np.array(times, dtype=float)
    facts, plan = ran(portfolio({"s": work(1)}, listed=times.shape[1]), 1, len(times))
    signed = np.zeros(times.shape)
    project = replace(facts.project, signed=signed, milestone=times[:, :, None])
    return replace(facts, project=project), plan


def estimates(difference):
    """Every estimate of a difference by name."""
    found = {name: getattr(difference, name) for name in vars(difference) if name != "start_rates"}
    return found | {str(day): rate for day, rate in difference.start_rates}


# --- a scenario with itself ----------------------------------------------------------------------


def check_itself(facts, plan, dates=()):
    same = compared(facts, plan, facts, plan, dates)
    reached = np.isfinite(facts.time_to_measure)
    for name, found in estimates(same.difference).items():
        if not isnan(found.value):
            assert found.value == 0.0, name
            assert found.half_width in (0.0, inf), name
            assert found.half_width == 0.0 or len(facts.replications) == 1, name
    assert (same.earlier, same.later, same.large_gain) == (0.0, 0.0, 0.0)
    assert same.equal == (1.0 if reached.any() else 0.0)
    assert set(same.gain_by_stage.values()) == {0.0}
    assert same.gain_elsewhere == 0.0
    assert same.pairs.both == reached.mean()
    assert same.pairs.neither == (~reached).mean()
    assert (same.pairs.only_a, same.pairs.only_b) == (0.0, 0.0)
    assert all(price.value == 0.0 for price in vars(same.price).values())
    assert repr(same.a) == repr(same.b)  # nan is not nan, but written alike
    return same


@pytest.mark.parametrize("name", SHIPPED)
def test_a_scenario_against_itself_differs_by_exactly_nothing(name):
    same = check_itself(*shipped_run(name), DATES)
    assert set(estimates(same.difference).values()) == {NOTHING}
    assert all(price == NOTHING for price in vars(same.price).values())
    assert same.equal == 1.0
    assert same.variance_reduction == inf


@settings(max_examples=25)
@given(random_scenarios())
def test_no_scenario_differs_from_itself(scenario):
    check_itself(*ran(scenario, replications=2), [scenario.start])


# --- by hand -------------------------------------------------------------------------------------

A = [[10.0, 50.0, inf, 30.0], [20.0, 60.0, 40.0, inf]]
B = [[12.0, 10.0, 70.0, 30.0], [15.0, inf, 40.0, inf]]
GAPS = [2.0, -40.0, 0.0, -5.0, 0.0]


def test_differences_are_b_minus_a_over_the_pairs_that_start_in_both():
    found = compared(*started(A), *started(B))
    assert found.difference.mean.value == sum(GAPS) / 5
    of_a, of_b = [10, 50, 30, 20, 40], [12, 10, 30, 15, 40]
    for name, share in (("p10", 0.1), ("p50", 0.5), ("p80", 0.8), ("p90", 0.9)):
        expected = np.quantile(of_b, share) - np.quantile(of_a, share)
        assert getattr(found.difference, name).value == pytest.approx(expected)
    assert astuple(found.pairs) == (5 / 8, 1 / 8, 1 / 8, 1 / 8)
    assert (found.earlier, found.later, found.equal) == (2 / 5, 1 / 5, 2 / 5)
    assert found.large_gain == 1 / 5


def test_the_interval_of_the_mean_is_that_of_the_paired_gaps():
    found = compared(*started(A), *started(B)).difference.mean
    influence = (np.array([-38.0, -5.0]) - np.array([3, 2]) * found.value) / 2.5
    half = stats.t.ppf(0.975, 1) * influence.std(ddof=1) / sqrt(2)
    assert found.half_width == pytest.approx(half)


def test_the_variance_is_reduced_by_what_both_have_in_common():
    luck = np.random.default_rng(1)
    common = luck.uniform(100, 200, (40, 3))
    noise = luck.uniform(-1, 1, (2, 40, 3))
    a, b = common + noise[0], common - 30 + noise[1]
    gap, apart = (b - a).mean(axis=1), (a.mean(axis=1), b.mean(axis=1))
    expected = sum(np.var(means, ddof=1) for means in apart) / np.var(gap, ddof=1)
    assert compared(*started(a), *started(b)).variance_reduction == pytest.approx(expected)
    assert expected > 100
    # Whoever starts in one of them only tells nothing.
    strangers = [np.hstack([times, np.full((40, 1), inf)]) for times in (a, b)]
    strangers[0][:, -1] = luck.uniform(0, 1000, 40)
    assert compared(
        *started(strangers[0]), *started(strangers[1])
    ).variance_reduction == pytest.approx(expected)


def test_a_gain_is_large_beyond_thirty_days():
    found = compared(*started([[100, 100, 100]]), *started([[70, 69.9, 130]]))
    assert found.large_gain == 1 / 3
    assert (found.earlier, found.later) == (2 / 3, 1 / 3)


def test_equal_means_equal_but_for_the_rounding_of_a_clock():
    found = compared(*started([[1.0, 1.0]]), *started([[1.0 + 1e-12, 1.0 + 1e-6]]))
    assert (found.equal, found.later) == (0.5, 0.5)


def test_start_rates_are_compared_at_the_end_of_each_date():
    days = [date(2024, 1, 11), date(2024, 1, 31)]
    rates = dict(compared(*started(A), *started(B), days).difference.start_rates)
    assert rates[days[0]].value == 1 / 8 - 1 / 8
    assert rates[days[1]].value == 4 / 8 - 3 / 8
    assert list(rates) == days


# --- what brings the gain ------------------------------------------------------------------------


def test_gains_are_told_by_stage_and_elsewhere():
    def chain(days, not_before):
        return portfolio(
            {"a": work(days), "b": work(5, "a"), "c": work(2, "b", not_before=not_before)}
        )

    slow, fast = ran(chain(20, date(2024, 2, 1))), ran(chain(8, date(2024, 1, 21)))
    found = compared(*slow, *fast)
    assert found.gain_by_stage == {"a": -12.0, "b": 0.0, "c": 0.0}
    assert found.gain_elsewhere == 1.0  # waiting for the date: 6 days become 7
    assert found.difference.mean.value == -11.0


def test_stages_that_only_one_side_has_count_as_nothing_on_the_other():
    old = portfolio({"a": work(9), "b": work(5, "a")})
    new = portfolio({"a": work(9), "c": work(1, "a")})
    found = compared(*ran(old), *ran(new))
    assert found.gain_by_stage == {"a": 0.0, "b": -5.0, "c": 1.0}
    assert found.difference.mean.value == -4.0


def test_gains_are_over_the_pairs_that_start_in_both():
    def scenario(days):
        stage = work(10, variant=[{"when": {"size": "big"}, "prepare": fixed(days)}])
        listed = [{"attributes": {"size": size}} for size in ("big", "small", "small")]
        later = work(5, "a", not_before=date(2024, 1, 21))
        return portfolio({"a": stage, "b": later}, listed=listed, end=date(2024, 6, 30))

    found = compared(*ran(scenario(15)), *ran(scenario(600)))  # the big one never starts in b
    assert found.gain_by_stage == {"a": 0.0, "b": 0.0}
    assert found.gain_elsewhere == 0.0
    assert found.difference.mean.value == 0.0
    assert found.pairs.only_a == 1 / 3


@pytest.mark.parametrize("name", ["fast-track", "jianghai-2022", "xinhui-2022"])
def test_gains_by_stage_and_elsewhere_add_up_to_the_mean_difference(name):
    found = compared(*shipped_run(name, False), *shipped_run(name, True), DATES)
    parts = sum(found.gain_by_stage.values()) + found.gain_elsewhere
    assert parts == pytest.approx(found.difference.mean.value, abs=1e-6)
    assert found.earlier + found.later + found.equal == pytest.approx(1.0)
    assert sum(astuple(found.pairs)) == pytest.approx(1.0)


@settings(max_examples=25)
@given(random_scenarios())
def test_gains_and_shares_add_up_in_any_scenario(scenario):
    facts = [ran(scenario.with_policy(on), replications=2) for on in (False, True)]
    found = compared(*facts[0], *facts[1])
    assert sum(astuple(found.pairs)) == pytest.approx(1.0)
    if found.pairs.both:
        parts = sum(found.gain_by_stage.values()) + found.gain_elsewhere
        assert parts == pytest.approx(found.difference.mean.value, abs=1e-6)
        assert found.earlier + found.later + found.equal == pytest.approx(1.0)
    else:
        assert isnan(found.difference.mean.value)


# --- price ---------------------------------------------------------------------------------------


def test_the_price_is_what_b_promises_breaks_and_stops_more_per_project():
    early = {"relaxed": "deferred", "due": 5.0, "grace": 3.0}
    scenario = portfolio(
        {"u": work(30), "v": work(1, {"u": early})},
        listed=[{"path": "commitment"}, {"path": "standard"}],
        commitment=POLICY,
    )
    off, on = (ran(scenario.with_policy(switch), replications=3) for switch in (False, True))
    found = compared(*off, *on)
    assert found.difference.mean.value == (1 - 31 + 0) / 2
    # Groundbreaking at 1 instead of 31; a promise broken at 9, and a hold until 34.
    assert found.difference.effective_mean.value == (1 + 25 - 31) / 2
    assert found.price.obligations.value == 0.5
    assert found.price.breaches.value == 0.5
    assert found.price.stop_work_days.value == 25 / 2


# --- sides and pairs -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["fast-track", "jianghai-2022"])
def test_swapping_the_sides_turns_every_sign(name):
    off, on = shipped_run(name, False), shipped_run(name, True)
    there, back = compared(*off, *on, DATES), compared(*on, *off, DATES)
    forward, backward = estimates(there.difference), estimates(back.difference)
    for key, found in (*forward.items(), *vars(there.price).items()):
        turned = backward[key] if key in backward else getattr(back.price, key)
        assert turned.value == pytest.approx(-found.value, abs=1e-9)
        assert turned.low == pytest.approx(-found.high, abs=1e-9)
        assert turned.high == pytest.approx(-found.low, abs=1e-9)
    assert (back.earlier, back.later, back.equal) == (there.later, there.earlier, there.equal)
    assert (back.pairs.only_a, back.pairs.only_b) == (there.pairs.only_b, there.pairs.only_a)
    for stage, gain in there.gain_by_stage.items():
        assert back.gain_by_stage[stage] == pytest.approx(-gain)
    assert back.gain_elsewhere == pytest.approx(-there.gain_elsewhere)
    assert back.variance_reduction == pytest.approx(there.variance_reduction)
    assert (back.a, back.b) == (there.b, there.a)


def test_each_side_keeps_its_own_summary():
    off, on = shipped_run("fast-track", False), shipped_run("fast-track", True)
    found = compared(*off, *on, DATES)
    assert found.a == summarised(*off, DATES)
    assert found.b == summarised(*on, DATES)


def test_common_luck_spares_replications():
    found = compared(*shipped_run("jianghai-2022", False), *shipped_run("jianghai-2022", True))
    assert found.variance_reduction > 1.5
    assert found.difference.mean.high < 0  # already beyond doubt


def test_without_common_luck_nothing_is_spared():
    # The other seed's luck under the same name: what compare would see if luck were not shared.
    luck = np.random.default_rng(5).uniform(50, 150, (2, 400, 5))
    found = compared(*started(luck[0]), *started(luck[1]))
    assert found.variance_reduction == pytest.approx(1.0, abs=0.15)


def test_projects_are_paired_by_id_wherever_they_stand():
    def with_sizes(sizes):
        stage = work(5, variant=[{"when": {"size": "big"}, "prepare": fixed(50)}])
        listed = [{"id": name, "attributes": {"size": size}} for name, size in sizes.items()]
        return ran(portfolio({"s": stage}, listed=listed), replications=2)

    a = with_sizes({"x": "big", "y": "small", "only_a": "big"})
    b = with_sizes({"only_b": "small", "y": "small", "z": "big", "x": "big"})
    found = compared(*a, *b)
    assert found.difference.mean == NOTHING
    assert found.difference.p90 == NOTHING
    assert found.equal == 1.0
    assert found.pairs.both == 1.0
    assert found.gain_by_stage == {"s": 0.0}
    assert (found.a.projects, found.b.projects) == (3, 4)
    between = paired_digest((a[0], b[0]), (a[1], b[1])).between
    assert between["time_a"].tolist() == between["time_b"].tolist() == [55.0] * 2


def test_where_nobody_starts_in_both_there_is_nothing_to_tell():
    found = compared(*started([[inf, 5.0]] * 3), *started([[7.0, inf]] * 3), [START])
    assert isnan(found.difference.mean.value)
    assert isnan(found.difference.p50.value)
    assert isnan(found.variance_reduction)
    assert (found.earlier, found.later, found.equal, found.large_gain) == (0, 0, 0, 0)
    assert astuple(found.pairs) == (0, 0.5, 0.5, 0)


def test_of_one_replication_the_difference_is_known_and_not_its_interval():
    found = compared(*started([[10.0, 20.0]]), *started([[8.0, 20.0]]))
    assert found.difference.mean == Estimate(-1.0, -inf, inf)
    assert isnan(found.variance_reduction)


# --- what cannot be compared ---------------------------------------------------------------------


def test_runs_that_do_not_pair_are_refused_with_the_reason():
    scenario = portfolio({"s": work(1)}, listed=2)
    facts, plan = ran(scenario, seed=1, replications=2)
    other_seed = simulate(plan, 2, range(2))
    fewer = simulate(plan, 1, range(1))
    later = simulate(plan, 1, range(1, 3))
    strangers = ran(portfolio({"s": work(1)}, listed=[{"id": "q"}]), 1, 2)[0]
    for other, reason in (
        (other_seed, "seed 1 ≠ 2"),
        (fewer, "replications 0–1 ≠ 0–0"),
        (later, "replications 0–1 ≠ 1–2"),
        (strangers, "no project id in common"),
    ):
        with pytest.raises(ScenarioError, match=reason) as caught:
            compared(facts, plan, other, plan)
        (problem,) = caught.value.problems
        assert problem.sentence == "different_shape"
        assert problem.message("zh") != problem.message("en")


def test_the_same_replications_in_several_batches_do_pair():
    facts, plan = ran(portfolio({"s": work(1)}), replications=4)
    parts = joined([simulate(plan, 1, range(2)), simulate(plan, 1, range(2, 4))])
    assert compared(facts, plan, parts, plan).equal == 1.0


def test_different_milestones_are_not_compared() -> None:
    facts, plan = started([[5.0], [7.0]])
    axes = replace(facts.axes, milestones=("handover",))
    with pytest.raises(ScenarioError, match="groundbreaking ≠ handover"):
        compared(facts, plan, replace(facts, axes=axes), plan)


def test_the_same_replication_is_never_counted_twice() -> None:
    facts, _ = started([[5.0], [7.0]])
    with pytest.raises(ValueError, match="twice"):
        joined([facts, facts])
