"""Supervision and task forces: who is late, what urging on does, and what an overload costs."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from builders import Outcome, day, policy, scenario
from hypothesis import HealthCheck, given, settings
from networks import fixed
from random_scenarios import random_scenarios

from approvalsim import kernel
from approvalsim.facts import differences
from approvalsim.oversight import Supervision
from approvalsim.parameters import parameters
from approvalsim.plan import compile_plan
from approvalsim.scenario import Scenario
from approvalsim.simulation import simulate, trace
from approvalsim.supervision import Light, light, margins

THREE_IN_A_ROW = {
    "first": {"prepare": fixed(10.0)},
    "second": {"prepare": fixed(10.0), "after": {"first": {}}},
    "third": {"prepare": fixed(10.0), "after": {"second": {}}},
}
LATE = {"p1": {"signed": 0, "target": day(20)}}  # due on day 1, 11 and 21 if all takes 30 days


def outcome(built: Scenario) -> Outcome:
    """One replication that both engines agree on."""
    plan = compile_plan(built)
    facts, history = trace(plan, 1, 0)
    assert differences(kernel.simulate(plan, 1, range(1)), facts) == ()
    return Outcome(plan, facts, history)


def supervised(effect: float = 0.5, **more: object) -> dict[str, object]:
    return {"every": 7.0, "effect": effect, **more}


def test_what_is_begun_while_late_takes_less_time() -> None:
    # At the review of day 7 the first stage should have been finished on day 1: late. So is the
    # second on day 14, which was due on day 11.
    found = outcome(scenario(THREE_IN_A_ROW, projects=LATE, supervision=supervised()))
    assert [found.finished(name) for name in THREE_IN_A_ROW] == [10.0, 15.0, 20.0]


def test_without_supervision_nothing_is_urged_on() -> None:
    switched_off = supervised(enabled=False)
    found = outcome(scenario(THREE_IN_A_ROW, projects=LATE, supervision=switched_off))
    assert found.happened() == 30.0


def test_a_project_that_has_caught_up_is_left_alone() -> None:
    # Due on day 5, 15, 25, 35: late on day 7, but not on day 14, as the second is finished then.
    four = THREE_IN_A_ROW | {"fourth": {"prepare": fixed(10.0), "after": {"third": {}}}}
    projects = {"p1": {"signed": 0, "target": day(34)}}
    found = outcome(scenario(four, projects=projects, supervision=supervised(effect=0.75)))
    assert [found.finished(name) for name in four] == [10.0, 12.5, 15.0, 25.0]


def test_rework_is_shortened_and_reviews_and_notices_are_not() -> None:
    stage = {
        "prepare": fixed(8.0),
        "review": fixed(4.0),
        "notice": fixed(6.0),
        "correction": {"probability": 1.0, "max_rounds": 1, "rework": fixed(2.0)},
    }
    found = outcome(scenario({"only": stage}, projects=LATE, supervision=supervised(within=0.0)))
    assert found.stage("rework", "only") == 2.0  # not late: 21 - 0 > 12
    late = {"p1": {"signed": 0, "target": day(1)}}
    found = outcome(scenario({"only": stage}, projects=late, supervision=supervised()))
    assert found.stage("rework", "only") == 1.0
    assert found.stage("review", "only") == 8.0
    assert found.stage("notice", "only") == 6.0


def test_the_target_counts_from_signing_where_none_is_stated() -> None:
    within = supervised(within=21.0)
    found = outcome(scenario(THREE_IN_A_ROW, supervision=within))
    assert found.happened() == 20.0


def test_who_is_late_goes_first_where_priority_counts() -> None:
    stages = {
        "own": {"prepare": fixed(8.0)},
        "shared": {"review": fixed(5.0), "department": "desk", "after": {"own": {}}},
    }
    projects = {"a": 0, "b": {"signed": 0, "target": day(1)}, "c": 0}
    desk = {"desk": {"discipline": "priority"}}
    urged = scenario(stages, projects=projects, department=desk, supervision=supervised(effect=0.0))
    found = outcome(urged)
    assert found.stage("review_start", "shared", "b") == 8.0
    assert found.stage("review_start", "shared", "a") == 13.0
    assert outcome(urged.with_supervision(False)).stage("review_start", "shared", "a") == 8.0


def test_a_queue_is_ranked_anew_when_somebody_becomes_late() -> None:
    stages = {"shared": {"review": fixed(5.0), "department": "desk"}}
    projects = {"a": 0, "b": 0, "c": {"signed": 0, "target": day(5)}}
    desk = {"desk": {"discipline": "priority"}}
    found = outcome(
        scenario(stages, projects=projects, department=desk, supervision=supervised(every=3.0))
    )
    # On day 3 c is not late yet (due by the end of day 5); on day 5, b has begun; on day 6 it is.
    assert [found.stage("review_start", "shared", name) for name in "abc"] == [0.0, 5.0, 10.0]
    at_once = {**projects, "c": {"signed": 0, "target": day(1)}}
    found = outcome(
        scenario(stages, projects=at_once, department=desk, supervision=supervised(every=3.0))
    )
    assert [found.stage("review_start", "shared", name) for name in "abc"] == [0.0, 10.0, 5.0]


def test_leaders_take_on_the_projects_with_the_least_margin() -> None:
    projects = {
        "a": {"signed": 0, "target": day(90)},
        "b": {"signed": 0, "target": day(60)},
        "c": {"signed": 0, "target": day(70)},
    }
    led = supervised(every=5.0, leaders=2)
    found = outcome(scenario(THREE_IN_A_ROW, projects=projects, supervision=led))
    assert [found.happened(project=name) for name in "abc"] == [30.0, 20.0, 20.0]


def test_a_leader_is_free_again_when_the_project_starts() -> None:
    projects = {"a": {"signed": 0, "target": day(60)}, "b": {"signed": 20, "target": day(90)}}
    led = supervised(every=5.0, leaders=1)
    found = outcome(scenario(THREE_IN_A_ROW, projects=projects, supervision=led))
    assert found.happened(project="a") == 20.0  # from day 5 on
    # a starts on day 20 before that day's review, so b has a leader from its signing on; but its
    # first stage was begun before the review.
    assert found.happened(project="b") == 20.0 + 10.0 + 5.0 + 5.0


def test_each_project_beyond_what_a_team_can_take_makes_applicants_slower() -> None:
    teams = {"projects": 3, "capacity": 1, "overload": 0.5}
    found = outcome(
        scenario(
            {"only": {"prepare": fixed(10.0)}},
            projects={"a": 0, "b": 0, "c": 12, "d": 12},
            task_force=teams,
        )
    )
    assert found.happened(project="a") == 10.0
    assert found.happened(project="b") == 15.0
    assert found.happened(project="c") == 12.0 + 15.0  # a has started, b is still on its way
    assert found.happened(project="d") == 12.0 + 10.0  # another team


def test_a_team_no_longer_cares_for_a_project_that_has_left() -> None:
    teams = {"projects": 2, "capacity": 1, "overload": 1.0}
    found = outcome(
        scenario(
            {"ask": {"prepare": fixed(2.0)}, "own": {"prepare": fixed(4.0), "after": {"ask": {}}}},
            projects={"a": 0, "b": 3},
            generator={"dropout": {"probability": 1.0, "stage": "own"}},
            task_force=teams,
        )
    )
    assert found.project("left", "a") == 2.0
    assert found.project("left", "b") == 3.0 + 2.0


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(built=random_scenarios())
def test_no_effect_means_no_difference_but_in_priorities(built: Scenario) -> None:
    first_come = {
        name: each.model_copy(update={"discipline": "fifo"})
        for name, each in built.department.items()
    }
    built = built.model_copy(update={"department": first_come, "supervision": None})
    watched = Supervision(every=2.5, within=3.0, effect=0.0, leaders=1)
    with_it = built.model_copy(update={"supervision": watched})
    plans = compile_plan(built), compile_plan(with_it)
    # The contents differ by the table, and so does their hash.
    plans = plans[0], replace(plans[1], scenario_hash=plans[0].scenario_hash)
    assert differences(simulate(plans[0], 7, range(2)), simulate(plans[1], 7, range(2))) == ()


def test_lights_agree_with_a_calendar_on_the_wall() -> None:
    built = scenario(THREE_IN_A_ROW, projects=LATE, supervision=supervised(effect=0.0))
    found = outcome(built)
    facts = found.facts

    def margin(now: float) -> float:
        left = facts.project.left[0]
        stages, goals = facts.stage.finished[0], facts.project.milestone[0]
        (days,) = margins(found.plan, facts.project.signed[0], stages, goals, left, now)
        return float(days)

    assert margin(0.0) == 1.0
    assert margin(7.0) == -6.0
    assert margin(10.0) == 1.0  # now the second stage is due on day 11
    assert margin(28.0) == -7.0
    assert np.isnan(margin(30.0))
    days = {-6.0: Light.YELLOW, -7.0: Light.YELLOW, -7.5: Light.RED, 0.0: Light.GREEN}
    assert {days_: light(days_, 7.0) for days_ in days} == days
    assert light(float("nan"), 7.0) is Light.NONE
    assert light(inf, 7.0) is Light.GREEN


def test_supervision_ends_when_nothing_else_is_to_come() -> None:
    # The paper that the hold waits for never comes: the project leaves before.
    stages = {
        "paper": {"prepare": fixed(40.0)},
        "permit": {"prepare": fixed(1.0), "after": {"paper": {"relaxed": "deferred", "due": 1.0}}},
    }
    built = scenario(
        stages,
        milestones={"groundbreaking": {"after": {"permit": {}}}, "rest": {"after": {"paper": {}}}},
        commitment=policy(remedy=2.0),
        supervision=supervised(every=1.0),
        end=day(20),
    )
    found = outcome(built)
    assert found.happened() == 1.0


@pytest.mark.parametrize("name", ["supervision", "task_force"])
def test_a_scenario_says_where_its_steering_numbers_come_from(name: str) -> None:
    table = {"every": 7.0, "assumed": True} if name == "supervision" else {"overload": 0.1}
    built = scenario(THREE_IN_A_ROW, **{name: table})
    (found,) = parameters(built, (name,))
    assert found.evidence.assumed is (name == "supervision")
