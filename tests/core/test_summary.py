"""What an experiment says, against figures worked out by hand."""

from dataclasses import astuple, replace
from datetime import date
from math import inf, isnan

import numpy as np
import pytest
from hypothesis import given, settings
from networks import fixed
from portfolios import (
    POLICY,
    SHIPPED,
    START,
    portfolio,
    ran,
    shipped,
    shipped_run,
    summarised,
    work,
)
from random_scenarios import random_scenarios

from approvalsim.estimate import mean_time, quantiles, ratio
from approvalsim.summary import Reach, Times
from approvalsim.tally import SHARES

END = date(2024, 12, 31)


def told(scenario, *dates, replications=1):
    return summarised(*ran(scenario, replications=replications), dates)


def happened(signed, started, left=None):
    """Facts and plan of projects (columns) that signed, started and left so in replications."""
    signed, started = np.array(signed, dtype=float), np.array(started, dtype=float)
    left = np.full(signed.shape, inf) if left is None else np.array(left, dtype=float)
    facts, plan = ran(portfolio({"s": work(1)}, listed=signed.shape[1]), 1, len(signed))
    project = replace(facts.project, signed=signed, milestone=started[:, :, None], left=left)
    return replace(facts, project=project), plan


# --- times ---------------------------------------------------------------------------------------


def test_times_are_counted_from_signing_over_all_that_started():
    facts, plan = happened([[0, 5, 9], [0, 5, 9]], [[10, 35, inf], [20, 45, 59]])
    times = summarised(facts, plan).times
    assert times.mean.value == (10 + 30 + 20 + 40 + 50) / 5
    found = (times.p10.value, times.p50.value, times.p80.value, times.p90.value)
    assert found == pytest.approx((14.0, 30.0, 42.0, 46.0))
    assert times.mean.low < 30 < times.mean.high


def test_the_interval_of_the_mean_comes_from_the_replications():
    # Within a replication all is alike: ten projects tell no more than one.
    luck = np.random.default_rng(1).uniform(50, 150, (30, 1))
    alone = mean_time(luck).estimate()
    together = mean_time(np.repeat(luck, 10, axis=1)).estimate()
    assert astuple(together) == pytest.approx(astuple(alone))


def test_working_times_count_the_working_days_between():
    stages = {"a": {"review": fixed(5, "workdays")}, "b": work(3, "a")}
    listed = [{"signed": date(2024, 1, day)} for day in (8, 10, 13)]  # Monday, Wednesday, Saturday
    summary = told(portfolio(stages, listed=listed, calendar={"kind": "weekdays"}))
    # Reviews end with Friday the 12th, Tuesday the 16th and Friday the 19th; three days follow.
    assert summary.times.mean.value == ((5 + 3) + (7 + 3) + (7 + 3)) / 3
    assert summary.working_times.mean.value == ((5 + 1) + (5 + 3) + (5 + 1)) / 3


def test_working_times_are_times_where_every_day_is_worked():
    facts, plan = ran(portfolio({"a": work(3.25), "b": work(2, "a")}, listed=3), replications=2)
    summary = summarised(facts, plan)
    assert summary.times == summary.working_times


def test_times_nobody_reached_cannot_be_told():
    facts, plan = happened([[0, 0]], [[inf, inf]])
    summary = summarised(facts, plan, [START])
    for estimate in astuple(summary.times) + astuple(summary.working_times):
        assert all(isnan(bound) for bound in estimate)
    assert summary.reach == Reach(0.0, 0.0, 1.0)
    assert summary.stages["s"].criticality == 0.0
    assert summary.other_on_path == 0.0


# --- what became of them -------------------------------------------------------------------------


def test_projects_reach_it_drop_out_or_are_censored():
    facts, plan = happened(
        [[0, 0, 0, 0], [0, 0, 0, 0]],
        [[10, inf, inf, 20], [10, 10, inf, inf]],
        [[inf, 5, inf, 25], [inf, inf, inf, 7]],  # whoever leaves later had started
    )
    assert summarised(facts, plan).reach == Reach(4 / 8, 2 / 8, 2 / 8)


@settings(max_examples=40)
@given(random_scenarios())
def test_the_shares_of_what_became_of_them_add_up_to_1(scenario):
    facts, plan = ran(scenario, replications=2)
    reach = summarised(facts, plan).reach
    assert sum(astuple(reach)) == pytest.approx(1.0)
    assert reach.reached == np.isfinite(facts.time_to_measure).mean()
    assert scenario.end or reach.censored == 0.0  # only the horizon comes first


# --- start rates ---------------------------------------------------------------------------------


def rate(summary, number=0):
    found = summary.start_rates[number]
    return (
        found.signed,
        found.started,
        found.rate.value,
        found.rate_without_dropouts.value,
    )


