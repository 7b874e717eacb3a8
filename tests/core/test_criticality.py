"""The path that determined groundbreaking, where it is known beforehand."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from networks import fixed
from portfolios import POLICY, SHIPPED, portfolio, ran, shipped_run, work
from random_scenarios import random_scenarios

from approvalsim.criticality import binding_path

EARLY = {"relaxed": "deferred", "due": 5.0, "grace": 3.0}
"""An edge whose promise is broken eight days after going ahead."""


def path_of(scenario, project=0, milestone=None):
    """Days on the path by stage, in its order, and the days elsewhere, for one project."""
    facts, plan = ran(scenario)
    path = binding_path(facts, plan, milestone)
    names = [facts.axes.stages[i] for i in np.flatnonzero(path.on_path[0, project])]
    days = dict(zip(facts.axes.stages, path.days[0, project].tolist(), strict=True))
    assert not any(days[name] for name in days if name not in names)
    return {name: days[name] for name in names}, float(path.other[0, project])


# --- predecessors --------------------------------------------------------------------------------


def test_a_chain_is_its_own_path():
    scenario = portfolio({"a": work(3), "b": work(5, "a"), "c": work(2, "b")})
    assert path_of(scenario) == ({"a": 3.0, "b": 5.0, "c": 2.0}, 0.0)


def test_a_diamond_goes_through_its_longer_side():
    scenario = portfolio({"a": work(1), "b": work(5, "a"), "c": work(9, "a"), "d": work(2, "bc")})
    assert path_of(scenario) == ({"a": 1.0, "c": 9.0, "d": 2.0}, 0.0)


def test_a_milestone_waits_for_the_last_of_its_stages():
    scenario = portfolio({"a": work(7), "b": work(5), "c": work(1)}, "abc")
    assert path_of(scenario) == ({"a": 7.0}, 0.0)


def test_of_predecessors_that_finish_together_the_first_in_the_scenario_counts():
    scenario = portfolio({"a": work(1), "b": work(4), "c": work(4), "d": work(1, "abc")})
    assert path_of(scenario) == ({"b": 4.0, "d": 1.0}, 0.0)


def test_every_project_has_a_path_of_its_own():
    stages = {
        "a": work(5, variant=[{"when": {"size": "big"}, "prepare": fixed(20)}]),
        "b": work(9),
    }
    listed = [{"attributes": {"size": "big"}}, {"attributes": {"size": "small"}}]
    scenario = portfolio(stages, "ab", listed)
    assert path_of(scenario, project=0) == ({"a": 20.0}, 0.0)
    assert path_of(scenario, project=1) == ({"b": 9.0}, 0.0)


def test_a_path_begins_with_the_signing_of_its_project():
    scenario = portfolio({"a": work(3)}, listed=[{"signed": date(2024, 3, 1)}])
    assert path_of(scenario) == ({"a": 3.0}, 0.0)


def test_any_milestone_has_its_path():
    milestone = {
        "groundbreaking": {"after": {"a": {}}},
        "handover": {"after": {"a": {}, "b": {}}},
    }
    scenario = portfolio({"a": work(3), "b": work(8)}, milestone=milestone)
    assert path_of(scenario) == ({"a": 3.0}, 0.0)
    assert path_of(scenario, milestone=1) == ({"b": 8.0}, 0.0)


@pytest.mark.parametrize(
    ("phase", "days"), [("submitted", 2.0), ("reviewed", 7.0), ("finished", 17.0)]
)
def test_a_path_leaves_a_stage_at_the_phase_that_was_waited_for(phase, days):
    stages = {"a": work(1), "b": work(2, "a", review=fixed(5), notice=fixed(10))}
    scenario = portfolio(stages, {"b": {"phase": phase}})
    assert path_of(scenario) == ({"a": 1.0, "b": days}, 0.0)


# --- time inside a stage -------------------------------------------------------------------------


def test_queueing_counts_to_the_stage_that_queued():
    stages = {
        "a": {"department": "office", "review": fixed(10)},
        "b": work(15),
        "c": work(1, "ab"),
    }
    scenario = portfolio(stages, listed=3, department={"office": {}})
    assert path_of(scenario, project=0) == ({"b": 15.0, "c": 1.0}, 0.0)
    assert path_of(scenario, project=1) == ({"a": 20.0, "c": 1.0}, 0.0)
    assert path_of(scenario, project=2) == ({"a": 30.0, "c": 1.0}, 0.0)


def test_meetings_corrections_and_notices_count_to_their_stage():
    stages = {
        "a": work(
            1,
            review=fixed(2),
            meeting={"every": 10, "offset": 5},
            correction={"probability": 1.0, "max_rounds": 1, "rework": fixed(4)},
            notice=fixed(6),
        )
    }  # ready 0, meetings at 5 and 15, passed at 17
    assert path_of(portfolio(stages)) == ({"a": 23.0}, 0.0)


# --- pre-review ----------------------------------------------------------------------------------

PREREVIEW = {"u": {"relaxed": "prereview", "issue": fixed(2)}, "x": {}}


def test_a_certificate_that_waited_leads_to_the_stage_it_waited_for():
    stages = {"u": work(30), "x": work(4), "v": work(10, PREREVIEW), "w": work(1, "v")}
    scenario = portfolio(stages, commitment=POLICY)
    assert path_of(scenario) == ({"u": 30.0, "v": 2.0, "w": 1.0}, 0.0)


def test_a_certificate_that_did_not_wait_leads_to_what_its_own_work_waited_for():
    stages = {"u": work(13), "x": work(4), "v": work(10, PREREVIEW), "w": work(1, "v")}
    scenario = portfolio(stages, commitment=POLICY)
    assert path_of(scenario) == ({"x": 4.0, "v": 12.0, "w": 1.0}, 0.0)


# --- what is no stage: dates, windows, holds -----------------------------------------------------


def test_waiting_for_a_fixed_date_is_spent_elsewhere():
    stages = {"a": work(3), "b": work(2, "a", not_before=date(2024, 1, 11))}
    assert path_of(portfolio(stages)) == ({"a": 3.0, "b": 2.0}, 7.0)


def test_waiting_for_a_window_is_spent_elsewhere():
    # New Year's Day 2024 is day 40: closed from day 30 on, and everybody resumes on day 60.
    window = {"closed_before": 10, "closed_after": 20, "full_after": 20}
    stages = {"a": work(3), "b": work(28, "a")}
    assert path_of(portfolio(stages, window=window)) == ({"a": 3.0, "b": 28.0}, 29.0)


def test_a_hold_leads_to_the_paper_that_was_missing():
    # v is finished at 1, its promise broken at 9; u comes at 40, the hold ends at 44.
    stages = {"u": work(40), "v": work(1, {"u": EARLY}), "x": work(20), "w": work(10, "x")}
    scenario = portfolio(stages, "vw", commitment=POLICY)
    assert path_of(scenario) == ({"u": 40.0, "w": 10.0}, 4.0)


def test_a_hold_may_lead_to_a_paper_with_a_longer_history_than_what_it_held():
    stages = {
        "a": work(1),
        "b": work(1, "a"),
        "u": work(38, "b"),
        "v": work(1, {"u": EARLY}),
        "x": work(20),
        "w": work(10, "x"),
    }
    scenario = portfolio(stages, "vw", commitment=POLICY)
    assert path_of(scenario) == ({"a": 1.0, "b": 1.0, "u": 38.0, "w": 10.0}, 4.0)


def test_a_milestone_that_was_held_leads_to_the_missing_paper():
    stages = {"u": work(40), "v": work(1, {"u": EARLY}), "w": work(30, "v")}
    scenario = portfolio(stages, commitment=POLICY)
    assert path_of(scenario) == ({"u": 40.0}, 4.0)


def test_of_overlapping_holds_the_last_to_end_counts():
    stages = {
        "s": work(20),
        "u": work(40),
        "v": work(1, {"u": EARLY, "s": EARLY}),
        "w": work(30, "v"),
    }
    scenario = portfolio(stages, commitment=POLICY)
    assert path_of(scenario) == ({"u": 40.0}, 4.0)


def test_a_hold_that_was_over_before_explains_nothing():
    # The hold lasts from 9 to 24; x is there at 30, and only the date keeps w waiting until 60.
    stages = {
        "u": work(20),
        "v": work(1, {"u": EARLY}),
        "x": work(30),
        "w": work(10, "x", not_before=date(2024, 3, 1)),
    }
    scenario = portfolio(stages, "vw", commitment=POLICY)
    assert path_of(scenario) == ({"x": 30.0, "w": 10.0}, 30.0)


def test_a_hold_that_is_over_before_a_window_opens_explains_what_the_window_found_waiting():
    # Held until 44 because of u, closed until 60; x was ready long before.
    window = {"closed_before": 10, "closed_after": 20, "full_after": 20}
    stages = {"u": work(40), "v": work(1, {"u": EARLY}), "x": work(30)}
    scenario = portfolio(stages, "vx", commitment=POLICY, window=window)
    assert path_of(scenario) == ({"u": 40.0}, 20.0)


def test_a_window_that_opens_long_after_a_hold_leads_to_the_last_predecessor():
    window = {"closed_before": 10, "closed_after": 20, "full_after": 20}
    stages = {"u": work(10), "v": work(1, {"u": EARLY}), "x": work(35)}
    scenario = portfolio(stages, "vx", commitment=POLICY, window=window)
    assert path_of(scenario) == ({"x": 35.0}, 25.0)


def test_a_lie_found_out_holds_the_project_although_the_paper_came():
    # The paper is there at 5, the promise broken at 9 all the same, put right at 13.
    policy = POLICY | {"grades": {"A": {"share": 1.0, "breach": 1.0}}}
    stages = {"u": work(5), "v": work(1, {"u": EARLY}), "w": work(11, "v")}
    scenario = portfolio(stages, commitment=policy)
    assert path_of(scenario) == ({"u": 5.0}, 8.0)


def test_a_hold_explains_no_beginning_of_what_its_own_paper_needs():
    # From day 1 on a may begin; the hold because of a and b, from 0 on, ends then too.
    owed = {"relaxed": "deferred"}
    milestone = {
        "handover": {"after": {"a": owed, "b": owed}},
        "groundbreaking": {"after": {"b": {}}},
    }
    stages = {"a": work(0, not_before=date(2024, 1, 2)), "b": work(0, "a")}
    policy = POLICY | {"remedy": fixed(0)}
    scenario = portfolio(stages, milestone=milestone, commitment=policy)
    assert path_of(scenario, milestone=1) == ({"a": 0.0, "b": 0.0}, 1.0)


# --- everything adds up --------------------------------------------------------------------------


def check_sums(facts, plan):
    for milestone in range(len(facts.axes.milestones)):
        path = binding_path(facts, plan, milestone)
        time = facts.project.milestone[:, :, milestone] - facts.project.signed
        reached = np.isfinite(time)
        assert np.abs(path.days.sum(axis=2) + path.other - time)[reached].max(initial=0) < 1e-6
        assert path.days.min(initial=0) > -1e-6
        assert path.other.min(initial=0) > -1e-6
        assert not path.on_path[~reached].any()
        assert not path.days[~reached].any()
        assert not path.other[~reached].any()
        assert not path.days[~path.on_path].any()
        assert np.isfinite(facts.stage.ready[path.on_path]).all()


@pytest.mark.parametrize("name", SHIPPED)
def test_days_and_elsewhere_add_up_to_the_time_from_signing(name):
    check_sums(*shipped_run(name))


@settings(max_examples=100)
@given(random_scenarios())
def test_days_and_elsewhere_add_up_in_any_scenario(scenario):
    check_sums(*ran(scenario, replications=2))