def test_start_rates_have_two_denominators():
    facts, plan = happened(
        [[0, 1, 2, 50], [0, 1, 2, 3]],
        [[10, 20, inf, 60], [10, 40, inf, 12]],
        [[inf, inf, 15, inf], [inf, inf, 35, inf]],
    )
    summary = summarised(facts, plan, [date(2024, 1, 31)])  # day 30, to its end
    assert rate(summary) == (3.5, 2.0, 4 / 7, 4 / 6)
    started = np.array([2.0, 2.0])
    over_signed = ratio(started, np.array([3.0, 4.0]))
    over_present = ratio(started, np.array([2.0, 4.0]))
    found = summary.start_rates[0]
    assert (found.rate, found.rate_without_dropouts) == (
        over_signed.share(),
        over_present.share(),
    )


def test_a_start_rate_counts_to_the_end_of_its_date():
    midnight, moment = 31.0, np.nextafter(31.0, 0)  # of 1 February, and just before it
    facts, plan = happened(
        [[0, 0, midnight, moment]],
        [[midnight, moment, inf, inf]],
        [[inf, inf, inf, inf]],
    )
    days = [date(2024, 1, 30), date(2024, 1, 31), date(2024, 2, 1)]
    summary = summarised(facts, plan, days)
    expected = [(2.0, 0.0, 0 / 2, 0 / 2), (3.0, 1.0, 1 / 3, 1 / 3), (4.0, 2.0, 2 / 4, 2 / 4)]
    assert [rate(summary, n) for n in range(3)] == expected
    assert [found.date for found in summary.start_rates] == days


def test_whoever_leaves_at_the_end_of_the_date_is_still_there():
    for left, present in ((31.0, 2), (np.nextafter(31.0, 0), 1)):
        facts, plan = happened([[0, 0]], [[5, inf]], [[inf, left]])
        assert rate(summarised(facts, plan, [date(2024, 1, 31)]))[3] == 1 / present


def test_whoever_left_after_starting_counts_in_both_rates_alike():
    facts, plan = happened([[0, 0]], [[5, 6]], [[inf, 9]])
    over_signed, over_present = rate(summarised(facts, plan, [date(2024, 1, 31)]))[2:]
    assert over_signed == 1.0
    assert over_present == 1.0


def test_before_anybody_signed_there_is_no_rate():
    facts, plan = happened([[5, 5], [5, 5]], [[9, 9], [9, 9]])
    signed, started, over_signed, over_present = rate(summarised(facts, plan, [START]))
    assert (signed, started) == (0.0, 0.0)
    assert isnan(over_signed)
    assert isnan(over_present)


@pytest.mark.parametrize("name", ["jianghai-2022", "xinhui-2022"])
def test_start_rates_rise_to_the_share_that_reaches_groundbreaking(name):
    facts, plan = shipped_run(name)
    dates = [date(2022, 6, 30), date(2022, 12, 31), date(2023, 12, 31), date(2040, 1, 1)]
    summary = summarised(facts, plan, dates)
    started = [found.started for found in summary.start_rates]
    assert started == sorted(started)
    assert started[-1] / summary.projects == pytest.approx(summary.reach.reached)
    assert all(
        found.rate.value <= found.rate_without_dropouts.value <= 1
        for found in summary.start_rates[1:]
    )


# --- stages and departments ----------------------------------------------------------------------


def test_a_stage_is_told_by_its_parts():
    stage = {
        "department": "office",
        "prepare": fixed(2),
        "review": fixed(3),
        "statutory": 2.5,
        "meeting": {"every": 10, "offset": 4},
        "correction": {"probability": 1.0, "decay": 1.0, "max_rounds": 1, "rework": fixed(5)},
        "notice": fixed(6),
    }
    # Both are submitted at 2 and wait for the meeting at 4. The first is reviewed at once and the
    # second from 7 to 10; after the rework, at 12 and 15, both wait for the meetings at 14 and 24.
    scenario = portfolio({"s": stage}, listed=2, department={"office": {}})
    summary = told(scenario, replications=2)
    found = summary.stages["s"]
    assert found.prepare == 2.0
    assert found.review == 6.0
    assert found.work == 8.0
    assert found.wait == (0 + 3) / 2
    assert found.meeting == (2 + 2 + 2 + 9) / 2
    assert found.rework == 5.0
    assert found.notice == 6.0
    assert found.issue == 0.0
    assert found.rounds == 2.0
    assert found.over_statutory == 1.0
    assert found.criticality == 1.0
    assert found.duration == (23 + 33) / 2
    assert summary.times.mean.value == 28.0

    office = summary.departments["office"]
    assert office.utilisation == pytest.approx(12 / 33)
    assert office.mean_wait == 3 / 4
    assert office.longest_queue == 1.0
    assert office.longest_queue_ever == 1


def test_the_load_of_a_department_is_shared_by_its_reviewers():
    stage = {"department": "office", "review": fixed(4)}
    scenario = portfolio({"s": stage}, listed=5, department={"office": {"reviewers": 2}})
    office = told(scenario).departments["office"]
    assert office.utilisation == pytest.approx(20 / (2 * 12))
    assert office.mean_wait == (0 + 0 + 4 + 4 + 8) / 5
    assert (office.longest_queue, office.longest_queue_ever) == (3.0, 3)


def test_a_department_nobody_needs_is_idle():
    office = told(portfolio({"s": work(1)}, department={"office": {}})).departments["office"]
    assert astuple(office) == (0.0, 0.0, 0.0, 0)


def test_means_of_a_stage_are_over_those_that_finished_it():
    stages = {"a": work(4), "b": work(6, "a"), "c": work(8, "b")}
    dropout = {"probability": 0.5, "stage": "b"}
    facts, plan = ran(portfolio(stages, listed=4, projects={"dropout": dropout}), replications=25)
    left = np.isfinite(facts.project.left).mean()
    assert 0 < left < 1
    summary = summarised(facts, plan)
    assert [summary.stages[name].duration for name in "abc"] == [4.0, 6.0, 8.0]
    assert summary.reach.dropped_out == left


def test_criticality_is_the_share_of_those_that_started():
    stages = {
        "a": work(1),
        "b": work(5, variant=[{"when": {"size": "big"}, "prepare": fixed(9)}]),
        "c": work(7),
        "d": work(1, "abc", not_before=date(2024, 1, 11)),
    }
    sizes = ("big", "small", "big", "small", "small")
    listed = [*({"attributes": {"size": size}} for size in sizes), {"signed": END}]
    summary = told(portfolio(stages, listed=listed, end=END))  # the last one never starts
    shares = {name: stage.criticality for name, stage in summary.stages.items()}
    assert shares == {"a": 0.0, "b": 0.4, "c": 0.6, "d": 1.0}
    assert summary.other_on_path == (2 * 1 + 3 * 3) / 5  # waiting for the eleventh


# --- commitments ---------------------------------------------------------------------------------


def test_commitments_are_counted_per_project():
    late = {"relaxed": "deferred", "due": 5.0, "grace": 3.0}
    stages = {
        "u": work(30),  # due at 1 + 8 for v: broken, and held to 34
        "s": work(5),  # there in time
        "v": work(1, {"u": late, "s": late}),
        "w": work(2, {"v": {"relaxed": "prereview"}}),
    }
    listed = [{"path": "commitment"}, {"path": "standard"}]
    facts, plan = ran(portfolio(stages, listed=listed, commitment=POLICY), replications=3)
    commitments = summarised(facts, plan).commitments
    assert commitments.share == 0.5
    assert commitments.relaxed.value == 3 / 2
    assert commitments.obligations.value == 2 / 2
    assert commitments.breaches.value == 1 / 2
    # Groundbreaking at 2 (standard: 33); the hold from 9 to 34 stops the work.
    assert commitments.stop_work_days.value == 25 / 2
    assert commitments.effective_mean.value == ((2 + 25) + 33) / 2
    assert commitments.relaxed.half_width == 0.0  # every replication says the same


def test_an_edge_counts_as_relaxed_only_where_its_successor_has_begun():
    early = {"relaxed": "deferred", "due": 5.0, "grace": 3.0}
    stages = {"u": work(30), "v": work(1, {"u": early}), "w": work(20), "x": work(1, {"w": early})}
    whole = portfolio(stages, "vx", commitment=POLICY)
    assert told(whole).commitments.relaxed.value == 2.0
    gone = portfolio(
        stages,
        "vx",
        listed=[{"signed": START}],
        commitment=POLICY,
        projects={"dropout": {"probability": 1.0, "stage": "v"}},
    )
    assert told(gone).commitments.relaxed.value == 0.0


def test_without_a_policy_nothing_is_promised():
    commitments = told(portfolio({"s": work(3)}, listed=2)).commitments
    assert commitments.share == 0.0
    for name in ("relaxed", "obligations", "breaches", "stop_work_days"):
        assert getattr(commitments, name).value == 0.0
    assert commitments.effective_mean.value == 3.0


# --- as a whole ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_scenario_is_summarised_under_its_own_names(name):
    facts, plan = shipped_run(name)
    scenario = shipped(name)
    summary = summarised(facts, plan)
    assert list(summary.stages) == list(scenario.stage)
    assert list(summary.departments) == list(scenario.department)
    assert summary.measure == "groundbreaking"
    assert (summary.replications, summary.projects) == (12, len(facts.axes.projects))
    times = facts.time_to_measure
    quantile = quantiles(times, SHARES)
    assert summary.times == Times(mean_time(times).estimate(), *quantile)
    for stage in summary.stages.values():
        parts = stage.work + stage.wait + stage.rework + stage.meeting + stage.notice + stage.issue
        assert parts == pytest.approx(stage.duration)
        assert 0 <= stage.criticality <= 1
    for office in summary.departments.values():
        assert 0 <= office.utilisation <= 1
